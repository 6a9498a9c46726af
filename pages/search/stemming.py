"""What makes two words the same for a search: their stem, in lower case and without diacritics."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

from . import polish, ukrainian

#: Languages of the site that a Snowball stemmer knows; Ukrainian has our own light rule.
ALGORITHMS = {"pl": "polish", "en": "english", "ar": "arabic"}

#: Enough for the whole vocabulary of a large site; each form is stemmed once for each process.
CACHED_FORMS = 200_000
LONGEST_WORD = 60

# Combining marks belong to the word they stand in: decomposed accents, Arabic vowel signs.
_MARKS = "\u0300-\u036f\u064b-\u065f\u0670\u0640"
_WORD = re.compile(rf"[^\W_]+(?:[{_MARKS}]+[^\W_]*|['’ʼ][^\W_]+)*")
_EVERY_MARK = re.compile(f"[{_MARKS}]")

#: Letters that no decomposition takes apart.
_LETTERS = str.maketrans(
    {
        "ł": "l",
        "đ": "d",
        "ø": "o",
        "æ": "ae",
        "œ": "oe",
        "ß": "ss",
        "ı": "i",
        "þ": "th",
        # The letter ґ came back into Ukrainian in 1990; many keyboards and people still write г.
        "ґ": "г",
        # Arabic is typed without the details of alif, ya and ta marbuta.
        "ٱ": "ا",
        "ى": "ي",
        "ة": "ه",
        "ـ": "",
        "'": "",
        "’": "",
        "ʼ": "",
    }
)

#: Words that stand on nearly every page. They are sought only where nothing else is asked for.
STOP_WORDS = {
    "pl": "a aby ale bo być co czy dla do go i ich ile im ja jak jako jest już kiedy kto która które którego który "
    "lub ma mi mnie na nad nie niż o od ona one oni oraz po pod przez przy są się ta tak także te tego tej ten to tu "
    "ty u w we wraz z za ze że",
    "en": "a about an and are as at be by can do does for from has have how i in is it its of on or that the their "
    "there this to was we were what when where which who will with you your",
    "uk": "а або але бо в ви від він вона вони все де для до з за зі і із й його коли ми на не під по при про та так "
    "те ти то у це цей ця чи що щоб як яка яке який які",
    "ar": "في من على إلى عن مع هذا هذه ذلك التي الذي أن إن أو و ثم لا ما هو هي كل",
}


class Token(NamedTuple):
    """A word where it stands in a text."""

    start: int
    end: int
    word: str


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text with their places."""
    for found in _WORD.finditer(text):
        yield Token(found.start(), found.end(), found[0][:LONGEST_WORD])


def words(text: str) -> list[str]:
    """Return the words of a text as they are written, in lower case."""
    return [token.word.lower() for token in tokens(unicodedata.normalize("NFC", text))]


@lru_cache(CACHED_FORMS)
def fold(word: str) -> str:
    """Return a word in lower case without diacritics: ``Łódź`` and ``lodz`` are the same."""
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
    return "".join(map(_without_mark, plain)).translate(_LETTERS)


def fold_line(line: str) -> str:
    """Return a line folded like its words, but for digits of other alphabets: quick, and nothing is kept."""
    return _EVERY_MARK.sub("", unicodedata.normalize("NFKD", line.casefold().translate(_LETTERS))).translate(_LETTERS)


def _without_mark(character: str) -> str:
    if unicodedata.category(character) == "Mn":
        return ""
    # Arabic and other digits are numbers as well.
    return str(unicodedata.decimal(character)) if character.isdecimal() else character


@lru_cache(CACHED_FORMS)
def stem(word: str, language: str) -> str:
    """Return what the forms of a word share; a word in a language without rules is only folded."""
    word = unicodedata.normalize("NFC", word.lower())
    if language == "uk":
        return ukrainian.stem(fold(word))
    stemmer = _stemmer(language)
    found = fold(stemmer.stemWord(word) if stemmer else word)
    return polish.mended(fold(word), found) if language == "pl" else found


@lru_cache
def _stemmer(language: str):
    algorithm = ALGORITHMS.get(language.split("-")[0])
    return snowballstemmer.stemmer(algorithm) if algorithm else None


@lru_cache
def stop_words(language: str) -> frozenset[str]:
    """Return the folded stop words of a language."""
    return frozenset(map(fold, STOP_WORDS.get(language, "").split()))
