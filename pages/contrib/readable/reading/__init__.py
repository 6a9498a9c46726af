"""Readers of presentations and OpenDocument texts: our own walks over parts that the guard hands out."""

from __future__ import annotations

from dataclasses import dataclass

from pages.interchange.outline import Outline
from pages.interchange.package import Package, Refused


@dataclass(slots=True)
class OpenedFile:
    """A file that has been read, and its pictures when they are asked for."""

    outline: Outline
    _package: Package

    def picture(self, name: str) -> bytes | None:
        """Return the bytes of a picture by the name of its part; None where they are damaged."""
        try:
            return self._package.read(name)
        except Refused:
            return None
