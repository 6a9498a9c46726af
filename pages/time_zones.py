"""Time zones as short rules that every calendar program reads alike.

A VTIMEZONE that lists each change of the clock by its date is misread by some programs, which then show July an hour
late. The rules come from the last line of the time zone's own file (RFC 9636, 3.3), such as
``CET-1CEST,M3.5.0,M10.5.0/3``. They hold for today's law only, so each year is compared with the whole file before a
rule is given out; whoever gets none writes UTC.
"""

from __future__ import annotations

import calendar
import datetime
import re
import zoneinfo
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
LAST_WEEK = 5

_NAME = r"(?P<{0}>[A-Za-z]{{3,}}|<[A-Za-z0-9+-]+>)"
_OFFSET = r"(?P<{0}>[+-]?\d{{1,2}}(?::\d\d)?)"
# A time below zero or beyond the day, as in Greenland and Egypt, has no short rule.
_CHANGE = r"M(?P<{0}_month>\d+)\.(?P<{0}_week>\d)\.(?P<{0}_weekday>\d)(?:/(?P<{0}_time>\d{{1,2}}(?::\d\d)?))?"
FOOTER = re.compile(
    _NAME.format("standard") + _OFFSET.format("offset") + "(?:" + _NAME.format("summer")
    + "(?:" + _OFFSET.format("summer_offset") + ")?," + _CHANGE.format("spring") + "," + _CHANGE.format("autumn") + ")?",
    re.ASCII,
)  # fmt: skip


class Change(NamedTuple):
    """When clocks change each year: the first to fourth or last weekday of a month, at a local time."""

    month: int
    week: int
    weekday: int
    time: datetime.time

    def in_year(self, year: int) -> datetime.datetime:
        weekday = (self.weekday - 1) % 7  # of Python, which begins on Monday
        weeks = calendar.monthcalendar(year, self.month)
        days = [week[weekday] for week in weeks if week[weekday]]
        day = days[-1] if self.week == LAST_WEEK else days[self.week - 1]
        return datetime.datetime.combine(datetime.date(year, self.month, day), self.time)

    def as_recurrence(self) -> dict:
        number = -1 if self.week == LAST_WEEK else self.week
        return {"freq": "yearly", "bymonth": self.month, "byday": f"{number}{WEEKDAYS[self.weekday]}"}


class Rule(NamedTuple):
    """Today's law of a time zone; without changes the clock stays as it is."""

    zone: str
    standard: str
    offset: datetime.timedelta
    summer: str = ""
    summer_offset: datetime.timedelta = datetime.timedelta()
    spring: Change | None = None
    autumn: Change | None = None

    def holds_in(self, year: int) -> bool:
        """Tell whether the clocks of this year followed the rule."""
        if not (self.spring and self.autumn):
            return _offsets(self.zone, year) == {self.offset}
        return (
            _offsets(self.zone, year) == {self.offset, self.summer_offset}
            and self._changes(self.spring, year, self.offset, self.summer_offset)
            and self._changes(self.autumn, year, self.summer_offset, self.offset)
        )

    def _changes(self, change: Change, year: int, before: datetime.timedelta, after: datetime.timedelta) -> bool:
        moment = (change.in_year(year) - before).replace(tzinfo=datetime.UTC)
        zone, minute = zoneinfo.ZoneInfo(self.zone), datetime.timedelta(minutes=1)
        found = [when.astimezone(zone).utcoffset() for when in (moment - minute, moment)]
        return found == [before, after]

    def as_component(self) -> Timezone:
        component = Timezone()
        component.add("tzid", self.zone)
        if self.spring and self.autumn:
            component.add_component(_part(TimezoneDaylight, self.summer, self.spring, self.offset, self.summer_offset))
            component.add_component(
                _part(TimezoneStandard, self.standard, self.autumn, self.summer_offset, self.offset)
            )
        else:
            component.add_component(_part(TimezoneStandard, self.standard, None, self.offset, self.offset))
        return component


def rule_of(zone: str, years: Iterable[int]) -> Rule | None:
    """Return the rule of a time zone if its clocks followed it in all these years, else None."""
    rule = _read_rule(zone)
    return rule if rule and all(rule.holds_in(year) for year in years) else None


@lru_cache
def _read_rule(zone: str) -> Rule | None:
    found = FOOTER.fullmatch(_last_line(zone))
    if not found:
        return None
    standard, offset = found["standard"].strip("<>"), -_duration(found["offset"])
    if not found["summer"]:
        return Rule(zone, standard, offset)
    summer_offset = (
        -_duration(found["summer_offset"]) if found["summer_offset"] else offset + datetime.timedelta(hours=1)
    )
    changes = [_change(found, name) for name in ("spring", "autumn")]
    return Rule(zone, standard, offset, found["summer"].strip("<>"), summer_offset, *changes) if all(changes) else None


def _change(found: re.Match, name: str) -> Change | None:
    at = _duration(found[f"{name}_time"] or "2")
    if at >= datetime.timedelta(days=1):
        return None
    month, week, weekday = (int(found[f"{name}_{part}"]) for part in ("month", "week", "weekday"))
    return Change(month, week, weekday, datetime.time(*divmod(int(at.total_seconds()) // 60, 60)))


def _duration(words: str) -> datetime.timedelta:
    hours, _colon, minutes = words.lstrip("+-").partition(":")
    duration = datetime.timedelta(hours=int(hours), minutes=int(minutes or 0))
    return -duration if words.startswith("-") else duration


def _last_line(zone: str) -> str:
    """Return the rule that a time zone's file ends with; empty where there is none."""
    try:
        lines = _file(zone).read_bytes().rsplit(b"\n", 2)
    except (OSError, ModuleNotFoundError):
        return ""
    return lines[-2].decode("ascii", "replace") if len(lines) == 3 else ""


def _file(zone: str):
    # A folder of the system, else the package, which is where zoneinfo itself looks.
    folders = [Path(folder) / zone for folder in zoneinfo.TZPATH]
    return next((path for path in folders if path.is_file()), None) or resources.files("tzdata.zoneinfo").joinpath(zone)


@lru_cache
def _offsets(zone: str, year: int) -> set[datetime.timedelta | None]:
    """Return the distances from UTC at the noons of a year."""
    noon = datetime.datetime(year, 1, 1, 12, tzinfo=zoneinfo.ZoneInfo(zone))
    return {(noon + datetime.timedelta(days=day)).utcoffset() for day in range(366)}


def _part(kind, name: str, change: Change | None, before: datetime.timedelta, after: datetime.timedelta):
    part = kind()
    part.add("tzname", name)
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", after)
    # Long before any event, so that the rule covers them all.
    part.add("dtstart", change.in_year(1970) if change else datetime.datetime(1970, 1, 1))  # noqa: DTZ001 -- local
    if change:
        part.add("rrule", change.as_recurrence())
    return part
