"""The editor's first screen: pages that are due and are this person's to look at."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Locale

from pages.dashboard import WaitingPanel, WaitingRow

from .views import overdue, pages_for, tell


class PagesToReviewPanel(WaitingPanel):
    """Pages that are due and that the person made, or changed last where nobody owns them."""

    name = "pages_to_review"
    heading = gettext_lazy("Pages due for review")
    order = 250

    def rows(self, request):
        mine = Q(owner=request.user) | Q(owner=None, latest_revision__user=request.user)
        pages = pages_for(request.user).filter(mine, due_on__lte=timezone.localdate()).order_by("due_on", "pk")
        codes = dict(Locale.objects.values_list("pk", "language_code"))
        return [self._row(page, codes.get(page.locale_id, "")) for page in tell(pages[:100])]

    def _row(self, page, language_code) -> WaitingRow:
        note = _("due since %(day)s") % {"day": page.due_words} if page.overdue_days else _("due today")
        if page.overdue_days:
            note = f"{note} ({overdue(page.overdue_days)})"
        return WaitingRow(page.shown_title, page.edit_url, note, language_code)

    def all_url(self, request):
        return reverse("reviews:report")
