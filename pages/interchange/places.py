"""Where something is in a file, as the editor reads it."""

from __future__ import annotations

from django.utils.translation import pgettext

from .outline import Place


def place_words(place: Place) -> str:
    """Return where something is in the file, as “page 5, table 3: “the words nearby””."""
    parts = []
    if place.page:
        parts.append(pgettext("place in a file", "page %(number)s") % {"number": place.page})
    if place.table:
        parts.append(pgettext("place in a file", "table %(number)s") % {"number": place.table})
    where = ", ".join(parts)
    if not place.words:
        return where
    words = pgettext("words of a file", "“%(words)s”") % {"words": place.words.strip()}
    return f"{where}: {words}" if where else words
