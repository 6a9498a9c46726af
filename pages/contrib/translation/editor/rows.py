"""One row of the editor: a segment with all that helps to translate it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256

from django.contrib.auth.models import AbstractBaseUser
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.models import Locale

from pages.interchange.diffs import diff_html

from ..checks import NAMES, Finding, check_segment
from ..glossary import Glossary, Occurrence
from ..in_language import in_language
from ..memory import Match, matches
from ..models import SegmentComment, SegmentDraft
from ..segments import Need, Segment
from ..wording import plain
from .written import shown, stored

#: What a row is waiting for, in the words of the one who is to do it.
STATES = {
    Need.NOTHING: gettext_lazy("accepted"),
    Need.ACCEPTANCE: gettext_lazy("proposal to accept"),
    Need.COSMETIC: gettext_lazy("only spaces or quotation marks changed"),
    Need.UPDATE: gettext_lazy("source changed"),
    Need.TRANSLATION: gettext_lazy("to translate"),
}


@dataclass(frozen=True)
class Tongue:
    """A language as the markup needs it."""

    code: str
    name: str
    direction: str

    @classmethod
    def of(cls, locale: Locale) -> Tongue:
        info = _language_info(locale.language_code)
        return cls(locale.language_code, locale.get_display_name(), "rtl" if info.get("bidi") else "ltr")

    @property
    def own_name(self) -> SafeString:
        """The name, marked as being in its own language."""
        return in_language(self.name, self.code)


def _language_info(code):
    try:
        return get_language_info(code)
    except KeyError:  # a language of the site that Django has no words for
        return {}


@dataclass(frozen=True)
class Offer:
    """What the memory offers for a segment."""

    #: Which entry of the memory.
    pk: int
    words: str
    likeness: int
    #: How the source of then differs from the one of now; empty where it does not.
    change: SafeString | str
    origin: str
    remarks: list

    @classmethod
    def of(cls, match: Match, source: str) -> Offer:
        entry = match.entry
        parts = [entry.origin, _name(entry.person), _day(entry.made_at)]
        change = diff_html(match.source, source) if match.source != source else ""
        origin = ", ".join(part for part in parts if part)
        return cls(entry.pk, shown(match.target), match.likeness, change, origin, match.remarks)


@dataclass
class Row:
    segment: Segment
    source_tongue: Tongue
    target_tongue: Tongue
    glossary: Glossary
    user: AbstractBaseUser
    comments: list[SegmentComment] = field(default_factory=list)
    #: Words that could not be saved, and why; they stand in the field again.
    typed: str | None = None
    trouble: str = ""
    is_conflict: bool = False

    @property
    def pk(self) -> int:
        return self.segment.pk

    @property
    def is_unfinished(self) -> bool:
        """Whether a person began to write words and has not accepted them."""
        return bool(self.segment.draft and self.segment.draft.origin == SegmentDraft.Origin.PERSON)

    @property
    def is_left(self) -> bool:
        return self.segment.need != Need.NOTHING or self.segment.draft is not None

    @property
    def need(self) -> Need:
        return self.segment.need

    @property
    def state(self) -> str:
        if self.segment.refused:
            return _("not taken over")
        return _("begun, not accepted") if self.is_unfinished else str(STATES[self.need])

    @cached_property
    def words(self) -> str:
        """What the field is filled with, as Localize's HTML: the words that are nearest to the right ones."""
        segment = self.segment
        draft = segment.draft.data if segment.draft else ""
        if self.is_unfinished:
            return draft
        return segment.target or segment.refused or draft or segment.former_target

    @property
    def typed_words(self) -> str:
        return shown(self.words) if self.typed is None else self.typed

    @property
    def size(self) -> int:
        """About how many lines the words take."""
        longest = max(len(self.segment.source), len(self.words))
        return min(12, max(2, longest // 45 + 1, self.typed_words.count("\n") + 1))

    @property
    def version(self) -> str:
        return version_of(self.segment)

    @property
    def proposal(self) -> str:
        """Words that a machine, a file or the memory proposes beside accepted ones, as they are typed."""
        draft = self.segment.draft
        return shown(draft.data) if draft and self.segment.target and not self.is_unfinished else ""

    @property
    def source_to_copy(self) -> str:
        return shown(self.segment.source)

    @property
    def others(self) -> SafeString | str:
        """The words that are stored where the field shows others: accepted ones, else somebody's draft."""
        segment = self.segment
        stored_words = segment.target or (segment.draft.data if segment.draft and self.is_conflict else "")
        return "" if shown(stored_words) == self.typed_words else _labelled(stored_words)

    @property
    def preview_text(self) -> str:
        """The text by which the segment is found in the preview: what readers would see."""
        return plain(self.segment.target or self.segment.source)

    @property
    def origin(self) -> str:
        """Return where the words come from and since when: "translation memory, 87 %, Workshops, 3 May 2026"."""
        draft, translated = self.segment.draft, self.segment.translated
        if draft and (self.is_unfinished or not translated):
            parts = [draft.get_origin_display(), _percent(draft.likeness), draft.detail, _name(draft.made_by)]
            return ", ".join(str(part) for part in [*parts, _day(draft.made_at)] if part)
        if translated:
            parts = [translated.tool_name, _name(translated.last_translated_by), _day(translated.updated_at)]
            return ", ".join(part for part in parts if part)
        former = self.segment.former
        return _("former translation, %(day)s") % {"day": _day(former.updated_at)} if former else ""

    @cached_property
    def terms(self) -> list[Occurrence]:
        return self.glossary.terms_in(self.segment.source)

    @property
    def wanted_terms(self) -> list:
        """The terms of the glossary, each once."""
        return list({occurrence.term.pk: occurrence.term for occurrence in self.terms}.values())

    @cached_property
    def matches(self) -> list[Offer]:
        """What the memory has for this segment, the best first; asks the database."""
        source = self.segment.source
        found = matches([source], self.source_tongue.code, self.target_tongue.code)
        return [Offer.of(match, source) for match in found.get(source, [])]

    @cached_property
    def source_html(self) -> SafeString:
        """The source with its tags as small labels and the terms of the glossary marked."""
        return marked(self.segment.source, self.terms)

    @property
    def change(self) -> SafeString | str:
        """What changed in the source since it was translated."""
        segment = self.segment
        if segment.former and self.need != Need.NOTHING:
            return diff_html(segment.former_source, segment.source)
        return ""

    @property
    def former_html(self) -> SafeString | str:
        """The former translation, with what the field has that it had not."""
        return self.change_of_words or _labelled(self.segment.former_target)

    @property
    def change_of_words(self) -> SafeString | str:
        """What the field has that the former translation had not."""
        former = self.segment.former_target
        return diff_html(former, self.words) if self.change and former and former != self.words else ""

    @cached_property
    def findings(self) -> list[Finding]:
        return self.findings_for(self.words if self.typed is None else stored(self.typed, self.segment.source))

    def findings_for(self, words: str) -> list[Finding]:
        """Return what may be wrong with words that are not those of the row."""
        return check_segment(self.segment, words, self.source_tongue.code, self.target_tongue.code, terms=self.terms)

    @property
    def named_findings(self) -> list[tuple[str, Finding]]:
        return [(NAMES.get(finding.name, finding.name), finding) for finding in self.findings]

    @property
    def open_comments(self) -> list[SegmentComment]:
        return [comment for comment in self.comments if comment.settled_at is None]


def version_of(segment: Segment) -> str:
    """Return what tells these words from others: that of the accepted ones, a dot, that of the draft."""
    return f"{_digest(segment.target)}.{_digest(segment.draft.data if segment.draft else '')}"


def was_changed_by_others(segment: Segment, seen: str, user: AbstractBaseUser) -> bool:
    """Return whether somebody else wrote here since the form was made; one's own drafts do not count."""
    accepted, draft = version_of(segment).split(".")
    seen_accepted, _dot, seen_draft = seen.partition(".")
    if accepted != seen_accepted:
        return True
    return segment.draft is not None and segment.draft.made_by_id != user.pk and draft != seen_draft


def _digest(words: str) -> str:
    return sha256(words.encode()).hexdigest()[:16] if words else ""


def marked(words: str, occurrences: Iterable[Occurrence]) -> SafeString:
    """Return Localize's HTML as it is read: terms in a ``<mark>``, tags as small labels that are never obeyed."""
    pieces, end = [], 0
    for occurrence in occurrences:
        pieces.append(_labelled(words[end : occurrence.start]))
        inside = _labelled(words[occurrence.start : occurrence.end])
        pieces.append(format_html('<mark class="segment-term" title="{}">{}</mark>', occurrence.term.wanted, inside))
        end = occurrence.end
    return format_html_join("", "{}", ((piece,) for piece in [*pieces, _labelled(words[end:])]))


def _labelled(words: str) -> SafeString | str:
    return diff_html(words, words) if words else ""


def _percent(likeness: int | None) -> str:
    return "" if likeness is None else f"{likeness} %"


def _name(user) -> str:
    return (user.get_full_name() or user.get_username()) if user else ""


def _day(moment) -> str:
    return date_format(localtime(moment), "DATE_FORMAT")
