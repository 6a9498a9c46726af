"""What becomes of a file that comes back: one verdict for each segment, and never a word lost or overwritten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from html import escape

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_localize.models import Translation, TranslationContext

from pages.translation_permissions import may_update

from ..checks import Finding, Severity, check_segment
from ..editor.rights import lock_message
from ..glossary import Glossary, glossary_of
from ..models import SegmentDraft
from ..previous import ALIKE_ENOUGH
from ..segments import Segment, UnusableWords, accept, propose, segments_of, usable
from ..wording import plain
from . import formats, inline
from .package import DamagedFile, Returned, ReturnedFile, State, digest


class Verdict(models.TextChoices):
    """What was done with one segment of a file."""

    ACCEPTED = "accepted", gettext_lazy("accepted")
    DRAFT = "draft", gettext_lazy("kept as a draft")
    UNCHANGED = "unchanged", gettext_lazy("unchanged")
    EMPTY = "empty", gettext_lazy("not translated in the file")
    SOURCE_CHANGED = "source_changed", gettext_lazy("the source has changed meanwhile")
    CONFLICT = "conflict", gettext_lazy("translated otherwise meanwhile")
    BROKEN = "broken", gettext_lazy("broken tag or placeholder")
    TOO_LONG = "too_long", gettext_lazy("too long for its place")
    GLOSSARY = "glossary", gettext_lazy("against the glossary")
    REFUSED = "refused", gettext_lazy("not taken")
    UNKNOWN = "unknown", gettext_lazy("unknown")


_GLOSSARY_CHECKS = {"forbidden_term", "unused_term"}
#: What a program put into the text and a translator cannot mean to leave out.
_PROGRAM_CHECKS = {"placeholders", "links"}


@dataclass
class Line:
    """One line of the report; texts are plain."""

    verdict: Verdict
    title: str = ""
    place: str = ""
    source: str = ""
    words: str = ""
    #: What stays in the translation when the words of the file did not go in.
    kept: str = ""
    reason: str = ""
    #: The id of the unit as it came; empty where it is none of ours.
    unit: str = ""


@dataclass(frozen=True)
class Ruling:
    """A verdict, and which words are accepted or kept as a draft because of it."""

    verdict: Verdict
    reason: str = ""
    accepted: str | None = None
    proposed: str | None = None


def import_file(
    content: bytes,
    file_name: str,
    user: AbstractBaseUser,
    *,
    only: Collection[int] | None = None,
) -> list[Line]:
    """Take over what a file says for translations that the user may change, and say what became of each segment.

    ``only`` names the translations (by id) that the file is meant for. Raises ``DamagedFile`` before anything
    is written.
    """
    return take_over(formats.read(content), file_name, user, only=only)


@transaction.atomic
def take_over(
    file: ReturnedFile, file_name: str, user: AbstractBaseUser, *, only: Collection[int] | None = None
) -> list[Line]:
    """Take over what was read of a file already, as ``import_file`` does; one line for each unit, in their order."""
    wanted = {unit.id.translation for unit in file.units if unit.id}
    translations = (
        Translation.objects.select_for_update(of=("self",))
        .select_related("source__locale", "source__specific_content_type", "target_locale")
        .filter(uuid__in=wanted)
    )
    found = {translation.uuid: translation for translation in translations}
    for translation in found.values():
        _check_languages(file, translation)
    refused = {uuid: reason for uuid, entry in found.items() if (reason := _refusal(entry, user, only))}
    units: dict = defaultdict(list)
    lines: list[Line | None] = [None] * len(file.units)
    for number, unit in enumerate(file.units):
        uuid = unit.id.translation if unit.id else None
        if uuid in found and uuid not in refused:
            units[uuid].append((number, unit))
        else:
            lines[number] = _left_out(unit, refused.get(uuid))
    glossaries: dict[tuple[str, str], Glossary] = {}
    for uuid, numbered in units.items():
        translation = found[uuid]
        pair = (translation.source.locale.language_code, translation.target_locale.language_code)
        if pair not in glossaries:
            glossaries[pair] = glossary_of(*pair)
        for number, line in _Import(translation, file_name, user, glossaries[pair]).take(numbered):
            lines[number] = line
    told = [line for line in lines if line]
    for line, unit in zip(told, file.units, strict=True):
        line.unit = str(unit.id or "")
    return told


def _check_languages(file: ReturnedFile, translation) -> None:
    for told, locale in [
        (file.source_language, translation.source.locale),
        (file.target_language, translation.target_locale),
    ]:
        if told and _base(told) != _base(locale.language_code):
            raise DamagedFile(
                _("The file is in another language (%(told)s) than the translation (%(wanted)s). Nothing was imported.")
                % {"told": told[:20], "wanted": locale.language_code}
            )


def _base(code) -> str:
    """The language without its region: programs like to add one."""
    return code.replace("_", "-").split("-")[0].lower()


def _refusal(translation, user, only) -> str:
    """Say why nothing of a translation may be touched; empty when it may."""
    if only is not None and translation.pk not in only:
        return _("It belongs to a page that you have not chosen.")
    if not may_update(user, "change", translation):
        return _("You may not change this translation.")
    try:
        return lock_message(user, translation.get_target_instance())
    except ObjectDoesNotExist:  # It was deleted, and the next save adds it again.
        return ""


def _left_out(unit: Returned, refusal: str | None) -> Line:
    verdict = Verdict.REFUSED if refusal else Verdict.UNKNOWN
    reason = refusal or _("This site does not know it.")
    return Line(verdict, source=_shown(unit.source), words=_words_shown(unit), reason=reason)


def _shown(html) -> str:
    return inline.text_of(inline.parse(html))


def _words_shown(unit) -> str:
    return unit.target if unit.error else _shown(unit.target)


class _Import:
    """One translation, read once, and what a file says for it."""

    def __init__(self, translation: Translation, file_name: str, user: AbstractBaseUser, glossary: Glossary):
        self.translation, self.file_name, self.user, self.glossary = translation, file_name[:255], user, glossary
        self.segments = segments_of(translation)
        self.by_hashes = {
            (digest(segment.path, 10), digest(segment.source, 10)): segment for segment in reversed(self.segments)
        }
        #: Segments that a ruling of this file concerns already, by key.
        self.ruled: dict[tuple[int, int], Ruling] = {}

    def take(self, numbered: Iterable[tuple[int, Returned]]) -> list[tuple[int, Line]]:
        """Rule on every unit, write in bulk and return the numbered lines of the report."""
        entries = list(numbered)
        # What is in its place goes first, so that words of a changed source never take a place from it.
        entries.sort(key=lambda entry: self._segment(entry[1]) is None)
        accepted, proposed, lines = [], [], []
        for number, unit in entries:
            segment = self._segment(unit)
            ruling = self._rule(segment, unit) if segment else None
            if ruling is None:
                segment, ruling = self._rule_elsewhere(unit)
            if segment and ruling.accepted is not None:
                accepted.append((segment, ruling.accepted))
            if segment and ruling.proposed is not None:
                proposed.append((segment, ruling.proposed))
            lines.append((number, self._line(segment, unit, ruling)))
        if accepted:
            accept(self.translation, accepted, self.user, tool_name=self.file_name)
        if proposed:
            propose(self.translation, proposed, SegmentDraft.Origin.FILE, detail=self.file_name, user=self.user)
        return lines

    def _segment(self, unit) -> Segment | None:
        return self.by_hashes.get((unit.id.place, unit.id.source))

    def _line(self, segment, unit, ruling) -> Line:
        went_in = ruling.verdict in {Verdict.ACCEPTED, Verdict.UNCHANGED}
        return Line(
            ruling.verdict,
            title=self.translation.source.object_repr,
            place=str(segment.place) if segment else "",
            source=_shown(segment.source if segment else unit.source),
            words=_words_shown(unit),
            kept=plain(segment.target) if segment and not went_in else "",
            reason=ruling.reason,
        )

    def _rule(self, segment: Segment, unit: Returned) -> Ruling:
        former = self.ruled.get(segment.key)
        ruling = judge(segment, unit, self._findings)
        if former:
            words = former.accepted if former.accepted is not None else former.proposed
            if words is None or words == ruling.accepted or words == ruling.proposed:
                return Ruling(Verdict.UNCHANGED, _("It stands twice in the file."))
            return Ruling(Verdict.CONFLICT, _("It stands twice in the file; the first words were taken."))
        self.ruled[segment.key] = ruling
        return ruling

    def _findings(self, segment, words) -> list[Finding]:
        return check_segment(
            segment,
            words,
            self.translation.source.locale.language_code,
            self.translation.target_locale.language_code,
            terms=self.glossary.terms_in(segment.source),
        )

    def _rule_elsewhere(self, unit: Returned) -> tuple[Segment | None, Ruling]:
        """Rule on words whose source is gone: they become a draft of the segment that took its place."""
        if not unit.target.strip():
            return None, Ruling(Verdict.EMPTY, _("Its source is gone, and the file has no words for it."))
        segment = self._successor(unit)
        if segment is None:
            if unit.id.place in self.known_places:
                return None, Ruling(Verdict.SOURCE_CHANGED, _("Its text is gone. The words stand only in this report."))
            return None, Ruling(Verdict.UNKNOWN, _("The page never had it. The words stand only in this report."))
        words = _without_foreign_tags(segment, unit)
        ruling = Ruling(Verdict.SOURCE_CHANGED, _("The words wait as a draft for the text of today."), proposed=words)
        self.ruled[segment.key] = ruling
        return segment, ruling

    def _successor(self, unit) -> Segment | None:
        """Return the segment without words of its own that says the same elsewhere, or stands in the place now."""
        free = [
            segment
            for segment in self.segments
            if not segment.target and not segment.draft and segment.key not in self.ruled
        ]
        for segment in free:
            if digest(segment.source, 10) == unit.id.source:
                return segment
        here = [segment for segment in free if digest(segment.path, 10) == unit.id.place]
        alike = [(_likeness(segment.source, unit.source), -segment.number, segment) for segment in here]
        best = max(alike, default=None, key=lambda entry: entry[:2])
        is_alone = sum(digest(segment.path, 10) == unit.id.place for segment in self.segments) == 1
        return best[2] if best and (is_alone or best[0] >= ALIKE_ENOUGH) else None

    @cached_property
    def known_places(self) -> set[str]:
        paths = TranslationContext.objects.filter(object_id=self.translation.source.object_id)
        return {digest(path, 10) for path in paths.values_list("path", flat=True)}


def _likeness(source, other) -> float:
    return SequenceMatcher(None, plain(other), plain(source), autojunk=False).ratio()


def _without_foreign_tags(segment, unit) -> str:
    """The words as a draft of the segment; without their tags when it has no such tags."""
    try:
        if not unit.error:
            return usable(segment.source, unit.target)
    except UnusableWords:
        pass
    return escape(_words_shown(unit), quote=False)


def judge(
    segment: Segment, unit: Returned, findings: Callable[[Segment, str], list[Finding]] = lambda segment, words: []
) -> Ruling:
    """Return what becomes of the words that a file has for a segment whose source is as it was.

    ``findings`` are the checks of a segment and words; those that matter keep the words out.
    """
    if not unit.target.strip():
        return Ruling(Verdict.EMPTY)
    try:
        if unit.error:
            raise UnusableWords(unit.error)
        words = usable(segment.source, unit.target)
    except UnusableWords as error:
        return _aside(segment, Verdict.BROKEN, str(error), _without_foreign_tags(segment, unit))
    is_draft = unit.state is State.DRAFT
    if words == segment.target or (is_draft and segment.draft and segment.draft.data == words):
        return Ruling(Verdict.UNCHANGED)
    if digest(words) == unit.mark and (segment.target or is_draft):
        return Ruling(Verdict.UNCHANGED, _("Somebody changed the translation meanwhile; the file brings nothing new."))
    if segment.target and digest(segment.target) != unit.mark:
        return _aside(segment, Verdict.CONFLICT, _("The translation made meanwhile is kept."), words)
    found = findings(segment, words)
    if serious := next((finding for finding in found if _verdict_on(finding)), None):
        return _aside(segment, _verdict_on(serious), " ".join(finding.message for finding in found), words)
    if is_draft:
        if segment.draft and digest(segment.draft.data) != unit.mark:
            return Ruling(Verdict.CONFLICT, _("Another draft was made meanwhile and is kept."))
        return Ruling(Verdict.DRAFT, proposed=words)
    remarks = [finding.message for finding in found]
    if segment.draft and segment.draft.data != words and digest(segment.draft.data) != unit.mark:
        remarks.append(_("It replaces a draft: “%(words)s”.") % {"words": _shown(segment.draft.data)})
    return Ruling(Verdict.ACCEPTED, " ".join(remarks), accepted=words)


def _verdict_on(finding: Finding) -> Verdict | None:
    """What a finding keeps out; the others are only told."""
    if finding.name in _GLOSSARY_CHECKS:
        return Verdict.GLOSSARY
    if finding.name == "length":
        return Verdict.TOO_LONG
    return Verdict.BROKEN if finding.severity is Severity.ERROR or finding.name in _PROGRAM_CHECKS else None


def _aside(segment, verdict, reason, words) -> Ruling:
    """Keep the words as a draft, unless another draft stands there."""
    if segment.draft and segment.draft.data != words:
        kept = _("Another draft stands there, so the words stand only in this report.")
        return Ruling(verdict, f"{reason} {kept}")
    return Ruling(verdict, f"{reason} {_('The words of the file wait as a draft.')}", proposed=words)
