"""Which entries hold the words of a query, and in what order: the same on every database.

Databases only look up whole numbers; whatever decides about order is decided here.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import chain
from operator import or_
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Aggregate, F, IntegerField, Q, QuerySet, TextField, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from django.utils import timezone
from wagtail.models import PageViewRestriction

from . import stemming
from .models import Entry, Kind, Posting
from .queries import Query
from .terms import Term
from .together import part, together, written_once

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
    """The numbers of a group in one list, as JSON: one row to carry instead of thousands."""

    function = "JSON_GROUP_ARRAY"
    output_field = TextField()

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="JSON_AGG(%(expressions)s)::text", **context)


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


class Sought(NamedTuple):
    """What entries of a language must hold: all of the terms and phrases, or only some of the terms."""

    locale: int
    terms: list[Term]
    phrases: tuple[str, ...] = ()
    needs_all: bool = True

    @property
    def stems(self) -> set[str]:
        return {stem for term in self.terms for stem in term.stems}

    @property
    def is_possible(self) -> bool:
        known = [term.is_known for term in self.terms]
        return all(known or [False]) if self.needs_all else any(known)

    @property
    def rarest(self) -> Term:
        return min(self.terms, key=lambda term: term.count)


@written_once
def locked_paths() -> QuerySet:
    """Ask for the paths of pages that, with all below them, are not for everybody."""
    return PageViewRestriction.objects.order_by().values_list("page__path")


def visible(locked: Iterable[str]) -> Q:
    """Return the condition, on entries, that everybody may see them; ``locked`` was read a moment ago."""
    pages = Q(page__live=True)
    for path in locked:
        pages &= ~Q(page__path__startswith=path)
    return pages | Q(document__is_public=True)


def matches(sought: Sequence[Sought], may_see: Q) -> list[Matches]:
    """Return what everybody may see of the entries of each, in one query; in two where there are phrases."""
    asked = {number: one for number, one in enumerate(sought) if one.is_possible}
    seen: dict[int, dict[Facts, list[int]]] = {number: {} for number in asked}
    held: dict[int, dict[str, dict[int, int]]] = {number: {} for number in asked}
    for number, kind, year, programme, stem, entries, weights in _rows(asked, may_see):
        if stem:
            held[number][stem] = dict(zip(json.loads(entries), json.loads(weights), strict=True))
        else:
            seen[number][Facts(kind, year, programme)] = json.loads(entries)
    weighed = {number: _weights(one, held[number]) for number, one in asked.items()}
    entries = {number: _entries(one, weighed[number], seen[number]) for number, one in asked.items()}
    entries |= _holding_phrases({number: one for number, one in asked.items() if one.phrases}, entries)
    return [
        _matches(seen[number], entries[number], one, weighed[number]) if number in asked else Matches()
        for number, one in enumerate(sought)
    ]


def _rows(asked: dict[int, Sought], may_see: Q) -> Iterable[tuple]:
    """Return lists of entries: those that may be seen, by what facets know, and those that hold a stem, by stem."""
    if not asked:
        return []
    # Those that tell years and programmes come first, since the first query says of what type a column is.
    seen = [_seen(number, one, may_see) for number, one in asked.items()]
    held = [_held(number, one) for number, one in asked.items()]
    return seen[0].union(*seen[1:], *held, all=True)


def _seen(number: int, sought: Sought, may_see: Q) -> QuerySet:
    entries = Entry.objects.filter(_candidates(sought), may_see).order_by()
    facts = (Value(number), "kind", "year", F("programme_id"), Value(""))
    return entries.values_list(*facts).annotate(entries=Listed("pk"), weights=Value(""))


def _candidates(sought: Sought) -> Q:
    """Few are found by what they hold; of many it is quicker to read all."""
    terms = [sought.rarest] if sought.needs_all else sought.terms
    if sum(term.count for term in terms) > FEW:
        return Q(locale=sought.locale)
    stems = {stem for term in terms for stem in term.stems}
    return Q(pk__in=Posting.objects.filter(locale=sought.locale, stem__in=stems).values("entry"))


def _held(number: int, sought: Sought) -> QuerySet:
    postings = Posting.objects.filter(locale=sought.locale, stem__in=sought.stems)
    if sought.needs_all and sought.rarest.count * MUCH_RARER < sum(term.count for term in sought.terms):
        holders = Posting.objects.filter(locale=sought.locale, stem__in=list(sought.rarest.stems))
        postings = postings.filter(entry__in=holders.values("entry"))
    nothing = Value(None, IntegerField())
    facts = (Value(number), Value(""), nothing, nothing, F("stem"))
    return postings.order_by().values_list(*facts).annotate(entries=Listed("entry_id"), weights=Listed("weight"))


def _weights(sought: Sought, by_stem: dict[str, dict[int, int]]) -> list[dict[int, int]]:
    """Return for each term how much it weighs in the entries that hold it, by their ids."""
    return [_highest([by_stem[stem] for stem in term.stems if stem in by_stem]) for term in sought.terms]


def _highest(weights: list[dict[int, int]]) -> dict[int, int]:
    """Return the weight of each entry, the highest where several stems stand in it."""
    highest = dict(weights[0]) if weights else {}
    for more in weights[1:]:
        for entry, weight in more.items():
            if weight > highest.get(entry, 0):
                highest[entry] = weight
    return highest


def _entries(sought: Sought, weights: list[dict[int, int]], seen: dict[Facts, list[int]]) -> set[int]:
    """Return the entries that hold what is sought, as far as they may be seen; phrases are not looked for yet."""
    join = set.intersection if sought.needs_all else set.union
    return join(*map(set, weights)).intersection(chain.from_iterable(seen.values()))


def _matches(seen: dict[Facts, list[int]], entries: set[int], sought: Sought, weights) -> Matches:
    held = {facts: entries.intersection(some) for facts, some in seen.items()}
    return Matches(
        {facts: list(some) for facts, some in held.items() if some},
        [(of_term, term.worth) for of_term, term in zip(weights, sought.terms, strict=True)],
    )


def _holding_phrases(asked: dict[int, Sought], entries: dict[int, set[int]]) -> dict[int, set[int]]:
    """Return which of the entries hold the phrases."""
    asked = {number: one for number, one in asked.items() if entries[number]}
    if not asked:
        return {}
    these = {number: _these(one.locale, entries[number]) for number, one in asked.items()}
    texts = Entry.objects.order_by()
    if connection.vendor == "postgresql":
        # Carrying the texts over costs more than looking into them; SQLite looks twice as long as Python.
        found = {number: texts.filter(these[number], *map(_holds, one.phrases)) for number, one in asked.items()}
        rows = together(*(part(some.values_list("pk")) for some in found.values()))
        return {
            number: entries[number].intersection(pk for (pk,) in some) for number, some in zip(found, rows, strict=True)
        }
    held = texts.filter(reduce(or_, these.values())).values_list("pk", "all_words")
    holding: dict[int, set[int]] = {number: set() for number in asked}
    for pk, words in held.iterator():
        for number, one in asked.items():
            if pk in entries[number] and all(f" {phrase} " in words for phrase in one.phrases):
                holding[number].add(pk)
    return holding


def _holds(phrase: str) -> GreaterThan:
    return GreaterThan(StrIndex("all_words", Value(f" {phrase} ")), 0)


def _these(locale: int, entries: set[int]) -> Q:
    """Few are found by their ids; of many it is quicker to read all."""
    return Q(pk__in=list(entries)) if len(entries) <= FEW else Q(locale=locale)


def _percents_of(facts: Facts, this_year: int) -> int:
    freshness = FRESH if facts.year is None else max(0, FRESH - max(0, this_year - facts.year))
    return 100 + freshness + (facts.kind != Kind.DOCUMENT) * A_PAGE


def in_order(ranks: dict[int, int], query: Query, language: str) -> list[int]:
    """Return the entries, the best first; the order of the very best knows their titles and phrases, too."""
    entries = sorted(ranks)
    entries.sort(key=ranks.__getitem__, reverse=True)
    best = sorted(entries[:CLOSELY])
    together = f" {query.folded} "
    # One word always stands together, so nobody has to look.
    words = "all_words" if len(query.words) > 1 else Value("")
    rows = Entry.objects.filter(pk__in=best).values_list("pk", "title_words", words)
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
