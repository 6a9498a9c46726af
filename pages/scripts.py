"""In which script a language is written, and some words are."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache

from babel.core import get_global

SCRIPTS = {"Cyrl": "CYRILLIC", "Arab": "ARABIC", "Hebr": "HEBREW", "Grek": "GREEK", "Latn": "LATIN"}


@lru_cache
def script_of(language: str) -> str:
    """Return the script in which a language is written, as Unicode names its letters: ``CYRILLIC``."""
    likely = get_global("likely_subtags").get(language.split("-")[0], "").split("_")
    return SCRIPTS.get(likely[1], "") if len(likely) > 1 else ""


def letters_by_script(text: str) -> Counter[str]:
    """Count the letters of each script, those of other scripts by the first word of their names."""
    return Counter(unicodedata.name(letter, "").partition(" ")[0] for letter in text if letter.isalpha())
