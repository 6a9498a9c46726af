"""Numbers, dates and addresses in a text: what a translation keeps, however its language writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from babel.dates import get_month_names

from pages.search.stemming import stem

from .in_place import FILLER, text_in_place


class Kind(StrEnum):
    NUMBER = "number"
    DATE = "date"
    ADDRESS = "address"


class Day(NamedTuple):
    """A date as far as it is written; a month with a year has no day."""

    day: int | None
    month: int
    year: int | None


class Value(NamedTuple):
    """A value where it stands in the HTML of a segment.

    ``readings`` are what a number may mean: (whole part, fraction) as digits; ``key`` is the day of a date or the
    letters of an address.
    """

    kind: Kind
    start: int
    end: int
    text: str
    readings: frozenset = frozenset()
    key: Day | str | None = None

    def equals(self, other: Value) -> bool:
        if self.kind != other.kind:
            return False
        return not self.readings.isdisjoint(other.readings) if self.kind == Kind.NUMBER else self.key == other.key


_GAPS = " \u00a0\u202f\u2009"
_ADDRESS = re.compile(
    rf"""
    https?://[^\s<>"{FILLER}]+ | www\.[^\s<>"{FILLER}]+ | (?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+
    | \+\d[\d{_GAPS}()-]{{6,}}\d                        # a telephone number
    | (?<![\w-])\d\d-\d\d\d(?![\w-])                    # a Polish post code
    """,
    re.VERBOSE,
)
_AFTER_ADDRESS = ".,;:!?)]}»”“’'\u2026؟،"

_NUMERIC_DATES = [
    re.compile(r"(?<![\d.])(?P<day>\d{1,2})(?P<by>[./])[ \u00a0]?(?P<month>\d{1,2})(?P=by)[ \u00a0]?(?P<year>\d{4})(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"),
    re.compile(r"(?<![\d./,])(?P<month>0[1-9]|1[0-2])[./](?P<year>(?:19|20)\d\d)(?![\d])"),
]  # fmt: skip
_WORD = r"[^\W\d_]{2,}"
_ORDINAL = r"(?:st|nd|rd|th|\.|-?го|-?е)?"
_WRITTEN_DATES = [
    re.compile(
        rf"(?<![\d.,])(?P<day>\d{{1,2}}){_ORDINAL}[{_GAPS}]+(?:of[{_GAPS}]+)?(?P<word>{_WORD})\.?"
        rf"(?:,?[{_GAPS}]+(?P<year>\d{{4}})(?!\d))?"
    ),
    re.compile(
        rf"(?<!\w)(?P<word>{_WORD})\.?[{_GAPS}]+(?P<day>\d{{1,2}})(?!\d|[.,:]\d){_ORDINAL}"
        rf"(?:,[{_GAPS}]*(?P<year>\d{{4}})(?!\d))?"
    ),
    re.compile(rf"(?<!\w)(?P<word>{_WORD})[{_GAPS}]+(?P<year>\d{{4}})(?!\d)"),
]
_CLOCK = re.compile(
    rf"(?<!\d)(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))?[{_GAPS}]?(?P<half>[ap])\.?m\b\.?", re.IGNORECASE
)
_GROUPED = rf"\d{{1,3}}(?:[{_GAPS}]\d{{3}})+(?!\d)"
_NUMBER = re.compile(rf"(?:(?<!\d)(?<!\d[.,]){_GROUPED}|\d+)(?:[.,:٫٬]\d+)*")
#: What divides thousands and never a fraction.
_GROUPING = {"en": {","}, "ar": {",", "٬"}}
#: Digits of other scripts count as ours.
_DIGITS = {ord(digit): str(number % 10) for number, digit in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}


def values_in(segment: str, language: str) -> list[Value]:
    """Return the values of a segment in their order; none lies within another."""
    text = text_in_place(segment).translate(_DIGITS)
    found: list[Value] = []
    for finder in (_addresses, _dates, _clock_times, _numbers):
        new = list(finder(text, language))
        found += new
        for value in new:
            text = text[: value.start] + FILLER * (value.end - value.start) + text[value.end :]
    return sorted(
        (value._replace(text=segment[value.start : value.end]) for value in found), key=lambda value: value.start
    )


def _addresses(text: str, _language: str) -> Iterator[Value]:
    for match in _ADDRESS.finditer(text):
        address = match[0].rstrip(_AFTER_ADDRESS)
        key = re.sub(rf"[{_GAPS}()-]", "", address).casefold() if address[0] in "+0123456789" else address.casefold()
        yield Value(Kind.ADDRESS, match.start(), match.start() + len(address), address, key=key)


def _dates(text: str, language: str) -> Iterator[Value]:
    taken: list[range] = []
    for pattern in (*_NUMERIC_DATES, *_WRITTEN_DATES):
        for match in pattern.finditer(text):
            day = _day(match.groupdict(), language)
            if day and not any(match.start() < span.stop and span.start < match.end() for span in taken):
                taken.append(range(*match.span()))
                yield Value(Kind.DATE, *match.span(), match[0], key=day)


def _day(parts: dict[str, str | None], language: str) -> Day | None:
    month = months(language).get(stem(parts["word"], language)) if parts.get("word") else int(parts["month"] or 0)
    day, year = (int(parts[name]) if parts.get(name) else None for name in ("day", "year"))
    if day and month and month > 12 >= day:
        day, month = month, day
    if not month or not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return None
    return Day(day, month, year)


@lru_cache
def months(language: str) -> dict[str, int]:
    """Return the number of a month by the stem of its name, in every form that a calendar has."""
    return {stem(name.rstrip("."), language): number for name, number, _form in month_names(language)}


@lru_cache
def month_names(language: str) -> tuple[tuple[str, int, tuple[str, str]], ...]:
    """Return (name, number, form) of the months; the form tells a name in a date from a name alone, and its length."""
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return ()
    forms = [(width, context) for context in ("format", "stand-alone") for width in ("wide", "abbreviated")]
    return tuple(
        (name, number, form)
        for form in forms
        for number, name in get_month_names(*form, locale).items()
        if not name.isdigit()
    )


def _clock_times(text: str, language: str) -> Iterator[Value]:
    """Read 4 p.m. as what other languages write as 16.00."""
    if language.split("-")[0] != "en":
        return
    for match in _CLOCK.finditer(text):
        hour = int(match["hour"]) % 12 + (12 if match["half"].lower() == "p" else 0)
        minute = match["minute"] or "00"
        readings = frozenset({(str(hour), minute.rstrip("0")), (str(hour), minute)})
        yield Value(Kind.NUMBER, *match.span(), match[0], readings)


def _numbers(text: str, language: str) -> Iterator[Value]:
    for match in _NUMBER.finditer(text):
        yield Value(Kind.NUMBER, *match.span(), match[0], _readings(match[0], language))


def _readings(number: str, language: str) -> frozenset:
    number = re.sub(rf"[{_GAPS}]", "", number)
    *front, last = re.split(r"[.,:٫٬]", number)
    whole = _without_zeros("".join(front))
    if not front:
        return frozenset({(_without_zeros(last), "")})
    fractions = frozenset({(whole, last.rstrip("0")), (whole, last)})
    grouped = frozenset({(_without_zeros("".join([*front, last])), "")})
    marks = set(re.findall(r"[.,:٫٬]", number))
    if not (len(front[0]) <= 3 and all(len(part) == 3 for part in [*front[1:], last]) and len(marks) == 1):
        return fractions
    if marks <= _GROUPING.get(language.split("-")[0], set()):
        return grouped
    # A point before three digits divides thousands for some and a fraction for others.
    return grouped | fractions if "." in marks or len(front) > 1 else fractions


def _without_zeros(digits: str) -> str:
    return digits.lstrip("0") or "0"
