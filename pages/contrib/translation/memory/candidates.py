"""Entries that may be like a segment, out of the database's own index and never out of a full scan.

Both databases find them by their rare words: SQLite by FTS5, PostgreSQL by an index of the words of each entry. How alike
they really are is told afterwards. Trigrams took PostgreSQL twice as long: it has to look at each entry that shares some.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db import connection

from .fingerprints import ANY_NUMBER

INDEX = "translation_memory_index"
#: So many of the best are looked at closely, for each segment.
MOST = 40
#: Words that stand in more entries than this together are not asked for, rarer ones are.
MOST_ENTRIES = 10_000
FEWEST_WORDS, MOST_WORDS = 3, 12
SEGMENTS_AT_ONCE, WORDS_AT_ONCE = 100, 5_000


def candidates(segments: Sequence[Sequence[str]], source_language: str, target_language: str) -> list[list[int]]:
    """Return ids of entries for each segment, given as the stems of its words."""
    is_postgresql = connection.vendor == "postgresql"
    count, find = (_counts_of_arrays, _by_arrays) if is_postgresql else (_counts, _by_full_text)
    counts = count({word for stems in segments for word in stems})
    asked = [(number, words) for number, stems in enumerate(segments) if (words := _rare_words(stems, counts))]
    found: list[list[int]] = [[] for _segment in segments]
    for number, pk in find(asked, source_language, target_language):
        found[number].append(pk)
    return found


def _rare_words(stems: Sequence[str], counts: Mapping[str, int]) -> list[str]:
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


# --- SQLite ---------------------------------------------------------------------------------


def _by_full_text(asked, source_language, target_language) -> Iterable[tuple[int, int]]:
    pair = f"{source_language}x{target_language}".replace("-", "x")
    any_word = [(number, " OR ".join(f'"{word}"' for word in words)) for number, words in asked]
    expressions = [(number, f'pair : "{pair}" AND stems : ({words})') for number, words in any_word]
    for start in range(0, len(expressions), SEGMENTS_AT_ONCE):
        yield from _rows(*full_text_query(expressions[start : start + SEGMENTS_AT_ONCE]))


def full_text_query(asked: Sequence[tuple[int, str]]) -> tuple[str, list]:
    """Return SQL and its parameters for the best entries of each (number, expression of FTS5)."""
    one = (
        f"SELECT * FROM (SELECT %s AS number, rowid FROM {INDEX} "  # noqa: S608 -- our own name
        f"WHERE {INDEX} MATCH %s ORDER BY rank LIMIT {MOST})"
    )
    return " UNION ALL ".join([one] * len(asked)), [value for pair in asked for value in pair]


def _counts(words: set[str]) -> dict[str, int]:
    """Return in how many entries each word stands, without words that are nowhere."""
    listed, found = sorted(words), {}
    for start in range(0, len(listed), WORDS_AT_ONCE):
        part = listed[start : start + WORDS_AT_ONCE]
        places = ", ".join(["%s"] * len(part))
        found |= dict(_rows(f"SELECT term, doc FROM {INDEX}_words WHERE term IN ({places})", part))  # noqa: S608
    return found


# --- PostgreSQL -----------------------------------------------------------------------------

#: As the index has it (migration 0002).
WORDS = "string_to_array(stems, ' ')"
ARRAY_QUERY = f"""
    SELECT asked.number, entry.id
    FROM unnest(%s::int[], %s::text[]) AS asked(number, words)
    CROSS JOIN LATERAL (
        SELECT id FROM (
            SELECT id, (
                SELECT count(*) FROM unnest(string_to_array(asked.words, ' ')) AS word WHERE word = ANY({WORDS})
            ) AS shared, cardinality({WORDS}) AS length
            FROM translation_memoryentry
            WHERE source_language = %s AND target_language = %s AND {WORDS} && string_to_array(asked.words, ' ')
        ) AS sharing
        ORDER BY shared DESC, length, id DESC LIMIT {MOST}
    ) AS entry
    """  # noqa: S608 -- our own names


def _by_arrays(asked, source_language, target_language) -> Iterable[tuple[int, int]]:
    numbers, words = [number for number, _words in asked], [" ".join(words) for _number, words in asked]
    return _rows(ARRAY_QUERY, [numbers, words, source_language, target_language])


def _counts_of_arrays(words: set[str]) -> dict[str, int]:
    """Return in how many entries each word stands: what its statistics know of the frequent, the index of the others."""
    found = dict(_rows(COMMON_WORDS, [INDEX, list(words)]))
    counted = _rows(COUNTED_WORDS, [[word for word in words if word not in found]])
    return found | {word: count for word, count in counted if count}


COMMON_WORDS = """
    SELECT word, ceil(share * reltuples)
    FROM pg_stats
    CROSS JOIN LATERAL unnest(most_common_elems::text::text[], most_common_elem_freqs) AS common(word, share)
    JOIN pg_class ON relname = 'translation_memoryentry' AND relnamespace = schemaname::regnamespace
    WHERE schemaname = current_schema() AND tablename = %s AND word = ANY(%s)
    """
COUNTED_WORDS = f"""
    SELECT word, (SELECT count(*) FROM translation_memoryentry WHERE {WORDS} @> ARRAY[word])
    FROM unnest(%s::text[]) AS word
    """  # noqa: S608 -- our own names


def _rows(sql: str, parameters: Sequence) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
