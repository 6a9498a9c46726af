"""Words and phrases found in a text in any of their forms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile
from typing import NamedTuple

from pages.search.stemming import Token, fold, stem, tokens

from .in_place import text_in_place

#: Stems of languages without a stemmer of Snowball that share so much, and differ in so little, are of one word.
SHARED, DIFFERING = 4, 1
_STEMMED = {"en", "ar"}
_SOFT = re.compile(r"(?<=[rds])z$|(?<=u)sz$")
_NASAL = re.compile(r"a(?=[db]$)")


class Words(NamedTuple):
    """The words of a text in one language, with their stems."""

    tokens: list[Token]
    stems: list[str]
    language: str


def words_of(segment: str, language: str) -> Words:
    """Return the words of a segment where they stand in its HTML."""
    found = list(tokens(text_in_place(segment)))
    return Words(found, [stem(token.word, language) for token in found], language)


def places_of(phrase: Words, text: Words, *, case_matters: bool = False) -> list[tuple[int, int]]:
    """Return (start, end) of each place of the text where the phrase stands, in whatever form."""
    length = len(phrase.tokens)
    return [
        (text.tokens[at].start, text.tokens[at + length - 1].end)
        for at in range(len(text.tokens) - length + 1)
        if length and stands_at(phrase, text, at, case_matters=case_matters)
    ]


def stands_at(phrase: Words, text: Words, at: int, *, case_matters: bool = False) -> bool:
    """Return whether the phrase stands at a word of the text."""
    length = len(phrase.tokens)
    if at + length > len(text.tokens):
        return False
    return all(
        _is_form_of(phrase.stems[number], text.stems[at + number], text.language)
        and (not case_matters or _is_written_like(phrase.tokens[number].word, text.tokens[at + number].word))
        for number in range(length)
    )


def _is_form_of(basic: str, form: str, language: str) -> bool:
    if basic == form:
        return True
    language = language.split("-")[0]
    if language == "pl":
        return _hard(basic) == _hard(form)
    if language in _STEMMED:
        return False
    shared = sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(basic, form, strict=False)))
    return shared >= SHARED and max(len(basic), len(form)) - shared <= DIFFERING


def _hard(stem: str) -> str:
    """Take back what the locative softens in Polish (obszarze, urzędzie) and the vowel of urząd, urzędu."""
    return _NASAL.sub("e", _SOFT.sub("", stem)) if len(stem) > SHARED else stem


def _is_written_like(basic: str, form: str) -> bool:
    """Compare capitals: those of an abbreviation all, of a word the first."""
    if basic.isupper() and len(basic) > 1:
        return form.startswith(basic)
    return basic[:1].isupper() == form[:1].isupper() and not (form.isupper() and len(form) > 1)


def without_nested(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the places in their order, the longer one where two share letters."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(places, key=lambda place: (place[0] - place[1], place[0])):
        if all(end <= other_start or other_end <= start for other_start, other_end in kept):
            kept.append((start, end))
    return sorted(kept)


def first_letters(word: str) -> str:
    """Return what all forms of a word begin with, as a key to look it up by."""
    return fold(word)[:2]
