"""The words of a query as each language of the site knows them."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from wagtail.models import Locale

from . import stemming
from .models import Posting, Word
from .queries import Query
from .together import Part, Rows, part, places, together, written_once

#: Fewer letters begin too many words.
SHORTEST_BEGINNING = 3
MOST_STEMS = 40


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


class Words(NamedTuple):
    """A query in one language of the site."""

    locale: int
    terms: list[Term]


def words_of(query: Query, languages: Iterable[str], *also: Part) -> tuple[dict[str, Words], list[Rows]]:
    """Return a query in each of the languages that the site has, by its code, in two queries at most.

    A word typed without diacritics stands for every spelling the site knows; one that is
    not known at all, for the words it begins. What ``also`` asks for is read in the first query.
    """
    sought = {code: {word: stemming.stem(word, code) for word in query.sought(code)} for code in languages}
    locales, spelled, counted, *rest = together(*_first_questions(sought), *also)
    words = {code: Words(locale, _terms(sought[code], locale, spelled, counted)) for locale, code in locales}
    _add_words_begun(words.values())
    return words, rest


def _first_questions(sought: dict[str, dict[str, str]]) -> tuple[Part, ...]:
    stems = sorted({stem for by_word in sought.values() for stem in by_word.values()})
    plain = sorted({word for by_word in sought.values() for word in by_word if stemming.fold(word) == word})
    languages = tuple(sought)
    spelled = _spelled(languages, len(plain)).with_values(plain)
    return _locales(languages), spelled, _counted_stems(languages, len(stems)).with_values(stems)


@written_once
def _locales(languages: tuple[str, ...]) -> QuerySet:
    return _here(languages).values_list("pk", "language_code")


def _here(languages: tuple[str, ...]) -> QuerySet:
    return Locale.objects.filter(language_code__in=languages).order_by()


@written_once
def _spelled(languages: tuple[str, ...], count: int) -> QuerySet:
    words = Word.objects.filter(locale__in=_here(languages).values("pk"), folded__in=places(count))
    of_stem = _counted(Q(locale=OuterRef("locale"), stem=OuterRef("stem"))).values("count")
    return words.annotate(count=Subquery(of_stem)).values_list("locale_id", "folded", "stem", "count").distinct()


@written_once
def _counted_stems(languages: tuple[str, ...], count: int) -> QuerySet:
    asked = Q(locale__in=_here(languages).values("pk"), stem__in=places(count))
    return _counted(asked).values_list("locale_id", "stem", "count")


def _terms(stems: dict[str, str], locale: int, spelled: Rows, counted: Rows) -> list[Term]:
    counts = {stem: count for place, stem, count in counted if place == locale}
    terms = {word: Term(word, {stem: counts[stem]} if stem in counts else {}) for word, stem in stems.items()}
    for place, word, stem, count in spelled:
        if place == locale and word in terms and count:
            terms[word].stems[stem] = count
    return list(terms.values())


def _counted(asked: Q) -> QuerySet:
    # Of the entry, which the index holds as well, and not of the row, for which PostgreSQL reads the table.
    return Posting.objects.filter(asked).order_by().values("locale_id", "stem").annotate(count=Count("entry"))


def counts(locale: int, stems: Collection[str]) -> dict[str, int]:
    """Return in how many entries of a language each stem occurs; those that occur in none are left out."""
    return dict(_counted(Q(locale=locale, stem__in=stems)).values_list("stem", "count"))


def _add_words_begun(words: Iterable[Words]) -> None:
    unknown = [
        (locale, term)
        for locale, terms in words
        for term in terms
        if not term.is_known and len(term.word) >= SHORTEST_BEGINNING
    ]
    for (_locale, term), rows in zip(unknown, together(*(_begun(*one) for one in unknown)), strict=True):
        term.stems.update(rows)


def _begun(locale: int, term: Term) -> Part:
    longer = Word.objects.filter(locale=locale, folded__startswith=stemming.fold(term.word))
    stems = longer.order_by("stem").values("stem").distinct()[:MOST_STEMS]
    return part(_counted(Q(locale=locale, stem__in=stems)).values_list("stem", "count"))
