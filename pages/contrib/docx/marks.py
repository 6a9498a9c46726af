"""How a file remembers the page it was made of: names of its parts, and properties of the whole.

A part is a bookmark from its first letter to its last. Word and LibreOffice keep bookmarks, hidden ones too, and so
does a paste into another file; content controls around paragraphs are torn by LibreOffice 7.4, which loses their tags and
writes words twice. A name is short and means nothing by itself, because Word allows a bookmark 40 letters.
"""

from __future__ import annotations

from collections.abc import Mapping

from pages.interchange.outline import Origin

#: Bookmarks that begin with an underscore are not listed in Word.
PREFIX = "_part_"
_PAGE, _KEY, _LANGUAGE, _REVISION = "Page number", "Page key", "Page language", "Page revision"
_LONGEST_NUMBER = 18


def part_of(mark: str) -> str:
    """Return the name of the part that a bookmark means, or an empty string for a mark of others."""
    return mark.removeprefix(PREFIX) if mark.startswith(PREFIX) else ""


def properties_of(origin: Origin) -> dict[str, str]:
    """Return the properties of a file that tell where it comes from."""
    found = {_PAGE: origin.page, _KEY: origin.key, _LANGUAGE: origin.language, _REVISION: origin.revision}
    return {name: str(value) for name, value in found.items()}


def origin_of(properties: Mapping[str, str]) -> Origin | None:
    """Return where a file with these properties comes from; None for a file that was made elsewhere."""
    page, revision = properties.get(_PAGE, ""), properties.get(_REVISION, "")
    key, language = properties.get(_KEY, ""), properties.get(_LANGUAGE, "")
    if not (_is_number(page) and _is_number(revision) and key and language):
        return None
    return Origin(int(page), key, language, int(revision))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER
