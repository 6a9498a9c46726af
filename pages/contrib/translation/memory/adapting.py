"""An old translation for a segment that differs in its numbers, dates, addresses or tags only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from babel import Locale, UnknownLocaleError
from wagtail_localize.strings import StringValue

from ..values import Day, Kind, Value, month_names, values_in
from ..wording import plain

_TAG = re.compile(r"<[^>]*>")
#: A link, or words in another language.
_LINK = re.compile(r'<(a|span) id="([^"]*)">')
_COUNTED = re.compile(r"[ \u00a0\u202f]+[^\W\d_]{2,}")
_FIRST_YEAR, _LAST_YEAR = 1000, 2200


def with_new_values(before: str, after: str, target: str, source_language: str, target_language: str) -> str | None:
    """Return a translation of ``before`` with the values of ``after``; ``None`` where it takes a person.

    That is so where a value stands elsewhere or not at all, or where another number asks for another form of the word
    that is counted: 3 miasta, 5 miast.
    """
    changes = _changes(values_in(before, source_language), values_in(after, source_language))
    if changes is None:
        return None
    replaced: list[tuple[Value, str]] = []
    there = values_in(target, target_language)
    for old, new, count in changes:
        places = [value for value in there if value.equals(old)]
        if len(places) != count:
            return None
        for place in places:
            words = _rewritten(place, old, new, target, target_language)
            if words is None:
                return None
            replaced.append((place, words))
    for place, words in sorted(replaced, key=lambda one: one[0].start, reverse=True):
        target = target[: place.start] + words + target[place.end :]
    return target


def _changes(before: list[Value], after: list[Value]) -> list[tuple[Value, Value, int]] | None:
    """Return (old, new, how often) of the values that differ; nothing where one became two different ones."""
    if [value.kind for value in before] != [value.kind for value in after]:
        return None
    found: list[tuple[Value, Value]] = []
    for old, new in zip(before, after, strict=True):
        known = next((pair for pair in found if pair[0].equals(old)), None)
        if known and not known[1].equals(new):
            return None
        found.append((old, new))
    changes = []
    for number, (old, new) in enumerate(found):
        is_first = not any(earlier.equals(old) for earlier, _new in found[:number])
        if is_first and not old.equals(new):
            changes.append((old, new, sum(old.equals(value) for value, _new in found)))
    return changes


def _rewritten(place: Value, old: Value, new: Value, target: str, language: str) -> str | None:
    if place.kind == Kind.ADDRESS:
        return new.text
    if place.kind == Kind.DATE:
        return _date_written_like(place.text, old.key, new.key, language)
    if not (place.text.isdecimal() and new.text.isdecimal() and place.text.isascii()):
        return new.text if place.text == old.text and not _COUNTED.match(target, place.end) else None
    is_counted = _COUNTED.match(target, place.end) and not (_is_year(place.text) and _is_year(new.text))
    return None if is_counted and _plural(place.text, language) != _plural(new.text, language) else new.text


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and _FIRST_YEAR <= int(digits) <= _LAST_YEAR


def _plural(digits: str, language: str) -> str:
    try:
        return Locale.parse(language, sep="-").plural_form(int(digits[-15:]))
    except (UnknownLocaleError, ValueError):
        return digits


def _date_written_like(text: str, old: Day, new: Day, language: str) -> str | None:
    """Write another date as a translation writes this one: 18 July 2018, 18.07.2018."""
    if (old.day is None) != (new.day is None) or (old.year is None) != (new.year is None):
        return None
    names = {
        name: form for name, number, form in month_names(language) if number == old.month and len(name.rstrip(".")) > 1
    }
    written = next((name for name in sorted(names, key=len, reverse=True) if name in text), None)
    if written:
        wanted = next(
            name for name, number, form in month_names(language) if number == new.month and form == names[written]
        )
        text = text.replace(written, "\u0002")
        text = _with_number(_with_number(text, old.year, new.year), old.day, new.day)
        return text.replace("\u0002", wanted) if text is not None else None
    parts = re.split(r"(\d+)", text)
    numbers = [part for part in parts if part.isdecimal()]
    olds, news = ([part for part in (day.day, day.month, day.year) if part is not None] for day in (old, new))
    order = next((turn for turn in (1, -1) if [int(part) for part in numbers] == olds[::turn]), None)
    if order is None:
        return None
    values: Iterator[int] = chain(news[::order])
    return "".join(str(next(values)).zfill(len(part)) if part.isdecimal() else part for part in parts)


def _with_number(text: str | None, old: int | None, new: int | None) -> str | None:
    if text is None or old is None:
        return text
    changed, times = re.subn(rf"(?<!\d)0?{old}(?!\d)", str(new), text)
    return changed if times == 1 else None


def with_tags_of(before: str, after: str, target: str) -> tuple[str, bool]:
    """Return a translation that has no tags but those of ``after``, and whether its tags are as they should be."""
    if _TAG.findall(before) == _TAG.findall(after):
        return target, True
    if not _TAG.search(after):
        return StringValue.from_plaintext(plain(target)).data, True
    if _LINK.sub(r"<\1>", before) == _LINK.sub(r"<\1>", after) or _shape(before) == _shape(after):
        ids = {old: new for (_tag, old), (_same, new) in zip(_LINK.findall(before), _LINK.findall(after), strict=True)}
        return _LINK.sub(lambda link: f'<{link[1]} id="{ids.get(link[2], link[2])}">', target), True
    return StringValue.from_plaintext(plain(target)).data, False


def _shape(html: str) -> list[str]:
    return [_LINK.sub(r"<\1>", tag) for tag in _TAG.findall(html)]
