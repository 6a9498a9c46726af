"""Opening a Word file: the importer that this room offers to the socket."""

from __future__ import annotations

from pages.interchange.office_file import OfficeFile
from pages.interchange.package import Package

from .reading import Changes, read_package


def open_file(content: bytes, *, changes: Changes = "accepted", parts: bool = False) -> OfficeFile:
    """Read a .docx; raises ``Refused`` with a reason, and nothing else."""
    package = Package(content)
    return OfficeFile(read_package(package, changes=changes, parts=parts), package)
