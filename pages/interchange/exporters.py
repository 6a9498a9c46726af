"""Writes a page as a file with the exporter that a plugin offers for its suffix."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from pages.plugins import taken

from .page_outline import PageText


class Exporter(Protocol):
    """What a plugin offers under ``exporters``: a class that is called without arguments."""

    #: The words of the link, for readers and editors: “Download as a Word file (DOCX)”.
    label: str
    content_type: str
    #: Optional: whether what it writes keeps the names of parts, so that a draft's file can be brought back.
    can_come_back: bool = False

    # Optional: ``mark(language) -> str``, which differs when the same text would be written in another way.

    def write(self, text: PageText, *, header: str, changed_at: datetime) -> bytes:
        """Return the file; ``header`` is the name of the site, ``text.read`` gives the pictures."""


def exporter_of(suffix: str) -> Exporter | None:
    """Return the writer of files with a suffix, or None if no plugin that is on offers one."""
    return next((make() for _config, offered, make in taken("exporters") if offered == suffix), None)


def exporters() -> list[tuple[str, Exporter]]:
    """Return each suffix with its writer, in the order of the suffixes."""
    return sorted(((suffix, make()) for _config, suffix, make in taken("exporters")), key=lambda offer: offer[0])
