"""A long list in pages that all cost the same: each begins after a named entry (keyset pagination).

``OFFSET 90000`` makes a database read ninety thousand rows to show twenty. A page that begins after an entry walks an
index from there. No library fits: those at hand page through one order in one direction, while a list of workshops
rises through those to come and then falls through the past, and none finds the nearest page for a bad address.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

PLACE = re.compile(r"(\d{4}-\d\d-\d\d)-(\d{1,9})", re.ASCII)


class Place(NamedTuple):
    """Where an entry stands in a list: on its day, among entries of one day by its id."""

    day: datetime.date
    pk: int

    @classmethod
    def read(cls, words: str | None) -> Place | None:
        """Return the place that an address names as ``2018-07-20-123``, or None."""
        if not (match := PLACE.fullmatch(words or "")):
            return None
        try:
            return cls(datetime.date.fromisoformat(match[1]), int(match[2]))
        except ValueError:  # such as the 31st of February
            return None

    @classmethod
    def of(cls, entry: Any) -> Place:
        return cls(entry.day, entry.pk)

    def __str__(self) -> str:
        return f"{self.day.isoformat()}-{self.pk}"


class Run(NamedTuple):
    """A stretch of a list in which the days go one way, both bounds included."""

    falls: bool
    since: datetime.date | None = None
    until: datetime.date | None = None

    def holds(self, place: Place) -> bool:
        return not (self.since and place.day < self.since) and not (self.until and place.day > self.until)

    def walk(self, entries: QuerySet, place: Place | None, backwards: bool) -> QuerySet:
        """Return the entries of this run beyond ``place``, nearest first; all of them without a place."""
        falls = self.falls != backwards
        if self.since:
            entries = entries.filter(day__gte=self.since)
        if self.until:
            entries = entries.filter(day__lte=self.until)
        if place:
            entries = entries.filter(_beyond(place, falls))
        return entries.order_by(*(["-day", "-pk"] if falls else ["day", "pk"]))


def _beyond(place: Place, falls: bool) -> Q:
    way = "lt" if falls else "gt"
    # The first condition tells the database where in the index to begin.
    bound = Q(**{f"day__{way}e": place.day})
    return bound & (Q(**{f"day__{way}": place.day}) | Q(**{f"pk__{way}": place.pk}))


@dataclass
class Window:
    """One page of a list. ``after`` is where it begins, None at the start of the list."""

    entries: list[Any] = field(default_factory=list)
    after: Place | None = None
    previous: Place | None = None
    next: Place | None = None


class Keyset:
    """A list of entries that carry ``day``, in the order of its runs."""

    def __init__(self, entries: QuerySet, runs: Sequence[Run], size: int):
        self.entries, self.runs, self.size = entries, tuple(runs), size

    def window(self, after: Place | None = None, before: Place | None = None) -> Window:
        """Return the page after or before a place, or the nearest one there is."""
        if before:
            after = self._begin_of_page_before(before)
        found = self._take(after, self.size + 1)
        if after and not found:
            after = self._begin_of_page_before(None)
            found = self._take(after, self.size + 1)
        shown = found[: self.size]
        if after and shown:
            after = next(iter(self._places_before(Place.of(shown[0]), 1)), None)
        return Window(
            shown,
            after=after,
            previous=Place.of(shown[0]) if after and shown else None,
            next=Place.of(shown[-1]) if len(found) > self.size else None,
        )

    def _begin_of_page_before(self, place: Place | None) -> Place | None:
        """Return the place after which the page before ``place`` begins; without a place, the last page."""
        places = self._places_before(place, self.size + 1)
        return places[-1] if len(places) > self.size else None

    def _take(self, place: Place | None, count: int) -> list[Any]:
        found: list[Any] = []
        for run, begin in self._runs_from(place, self.runs):
            found += run.walk(self.entries, begin, backwards=False)[: count - len(found)]
            if len(found) == count:
                break
        return found

    def _places_before(self, place: Place | None, count: int) -> list[Place]:
        found: list[Place] = []
        bare = self.entries.select_related(None)
        for run, begin in self._runs_from(place, self.runs[::-1]):
            places = run.walk(bare, begin, backwards=True).values_list("day", "pk")
            found += [Place(*row) for row in places[: count - len(found)]]
            if len(found) == count:
                break
        return found

    def _runs_from(self, place: Place | None, runs: Sequence[Run]):
        """Return the runs from the one that holds ``place`` on, each with the place to begin at."""
        first = next((number for number, run in enumerate(runs) if place and run.holds(place)), 0)
        begins = [place, *[None] * len(runs)]
        return zip(runs[first:], begins, strict=False)
