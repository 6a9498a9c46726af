"""Whether a text is plainly in another language than the page it is to become."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice

from pages import spoken_languages
from pages.scripts import letters_by_script, script_of

from .outline import Outline, Text, every_inline

#: Less says too little.
_FEWEST_LETTERS = 200
_PIECES_LOOKED_AT = 2000
#: In a text of these languages about one letter in twenty is one of these; a name here and there brings fewer.
_OWN_LETTERS = {"pl": set("ąćęłńóśźż"), "uk": set("іїєґ")}
_OWN_SHARE = 0.01
#: Every fifth word of an English text or so is one of these.
_ENGLISH = re.compile(r"\b(?:the|of|and|for|with|is|are|that|this|to|in|on|be|it|by)\b")
_ENGLISH_SHARE = 0.08


def other_language(outline: Outline, language: str) -> str:
    """Return the code of the language that a text is in if that is plainly not the language of the page.

    What the file notes is not enough, as Word notes the language of whoever sold it: the letters and words have to
    say so, too. An empty string where they do not, or where there is little text.
    """
    noted = spoken_languages.known_code(outline.language)
    if not noted or noted.split("-")[0] == language.split("-")[0]:
        return ""
    words = _words(outline)
    letters = letters_by_script(words)
    if letters.total() < _FEWEST_LETTERS:
        return ""
    return noted if not _may_be(words, letters, language) and _may_be(words, letters, noted) else ""


def _words(outline: Outline) -> str:
    pieces: Iterable[Text] = (piece for piece in every_inline(outline.blocks) if isinstance(piece, Text))
    return " ".join(piece.text for piece in islice(pieces, _PIECES_LOOKED_AT)).lower()


def _may_be(words: str, letters: Counter[str], language: str) -> bool:
    script = script_of(language)
    if script and letters[script] * 2 < letters.total():
        return False
    code = language.split("-")[0]
    if own := _OWN_LETTERS.get(code):
        return sum(letter in own for letter in words) >= _OWN_SHARE * letters.total()
    if code == "en":
        return len(_ENGLISH.findall(words)) >= _ENGLISH_SHARE * len(words.split())
    return True
