"""How dates, times, sizes and numbers read in each language (CLDR through Babel).

All functions take a language code as Django knows it (``pl``, ``en``, ``uk``, ``ar`` …)
and fall back to the language of the current request.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time, get_timezone_name
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

KILOBYTE = 1024

#: The site is European: "18–20 July 2018", not "July 18 – 20, 2018".
TERRITORIES = {"en": "en_GB"}

#: Unit labels where the custom of public offices differs from CLDR ("24 kB", "24 кБ"),
#: and where it spells one unit out and shortens the next ("كيلوبايت", "م.ب").
UNIT_LABELS = {"pl": ("KB", "MB"), "en": ("KB", "MB"), "uk": ("КБ", "МБ"), "ar": ("كيلوبايت", "ميغابايت")}

#: Languages that write four digits without a gap: 1234, but 12 345.
UNGROUPED_UNDER_FIVE_DIGITS = {"pl", "es", "pt", "bg", "it"}


class Stamp(NamedTuple):
    """A date as people read it, and as machines do."""

    text: str
    machine: str


@lru_cache
def cldr(language: str) -> Locale:
    """Return the CLDR locale of a language; unknown ones read like the default of the site."""
    code = TERRITORIES.get(language, language.replace("-", "_"))
    for name in (code, code.split("_")[0]):
        try:
            return Locale.parse(name)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en_GB")


def _locale(language: str | None) -> Locale:
    return cldr(language or get_language() or "en")


def direction(language: str) -> str:
    """Return ``rtl`` or ``ltr``, the direction in which a language is written."""
    return cldr(language).text_direction


def language_name(code: str, language: str | None = None) -> str:
    """Return what ``language`` calls the language ``code``: ``polski``, ``Polish``, ``польська``."""
    names = _locale(language).languages
    return names.get(code.replace("-", "_")) or names.get(code.split("-")[0], code)


@lru_cache
def _long_pattern(locale: Locale) -> str:
    """Return the long date pattern without what some languages add after the year (uk ``р.``)."""
    pattern = locale.date_formats["long"].pattern
    return re.sub(r"(?<=y)[^y]*$", "", pattern) if pattern.startswith("d") else pattern


def long_date(day: date, language: str | None = None) -> str:
    """Return a date in full: ``20 lipca 2018``, ``20 July 2018``, ``20 липня 2018``."""
    locale = _locale(language)
    return format_date(day, _long_pattern(locale), locale=locale)


def date_range(start: date, end: date | None = None, language: str | None = None) -> list[Stamp]:
    """Return one stamp for a day, two for a range; what they share is said once.

    ``18`` and ``20 lipca 2018``; ``30 czerwca`` and ``2 lipca 2018``. Languages that do not
    begin a date with its day repeat the whole date: nothing shorter is sure to be right.
    """
    locale = _locale(language)
    last = Stamp(long_date(end or start, language), (end or start).isoformat())
    if end is None or end == start:
        return [last]
    return [Stamp(format_date(start, _start_pattern(start, end, locale), locale=locale), start.isoformat()), last]


def _start_pattern(start: date, end: date, locale: Locale) -> str:
    pattern = _long_pattern(locale)
    if start.year != end.year or not pattern.startswith("d"):
        return pattern
    if start.month != end.month:
        return pattern[: pattern.rindex("M") + 1]
    return re.match(r"d+\.?", pattern)[0]


def range_dash(stamps: list[Stamp]) -> str:
    """Return what stands between the ends of a range: spaces only around ends of several words."""
    return "–" if stamps[0].text.rstrip(".").isdigit() else " – "


def range_text(start: date, end: date | None = None, language: str | None = None) -> str:
    """Return a range of days as plain text: ``18–20 lipca 2018``."""
    stamps = date_range(start, end, language)
    return range_dash(stamps).join(stamp.text for stamp in stamps)


def day_and_month(day: date, language: str | None = None) -> str:
    """Return a short numeric date without its year: ``30.06``, ``30/06``."""
    locale = _locale(language)
    return format_date(day, locale.datetime_skeletons["Md"], locale=locale).strip("\u200f")


def month(day: date, language: str | None = None) -> str:
    """Return the month in the form it takes after a day: ``lipca``, ``July``, ``липня``."""
    return format_date(day, "MMMM", locale=_locale(language))


def month_and_year(day: date, language: str | None = None) -> str:
    """Return a month as it is called by itself: ``lipiec 2018``."""
    return format_date(day, "LLLL y", locale=_locale(language))


def clock(moment: time, language: str | None = None) -> str:
    """Return a time of day: ``10:00``."""
    return format_time(moment, "short", locale=_locale(language))


def zone_name(zone: str, day: date, language: str | None = None) -> str:
    """Return a time zone in words for a given day, summer time included."""
    noon = datetime.combine(day, time(12), tzinfo=ZoneInfo(zone))
    return get_timezone_name(noon, locale=_locale(language))


def number(value: float, language: str | None = None) -> str:
    """Return a number with the separators of the language."""
    locale = _locale(language)
    grouped = not (locale.language in UNGROUPED_UNDER_FIVE_DIGITS and abs(value) < 10_000)
    return format_decimal(value, locale=locale, group_separator=grouped)


def percent(hundredths: int, language: str | None = None) -> str:
    """Return how many of a hundred parts, as the language writes it: 40%, 40 %."""
    return format_percent(hundredths / 100, locale=_locale(language))


def file_size(size_bytes: int, language: str | None = None) -> str:
    """Return a size as ``24 KB``: whole kilobytes, from a megabyte on with one decimal."""
    kilobytes = max(1, round(size_bytes / KILOBYTE))
    if kilobytes < KILOBYTE:
        return _with_unit(kilobytes, 0, language)
    return _with_unit(round(size_bytes / KILOBYTE**2, 1), 1, language)


def _with_unit(amount: float, unit: int, language: str | None) -> str:
    locale = _locale(language)
    if labels := UNIT_LABELS.get(locale.language):
        return f"{format_decimal(amount, locale=locale)}\u00a0{labels[unit]}"
    name = ("digital-kilobyte", "digital-megabyte")[unit]
    return format_unit(amount, name, "short", locale=locale).replace(" ", "\u00a0")


SLIDE_FORMATS = {"PPTX", "PPT", "ODP", "KEY"}


def page_count(count: int, file_format: str = "") -> str:
    """Return ``2 pages`` or, for presentations, ``2 slides``, in the language of the request."""
    words: Callable[[int], str] = _slides if file_format.upper() in SLIDE_FORMATS else _pages
    return words(count) % {"count": number(count)}


def _pages(count: int) -> str:
    return ngettext("%(count)s page", "%(count)s pages", count)


def _slides(count: int) -> str:
    return ngettext("%(count)s slide", "%(count)s slides", count)


def file_facts(document, language: str | None = None) -> list[str]:
    """Return what a reader should know before opening a file: format, size, length, foreign language."""
    facts = [document.format] if document.format else []
    if document.size_bytes:
        facts.append(file_size(document.size_bytes))
    if document.page_count:
        facts.append(page_count(document.page_count, document.format))
    if document.language and document.language.split("-")[0] != (language or get_language() or "").split("-")[0]:
        facts.append(_("language: %(language)s") % {"language": language_name(document.language)})
    return facts
