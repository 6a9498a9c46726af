"""Numbers, dates and addresses are the same in both languages, however each writes them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..values import Kind, Value, values_in
from .finding import Finding, Pair, base, listed

#: How the words for one to twelve begin, in every form, ordinals too.
_WORDS_FOR = {
    "pl": "jed(?:en|n)|pierwsz dwa|dwi|dwó|dwo|dwu|drug|obaj|obie|oboj trz[yeo]|troj|trzec czter|czwor|czwar pię[ćtc] "
    "sze[śs][ćct]|szó?st sied[em]m?|siódm osiem|ośmi|ósm dziewię|dziewią dziesię|dziesią jedena dwuna|dwana",
    "en": "one|first|once|a|an two|second|twice|both|half three|third|thrice four five|fifth six seven eight nine|ninth "
    "ten eleven twel",
    "uk": "од[инн]|перш дв[аіоу]|друг|обид тр[иьо]|трет чотир|четвер п.?ят шіст|шост сім|сьом|семи вісім|восьм "
    "дев.?ят десят одинадц дванадц",
    "ar": "واحد|أول|احد اثن|ثان ثلاث|ثالث أربع|اربع|رابع خمس|خامس ست|سادس سبع|سابع ثمان|ثامن تسع|تاسع عشر|عاشر",
}
_ROMAN = re.compile(r"(?<!\w)(?=[IVX])(?P<tens>X{0,3})(?P<ones>IX|IV|V?I{0,3})(?!\w)")
_ONES = {"": 0, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}


def numbers(pair: Pair) -> Iterator[Finding]:
    """Numbers and dates of the source are in the translation, and no others."""
    wanted, found = _numbers(pair.source, pair.source_language), _numbers(pair.target, pair.target_language)
    lost, added = _unpaired(wanted, found)
    if lost and _digits(lost) == _digits(added):
        # A blank may divide thousands or two numbers.
        return
    lost = [value for value in lost if not _is_in_words(value, pair.target_text, pair.target_language)]
    added = [value for value in added if not _is_in_words(value, pair.source_text, pair.source_language)]
    if lost:
        yield Finding(
            "numbers",
            _("The original has numbers that are missing here: %(numbers)s.")
            % {"numbers": listed(value.text for value in lost)},
        )
    if added:
        yield Finding(
            "numbers",
            _("The original has no such numbers: %(numbers)s.") % {"numbers": listed(value.text for value in added)},
            places=_places(added),
        )
    if not lost and not added:
        yield from _months(pair)


def _places(values: list[Value]) -> tuple[tuple[int, int], ...]:
    return tuple((value.start, value.end) for value in values)


def _numbers(html: str, language: str) -> list[Value]:
    """Return numbers, a date as its day and its year, since 18–20 July is taken apart differently in each language."""
    found = []
    for value in values_in(html, language):
        if value.kind == Kind.NUMBER:
            found.append(value)
        elif value.kind == Kind.DATE:
            found += [
                value._replace(kind=Kind.NUMBER, readings=frozenset({(str(part), "")}))
                for part in (value.key.day, value.key.year)
                if part is not None
            ]
    return found


def _unpaired(wanted: list[Value], found: list[Value]) -> tuple[list[Value], list[Value]]:
    left = list(found)
    lost = []
    for value in wanted:
        partner = next((other for other in left if value.equals(other)), None)
        if partner:
            left.remove(partner)
        else:
            lost.append(value)
    return lost, left


def _digits(values: list[Value]) -> str:
    return "".join("".join(value.text.split()) for value in values)


def _is_in_words(value: Value, other_text: str, other_language: str) -> bool:
    wholes = {int(whole) for whole, fraction in value.readings if len(whole) <= 2 and not fraction.strip("0")}
    if wholes & set(_roman_numbers(other_text)):
        return True
    beginnings = _WORDS_FOR.get(base(other_language), "").split(" ")
    return any(
        0 < number <= len(beginnings)
        and re.search(rf"(?<!\w)\w?(?:{beginnings[number - 1]})", other_text, re.IGNORECASE)
        for number in wholes
        if beginnings[0]
    )


def _roman_numbers(text: str) -> Iterator[int]:
    for match in _ROMAN.finditer(text):
        if match[0]:
            yield 10 * len(match["tens"]) + _ONES[match["ones"]]


def _months(pair: Pair) -> Iterator[Finding]:
    """The months of dates, where both languages name as many."""
    before, after = (
        [value for value in values_in(html, language) if value.kind == Kind.DATE]
        for html, language in ((pair.source, pair.source_language), (pair.target, pair.target_language))
    )
    wanted, found = (Counter(value.key.month for value in values) for values in (before, after))
    if len(before) == len(after) and wanted != found:
        wrong = [value for value in after if value.key.month not in wanted]
        yield Finding(
            "numbers",
            _("The original has another date: %(dates)s.")
            % {"dates": listed(value.text for value in before if value.key.month not in found)},
            places=_places(wrong),
        )


def addresses(pair: Pair) -> Iterator[Finding]:
    """Web and mail addresses and telephone numbers of the source are in the translation, letter by letter."""
    before, after = (
        [value for value in values_in(html, language) if value.kind == Kind.ADDRESS]
        for html, language in ((pair.source, pair.source_language), (pair.target, pair.target_language))
    )
    found = {value.key for value in after}
    lost = [value.text for value in before if value.key not in found]
    if lost and not (len(before) == len(after) and all(_is_web(value) for value in before)):
        yield Finding("addresses", _("Missing or changed: %(addresses)s.") % {"addresses": listed(lost)})


def _is_web(value: Value) -> bool:
    """A web address may lead to another page in each language."""
    return "@" not in value.text and value.text[0].isalpha()
