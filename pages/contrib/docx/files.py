"""Opening a Word file: the importer that this room offers to the socket."""

from __future__ import annotations

from pages.interchange.office_file import OfficeFile
from pages.interchange.package import Package

from .reading import Changes, read_package


def open_file(
    content: bytes, *, changes: Changes = "accepted", parts: bool = False, diagrams: bool = True
) -> OfficeFile:
    """Read a .docx; raises ``Refused`` with a reason, and nothing else.

    Who makes a page of it has no use for the words of ``diagrams``: an editor puts a picture in their place.
    """
    package = Package(content)
    return OfficeFile(read_package(package, changes=changes, parts=parts, diagrams=diagrams), package)
