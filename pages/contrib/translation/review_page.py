"""The page on which a reviewer reads a translation beside its source and what is live, and answers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import DraftStateMixin
from wagtail_localize.models import Translation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from pages.interchange.diffs import diff_html

from .comments import comment
from .desk.views import edit_url
from .editor.rows import Tongue
from .in_language import in_language, own_name
from .models import SegmentComment
from .review import NotWaiting, accept_review, may_review_translation, return_to_translator, version, waiting_review
from .segments import Segment, segments_of


@dataclass
class ReviewedSegment:
    """A segment as the reviewer sees it: what is live now, and what would be."""

    segment: Segment
    live: str
    comments: list[SegmentComment]
    #: A remark that could not be kept yet, since the form has another mistake.
    typed: str = ""

    @property
    def new(self) -> str:
        """What would go live; without a translation it is the source."""
        return self.segment.target or self.segment.source

    @property
    def is_missing(self) -> bool:
        return not self.segment.target

    @property
    def is_changed(self) -> bool:
        return self.live != self.new

    @property
    def source_html(self) -> SafeString:
        return diff_html(self.segment.source, self.segment.source)

    @property
    def live_html(self) -> SafeString:
        return diff_html(self.live, self.live)

    @property
    def new_html(self) -> SafeString:
        """The words that would go live, with the change where something else is live now."""
        return diff_html(self.live or self.new, self.new)


class AnswerForm(forms.Form):
    """What a reviewer says of the whole translation."""

    #: What was looked at (``review.version``).
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    comment = forms.CharField(
        label=gettext_lazy("To the translator"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Needed when you return the translation: say what is to be changed."),
    )

    def clean(self):
        data = super().clean()
        if self.data.get("answer") == "return" and not data.get("comment", "").strip():
            self.add_error("comment", _("Say what is to be changed."))
        return data


class ReviewView(WagtailAdminTemplateMixin, TemplateView):
    """Source, live words and new words of each segment; everything works without a script."""

    template_name = "translation/review/review.html"
    header_icon = "wagtail-localize-language"
    page_title = gettext_lazy("Review")

    def dispatch(self, request, *args, **kwargs):
        if not may_review_translation(request.user, self.translation):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def translation(self) -> Translation:
        rows = Translation.objects.filter(enabled=True).select_related("source__locale", "target_locale")
        return get_object_or_404(rows, pk=self.kwargs["translation_id"])

    @cached_property
    def target(self):
        return self.translation.get_target_instance()

    def get_header_title(self):
        locale = self.translation.target_locale
        return format_html(
            "{}: {}, {}", self.page_title, in_language(self.target, locale.language_code), own_name(locale)
        )

    def get_breadcrumbs_items(self):
        title = in_language(self.target, self.translation.target_locale.language_code)
        desk = {"url": reverse("translation:desk"), "label": _("Translations")}
        return [*super().get_breadcrumbs_items(), desk, {"url": "", "label": title}]

    @cached_property
    def rows(self) -> list[ReviewedSegment]:
        segments = segments_of(self.translation)
        live = live_words(self.target, segments)
        return [ReviewedSegment(one, live.get(one.pk, ""), self._comments[one.key]) for one in segments]

    @cached_property
    def _comments(self) -> dict[tuple, list[SegmentComment]]:
        comments = defaultdict(list)
        of_object = SegmentComment.objects.filter(
            context__object=self.translation.source.object_id, locale=self.translation.target_locale_id
        )
        for one in of_object.select_related("author"):
            comments[one.context_id, one.translation_of_id].append(one)
        return comments

    def post(self, request, *args, **kwargs):
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form, typed=request.POST))
        try:
            with transaction.atomic():
                self._answer(form.cleaned_data)
        except NotWaiting as error:
            messages.error(request, str(error))
            return redirect(request.path)
        return redirect(self._next())

    def _answer(self, data) -> None:
        remarks = [(row.segment, self.request.POST.get(f"comment-{row.segment.pk}", "")[:2000]) for row in self.rows]
        comment(self.translation, remarks, self.request.user)
        answer, title = self.request.POST.get("answer"), {"title": str(self.target)}
        if answer == "accept":
            accept_review(self.translation, self.request.user, data["comment"], seen=data["seen"])
            messages.success(self.request, _("“%(title)s” is accepted and published.") % title)
        elif answer == "return":
            return_to_translator(self.translation, self.request.user, data["comment"])
            messages.success(self.request, _("“%(title)s” is returned to the translator.") % title)
        else:
            messages.success(self.request, _("Your comments are kept."))

    def _next(self) -> str:
        is_answered = self.request.POST.get("answer") in {"accept", "return"}
        return reverse("translation:desk") if is_answered else self.request.path

    def get_context_data(self, **kwargs):
        state = waiting_review(self.target)
        content_type = self.translation.source.specific_content_type
        typed = kwargs.pop("typed", {})
        for row in self.rows:
            row.typed = typed.get(f"comment-{row.segment.pk}", "")
        shows_all = "all" in self.request.GET or not any(row.is_changed for row in self.rows)
        return super().get_context_data(
            form=kwargs.pop("form", None) or AnswerForm(initial={"seen": version(self.translation)}),
            rows=[row for row in self.rows if shows_all or row.is_changed or row.comments],
            count=len(self.rows),
            changed=sum(row.is_changed for row in self.rows),
            missing=sum(row.is_missing for row in self.rows),
            shows_all=shows_all,
            state=state,
            handed_in_by=state.workflow_state.requested_by if state else None,
            can_answer=bool(state) or not isinstance(self.target, DraftStateMixin),
            can_return=bool(state),
            source_tongue=Tongue.of(self.translation.source.locale),
            target_tongue=Tongue.of(self.translation.target_locale),
            edit_address=edit_url(content_type, str(self.target.pk)),
            target=self.target,
            **kwargs,
        )


def live_words(target, segments: list[Segment]) -> dict[int, str]:
    """Return what readers see now where each segment stands, by the segment's id; nothing while the page is a draft.

    The texts of one place are paired in their order; where the page has more or fewer of them by now,
    those that are left over have no counterpart.
    """
    if not getattr(target, "live", True):
        return {}
    by_path = defaultdict(list)
    for value in extract_segments(target):
        if isinstance(value, StringSegmentValue):
            by_path[value.path].append(value.string.data)
    found = {}
    for segment in segments:
        if texts := by_path.get(segment.path):
            found[segment.pk] = texts.pop(0)
    return found
