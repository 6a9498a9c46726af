"""The languages that words of a rich text are marked with, put on them again when the text comes back from a file.

Programs note languages as they like, so words that were marked stay so where they still stand. What a person has changed
is told from that by ``language_changes``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import copy
from html import escape, unescape
from itertools import accumulate

from lxml import html

from pages.foreign_words import opening_tag
from pages.scripts import letters_by_script, script_of
from pages.spoken_languages import known_code

_SPACES = re.compile(r"[ \t\r\n\f]+")
_TAG = re.compile(r"(<[^>]*>)")
_INSIDE_A_LINE = re.compile(r"</?(?:a|b|i|sup|sub)\b")
#: The number of a footnote is no part of the word before it.
_RAISED = {ord(str(digit)): 0xE000 + digit for digit in range(10)}
_LETTERS = {
    "LATIN": "A-Za-z\u00aa-\u024f\u1e00-\u1eff",
    "CYRILLIC": "\u0400-\u052f",
    "ARABIC": "\u0600-\u06ff\u0750-\u077f",
    "GREEK": "\u0370-\u03ff\u1f00-\u1fff",
    "HEBREW": "\u0590-\u05ff",
}


class KeptLanguages:
    """What is marked in a stored rich text."""

    def __init__(self, stored: str):
        #: The marked words, and by the whole of a line which of them are not marked in it any more.
        self._codes: dict[str, str] = {}
        self._removed: dict[str, set[str]] = {}
        self._by_script: dict[str, str] = {}
        if "lang=" in stored:
            self._read(html.fragment_fromstring(stored, create_parent="div"))

    def _read(self, root) -> None:
        for raised in root.iter("sup"):
            raised.text = (raised.text or "").translate(_RAISED)
        marks = [(found, known_code(found.get("lang", ""))) for found in root.iter("span") if found.get("lang")]
        told = {(_SPACES.sub(" ", found.text_content()).strip(" "), code) for found, code in marks if code}
        self._codes = {escape(words, quote=False): code for words, code in told if words}
        letters = letters_by_script(root.text_content())
        letters.subtract(letters_by_script("".join(words for words, _code in told)))
        main = max(letters, key=letters.__getitem__, default="")
        codes = set(self._codes.values())
        for code in codes:
            script = script_of(code)
            # Edited words of another script are still known by their letters, unless two languages share them.
            if script in _LETTERS and script != main and sum(script_of(other) == script for other in codes) == 1:
                self._by_script[script] = code

    @property
    def marked(self) -> dict[str, str]:
        """The marked words with the codes of their languages."""
        return {unescape(words): code for words, code in self._codes.items()}

    def changed(self, added: dict[str, str], removed: dict[str, set[str]]) -> KeptLanguages:
        """Return the same with more words, and without some in the lines that say so."""
        made = copy(self)
        made._codes = self._codes | {escape(words, quote=False): code for words, code in added.items()}
        made._removed = {
            escape(line, quote=False): {escape(words, quote=False) for words in gone} for line, gone in removed.items()
        }
        return made

    def put_on(self, markup: str) -> str:
        """Return rich text that has no marks of languages with those that its words had."""
        if not self._codes:
            return markup
        done: list[str] = []
        line: list[str] = []
        for part in _TAG.split(markup):
            if part.startswith("<") and not _INSIDE_A_LINE.match(part):
                done += [*self._marked(line), part]
                line = []
            else:
                line.append(part)
        return "".join([*done, *self._marked(line)])

    def _marked(self, line: list[str]) -> list[str]:
        """Return the parts of one line, words and tags, with the words marked that are known."""
        texts = [
            "" if part.startswith("<") else part.translate(_RAISED) if before == "<sup>" else part
            for before, part in zip(["", *line], line, strict=False)
        ]
        whole = "".join(texts)
        places = list(self._places(whole))
        ends = list(accumulate(map(len, texts)))
        return [
            _wrapped(part, end - len(part), places) if text else part
            for part, text, end in zip(line, texts, ends, strict=True)
        ]

    def _places(self, text: str) -> list[tuple[int, int, str]]:
        """Return where words begin and end, and their language: the very words first, between them those by letters."""
        gone = self._removed.get(_SPACES.sub(" ", text).strip(" "), set()) if self._removed else set()
        longest_first = sorted(self._codes.keys() - gone, key=len, reverse=True)
        found_words = whole_words(longest_first).finditer(text) if longest_first else ()
        known = [(*found.span(), self._codes[found[0]]) for found in found_words]
        edges = [0, *(edge for start, end, _code in known for edge in (start, end)), len(text)]
        for script, code in self._by_script.items():
            letters = re.compile(rf"(?<![\w&])[{_LETTERS[script]}](?:[^\w<>&]*[{_LETTERS[script]}])*(?!\w)")
            for start, end in zip(edges[::2], edges[1::2], strict=True):
                known += [(*found.span(), code) for found in letters.finditer(text, start, end)]
        return sorted(known)


def whole_words(longest_first: Iterable[str]) -> re.Pattern[str]:
    """Return what finds some words where they are not a part of longer ones."""
    return re.compile(rf"(?<![\w&])(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def _wrapped(text: str, start: int, places: list[tuple[int, int, str]]) -> str:
    """Return a text that begins at ``start`` of its line with the places in it marked."""
    parts, at = [], 0
    for begin, end, code in places:
        begin, end = max(begin - start, at), min(end - start, len(text))
        if begin < end:
            parts += [text[at:begin], opening_tag(code), text[begin:end], "</span>"]
            at = end
    return "".join([*parts, text[at:]])
