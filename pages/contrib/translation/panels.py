"""What waits for translators and reviewers, on the first screen of the admin."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, CharField, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Page, TaskState
from wagtail.permissions import policy_registry

from pages.dashboard import WaitingPanel, WaitingRow
from pages.waiting import MOST_PAGES, UnfinishedTranslations, editable_pages

from .desk.filters import TO_DO
from .desk.views import edit_url
from .models import DeskCell, State, TranslationReviewTask
from .models.review_task import may_review
from .recount import translatable_snippets
from .requests import put_to
from .review import may_review_translation

TO_TRANSLATE = (State.REQUESTED, State.IN_TRANSLATION, State.OUTDATED)


def waiting_for(user: AbstractBaseUser) -> QuerySet[DeskCell]:
    """Return what waits for this translator: what is asked for by its deadline, then what is most urgent."""
    return (
        DeskCell.objects.filter(_own_pages(user) | _own_snippets(user), state__in=TO_TRANSLATE)
        .exclude(target_id="")
        .filter(Q(request=None) | put_to(user, "request"))
        .annotate(is_asked=Case(When(request=None, then=Value(0)), default=Value(1)))
        .order_by("-is_asked", F("request__deadline").asc(nulls_last=True), "urgency", "source__title", "pk")
        .select_related("source__locale", "source__content_type", "locale", "request")
    )


def _own_pages(user) -> Q:
    # A snippet's id need not be a number, and a database may read it before it sees that it is none.
    pages = editable_pages(user).annotate(as_text=Cast("pk", CharField()))
    return Q(source__page__isnull=False, target_id__in=pages.values("as_text"))


def _own_snippets(user) -> Q:
    """Rights to snippets know no language, so those of the pages in it decide which ones wait for this person."""
    models = [
        model
        for model in translatable_snippets()
        if policy_registry.get_by_type(model).user_has_permission(user, "change")
    ]
    kinds = [kind.pk for kind in ContentType.objects.get_for_models(*models).values()]
    languages = editable_pages(user).order_by().values("locale")
    return Q(source__page=None, source__content_type__in=kinds, locale__in=languages)


class WaitingTranslations(WaitingPanel):
    """What this person is asked for, then what else is unfinished in the languages that they may edit."""

    name = "waiting_translations"
    heading = gettext_lazy("Waiting for you to translate")
    order = 215

    def rows(self, request):
        return [self._row(cell) for cell in waiting_for(request.user)[:MOST_PAGES]]

    def _row(self, cell) -> WaitingRow:
        url = edit_url(cell.source.content_type, cell.target_id)
        note = ", ".join([cell.locale.get_display_name(), *_deadline(cell), _left(cell)])
        return WaitingRow(cell.source.title, url, note, cell.source.locale.language_code)

    def all_url(self, request):
        """The desk with what is left to do; in the language of this person where it is only one."""
        codes = set(editable_pages(request.user).order_by().values_list("locale__language_code", flat=True))
        query = {"state": TO_DO} | ({"language": codes.pop()} if len(codes) == 1 else {})
        return f"{reverse('translation:desk')}?{urlencode(query)}"


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
        states = TaskState.objects.filter(task__in=tasks, status=TaskState.STATUS_IN_PROGRESS)
        without_drafts = list(self._without_drafts(request))
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
        pages = [self._row(page, translations[str(page.pk)], by_page[page.pk]) for page in mine]
        return [*pages, *without_drafts]

    def _without_drafts(self, request):
        """Texts that nobody can hand in as a draft: they wait as soon as every segment is accepted."""
        cells = DeskCell.objects.filter(state=State.IN_REVIEW, source__page=None).exclude(translation=None)
        may_review_kind: dict[tuple[int, int], bool] = {}
        for cell in cells.select_related("source__locale", "locale", "translation__source")[:MOST_PAGES]:
            kind = cell.locale_id, cell.source.content_type_id
            if kind not in may_review_kind:
                may_review_kind[kind] = may_review_translation(request.user, cell.translation)
            if may_review_kind[kind]:
                url = reverse("translation:review", args=[cell.translation_id])
                yield WaitingRow(
                    cell.source.title, url, cell.locale.get_display_name(), cell.source.locale.language_code
                )

    def _row(self, page, translation, started_at) -> WaitingRow:
        day = date_format(timezone.localtime(started_at), "SHORT_DATE_FORMAT")
        note = _("%(language)s, handed in on %(day)s") % {"language": page.locale.get_display_name(), "day": day}
        url = reverse("translation:review", args=[translation])
        return WaitingRow(page.draft_title or page.title, url, note, page.locale.language_code)


def arrange(panels) -> None:
    """Put ours among the panels, in place; the core's list of unfinished translations would say the same twice."""
    panels[:] = [panel for panel in panels if not isinstance(panel, UnfinishedTranslations)]
    panels += [WaitingReviews(), WaitingTranslations()]
