"""An office file that has been read: what importers of guarded archives hand out."""

from __future__ import annotations

from dataclasses import dataclass

from .outline import Outline
from .package import Package, Refused


@dataclass(slots=True)
class OfficeFile:
    """A ``ReadFile``: the outline, and the pictures when they are asked for."""

    outline: Outline
    _package: Package

    def picture(self, name: str) -> bytes | None:
        """Return the bytes of a picture by the name of its part; None where they are damaged."""
        try:
            return self._package.read(name)
        except Refused:
            return None
