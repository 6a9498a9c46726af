"""Spaces, quotes and the end of a sentence, as the language of the translation has them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..in_place import FILLER
from .finding import Finding, Pair, Place, base, without_fillers

_DOUBLE = re.compile(r"[ \u00a0\u202f](?:⁠*[ \u00a0\u202f])+")
_BEFORE_MARK = re.compile(r"(?<=[\w)\]”»])[ \u00a0\u202f]+(?=[,;:!?؟،؛](?:\s|$)|\.(?:\s|$))")
_FRENCH_MARKS = re.compile(r"(?<=\w)[ ]?(?=[;:!?»])|(?<=«)[ ]?(?=\w)")
#: Hard spaces between two long words come from Word; nothing in any language asks for them.
_HARD_BETWEEN_WORDS = re.compile(r"(?<![^\W\d_])([^\W\d_]{4,})\u00a0(?=[^\W\d_]{4,})")


def double_spaces(pair: Pair) -> Iterator[Finding]:
    """One space between two words."""
    places = _spans(_DOUBLE, pair.target_text)
    if places and not _DOUBLE.search(pair.source_text):
        yield Finding("double_spaces", _("Leave one space between two words."), places=places)


def edges(pair: Pair) -> Iterator[Finding]:
    """A translation begins and ends with a space where the source does."""
    before, after = without_fillers(pair.source_text), without_fillers(pair.target_text)
    if not after.strip():
        return
    if before[:1].isspace() != after[:1].isspace():
        words = (
            _("The original begins with a space.")
            if before[:1].isspace()
            else _("Take out the space at the beginning.")
        )
        yield Finding("edges", words, places=((0, 1),))
    if before[-1:].isspace() != after[-1:].isspace():
        words = _("The original ends with a space.") if before[-1:].isspace() else _("Take out the space at the end.")
        yield Finding("edges", words, places=((len(pair.target) - 1, len(pair.target)),))


def hard_spaces(pair: Pair) -> Iterator[Finding]:
    """Non-breaking spaces stand where the language has them.

    Polish pages get theirs on their way out (``pages.typography``), so none is missed in Polish.
    """
    text = pair.target_text
    if base(pair.target_language) == "fr":
        places = _spans(_FRENCH_MARKS, text)
        if places:
            yield Finding(
                "hard_spaces", _("French puts a non-breaking space before ; : ! ? and inside « »."), places=places
            )
        return
    places = _spans(_BEFORE_MARK, text)
    if places and not _BEFORE_MARK.search(pair.source_text):
        yield Finding("hard_spaces", _("Take out the space before the punctuation mark."), places=places)
    between = tuple((match.end() - 1, match.end()) for match in _HARD_BETWEEN_WORDS.finditer(text))
    if between and not _HARD_BETWEEN_WORDS.search(pair.source_text):
        yield Finding(
            "hard_spaces", _("Put an ordinary space here: these words may stand on two lines."), places=between
        )


def _spans(pattern: re.Pattern[str], text: str) -> tuple[Place, ...]:
    return tuple(match.span() for match in pattern.finditer(text))


# --- quotes ---------------------------------------------------------------------------------

#: Pairs of quotes by language, the outer first.
QUOTES = {
    "pl": ("„”", "«»", "»«", "‚’"),
    "en": ("“”", "‘’"),
    "uk": ("«»", "„“", "“”"),
    "ar": ("«»", "“”"),
    "de": ("„“", "‚‘"),
    "fr": ("«»", "“”"),
}
_MARKS = '„“”«»‟"'
_INCHES = re.compile(r"\d\"")


def quotes(pair: Pair) -> Iterator[Finding]:
    """Quotation marks are those of the language, and each that opens also closes."""
    pairs = QUOTES.get(base(pair.target_language))
    if not pairs:
        return
    text = _INCHES.sub(lambda match: match[0][0] + FILLER, pair.target_text)
    wrong, is_open = _walk(text, pairs)
    if wrong:
        yield Finding(
            "quotes",
            _("Quotation marks here are %(outer)s, and %(inner)s within them.")
            % {"outer": "…".join(pairs[0]), "inner": "…".join(pairs[1])},
            places=tuple(wrong),
        )
    elif is_open and not _walk(pair.source_text, QUOTES.get(base(pair.source_language), pairs))[1]:
        yield Finding("quotes", _("A quotation mark has no partner."))


def _walk(text: str, pairs: tuple[str, ...]) -> tuple[list[Place], bool]:
    """Return the marks that the language has not, and whether a quotation stays open."""
    closers: list[str] = []
    wrong = []
    for at, mark in enumerate(text):
        if mark not in _MARKS:
            continue
        allowed = pairs[1:] if closers else pairs[:1]
        opened = next((closer for opener, closer in allowed if opener == mark), None)
        if closers and mark == closers[-1]:
            closers.pop()
        elif opened:
            closers.append(opened)
        else:
            wrong.append((at, at + 1))
    return wrong, bool(closers)


# --- the end --------------------------------------------------------------------------------

_ENDINGS = {
    "。": ".",
    "؟": "?",
    "،": ",",
    "؛": ";",
    "…": "…",
    ".": ".",
    "?": "?",
    "!": "!",
    ":": ":",
    ",": ",",
    ";": ";",
}
_SENTENCE = {".", "!", "…"}
_AFTER_THE_END = " \u00a0\n”“»«\"’')]}" + FILLER
_SHORT_WORD = re.compile(r"(?<!\w)[^\W\d_]{1,5}(?:\.[^\W\d_]{1,3})*\.$")
_CONTINUES = re.compile(r"\.\.\.$")


def ending(pair: Pair) -> Iterator[Finding]:
    """A question stays a question, a heading gets no full stop."""
    wanted, found = _end(pair.source_text), _end(pair.target_text)
    # A sentence may be put as a question or a call in the other language, and a call as a sentence.
    if wanted == found or (wanted in _SENTENCE and found in _SENTENCE | {"?"}):
        return
    if "." in (wanted, found) and _ends_with_abbreviation(pair.source_text if wanted == "." else pair.target_text):
        return
    shown = {"wanted": wanted, "found": found}
    if not wanted:
        message = _("The original does not end with “%(found)s”.") % shown
    elif not found:
        message = _("The original ends with “%(wanted)s”.") % shown
    else:
        message = _("The original ends with “%(wanted)s”, this with “%(found)s”.") % shown
    yield Finding("ending", message, places=((len(pair.target) - 1, len(pair.target)),))


def _end(text: str) -> str:
    text = _CONTINUES.sub("…", text.rstrip(_AFTER_THE_END))
    return _ENDINGS.get(text[-1:], "")


def _ends_with_abbreviation(text: str) -> bool:
    """A point after a short word may belong to it, as in „2018 r.” or „Sp. z o.o.”."""
    return bool(_SHORT_WORD.search(text.rstrip(_AFTER_THE_END)))
