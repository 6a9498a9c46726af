"""What waits for an editor: the panels of the first screen.

Each panel names only pages that the person may edit, and costs the same number of queries however many
there are.
"""

from __future__ import annotations

from collections import Counter

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, Exists, F, IntegerField, OuterRef, Q
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.home import UserObjectsInWorkflowModerationPanel
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision, WorkflowState
from wagtail.permissions import policy_registry
from wagtail_localize.models import StringSegment, StringTranslation

from media.models import SiteImage

from .dashboard import WaitingPanel, WaitingRow
from .models import GalleryPhoto, NewsIndexPage, WorkshopIndexPage
from .models.patterns import is_pattern
from .models.reading import types_with

#: Nobody works off more than that in a day; what is left shows as soon as these are done.
MOST_PAGES = 100


def editable_pages(user):
    """Return the pages that a person may edit."""
    return policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")


def without_patterns(pages):
    """Leave out patterns: nobody expects them to be finished."""
    return pages.exclude(is_pattern())


def row_of(page, note="") -> WaitingRow:
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return WaitingRow(page.draft_title or page.title, url, note, page.locale.language_code)


class ReturnedDrafts(WaitingPanel):
    """What somebody sent back to this person, with the reason."""

    name = "returned_drafts"
    heading = gettext_lazy("Returned to you for changes")
    order = 205

    def rows(self, request):
        returned = WorkflowState.objects.filter(
            status=WorkflowState.STATUS_NEEDS_CHANGES,
            base_content_type=ContentType.objects.get_for_model(Page),
        ).annotate(page_number=Cast("object_id", IntegerField()))
        mine = Page.objects.filter(pk__in=returned.values("page_number")).filter(
            Q(owner=request.user) | Q(pk__in=returned.filter(requested_by=request.user).values("page_number"))
        )
        pages = mine.filter(pk__in=editable_pages(request.user).values("pk")).select_related("locale").in_bulk()
        states = returned.filter(page_number__in=pages).select_related("current_task_state__finished_by")
        return [
            row_of(pages[state.page_number], _reason(state.current_task_state))
            for state in states.order_by("-current_task_state__finished_at", "-pk")
        ]


def _reason(task_state) -> str:
    name = get_user_display_name(task_state.finished_by) if task_state.finished_by else ""
    return ": ".join(filter(None, [name, task_state.comment or _("without a comment")]))


class UnfinishedDrafts(WaitingPanel):
    """What this person changed last and has neither published nor handed in."""

    name = "unfinished_drafts"
    heading = gettext_lazy("Your unfinished drafts")
    order = 230

    def rows(self, request):
        number = Cast(OuterRef("pk"), CharField())
        handed_in = WorkflowState.objects.active().filter(
            base_content_type=ContentType.objects.get_for_model(Page), object_id=number
        )
        scheduled = Revision.page_revisions.filter(approved_go_live_at__isnull=False, object_id=number)
        drafts = (
            without_patterns(Page.objects.filter(has_unpublished_changes=True, latest_revision__user=request.user))
            .filter(~Exists(handed_in), ~Exists(scheduled), pk__in=editable_pages(request.user).values("pk"))
            .select_related("locale")
            .order_by("-latest_revision_created_at", "-pk")
        )
        return [row_of(page, self.note(page)) for page in drafts[:MOST_PAGES]]

    def note(self, page) -> str:
        day = date_format(localtime(page.latest_revision_created_at), "SHORT_DATE_FORMAT")
        words = _("published, changed on %(day)s") if page.live else _("draft, changed on %(day)s")
        return words % {"day": day}


class PicturesWithoutWords(WaitingPanel):
    """Pages with pictures that nobody has described: a reader who cannot see them learns nothing."""

    name = "pictures_without_words"
    heading = gettext_lazy("Pictures without alternative text")
    order = 240

    def rows(self, request):
        editable = editable_pages(request.user).values("pk")
        missing = Counter()
        for find in (_in_galleries, _as_lead, _in_bodies):
            missing.update(find(editable))
        pages = Page.objects.filter(pk__in=missing).select_related("locale").order_by("-live", "title", "pk")
        return [row_of(page, _pictures(missing[page.pk])) for page in pages[:MOST_PAGES]]


def _pictures(count) -> str:
    return ngettext("%(count)s picture", "%(count)s pictures", count) % {"count": count}


def _in_galleries(editable):
    photos = GalleryPhoto.objects.filter(
        alt="", is_decorative=False, image__description="", gallery__page__in=editable
    ).order_by()
    return dict(photos.values_list("gallery__page_id").annotate(Count("pk")))


def _as_lead(editable):
    undescribed = Q(
        *((f"{name}__lead_image__description", "") for name in types_with("lead_image")), _connector=Q.OR
    ) & Q(*(Q((f"{name}__lead_image_alt", "")) | Q((name, None)) for name in types_with("lead_image")))
    return dict.fromkeys(Page.objects.filter(undescribed, pk__in=editable).values_list("pk", flat=True), 1)


def _in_bodies(editable):
    """Look into the texts that show a picture without a description in the library; others cannot lack words."""
    undescribed = SiteImage.objects.filter(description="").annotate(key=Cast("pk", CharField())).values("key")
    uses = (
        ReferenceIndex.objects.filter(
            base_content_type=ContentType.objects.get_for_model(Page),
            to_content_type=ContentType.objects.get_for_model(SiteImage),
            to_object_id__in=undescribed,
            model_path__startswith="body",
        )
        .annotate(page_number=Cast("object_id", IntegerField()))
        .filter(page_number__in=editable)
        .values_list("page_number", "to_object_id")[:MOST_PAGES]
    )
    pictures, pages = {image for _page, image in uses}, {page for page, _image in uses}
    found = {
        page.pk: _count_undescribed(list(page.body.raw_data), pictures)
        for page in Page.objects.filter(pk__in=pages).specific()
    }
    return {number: count for number, count in found.items() if count}


def _count_undescribed(stored, pictures) -> int:
    """Count the uses of these pictures anywhere in a stored text that have no words and are not decoration.

    The stored form is read, since each text would otherwise fetch its pictures in a query of its own.
    """
    if isinstance(stored, list):
        return sum(_count_undescribed(item, pictures) for item in stored)
    if not isinstance(stored, dict):
        return 0
    if "alt" in stored and "image" in stored:
        has_words = stored["alt"] or stored.get("is_decorative")
        return int(str(stored["image"]) in pictures and not has_words)
    return sum(_count_undescribed(item, pictures) for item in stored.values())


class UnfinishedTranslations(WaitingPanel):
    """Pages with passages that nobody has translated yet, in languages that this person may edit."""

    name = "unfinished_translations"
    heading = gettext_lazy("Waiting for translation")
    order = 245

    def rows(self, request):
        translated = StringTranslation.objects.filter(
            translation_of=OuterRef("string"), context=OuterRef("context"), locale=OuterRef("target"), has_error=False
        )
        missing = (
            StringSegment.objects.filter(source__translations__enabled=True)
            .annotate(target=F("source__translations__target_locale"))
            .filter(~Exists(translated))
            .order_by()
            .values_list("source__object_id", "target")
            .annotate(passages=Count("pk"))
        )
        left = {(key, locale): count for key, locale, count in missing}
        pages = Page.objects.filter(
            pk__in=editable_pages(request.user).values("pk"), translation_key__in={key for key, _locale in left}
        )
        pages = pages.select_related("locale").order_by("-live", "title", "pk")
        counted = [(page, left.get((page.translation_key, page.locale_id))) for page in pages]
        return [row_of(page, self.note(count)) for page, count in counted if count]

    def note(self, count) -> str:
        words = ngettext("%(count)s passage is missing", "%(count)s passages are missing", count)
        return words % {"count": count}


class FirstSteps(WaitingPanel):
    """For somebody who has not edited a page yet: what to do first, as links that lead there."""

    name = "first_steps"
    heading = gettext_lazy("Your first steps")
    order = 100
    template_name = "pages/admin/first_steps.html"
    beginnings = (
        (NewsIndexPage, gettext_lazy("Write a news article")),
        (WorkshopIndexPage, gettext_lazy("Add a workshop")),
    )

    def rows(self, request):
        if PageLogEntry.objects.filter(user=request.user).exists():
            return []
        policy = policy_registry.get_by_type(Page)
        allowed = policy.instances_user_has_permission_for(request.user, "add").values("pk")
        return [row for model, words in self.beginnings for row in self._of(model, words, allowed)]

    def _of(self, model, words, allowed):
        """One row: in the list of the person's own language, else in the first one."""
        lists = list(model.objects.filter(pk__in=allowed).select_related("locale").order_by("path"))
        lists.sort(key=lambda page: page.locale.language_code != get_language())
        for page in lists[:1]:
            url = reverse("wagtailadmin_pages:add_subpage", args=[page.pk])
            yield WaitingRow(str(words), url, _("in “%(list)s”") % {"list": page.title})


class HandedIn(UserObjectsInWorkflowModerationPanel):
    """Wagtail's panel of what one has handed in, without what has come back: that has a panel of its own."""

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        context["workflow_states"] = [
            state
            for state in context["workflow_states"]
            if state.status != WorkflowState.STATUS_NEEDS_CHANGES or not isinstance(state.content_object, Page)
        ]
        return context


def arrange(panels) -> None:
    """Put our panels among Wagtail's, in place."""
    panels[:] = [HandedIn() if type(panel) is UserObjectsInWorkflowModerationPanel else panel for panel in panels]
    panels += [FirstSteps(), ReturnedDrafts(), UnfinishedDrafts(), PicturesWithoutWords(), UnfinishedTranslations()]
