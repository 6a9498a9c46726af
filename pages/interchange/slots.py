"""Pieces of a page's data that somebody can write anew elsewhere: where each stands, and how it is written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from .outline import Inline, LineBreak, Text

#: Steps through a page's data: names of fields, and ids or translation keys of blocks and rows.
Path = tuple[str, ...]


class Kind(StrEnum):
    """How a slot is written, and so how it is read again."""

    LINE = "line"
    LINES = "lines"
    RICH = "rich"
    HEADING = "heading"
    #: The alternative text of a picture; which picture it is, is told beside it.
    PICTURE = "picture"
    IMAGE = "image"
    TABLE = "table"
    PAIR = "pair"
    LINK = "link"
    #: Told, and compared, but never brought back.
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Slot:
    #: The block, the row or the field of the page that an editor decides about as a whole.
    owner: Path
    #: Where in it.
    field: Path
    kind: Kind
    #: What the owner is, and what the field; words in the language of whoever reads them.
    owner_label: Any
    label: Any = ""
    #: What is told behind it and is not its own: "(PDF, 2 MB)". It stays whatever comes back.
    rest: str = ""
    #: Whether without the rest nobody knows what the words mean.
    needs_rest: bool = False
    #: A part of the owner that can be deleted alone, as one question of several.
    row: Path = ()

    @property
    def path(self) -> Path:
        return (*self.owner, *self.field)

    @property
    def image(self) -> Slot:
        """Where the picture is stored whose alternative text this slot is."""
        *before, last = self.path
        step = "image" if last == "alt" else last.removesuffix("_alt")
        return Slot((*before, step), (), Kind.IMAGE, self.owner_label, _("Picture"), row=self.row)

    @property
    def name(self) -> str:
        """A short name that is the same in every state of the page."""
        told = "/".join((self.kind, *self.path))
        return hashlib.blake2b(told.encode(), digest_size=10).hexdigest()


def paragraphs(words: str, language: str = "") -> Iterator[list[Inline]]:
    """Yield plain words of several lines as paragraphs; a blank line ends one."""
    found: list[Inline] = []
    for line in words.strip().splitlines():
        if line.strip():
            said = Text(line.strip(), language=language)
            found += [LineBreak(), said] if found else [said]
        elif found:
            yield found
            found = []
    if found:
        yield found
