"""What the memory has for segments: the same, the same but for a number, or something like it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from rapidfuzz.distance import Levenshtein
from wagtail_localize.models import Translation

from ..models import MemoryEntry, SegmentDraft
from ..segments import UnusableWords, propose, segments_of, usable
from ..values import values_in
from ..wording import plain
from .adapting import with_new_values, with_tags_of
from .candidates import candidates
from .fingerprints import shape_hash, stems_of, wording_hash

#: In per cent: all is the same; only values or tags differ and were put right; they differ and were not.
EXACT, ADAPTED, SAME_WORDS = 100, 99, 95
LEAST = 70
#: One segment of a memory of many years may have many translations.
MOST_OF_ONE_SHAPE = 200
#: SQLite takes 32,766 values in one query, and less is easier to plan.
HASHES_AT_ONCE = 5_000

#: What a translator has to look at.
FLAGS = {
    "values": _("Numbers, dates or addresses differ."),
    "tags": _("Tags or links differ."),
    "case": _("Capital letters differ."),
}


@dataclass(frozen=True)
class Match:
    """An entry for a segment; ``target`` can be put in as it is, numbers and tags are adapted where that is safe."""

    source: str
    target: str
    likeness: int
    entry: MemoryEntry
    adapted: bool = False
    flags: tuple[str, ...] = ()

    @property
    def remarks(self) -> list:
        """The flags as sentences."""
        return [FLAGS[flag] for flag in self.flags]


def matches(
    segments: Iterable[str], source_language: str, target_language: str, limit: int = 3
) -> dict[str, list[Match]]:
    """Return the best entries for each segment of Localize's HTML, the best first, the newest of equals.

    On PostgreSQL in five queries, on SQLite in four for each hundred segments.
    """
    sources = list(dict.fromkeys(segment for segment in segments if segment.strip()))
    languages = source_language, target_language
    stems = [stems_of(source, source_language) for source in sources]
    of_shape = _of_the_same_shape(sources, *languages)
    # What was translated word for word needs nothing similar.
    rest = [
        number
        for number, source in enumerate(sources)
        if stems[number] and not any(entry.source_hash == wording_hash(source) for entry in of_shape[source])
    ]
    ids = dict(zip(rest, candidates([stems[number] for number in rest], *languages), strict=True)) if rest else {}
    entries = MemoryEntry.objects.select_related("person").in_bulk({pk for some in ids.values() for pk in some})
    found = {}
    for number, source in enumerate(sources):
        alike = {entry.pk: _same_shape(source, entry) for entry in of_shape[source]}
        for pk in ids.get(number, ()):
            if pk not in alike and pk in entries:
                alike[pk] = _similar(source, stems[number], entries[pk])
        found[source] = _best([match for match in alike.values() if match], source)[:limit]
    return found


def _of_the_same_shape(sources, source_language, target_language) -> dict[str, list[MemoryEntry]]:
    shapes = {source: shape_hash(source, source_language) for source in sources}
    rows = MemoryEntry.objects.select_related("person").filter(
        source_language=source_language, target_language=target_language, shape_hash__in=set(shapes.values())
    )
    by_shape: dict[str, list[MemoryEntry]] = {}
    for entry in rows.order_by("-made_at", "-pk"):
        of_one = by_shape.setdefault(entry.shape_hash, [])
        if len(of_one) < MOST_OF_ONE_SHAPE:
            of_one.append(entry)
    return {source: by_shape.get(shape, []) for source, shape in shapes.items()}


def _best(found: list[Match], source: str) -> list[Match]:
    """Sort, and leave out what says the same as a better one."""
    ranked = sorted(
        found,
        key=lambda match: (match.likeness, match.source == source, match.entry.made_at, match.entry.pk),
        reverse=True,
    )
    return list({match.target: match for match in reversed(ranked)}.values())[::-1]


def _same_shape(source: str, entry: MemoryEntry) -> Match:
    if wording_hash(source) == entry.source_hash:
        return Match(entry.source, entry.target, EXACT, entry)
    target, tags_fit = with_tags_of(entry.source, source, entry.target)
    adapted = with_new_values(entry.source, source, target, entry.source_language, entry.target_language)
    flags = _flags(source, entry, values_fit=adapted is not None, tags_fit=tags_fit)
    target = target if adapted is None else adapted
    return Match(
        entry.source, target, SAME_WORDS if flags else ADAPTED, entry, adapted=target != entry.target, flags=flags
    )


def _similar(source: str, stems: Sequence[str], entry: MemoryEntry) -> Match | None:
    """Compare letters and stems: another ending counts less than another word."""
    theirs = entry.stems.split(" ")
    of_words = Levenshtein.normalized_similarity(stems, theirs)
    if of_words + 1 < 2 * LEAST / 100:
        return None
    of_letters = Levenshtein.normalized_similarity(plain(source).casefold(), plain(entry.source).casefold())
    likeness = min(int(50 * (of_words + of_letters)), SAME_WORDS - 1)
    if likeness < LEAST:
        return None
    target, tags_fit = with_tags_of(entry.source, source, entry.target)
    values = [values_in(html, entry.source_language) for html in (source, entry.source)]
    values_fit = len(values[0]) == len(values[1]) and all(
        any(value.equals(other) for other in values[1]) for value in values[0]
    )
    return Match(
        entry.source,
        target,
        likeness,
        entry,
        adapted=target != entry.target,
        flags=_flags(None, entry, values_fit=values_fit, tags_fit=tags_fit),
    )


def _flags(source: str | None, entry: MemoryEntry, *, values_fit: bool, tags_fit: bool) -> tuple[str, ...]:
    case_fits = source is None or [letter.isupper() for letter in plain(source) if letter.isalpha()] == [
        letter.isupper() for letter in plain(entry.source) if letter.isalpha()
    ]
    fits = {"values": values_fit, "tags": tags_fit, "case": case_fits}
    return tuple(flag for flag, is_right in fits.items() if not is_right)


def exact(sources: Iterable[str], source_language: str, target_language: str) -> dict[str, MemoryEntry]:
    """Return the entry for each segment that the memory has word for word and whose words fit its tags."""
    by_hash: dict[str, list[str]] = {}
    for source in dict.fromkeys(sources):
        by_hash.setdefault(wording_hash(source), []).append(source)
    found, hashes = {}, list(by_hash)
    for start in range(0, len(hashes), HASHES_AT_ONCE):
        entries = MemoryEntry.objects.filter(
            source_language=source_language,
            target_language=target_language,
            source_hash__in=hashes[start : start + HASHES_AT_ONCE],
        )
        newest: dict[str, list[MemoryEntry]] = {}
        for entry in entries.order_by("-made_at", "-pk"):
            newest.setdefault(entry.source_hash, []).append(entry)
        for source_hash, of_hash in newest.items():
            found |= {source: _for_segment(source, of_hash) for source in by_hash[source_hash]}
    return {source: entry for source, entry in found.items() if entry}


def fill(translation: Translation, user: AbstractBaseUser | None) -> int:
    """Propose what the memory has exactly for segments that have no words yet; return for how many."""
    wanted = [
        segment for segment in segments_of(translation) if not (segment.target or segment.draft or segment.refused)
    ]
    languages = translation.source.locale.language_code, translation.target_locale.language_code
    entries = exact((segment.source for segment in wanted), *languages)
    known = [(segment, entries[segment.source]) for segment in wanted if segment.source in entries]
    if known:
        pairs = [(segment, entry.target) for segment, entry in known]
        details = {segment.key: entry.origin for segment, entry in known}
        propose(translation, pairs, SegmentDraft.Origin.MEMORY, detail=details, likeness=EXACT, user=user)
        used({entry.pk for _segment, entry in known})
    return len(known)


def _for_segment(source: str, entries: list[MemoryEntry]) -> MemoryEntry | None:
    """Return the newest entry with these very letters, else the newest whose words fit the tags."""
    for entry in sorted(entries, key=lambda entry: entry.source != source):
        try:
            usable(source, entry.target)
        except UnusableWords:
            continue
        return entry
    return None


def used(entries: Iterable[int]) -> None:
    """Count that the translations of these entries were taken."""
    MemoryEntry.objects.filter(pk__in=list(entries)).update(times_used=F("times_used") + 1)
