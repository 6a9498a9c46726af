"""Which entries hold the words of a query, and in what order: the same on every database.

Databases only look up whole numbers; whatever decides about order is decided here.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from django.db.models import Case, Count, Q, QuerySet, When
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
FEW = 500

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


class Match(NamedTuple):
    """An entry that holds the words. Matches compare in the order of results: the best first, of equals the newest."""

    negative_score: int
    negative_year: int
    entry: int
    kind: str
    year: int | None
    programme: int | None


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
    found = Posting.objects.filter(asked).values_list("locale_id", "stem").annotate(count=Count("pk"))
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


def with_all(locale: int, wanted: list[Term], query: Query, may_see: Q) -> list[Match]:
    """Return the entries that hold every term and every phrase, the best first."""
    if not wanted or not all(term.is_known for term in wanted):
        return []
    weights = _weights(locale, wanted, rarest_first=True)
    entries = set.intersection(*map(set, weights))
    return _scored(_facts(locale, entries, query.phrases, may_see), entries, weights, wanted)


def with_some(locale: int, wanted: list[Term], may_see: Q) -> list[Match]:
    """Return the entries that hold some of the terms, the best first."""
    known = [term for term in wanted if term.is_known]
    weights = _weights(locale, known)
    entries = set().union(*weights)
    return _scored(_facts(locale, entries, (), may_see), entries, weights, known)


def _weights(locale: int, wanted: list[Term], rarest_first: bool = False) -> list[dict[int, int]]:
    """Return for each term how much it weighs in the entries that hold it, by their ids.

    Read from the index alone and put together here: a database that groups and joins
    takes longer for words that stand on every page.
    """
    weights: list[dict[int, int]] = [{} for _term in wanted]
    by_stem = defaultdict(list)
    for term, of_term in zip(wanted, weights, strict=True):
        for stem in term.stems:
            by_stem[stem].append(of_term)
    postings = Posting.objects.filter(locale=locale, stem__in=list(by_stem))
    if rarest_first and (rarest := _much_rarer(wanted)):
        holders = Posting.objects.filter(locale=locale, stem__in=list(rarest.stems))
        postings = postings.filter(entry__in=holders.values("entry"))
    for entry, stem, weight in postings.values_list("entry_id", "stem", "weight"):
        for of_term in by_stem[stem]:
            if weight > of_term.get(entry, 0):
                of_term[entry] = weight
    return weights


def _much_rarer(wanted: list[Term]) -> Term | None:
    """Return a term so rare that the others are only looked for beside it."""
    rarest = min(wanted, key=lambda term: term.count)
    return rarest if rarest.count * MUCH_RARER < sum(term.count for term in wanted) else None


def _facts(locale: int, entries: Collection[int], phrases: Iterable[str], may_see: Q) -> QuerySet:
    """Return what scores and facets need of these entries, and perhaps of others, as far as everybody may see them."""
    # Few are found by their ids; of many it is quicker to read all.
    these = Q(pk__in=list(entries)) if len(entries) <= FEW else Q(locale=locale)
    found = Entry.objects.filter(these, may_see)
    for phrase in phrases:
        found = found.filter(all_words__contains=f" {phrase} ")
    return found.order_by().values_list("pk", "kind", "year", "programme_id")


def _scored(
    facts: Iterable[tuple], entries: Collection[int], weights: list[dict[int, int]], wanted: list[Term]
) -> list[Match]:
    worth = [(of_term, term.worth) for of_term, term in zip(weights, wanted, strict=True)]
    this_year = timezone.localdate().year
    found = []
    for entry, kind, year, programme in facts:
        if entry in entries:
            score = sum([of_term.get(entry, 0) * value for of_term, value in worth])
            score *= _percents_of(kind, year, this_year)
            found.append(Match(-score, -(year or 0), entry, kind, year, programme))
    return sorted(found)


@lru_cache
def _percents_of(kind: str, year: int | None, this_year: int) -> int:
    freshness = FRESH if year is None else max(0, FRESH - max(0, this_year - year))
    return 100 + freshness + (kind != Kind.DOCUMENT) * A_PAGE


def looked_at_closely(matches: list[Match], query: Query, language: str) -> list[Match]:
    """Return the matches with the best of them put in order by their titles and by phrases."""
    best = {match.entry: match for match in matches[:CLOSELY]}
    together = Q(all_words__contains=f" {query.folded} ")
    rows = Entry.objects.filter(pk__in=best).annotate(together=Case(When(together, then=1), default=0))
    percents = {
        pk: _percents(title, bool(are_together), query, language)
        for pk, title, are_together in rows.values_list("pk", "title_words", "together")
    }
    better = [
        match._replace(negative_score=match.negative_score * (100 + percents.get(pk, 0))) for pk, match in best.items()
    ]
    return [*sorted(better), *matches[CLOSELY:]]


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


def counted(matches: Iterable[Match], name: str) -> dict:
    """Return how many matches there are for each value of a facet."""
    counts = Counter(map(attrgetter(name), matches))
    del counts[None]
    return counts
