"""Which entries hold the words of a query, and in what order: the same on every database.

Sums of whole numbers are taken in SQL; whatever decides about order is decided here.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Case, Count, F, Max, Q, QuerySet, When
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
    def worth(self) -> int:
        """Rare words tell more than common ones."""
        return round(1000 / math.log2(2 + sum(self.stems.values())))


class Match(NamedTuple):
    """An entry that holds the words."""

    entry: int
    kind: str
    year: int | None
    programme: int | None
    score: int


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
    """Return the condition, on postings, that everybody may see the entry at this moment."""
    pages = Q(entry__page__live=True)
    for path in PageViewRestriction.objects.values_list("page__path", flat=True):
        pages &= ~Q(entry__page__path__startswith=path)
    return pages | Q(entry__document__is_public=True)


def _postings(locale: int, wanted: list[Term], phrases: Iterable[str], may_see: Q) -> QuerySet:
    stems = [stem for term in wanted for stem in term.stems]
    postings = Posting.objects.filter(may_see, locale=locale, stem__in=stems)
    for phrase in phrases:
        postings = postings.filter(entry__all_words__contains=f" {phrase} ")
    scores = {
        f"score_{number}": Max(Case(When(stem__in=list(term.stems), then=F("weight")), default=0))
        for number, term in enumerate(wanted)
    }
    found = postings.values_list("entry_id", "entry__kind", "entry__year", "entry__programme_id")
    return found.annotate(**scores).order_by()


def all_words(locale: int, wanted: list[Term], query: Query, may_see: Q) -> QuerySet:
    """Return rows of the entries that hold every term and every phrase."""
    if not wanted or not all(term.is_known for term in wanted):
        return Posting.objects.none().values_list("entry_id")
    found = _postings(locale, wanted, query.phrases, may_see)
    return found.filter(**{f"score_{number}__gt": 0 for number in range(len(wanted))}) if len(wanted) > 1 else found


def any_word(locale: int, wanted: list[Term], may_see: Q) -> QuerySet:
    """Return rows of the entries that hold some of the terms."""
    known = [term for term in wanted if term.is_known]
    return _postings(locale, known, (), may_see) if known else Posting.objects.none().values_list("entry_id")


def scored(rows: Iterable[tuple], wanted: list[Term]) -> list[Match]:
    """Return the matches of rows, the best first."""
    worth = [term.worth for term in wanted if term.is_known]
    this_year = timezone.localdate().year
    found = []
    for entry, kind, year, programme, *scores in rows:
        score = sum(score * worth for score, worth in zip(scores, worth, strict=True))
        freshness = FRESH if year is None else max(0, FRESH - max(0, this_year - year))
        percents = 100 + freshness + (kind != Kind.DOCUMENT) * A_PAGE
        found.append(Match(entry, kind, year, programme, score * percents))
    return sorted(found, key=lambda match: (-match.score, -(match.year or 0), match.entry))


def looked_at_closely(matches: list[Match], query: Query, language: str) -> list[Match]:
    """Return the matches with the best of them put in order by their titles and by phrases."""
    best = {match.entry: match for match in matches[:CLOSELY]}
    together = Q(all_words__contains=f" {query.folded} ")
    rows = Entry.objects.filter(pk__in=best).annotate(together=Case(When(together, then=1), default=0))
    percents = {
        pk: _percents(title, bool(are_together), query, language)
        for pk, title, are_together in rows.values_list("pk", "title_words", "together")
    }
    better = [match._replace(score=match.score * (100 + percents.get(pk, 0))) for pk, match in best.items()]
    better.sort(key=lambda match: (-match.score, -(match.year or 0), match.entry))
    return [*better, *matches[CLOSELY:]]


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
    counts: defaultdict = defaultdict(int)
    for match in matches:
        if (value := getattr(match, name)) is not None:
            counts[value] += 1
    return dict(counts)
