"""Which entries hold the words of a query, and in what order: the same on every database.

Databases only look up whole numbers; whatever decides about order is decided here.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Aggregate, Count, JSONField, Q, Value
from django.db.models.functions import StrIndex
from django.utils import timezone
from wagtail.models import Locale, PageViewRestriction

from . import stemming
from .models import Entry, Kind, Posting, Word
from .queries import Query

#: Fewer letters begin too many words.
SHORTEST_BEGINNING = 3
MOST_STEMS = 40
#: So many of the best are looked at closely: their titles, and whether the words stand together.
CLOSELY = 100
#: So many times rarer than all words together: then the others are only looked for beside it.
MUCH_RARER = 4
#: So many entries are read one by one.
FEW = 2000

#: Above any year, which is the last part of a rank.
YEARS = 10_000

# Percents on top of the score.
TITLE_IS_THE_QUERY = 100
TITLE_HOLDS_THE_QUERY = 50
TITLE_HOLDS_THE_FORMS = 10
TITLE_BEGINS_WITH_THE_WORD = 15
WORDS_STAND_TOGETHER = 25
#: One percent less for each year of age; pages without a date do not age.
FRESH = 10
#: A page tells what its document is about, so of two equals the page comes first.
A_PAGE = 15


class Listed(Aggregate):
    """The numbers of a group in one list: one row to carry instead of thousands."""

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler, connection, **context):
        # As text, so that Django's field reads it, as everywhere.
        return self.as_sql(compiler, connection, template="JSON_AGG(%(expressions)s)::text", **context)


@dataclass
class Term:
    """A word of a query in one language: the stems that stand for it, and how often they occur."""

    word: str
    stems: dict[str, int] = field(default_factory=dict)

    @property
    def is_known(self) -> bool:
        return bool(self.stems)

    @property
    def count(self) -> int:
        """In how many entries it occurs; in two of its stems counts twice."""
        return sum(self.stems.values())

    @property
    def worth(self) -> int:
        """Rare words tell more than common ones."""
        return round(1000 / math.log2(2 + self.count))


class Facts(NamedTuple):
    """What facets know of an entry."""

    kind: str
    year: int | None
    programme: int | None


@dataclass(frozen=True)
class Matches:
    """The entries that hold the words, together with those of which facets know the same.

    They are counted as they are and put in order only when somebody reads them.
    """

    entries: dict[Facts, list[int]] = field(default_factory=dict)
    #: How much each term weighs in the entries that hold it, and what the term is worth.
    weights: list[tuple[dict[int, int], int]] = field(default_factory=list)

    def __len__(self) -> int:
        return sum(map(len, self.entries.values()))

    def narrowed(self, chosen: dict[str, Any]) -> Matches:
        """Return those of which facets know what was chosen."""
        if not chosen:
            return self
        kept = {
            facts: entries
            for facts, entries in self.entries.items()
            if all(getattr(facts, name) == value for name, value in chosen.items())
        }
        return Matches(kept, self.weights)

    def counted(self, name: str) -> Counter:
        """Return how many there are for each value of a facet."""
        counts: Counter = Counter()
        for facts, entries in self.entries.items():
            counts[getattr(facts, name)] += len(entries)
        del counts[None]
        return counts

    def ranks(self) -> dict[int, int]:
        """Return a number for each entry: the higher, the better it fits; of equals, that of the newest is higher.

        Numbers and not tuples, since there may be thousands and the garbage collector would look at each.
        """
        scores = dict.fromkeys(chain.from_iterable(self.entries.values()), 0)
        for weights, worth in self.weights:
            for entry in scores.keys() & weights.keys():
                scores[entry] += weights[entry] * worth
        this_year = timezone.localdate().year
        for facts, entries in self.entries.items():
            percents, year = _percents_of(facts, this_year), facts.year or 0
            for entry in entries:
                scores[entry] = scores[entry] * percents * YEARS + year
        return scores


def terms(query: Query, locales: Iterable[Locale]) -> dict[int, list[Term]]:
    """Return the terms of a query for each locale, by its id, in three queries at most.

    A word typed without diacritics stands for every spelling the site knows; one that is
    not known at all, for the words it begins.
    """
    codes = {locale.pk: locale.language_code for locale in locales}
    wanted = {pk: {word: {stemming.stem(word, code)} for word in query.sought(code)} for pk, code in codes.items()}
    _add_spellings(wanted)
    counts = _counts(wanted)
    if unknown := _unknown(wanted, counts):
        _add_words_begun(unknown)
        counts |= _counts(unknown)
        wanted = {pk: by_word | unknown.get(pk, {}) for pk, by_word in wanted.items()}
    return {
        pk: [
            Term(word, {stem: counts[pk, stem] for stem in stems if (pk, stem) in counts}) for word, stems in by.items()
        ]
        for pk, by in wanted.items()
    }


Wanted = dict[int, dict[str, set[str]]]


def _add_spellings(wanted: Wanted) -> None:
    plain = {word for by_word in wanted.values() for word in by_word if stemming.fold(word) == word}
    known = Word.objects.filter(locale__in=wanted, folded__in=plain)
    for locale, folded, stem in known.values_list("locale_id", "folded", "stem"):
        if folded in wanted[locale]:
            wanted[locale][folded].add(stem)


def _counts(wanted: Wanted) -> dict[tuple[int, str], int]:
    asked = Q(pk__in=[])
    for locale, by_word in wanted.items():
        asked |= Q(locale=locale, stem__in=set().union(*by_word.values()))
    # Of the entry, which the index holds as well, and not of the row, for which PostgreSQL reads the table.
    found = Posting.objects.filter(asked).values_list("locale_id", "stem").annotate(count=Count("entry"))
    return {(locale, stem): count for locale, stem, count in found}


def _unknown(wanted: Wanted, counts) -> Wanted:
    unknown = {
        pk: {word: stems for word, stems in by_word.items() if not any((pk, stem) in counts for stem in stems)}
        for pk, by_word in wanted.items()
    }
    return {pk: by_word for pk, by_word in unknown.items() if by_word}


def _add_words_begun(unknown: Wanted) -> None:
    begun = Q(pk__in=[])
    for locale, by_word in unknown.items():
        for word in by_word:
            if len(word) >= SHORTEST_BEGINNING:
                begun |= Q(locale=locale, folded__startswith=stemming.fold(word))
    for locale, folded, stem in Word.objects.filter(begun).values_list("locale_id", "folded", "stem"):
        for word, stems in unknown[locale].items():
            if folded.startswith(stemming.fold(word)) and len(stems) < MOST_STEMS:
                stems.add(stem)


def visible() -> Q:
    """Return the condition, on entries, that everybody may see them at this moment."""
    pages = Q(page__live=True)
    for path in PageViewRestriction.objects.values_list("page__path", flat=True):
        pages &= ~Q(page__path__startswith=path)
    return pages | Q(document__is_public=True)


def with_all(locale: int, wanted: list[Term], query: Query, may_see: Q) -> Matches:
    """Return the entries that hold every term and every phrase."""
    if not wanted or not all(term.is_known for term in wanted):
        return Matches()
    weights = _weights(locale, wanted, rarest_first=True)
    entries = set.intersection(*map(set, weights))
    if query.phrases:
        entries = _holding(query.phrases, locale, entries)
    return _matches(locale, entries, may_see, wanted, weights)


def with_some(locale: int, wanted: list[Term], may_see: Q) -> Matches:
    """Return the entries that hold some of the terms."""
    known = [term for term in wanted if term.is_known]
    weights = _weights(locale, known)
    return _matches(locale, set().union(*weights), may_see, known, weights)


def _weights(locale: int, wanted: list[Term], rarest_first: bool = False) -> list[dict[int, int]]:
    """Return for each term how much it weighs in the entries that hold it, by their ids."""
    stems = {stem for term in wanted for stem in term.stems}
    postings = Posting.objects.filter(locale=locale, stem__in=stems)
    if rarest_first and (rarest := _much_rarer(wanted)):
        holders = Posting.objects.filter(locale=locale, stem__in=list(rarest.stems))
        postings = postings.filter(entry__in=holders.values("entry"))
    held = postings.order_by().values_list("stem").annotate(entries=Listed("entry_id"), weights=Listed("weight"))
    by_stem = {stem: dict(zip(entries, weights, strict=True)) for stem, entries, weights in held}
    return [_highest([by_stem[stem] for stem in term.stems if stem in by_stem]) for term in wanted]


def _highest(weights: list[dict[int, int]]) -> dict[int, int]:
    """Return the weight of each entry, the highest where several stems stand in it."""
    highest = dict(weights[0]) if weights else {}
    for more in weights[1:]:
        for entry, weight in more.items():
            if weight > highest.get(entry, 0):
                highest[entry] = weight
    return highest


def _much_rarer(wanted: list[Term]) -> Term | None:
    """Return a term so rare that the others are only looked for beside it."""
    rarest = min(wanted, key=lambda term: term.count)
    return rarest if rarest.count * MUCH_RARER < sum(term.count for term in wanted) else None


def _matches(locale, entries: set[int], may_see: Q, wanted, weights) -> Matches:
    """Return these entries as far as everybody may see them."""
    found = Entry.objects.filter(_these(locale, entries), may_see)
    grouped = found.order_by().values_list("kind", "year", "programme_id").annotate(entries=Listed("pk"))
    held = {Facts(*facts): entries.intersection(some) for *facts, some in grouped}
    return Matches(
        {facts: list(some) for facts, some in held.items() if some},
        [(of_term, term.worth) for of_term, term in zip(weights, wanted, strict=True)],
    )


def _these(locale: int, entries: set[int]) -> Q:
    """Few are found by their ids; of many it is quicker to read all."""
    return Q(pk__in=list(entries)) if len(entries) <= FEW else Q(locale=locale)


def _holding(phrases: Iterable[str], locale: int, entries: set[int]) -> set[int]:
    """Return those of the entries that hold the phrases."""
    sought = [f" {phrase} " for phrase in phrases]
    texts = Entry.objects.filter(_these(locale, entries)).order_by()
    if connection.vendor == "postgresql":
        # Carrying the texts over costs more than looking into them; SQLite looks twice as long as Python.
        for number, phrase in enumerate(sought):
            texts = texts.alias(**{f"at_{number}": StrIndex("all_words", Value(phrase))}).filter(
                **{f"at_{number}__gt": 0}
            )
        return entries.intersection(texts.values_list("pk", flat=True))
    held = texts.values_list("pk", "all_words").iterator()
    return {pk for pk, words in held if pk in entries and all(phrase in words for phrase in sought)}


def _percents_of(facts: Facts, this_year: int) -> int:
    freshness = FRESH if facts.year is None else max(0, FRESH - max(0, this_year - facts.year))
    return 100 + freshness + (facts.kind != Kind.DOCUMENT) * A_PAGE


def in_order(ranks: dict[int, int], query: Query, language: str) -> list[int]:
    """Return the entries, the best first; the order of the very best knows their titles and phrases, too."""
    entries = sorted(ranks)
    entries.sort(key=ranks.__getitem__, reverse=True)
    best = sorted(entries[:CLOSELY])
    together = f" {query.folded} "
    rows = Entry.objects.filter(pk__in=best).values_list("pk", "title_words", "all_words")
    percents = {pk: _percents(title, together in words, query, language) for pk, title, words in rows}

    def closer_rank(entry: int) -> tuple[int, int]:
        score, year = divmod(ranks[entry], YEARS)
        return score * (100 + percents.get(entry, 0)), year

    return [*sorted(best, key=closer_rank, reverse=True), *entries[CLOSELY:]]


def _percents(title: str, together: bool, query: Query, language: str) -> int:
    whole = f" {query.folded} "
    forms = [f" {stemming.fold(word)} " for word in query.sought(language)]
    begins = stemming.stem(title.split(" ")[1], language) == stemming.stem(query.sought(language)[0], language)
    return (
        TITLE_IS_THE_QUERY * (title == whole)
        + TITLE_HOLDS_THE_QUERY * (whole in title and len(query.words) > 1)
        + TITLE_HOLDS_THE_FORMS * all(form in title for form in forms)
        + TITLE_BEGINS_WITH_THE_WORD * begins
        + WORDS_STAND_TOGETHER * (together and len(query.words) > 1)
    )
