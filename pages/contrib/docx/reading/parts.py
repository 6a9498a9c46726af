"""Which part of a page each paragraph and table came from, by the marks that are left of those we wrote."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TypeVar

from lxml import etree

from ..marks import part_of
from .names import W, local

_START, _END = W + "bookmarkStart", W + "bookmarkEnd"

#: Around paragraphs and tables.
_WRAPPERS = frozenset(("sdt", "customXml", "ins", "moveTo", "smartTag"))

Entry = TypeVar("Entry")


class Parts:
    """The names of what has been read of a story so far."""

    def __init__(self) -> None:
        self._names: dict[int, str] = {}
        #: The bookmark that has begun and not ended: its id and the name of its part.
        self._open = ("", "")

    def name(self, element: etree._Element, entries: list[object]) -> None:
        """Note from which part the entries are that an element has become."""
        if part := self._part_of(element):
            for entry in entries:
                self._names.setdefault(id(entry), part)

    def runs(self, entries: list[Entry]) -> Iterator[tuple[str, list[Entry]]]:
        """Yield entries that follow each other and are of one part, with its name; what is of none has none."""
        for name, run in groupby(entries, key=lambda entry: self._names.pop(id(entry), "")):
            yield name, list(run)

    def _part_of(self, element: etree._Element) -> str:
        if local(element) in _WRAPPERS:
            return ""  # what is inside has been named one by one
        start = next((mark for mark in element.iter(_START) if part_of(mark.get(W + "name", ""))), None)
        if start is not None:
            self._open = (start.get(W + "id", ""), part_of(start.get(W + "name", "")))
        id_, part = self._open
        if part and any(mark.get(W + "id") == id_ for mark in element.iter(_END)):
            self._open = ("", "")
        return part
