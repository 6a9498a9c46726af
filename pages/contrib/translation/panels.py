"""What waits for translators and reviewers, on the first screen of the admin."""

from __future__ import annotations

from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Page, TaskState

from pages.dashboard import WaitingPanel, WaitingRow
from pages.waiting import MOST_PAGES, UnfinishedTranslations, editable_pages

from .models import DeskCell, State, TranslationReviewTask
from .models.review_task import may_review
from .requests import put_to

TO_TRANSLATE = (State.REQUESTED, State.IN_TRANSLATION, State.OUTDATED)


class WaitingTranslations(WaitingPanel):
    """What this person is asked for, then what else is unfinished in the languages that they may edit."""

    name = "waiting_translations"
    heading = gettext_lazy("Waiting for you to translate")
    order = 215

    def rows(self, request):
        user = request.user
        editable = editable_pages(user).values("pk")
        cells = (
            DeskCell.objects.filter(state__in=TO_TRANSLATE, source__page__isnull=False)
            .exclude(target_id="")
            .annotate(number=Cast("target_id", IntegerField()))
            .filter(Q(request=None) | put_to(user, "request"), number__in=editable)
            .annotate(is_asked=Case(When(request=None, then=Value(0)), default=Value(1)))
            .order_by("-is_asked", F("request__deadline").asc(nulls_last=True), "urgency", "source__title", "pk")
        )
        found = cells.select_related("source__locale", "locale", "request")[:MOST_PAGES]
        return [self._row(cell) for cell in found]

    def _row(self, cell) -> WaitingRow:
        url = reverse("wagtailadmin_pages:edit", args=[cell.target_id])
        note = ", ".join([cell.locale.get_display_name(), *_deadline(cell), _left(cell)])
        return WaitingRow(cell.source.title, url, note, cell.source.locale.language_code)

    def all_url(self, request):
        return reverse("translation:desk")


def _deadline(cell) -> list[str]:
    deadline = cell.request and cell.request.deadline
    if not deadline:
        return [_("requested")] if cell.request else []
    words = _("wanted by %(day)s, overdue") if deadline < timezone.localdate() else _("wanted by %(day)s")
    return [words % {"day": date_format(deadline, "SHORT_DATE_FORMAT")}]


def _left(cell) -> str:
    if not cell.words_left:
        return _("to be published anew")
    words = ngettext("%(count)s word left", "%(count)s words left", cell.words_left)
    return words % {"count": cell.words_left}


class WaitingReviews(WaitingPanel):
    """What translators have handed in, for the reviewers of the language."""

    name = "waiting_reviews"
    heading = gettext_lazy("Translations for you to review")
    order = 212

    def rows(self, request):
        tasks = TranslationReviewTask.objects.all()
        if not tasks:
            return []
        states = TaskState.objects.filter(task__in=tasks, status=TaskState.STATUS_IN_PROGRESS)
        by_page = dict(
            states.order_by("-started_at")
            .annotate(number=Cast("workflow_state__object_id", IntegerField()))
            .values_list("number", "started_at")[:MOST_PAGES]
        )
        pages = Page.objects.filter(pk__in=by_page).select_related("locale")
        cells = DeskCell.objects.filter(target_id__in=[str(number) for number in by_page]).exclude(translation=None)
        translations = {cell.target_id: cell.translation_id for cell in cells}
        mine = [page for page in pages if str(page.pk) in translations and may_review(request.user, page)]
        mine.sort(key=lambda page: by_page[page.pk])
        return [self._row(page, translations[str(page.pk)], by_page[page.pk]) for page in mine]

    def _row(self, page, translation, started_at) -> WaitingRow:
        day = date_format(timezone.localtime(started_at), "SHORT_DATE_FORMAT")
        note = _("%(language)s, handed in on %(day)s") % {"language": page.locale.get_display_name(), "day": day}
        url = reverse("translation:review", args=[translation])
        return WaitingRow(page.draft_title or page.title, url, note, page.locale.language_code)


def arrange(panels) -> None:
    """Put ours among the panels, in place; the core's list of unfinished translations would say the same twice."""
    panels[:] = [panel for panel in panels if not isinstance(panel, UnfinishedTranslations)]
    panels += [WaitingReviews(), WaitingTranslations()]
