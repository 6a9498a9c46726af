"""Whether something was translated at all, and whether it fits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..in_place import FILLER
from ..values import values_in
from ..wording import plain
from .finding import Finding, Pair, Severity, without_fillers

_WORD = re.compile(r"[^\W\d_]+")
_AS_ADDRESS = re.compile(r"[a-z0-9]+(?:[-_/.][a-z0-9]+)+")
_NAME_PARTS = 3


def untranslated(pair: Pair) -> Iterator[Finding]:
    """The translation says something else than the source, unless it is a name, a number or an address."""
    if _essence(pair.source) == _essence(pair.target) and _has_words_to_translate(pair):
        yield Finding(
            "untranslated", _("This is still the original. Translate it, or waive this check if it is a name.")
        )


def _essence(html: str) -> str:
    return " ".join(plain(html).split()).casefold()


def _has_words_to_translate(pair: Pair) -> bool:
    text = pair.source_text
    for value in values_in(pair.source, pair.source_language):
        text = text[: value.start] + FILLER * (value.end - value.start) + text[value.end :]
    for occurrence in pair.terms:
        if occurrence.term.do_not_translate:
            text = text[: occurrence.start] + FILLER * (occurrence.end - occurrence.start) + text[occurrence.end :]
    text = without_fillers(text).strip()
    if _AS_ADDRESS.fullmatch(text):
        return False
    words = _WORD.findall(text)
    # A name has capitals, and small words only between them: Bank Gospodarstwa Krajowego, Rada i Rynek.
    small = [word for word in words if word[0].islower() and len(word) >= _NAME_PARTS]
    letters_without_case = [word for word in words if word.lower() == word.upper()]
    return bool(small or letters_without_case)


def too_long(pair: Pair) -> Iterator[Finding]:
    """The field of the page takes the words."""
    length = len(plain(pair.target))
    if pair.max_length and length > pair.max_length:
        yield Finding(
            "length",
            ngettext(
                "Shorten this by %(count)s character: the field takes %(most)s.",
                "Shorten this by %(count)s characters: the field takes %(most)s.",
                length - pair.max_length,
            )
            % {"count": length - pair.max_length, "most": pair.max_length},
            Severity.ERROR,
        )
