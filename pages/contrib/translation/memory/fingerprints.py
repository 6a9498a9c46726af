"""By what a segment is found again: a hash of its wording, one of its shape, and the stems of its words."""

from __future__ import annotations

import hashlib

from pages.search.stemming import stem, tokens

from ..in_place import text_in_place
from ..values import values_in
from ..wording import essence, plain

#: Stands for any number among the stems; every other stem has a letter.
ANY_NUMBER = "0"


def wording_hash(html: str) -> str:
    """Return what two segments share that differ in white space and quotes at most."""
    return _hash(essence(html))


def shape_hash(html: str, language: str) -> str:
    """Return what two segments share whose words are the same, whatever their numbers, dates, addresses and tags."""
    parts, end = [], 0
    for value in values_in(html, language):
        parts += [html[end : value.start], f"\u0002{value.kind}\u0003"]
        end = value.end
    return _hash(essence(plain("".join([*parts, html[end:]]))).casefold())


def stems_of(html: str, language: str) -> list[str]:
    """Return the stems of the words of a segment in their order."""
    return [
        ANY_NUMBER if token.word[0].isdigit() else stem(token.word, language) for token in tokens(text_in_place(html))
    ]


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
