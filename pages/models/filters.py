"""Filters of a list: what readers may choose, how many entries each choice has, and the address that keeps it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.cache import cache
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, ExtractYear
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy
from wagtail.models import ModelLogEntry, PageLogEntry

from .programmes import PageTopic, Programme, Topic

#: Changes of readers' lists are in Wagtail's log, so counts are made anew after each.
CHANGES = (
    "wagtail.publish",
    "wagtail.unpublish",
    "wagtail.move",
    "wagtail.delete",
    "wagtail.view_restriction.create",
    "wagtail.view_restriction.edit",
    "wagtail.view_restriction.delete",
)
#: What a script changed without a line in the log shows after this time.
COUNTS_LAST_SECONDS = 300
MOST_VALUES = 20
CHOICES_SHOWN = 8


class Facet:
    """One question to filter by. ``key`` is what addresses say of an entry, ``words`` what readers see."""

    name: str
    label: Any
    key: Any
    words: Any
    #: Whether the same value means the same in another language.
    is_kept_in_translations = True
    #: A row of another table for each value, so an entry may count for several.
    has_many = False

    def __init__(self, today: date):
        self.today = today

    def is_possible(self, value: str) -> bool:
        raise NotImplementedError

    def condition(self, values: Iterable[str]) -> Q:
        raise NotImplementedError

    def counts(self, entries: QuerySet) -> QuerySet:
        """Return rows of (name of the facet, key, words, how many)."""
        answered = entries.annotate(
            facet=Value(self.name, CharField()),
            key=Cast(self.key, CharField()),
            said=Cast(self.words, CharField()),
        )
        answered = answered.exclude(key=None).exclude(key="").order_by()
        return answered.values_list("facet", "key", "said").annotate(n=Count("pk", distinct=self.has_many))

    def address_of(self, key: str) -> str:
        """Return the value in an address for a key as the database tells it."""
        return key

    def in_words(self, said: str) -> str:
        return said

    def order(self, choice: Choice):
        return in_alphabet(choice.words)


class YearFacet(Facet):
    name, label = "year", _("Year")
    key = words = ExtractYear("day")

    def is_possible(self, value):
        return bool(re.fullmatch(r"[12]\d{3}", value, re.ASCII))

    def condition(self, values):
        # Ranges, not years of days: an index knows only days.
        years = [Q(day__range=(date(int(year), 1, 1), date(int(year), 12, 31))) for year in values]
        return _any_of(years)

    def order(self, choice):
        return -int(choice.value)


class SnippetFacet(Facet):
    """Values are the beginnings of translation keys: short, and the same in every language."""

    def is_possible(self, value):
        return bool(re.fullmatch(r"[0-9a-f]{8}", value, re.ASCII))

    def address_of(self, key):
        return key.replace("-", "")[:8]

    def snippets(self, model, values: Iterable[str]) -> QuerySet:
        begins = [Q(translation_key__range=(value.ljust(32, "0"), value.ljust(32, "f"))) for value in values]
        return model.objects.filter(_any_of(begins)).values("pk")


class ProgrammeFacet(SnippetFacet):
    name, label = "programme", _("Programme")
    key, words = F("programme__translation_key"), F("programme__name")

    def condition(self, values):
        return Q(programme_id__in=self.snippets(Programme, values))


class TopicFacet(SnippetFacet):
    name, label = "topic", _("Topic")
    key, words = F("page_topics__topic__translation_key"), F("page_topics__topic__name")
    has_many = True

    def condition(self, values):
        return Q(Exists(PageTopic.objects.filter(page_id=OuterRef("pk"), topic_id__in=self.snippets(Topic, values))))


class CityFacet(Facet):
    name, label = "city", _("City")
    key = words = F("city")
    is_kept_in_translations = False

    def is_possible(self, value):
        return bool(value) and len(value) <= 120 and value.isprintable()

    def condition(self, values):
        return Q(city__in=list(values))


class TimeFacet(Facet):
    """Upcoming or past. What is under way is still upcoming: one can still come."""

    name, label = "when", pgettext_lazy("filter", "When")

    def __init__(self, today):
        super().__init__(today)
        self.key = self.words = Case(When(day__gte=today, then=Value("upcoming")), default=Value("past"))

    def is_possible(self, value):
        return value in ("upcoming", "past")

    def condition(self, values):
        is_coming = Q(day__gte=self.today)
        return _any_of([is_coming if value == "upcoming" else Q(day__lt=self.today) for value in values])

    def in_words(self, said):
        return pgettext("events", "Upcoming") if said == "upcoming" else pgettext("events", "Past")

    def order(self, choice):
        return choice.value == "past"


def in_alphabet(words: str) -> tuple[str, str]:
    """Return a key that puts Łódź between Kraków and Opole, not behind Żory."""
    letters = unicodedata.normalize("NFD", words.casefold()).replace("ł", "l")
    return "".join(letter for letter in letters if not unicodedata.combining(letter)), words


def _any_of(conditions: Iterable[Q]) -> Q:
    combined = Q(pk__in=[])
    for condition in conditions:
        combined |= condition
    return combined


class Choice(NamedTuple):
    value: str
    words: str
    count: int
    is_chosen: bool


class Group(NamedTuple):
    """A facet with its choices; those after the most frequent ones are in ``more``."""

    name: str
    label: Any
    choices: list[Choice]
    more: list[Choice]


class Chosen(NamedTuple):
    """A filter in force, and the query string of the list without it."""

    label: Any
    words: str
    query: str


class Filters:
    """The filters of one list as an address asks for them. What nobody could have chosen is left out."""

    def __init__(self, listing, facets, query):
        self.listing = listing
        self.facets = {facet.name: facet for facet in (make(listing.today) for make in facets)}
        asked = {name: list(dict.fromkeys(query.getlist(name)))[:MOST_VALUES] for name in self.facets}
        self._asked = {name: sorted(filter(self.facets[name].is_possible, values)) for name, values in asked.items()}

    @cached_property
    def values(self) -> dict[str, list[str]]:
        """Return the values in force by facet, facets without any left out."""
        known = {
            name: [value for value in values if value in self._known[name]] for name, values in self._asked.items()
        }
        return {name: values for name, values in known.items() if values}

    @property
    def total(self) -> int:
        return self._counted["total"]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Return the query of the list, always in one order, so that one choice has one address."""
        return [(name, value) for name, values in self.values.items() for value in values]

    @property
    def query(self) -> str:
        return f"?{urlencode(self.pairs)}" if self.pairs else ""

    @property
    def title(self) -> str:
        """Return the title of the list with what was chosen."""
        return ", ".join([self.listing.title, *(chosen.words for chosen in self.chosen)])

    @property
    def query_for_other_languages(self) -> str:
        kept = [(name, value) for name, value in self.pairs if self.facets[name].is_kept_in_translations]
        return f"?{urlencode(kept)}" if kept else ""

    @property
    def entries(self) -> QuerySet:
        return self._entries(self.values)

    def _entries(self, values: dict[str, list[str]], but: str = "") -> QuerySet:
        entries = self.listing.entries()
        for name, chosen in values.items():
            if chosen and name != but:
                entries = entries.filter(self.facets[name].condition(chosen))
        return entries

    @cached_property
    def groups(self) -> list[Group]:
        """Return the questions that have something to choose from."""
        return [group for facet in self.facets.values() if (group := self._group(facet))]

    def _group(self, facet: Facet) -> Group | None:
        in_force = self.values.get(facet.name, [])
        rows = self._counted["choices"].get(facet.name, {})
        choices = [
            Choice(value, facet.in_words(words), count, value in in_force) for value, (words, count) in rows.items()
        ]
        choices.sort(key=facet.order)
        divides = len(choices) > 1 or any(choice.count < self.total for choice in choices)
        if not (divides or in_force):
            return None
        shown = _most_frequent(choices)
        return Group(
            facet.name,
            facet.label,
            [choice for choice in choices if choice in shown],
            [choice for choice in choices if choice not in shown],
        )

    @cached_property
    def chosen(self) -> list[Chosen]:
        return [
            Chosen(facet.label, facet.in_words(self._known[name][value]), self._query_without(name, value))
            for name, value in self.pairs
            if (facet := self.facets[name])
        ]

    def _query_without(self, name: str, value: str) -> str:
        rest = [pair for pair in self.pairs if pair != (name, value)]
        return f"?{urlencode(rest)}" if rest else ""

    # --- counting ---------------------------------------------------------------------------

    @cached_property
    def _known(self) -> dict[str, dict[str, str]]:
        """Return the words of each value that this list has, by facet, as far as they were asked for."""
        return self._counted["known"]

    @cached_property
    def _counted(self) -> dict:
        return cache.get_or_set(self._cache_key, self._count, COUNTS_LAST_SECONDS)

    @property
    def _cache_key(self) -> str:
        facts = (self.listing.pk, self.listing.today, state_of_lists(), sorted(self._asked.items()))
        return f"list-{hashlib.sha256(repr(facts).encode()).hexdigest()}"

    def _count(self) -> dict:
        choices = self._count_choices(self._asked)
        known = {name: {value: words for value, (words, _n) in choices.get(name, {}).items()} for name in self.facets}
        missing = {
            name: [value for value in values if value not in known[name]] for name, values in self._asked.items()
        }
        for name, value, words in self._look_up(missing):
            known[name][value] = words
        in_force = {name: [value for value in values if value in known[name]] for name, values in self._asked.items()}
        if in_force != self._asked:
            choices = self._count_choices(in_force)
        total = choices.pop("", {}).get("total", ("", 0))[1]
        return {"choices": choices, "known": known, "total": total}

    def _count_choices(self, values: dict[str, list[str]]) -> dict[str, dict[str, tuple[str, int]]]:
        """Count, in one query, the choices of each facet among the entries that the other filters leave."""
        queries = [facet.counts(self._entries(values, but=name)) for name, facet in self.facets.items()]
        everything = (
            self._entries(values)
            .order_by()
            .annotate(facet=Value("", CharField()), key=Value("total", CharField()), said=Value("", CharField()))
        )
        queries.append(everything.values_list("facet", "key", "said").annotate(n=Count("pk")))
        counted: dict[str, dict[str, tuple[str, int]]] = {}
        for name, value, said, count in _rows(queries):
            facet = self.facets.get(name)
            address, words = (facet.address_of(value), said) if facet else (value, said)
            of_facet = counted.setdefault(name, {})
            of_facet[address] = (words, count + of_facet.get(address, ("", 0))[1])
        return counted

    def _look_up(self, missing: dict[str, list[str]]) -> Iterator[tuple[str, str, str]]:
        """Return (facet, value, words) of what the whole list has but these results have not."""
        asked = [(self.facets[name], values) for name, values in missing.items() if values]
        queries = [facet.counts(self.listing.entries().filter(facet.condition(values))) for facet, values in asked]
        for name, key, words, _count in _rows(queries):
            if (value := self.facets[name].address_of(key)) in missing[name]:
                yield name, value, words


def _rows(queries: list[QuerySet]) -> Iterator[tuple[str, str, str, int]]:
    if queries:
        yield from queries[0].union(*queries[1:], all=True)


def _most_frequent(choices: list[Choice]) -> set[Choice]:
    """Return what stands open: all of a few, else the most frequent and those chosen."""
    if len(choices) <= CHOICES_SHOWN + 2:
        return set(choices)
    frequent = sorted(choices, key=lambda choice: -choice.count)[:CHOICES_SHOWN]
    return {*frequent, *(choice for choice in choices if choice.is_chosen)}


def lists_changed_at() -> datetime | None:
    """Return when something that readers' lists show was last published, taken away or moved."""
    return PageLogEntry.objects.filter(action__in=CHANGES).order_by("-pk").values_list("timestamp", flat=True).first()


def state_of_lists() -> str:
    """Return a mark that changes whenever readers' lists may have changed, in one query."""
    pages = PageLogEntry.objects.filter(action__in=CHANGES).order_by("-pk").values("pk")[:1]
    snippets = ModelLogEntry.objects.order_by("-pk").values("pk")[:1]
    marks = PageLogEntry.objects.order_by().annotate(p=Subquery(pages), s=Subquery(snippets)).values_list("p", "s")
    return repr(marks.first())
