"""Languages as Word knows them, and in which one words are whose language nobody noted."""

from __future__ import annotations

import unicodedata

from babel.core import get_global

from pages.scripts import SCRIPTS, letters_by_script, script_of

#: Where the custom of European offices differs from the likeliest territory (CLDR).
TERRITORIES = {"en": "en-GB", "ar": "ar-SA"}
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
    letters = letters_by_script(text)
    script = max(letters, key=letters.__getitem__, default="")
    if script not in SCRIPTS.values() or script == script_of(language) or letters[script] < ENOUGH_LETTERS:
        return language
    if script == "LATIN":
        return "pl" if POLISH & set(text.lower()) else "en"
    return LIKELY[script]
