"""A translation as one person works on it: what it leads to, what that person may do, and its rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from wagtail.admin.utils import get_latest_str
from wagtail.models import DraftStateMixin, Page, TaskState, WorkflowMixin
from wagtail_localize.models import Translation

from ..desk.views import edit_url
from ..gate import requires_review
from ..glossary import glossary_of
from ..models import DeskCell, SegmentComment, State
from ..review import may_review_translation, returned_review, waiting_review
from ..segments import Need, Segment, segments_of
from ..wording import count_words
from . import rights
from .rows import Row, Tongue

#: What the list can be narrowed to; the first is shown while there is something left.
FILTERS = LEFT, ALL, COMMENTS, FINDINGS = "left", "all", "comments", "findings"


@dataclass
class Work:
    request: HttpRequest
    translation: Translation
    instance: Model
    #: What a row says apart from what is stored, by the id of its segment: words that could not be saved.
    unsaved: dict[int, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def on(cls, request: HttpRequest, translation_id: int) -> Work:
        """Return the work on a translation; raises ``Http404`` and ``PermissionDenied``."""
        translation = get_object_or_404(translations(), pk=translation_id)
        try:
            instance = translation.get_target_instance()
        except ObjectDoesNotExist as error:
            raise Http404 from error
        if not rights.may_edit(request.user, instance):
            raise PermissionDenied
        return cls(request, translation, instance)

    @property
    def is_page(self) -> bool:
        return isinstance(self.instance, Page)

    @property
    def title(self) -> str:
        return str(get_latest_str(self.instance))

    @cached_property
    def lock(self) -> str:
        """Why nothing can be changed now; empty when it can."""
        return rights.lock_message(self.request.user, self.instance)

    @cached_property
    def ways(self) -> list[str]:
        """What can be done with the translation as a whole, the first being what most want."""
        ways = ["draft"]
        if requires_review(self.translation.target_locale):
            # What has no drafts goes to its reviewers as it is, once everything is accepted.
            ways = ["submit", "draft"] if self.can_be_draft else ["submit"]
        elif rights.may_publish(self.request.user, self.instance):
            ways = ["publish", "draft"] if self.can_be_draft else ["publish"]
        return ways

    @cached_property
    def can_be_reviewed(self) -> bool:
        """Whether the translation was handed in and waits for this person, among others."""
        is_waiting = bool(waiting_review(self.instance)) or self.waits_without_a_draft
        return is_waiting and may_review_translation(self.request.user, self.translation)

    @cached_property
    def returned(self) -> TaskState | None:
        """The answer of a reviewer who wants something changed."""
        return returned_review(self.instance)

    @property
    def waits_without_a_draft(self) -> bool:
        """Whether this is a text without drafts that is ready for its reviewers."""
        waiting = DeskCell.objects.filter(translation=self.translation, state=State.IN_REVIEW)
        return not self.has_workflow and waiting.exists()

    @property
    def can_be_draft(self) -> bool:
        return isinstance(self.instance, DraftStateMixin)

    @property
    def has_workflow(self) -> bool:
        """Whether a draft of it can be handed in."""
        return isinstance(self.instance, WorkflowMixin)

    @property
    def address(self) -> str:
        """Where the editor is shown."""
        return edit_url(_content_type(self.instance), str(self.instance.pk))

    @cached_property
    def source_instance(self) -> Model:
        return self.translation.source.get_source_instance()

    @property
    def source_address(self) -> str:
        return edit_url(_content_type(self.source_instance), str(self.source_instance.pk))

    @cached_property
    def source_tongue(self) -> Tongue:
        return Tongue.of(self.translation.source.locale)

    @cached_property
    def target_tongue(self) -> Tongue:
        return Tongue.of(self.translation.target_locale)

    @cached_property
    def segments(self) -> list[Segment]:
        return segments_of(self.translation)

    @cached_property
    def rows(self) -> list[Row]:
        """All rows in the order of the page."""
        glossary = glossary_of(self.source_tongue.code, self.target_tongue.code)
        comments: dict[tuple[int, int], list[SegmentComment]] = {}
        of_object = SegmentComment.objects.filter(
            context__object=self.translation.source.object_id, locale=self.translation.target_locale_id
        )
        for comment in of_object.select_related("author", "settled_by"):
            comments.setdefault((comment.context_id, comment.translation_of_id), []).append(comment)
        return [
            Row(
                segment,
                self.source_tongue,
                self.target_tongue,
                glossary,
                self.request.user,
                comments.get(segment.key, []),
                **self.unsaved.get(segment.pk, {}),
            )
            for segment in self.segments
        ]

    def row(self, segment_id: int) -> Row | None:
        return next((row for row in self.rows if row.pk == segment_id), None)

    def read_again(self) -> None:
        """Forget what was read, since it was changed."""
        self.__dict__.pop("segments", None)
        self.__dict__.pop("rows", None)

    @property
    def progress(self) -> dict[str, int]:
        """How many segments are accepted, of how many, and the words of the sources that are left."""
        open_segments = [segment for segment in self.segments if segment.need != Need.NOTHING]
        return {
            "all": len(self.segments),
            "done": len(self.segments) - len(open_segments),
            "left": len(open_segments),
            "words_left": sum(count_words(segment.source) for segment in open_segments),
        }

    def narrowed(self, wanted: str) -> list[Row]:
        """Return the rows that were asked for."""
        tests = {
            LEFT: lambda row: row.is_left or row.typed is not None,
            COMMENTS: lambda row: row.open_comments,
            FINDINGS: lambda row: row.findings,
        }
        return list(filter(tests[wanted], self.rows)) if wanted in tests else self.rows


def translations():
    """Return the translations that can be worked on, with all that is read of them."""
    return Translation.objects.filter(enabled=True).select_related(
        "source__locale", "source__specific_content_type", "target_locale"
    )


def _content_type(instance: Model) -> ContentType:
    return ContentType.objects.get_for_model(type(instance))
