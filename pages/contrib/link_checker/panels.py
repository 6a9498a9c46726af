"""The editor's first screen: links that lead nowhere on pages that are this person's."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Locale

from pages.dashboard import WaitingPanel, WaitingRow

from .views import links_for, tell


class BrokenLinksPanel(WaitingPanel):
    """Broken links on pages that the person made or changed last."""

    name = "broken_links"
    heading = gettext_lazy("Broken links on my pages")
    order = 260

    def rows(self, request):
        user = request.user
        mine = Q(page__owner=user) | Q(page__latest_revision__user=user)
        links = links_for(user).filter(mine, weight=0).order_by("-first_seen", "pk")
        languages = dict(Locale.objects.values_list("pk", "language_code"))
        return [self._row(link, languages.get(link.locale_id, "")) for link in tell(links[:100])]

    def _row(self, link, language_code) -> WaitingRow:
        words = {"words": link.words or link.target, "problem": link.problem_words}
        note = _("“%(words)s”: %(problem)s") % words
        return WaitingRow(link.source_name, link.edit_url, note, language_code)

    def all_url(self, request):
        return reverse("link_checker:report")
