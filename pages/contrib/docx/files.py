"""A Word file that has been opened: the importer that this room offers to the socket."""

from __future__ import annotations

from dataclasses import dataclass

from pages.interchange.outline import Outline
from pages.interchange.package import Package, Refused

from .reading import Changes, read_package


@dataclass(slots=True)
class WordFile:
    outline: Outline
    _package: Package

    def picture(self, name: str) -> bytes | None:
        """Return the bytes of a picture by the name of its part; None where they are damaged."""
        try:
            return self._package.read(name)
        except Refused:
            return None


def open_file(content: bytes, *, changes: Changes = "accepted", parts: bool = False) -> WordFile:
    """Read a .docx; raises ``Refused`` with a reason, and nothing else."""
    package = Package(content)
    return WordFile(read_package(package, changes=changes, parts=parts), package)
