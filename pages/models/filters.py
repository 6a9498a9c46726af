"""Filters of a list: what readers may choose, how many entries each choice has, and the address that keeps it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.cache import cache
from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet, Subquery
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
#: So many entries are quickly read and sorted.
FEW = 200
CHOICES_SHOWN = 8


class Facet:
    """One question to filter by, answered by a column of the entries."""

    name: str
    label: Any
    column: str
    #: Whether the same value means the same in another language.
    is_kept_in_translations = True

    def __init__(self, today: date):
        self.today = today

    def is_possible(self, value: str) -> bool:
        raise NotImplementedError

    def condition(self, values: Iterable[str]) -> Q:
        raise NotImplementedError

    def condition_on_the_way(self, values: Iterable[str]) -> Q:
        """Return the condition for walking along the list, which soon finds enough."""
        return self.condition(values)

    def choices(self, entries: QuerySet) -> dict[str, tuple[str, int]]:
        """Return the words of each value and how many entries have it, by the value as addresses say it."""
        answered = entries.filter(**{f"{self.column}__isnull": False}).order_by().values_list(self.column)
        return self.told(answered.annotate(n=Count("pk")))

    def told(self, rows: Iterable[tuple[Any, int]]) -> dict[str, tuple[str, int]]:
        """Put what the database counted under the values of addresses; several may come under one."""
        counts: Counter[str] = Counter()
        for answer, count in rows:
            counts[self.value(answer)] += count
        return {value: (value, count) for value, count in counts.items() if value}

    def value(self, answer: Any) -> str:
        return str(answer)

    def in_words(self, said: str) -> str:
        return said

    def order(self, choice: Choice):
        return in_alphabet(choice.words)


class YearFacet(Facet):
    # Days, not years of days: an index knows only days, and hands them over counted.
    name, label, column = "year", _("Year"), "day"

    def is_possible(self, value):
        return bool(re.fullmatch(r"[12]\d{3}", value, re.ASCII))

    def condition(self, values):
        years = [Q(day__range=(date(int(year), 1, 1), date(int(year), 12, 31))) for year in values]
        return _any_of(years)

    def value(self, answer):
        return str(answer.year)

    def order(self, choice):
        return -int(choice.value)


class SnippetFacet(Facet):
    """Values are the beginnings of translation keys: short, and the same in every language."""

    model: type[Model]

    def __init__(self, today):
        super().__init__(today)
        self._ids: dict[tuple[str, ...], list[int]] = {}

    def is_possible(self, value):
        return bool(re.fullmatch(r"[0-9a-f]{8}", value, re.ASCII))

    def told(self, rows):
        counts = dict(rows)
        told: dict[str, tuple[str, int]] = {}
        for snippet in self.model.objects.filter(pk__in=counts).only("translation_key", "name").order_by("pk"):
            value = snippet.translation_key.hex[:8]
            told[value] = snippet.name, counts[snippet.pk] + told.get(value, ("", 0))[1]
        return told

    def snippets(self, values: Iterable[str]) -> list[int]:
        """Return their ids, so that the database knows how many entries to expect and which index to walk."""
        values = tuple(values)
        if values not in self._ids:
            self._ids[values] = list(self.model.objects.filter(begins_with(values)).values_list("pk", flat=True))
        return self._ids[values]


def begins_with(values: Iterable[str], prefix: str = "") -> Q:
    """Return the condition on translation keys that begin with one of these."""
    ranges = [(value.ljust(32, "0"), value.ljust(32, "f")) for value in values]
    return _any_of(Q((f"{prefix}translation_key__range", one)) for one in ranges)


class ProgrammeFacet(SnippetFacet):
    name, label, column, model = "programme", _("Programme"), "programme", Programme

    def condition(self, values):
        return Q(programme__in=self.snippets(values))


class TopicFacet(SnippetFacet):
    name, label, model = "topic", _("Topic"), Topic

    def condition(self, values):
        return Q(pk__in=self._rows(values).values("page"))

    def condition_on_the_way(self, values):
        named = PageTopic.objects.filter(begins_with(values, "topic__")).order_by()
        few = list(named.values_list("page", flat=True)[: FEW + 1])
        # Of many entries each is asked, else a database would read and sort them all.
        return Q(pk__in=few) if len(few) <= FEW else Q(Exists(self._rows(values).filter(page=OuterRef("pk"))))

    def _rows(self, values):
        return PageTopic.objects.filter(topic__in=self.snippets(values)).order_by()

    def choices(self, entries):
        rows = PageTopic.objects.filter(page__in=entries.values("pk")).order_by().values_list("topic")
        return self.told(rows.annotate(n=Count("page", distinct=True)))


class CityFacet(Facet):
    name, label, column = "city", _("City"), "city"
    is_kept_in_translations = False

    def is_possible(self, value):
        return bool(value) and len(value) <= 120 and value.isprintable()

    def condition(self, values):
        return Q(city__in=list(values))


class TimeFacet(Facet):
    """Upcoming or past. What is under way is still upcoming: one can still come."""

    name, label, column = "when", pgettext_lazy("filter", "When"), "day"

    def is_possible(self, value):
        return value in ("upcoming", "past")

    def condition(self, values):
        is_coming = Q(day__gte=self.today)
        return _any_of([is_coming if value == "upcoming" else Q(day__lt=self.today) for value in values])

    def value(self, answer):
        return "upcoming" if answer >= self.today else "past"

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

    def _entries(self, values: dict[str, list[str]]) -> QuerySet:
        entries = self.listing.entries()
        for name, chosen in values.items():
            entries = entries.filter(self.facets[name].condition_on_the_way(chosen))
        return entries

    def _narrowed(self, entries: QuerySet, values: dict[str, list[str]], but: str = "") -> QuerySet:
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
        all_entries = self.listing.entries_to_count()
        choices = self._count_choices(all_entries, self._asked)
        known = {name: {value: words for value, (words, _n) in choices[name].items()} for name in self.facets}
        for name, asked in self._asked.items():
            # The whole list may have what these results have not.
            if missing := [value for value in asked if value not in known[name]]:
                facet = self.facets[name]
                there = facet.choices(all_entries.filter(facet.condition(missing)))
                known[name] |= {value: words for value, (words, _n) in there.items() if value in missing}
        in_force = {name: [value for value in values if value in known[name]] for name, values in self._asked.items()}
        if in_force != self._asked:
            choices = self._count_choices(all_entries, in_force)
        return {"choices": choices, "known": known, "total": self._narrowed(all_entries, in_force).count()}

    def _count_choices(self, entries: QuerySet, values: dict[str, list[str]]) -> dict[str, dict[str, tuple[str, int]]]:
        """Count the choices of each facet among the entries that the other filters leave."""
        return {name: facet.choices(self._narrowed(entries, values, but=name)) for name, facet in self.facets.items()}


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
