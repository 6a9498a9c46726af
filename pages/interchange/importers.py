"""Opens a file with the importer that a plugin offers for its suffix."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from pages.plugins import offers, taken

from .outline import ReadFile


class UnknownFormat(ValueError):
    """No plugin that is switched on reads files of this kind."""


def suffixes() -> list[str]:
    """Return the suffixes of files that can be read here, without their dots."""
    return sorted(name for _config, name, _path in offers("importers"))


def open_file(name: str, content: bytes, **choices: Any) -> ReadFile:
    """Return a file as it was read; an importer raises an error of its own for a file it does not take."""
    suffix = PurePath(name).suffix.lstrip(".").lower()
    for _config, offered, opener in taken("importers"):
        if offered == suffix:
            return opener(content, **choices)
    raise UnknownFormat(f"No plugin reads .{suffix} files. Installed: {', '.join(suffixes()) or 'none'}.")
