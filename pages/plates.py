"""What an enamel date plate says: days, month, year."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from . import formats


class Plate(NamedTuple):
    """``days`` are dates with their texts; ``month`` is empty where the days of a range name their months."""

    days: list[tuple[date, str]]
    month: str
    years: str


def plate_of(start: date, end: date | None = None) -> Plate:
    """Return the words of the plate of a day or a range of days, in the language of the request."""
    end = end or start
    one_month = (start.year, start.month) == (end.year, end.month)
    days = [start] if start == end else [start, end]
    years = dict.fromkeys(day.year for day in days)
    return Plate(
        days=[(day, str(day.day) if one_month else formats.day_and_month(day)) for day in days],
        month=formats.month(start) if one_month else "",
        years="–".join(map(str, years)),
    )
