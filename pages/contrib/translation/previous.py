"""What stood in the place of a segment when it was last translated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher

from wagtail_localize.models import StringSegment, StringTranslation

from .wording import plain

#: Sentences of one text that share less are other sentences, not the same one rewritten.
ALIKE_ENOUGH = 0.5
#: A text keeps the translations of all its former sentences; only the newest can be of use.
MOST_FORMER = 60


def former_translations(
    segments: Iterable[StringSegment], translations: Iterable[StringTranslation]
) -> dict[int, StringTranslation]:
    """Return the former translation of each segment without one, by the segment's id.

    ``translations`` are all of one language for the object, ``translation_of`` read. A former translation
    belongs to the same place but to words that stand there no longer. In a text of many sentences the most
    alike are paired, each once; in a place with one sentence the newest is taken however different it is.
    """
    wanted, current = defaultdict(list), defaultdict(set)
    held = {(row.context_id, row.translation_of_id) for row in translations if not row.has_error}
    for segment in segments:
        current[segment.context_id].add(segment.string_id)
        if (segment.context_id, segment.string_id) not in held:
            wanted[segment.context_id].append(segment)
    former = defaultdict(list)
    for row in sorted(translations, key=lambda row: (row.updated_at, row.pk), reverse=True):
        if row.context_id in wanted and row.translation_of_id not in current[row.context_id]:
            former[row.context_id].append(row)
    found = {}
    for context, rows in former.items():
        if len(current[context]) == 1:
            found[wanted[context][0].pk] = rows[0]
        else:
            found |= _most_alike(wanted[context], rows[:MOST_FORMER])
    return found


def _most_alike(segments, rows) -> dict[int, StringTranslation]:
    pairs = []
    for segment in segments:
        matcher = SequenceMatcher(b=plain(segment.string.data), autojunk=False)
        for age, row in enumerate(rows):
            matcher.set_seq1(plain(row.translation_of.data))
            if matcher.real_quick_ratio() >= ALIKE_ENOUGH and matcher.quick_ratio() >= ALIKE_ENOUGH:
                pairs.append((-matcher.ratio(), age, segment.order, segment.pk, row))
    found, taken = {}, set()
    for unlikeness, _age, _order, segment_id, row in sorted(pairs, key=lambda pair: pair[:4]):
        if -unlikeness >= ALIKE_ENOUGH and segment_id not in found and row.pk not in taken:
            found[segment_id] = row
            taken.add(row.pk)
    return found
