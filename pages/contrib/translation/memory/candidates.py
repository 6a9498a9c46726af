"""Entries that may be like a segment, out of the database's own index and never out of a full scan.

SQLite finds them by rare words (FTS5), PostgreSQL by their trigrams; how alike they really are is told afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection, transaction

from .fingerprints import ANY_NUMBER

INDEX = "translation_memory_index"
#: So many of the best are looked at closely, for each segment.
MOST = 40
#: Words that stand in more entries than this together are not asked for, rarer ones are.
MOST_ENTRIES = 10_000
FEWEST_WORDS, MOST_WORDS = 3, 12
#: Two of three words the same on both sides are half of all trigrams of both.
TRIGRAMS_IN_COMMON = 0.5
SEGMENTS_AT_ONCE, WORDS_AT_ONCE = 100, 5_000


def candidates(segments: Sequence[Sequence[str]], source_language: str, target_language: str) -> list[list[int]]:
    """Return ids of entries for each segment, given as the stems of its words."""
    find = _by_trigrams if connection.vendor == "postgresql" else _by_rare_words
    found: list[list[int]] = [[] for _segment in segments]
    for number, pk in find(segments, source_language, target_language):
        found[number].append(pk)
    return found


# --- SQLite ---------------------------------------------------------------------------------


def _by_rare_words(segments, source_language, target_language) -> Iterable[tuple[int, int]]:
    counts = _counts({word for stems in segments for word in stems})
    pair = f"{source_language}x{target_language}".replace("-", "x")
    asked = []
    for number, stems in enumerate(segments):
        words = _rare_words(stems, counts)
        if words:
            any_word = " OR ".join(f'"{word}"' for word in words)
            asked.append((number, f'pair : "{pair}" AND stems : ({any_word})'))
    for start in range(0, len(asked), SEGMENTS_AT_ONCE):
        yield from _rows(*full_text_query(asked[start : start + SEGMENTS_AT_ONCE]))


def full_text_query(asked: Sequence[tuple[int, str]]) -> tuple[str, list]:
    """Return SQL and its parameters for the best entries of each (number, expression of FTS5)."""
    one = (
        f"SELECT * FROM (SELECT %s AS number, rowid FROM {INDEX} "  # noqa: S608 -- our own name
        f"WHERE {INDEX} MATCH %s ORDER BY rank LIMIT {MOST})"
    )
    return " UNION ALL ".join([one] * len(asked)), [value for pair in asked for value in pair]


def _rare_words(stems: Sequence[str], counts: dict[str, int]) -> list[str]:
    """Return the rarest half of the words: two segments that share none of these are not much alike."""
    known = sorted((word for word in set(stems) if word in counts), key=lambda word: (counts[word], word))
    if len(known) > 1:
        known = [word for word in known if word != ANY_NUMBER]
    chosen, entries = [], 0
    for word in known[: min(MOST_WORDS, max(FEWEST_WORDS, (len(set(stems)) + 1) // 2))]:
        entries += counts[word]
        if chosen and entries > MOST_ENTRIES:
            break
        chosen.append(word)
    return chosen


def _counts(words: set[str]) -> dict[str, int]:
    """Return in how many entries each word stands, without words that are nowhere."""
    listed, found = sorted(words), {}
    for start in range(0, len(listed), WORDS_AT_ONCE):
        part = listed[start : start + WORDS_AT_ONCE]
        places = ", ".join(["%s"] * len(part))
        found |= dict(_rows(f"SELECT term, doc FROM {INDEX}_words WHERE term IN ({places})", part))  # noqa: S608
    return found


# --- PostgreSQL -----------------------------------------------------------------------------

TRIGRAM_QUERY = f"""
    SELECT asked.number - 1, entry.id
    FROM unnest(%s::text[]) WITH ORDINALITY AS asked(stems, number)
    CROSS JOIN LATERAL (
        SELECT id FROM translation_memoryentry
        WHERE source_language = %s AND target_language = %s AND stems %% asked.stems
        ORDER BY similarity(stems, asked.stems) DESC, id DESC LIMIT {MOST}
    ) AS entry
    """  # noqa: S608 -- a number


def _by_trigrams(segments, source_language, target_language) -> Iterable[tuple[int, int]]:
    asked = [" ".join(stems) for stems in segments]
    with transaction.atomic():
        require_trigrams(TRIGRAMS_IN_COMMON)
        return _rows(TRIGRAM_QUERY, [asked, source_language, target_language])


def require_trigrams(share: float) -> None:
    """Let ``%`` mean that two texts share so many of their trigrams, until the transaction ends."""
    _rows("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(share)])


def _rows(sql: str, parameters: Sequence) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
