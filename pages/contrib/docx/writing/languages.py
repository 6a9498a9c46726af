"""Languages as Word knows them, and in which one words are whose language nobody noted."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from babel.core import get_global

#: Where the custom of European offices differs from the likeliest territory (CLDR).
TERRITORIES = {"en": "en-GB", "ar": "ar-SA"}
SCRIPTS = {"Cyrl": "CYRILLIC", "Arab": "ARABIC", "Hebr": "HEBREW", "Grek": "GREEK", "Latn": "LATIN"}
RIGHT_TO_LEFT = {"ARABIC", "HEBREW"}
#: Of words in another script than the page's, the likeliest language where nobody said which.
LIKELY = {"CYRILLIC": "uk", "ARABIC": "ar", "HEBREW": "he", "GREEK": "el"}
POLISH = set("ąćęłńóśźż")
#: Fewer letters are a name or an abbreviation, which every language may hold.
ENOUGH_LETTERS = 4


def word_language(code: str) -> str:
    """Return a language with its territory, as Word's spelling checkers are called: ``pl-PL``."""
    if "-" in code or code in TERRITORIES:
        return TERRITORIES.get(code, code)
    likely = get_global("likely_subtags").get(code, "")
    return f"{code}-{likely.split('_')[2]}" if likely.count("_") == 2 else code


@lru_cache
def script_of(language: str) -> str:
    """Return the script in which a language is written, as Unicode names its letters: ``CYRILLIC``."""
    likely = get_global("likely_subtags").get(language.split("-")[0], "").split("_")
    return SCRIPTS.get(likely[1], "") if len(likely) > 1 else ""


def runs_right_to_left(language: str) -> bool:
    """Return whether a language is written from right to left."""
    return script_of(language) in RIGHT_TO_LEFT


def begins_right_to_left(text: str) -> bool | None:
    """Return the direction of the first letter that has one, None where there is none (UAX #9, rule P2)."""
    for letter in text:
        if (kind := unicodedata.bidirectional(letter)) in {"R", "AL"}:
            return True
        if kind == "L":
            return False
    return None


def likely_language(text: str, language: str) -> str:
    """Return the language to note for words: the given one, unless their letters cannot be of it."""
    letters = [letter for letter in text if letter.isalpha()]
    names = [unicodedata.name(letter, "").partition(" ")[0] for letter in letters]
    script = max(set(names), key=names.count, default="")
    if script not in SCRIPTS.values() or script == script_of(language) or names.count(script) < ENOUGH_LETTERS:
        return language
    if script == "LATIN":
        return "pl" if POLISH & {letter.lower() for letter in letters} else "en"
    return LIKELY[script]
