"""The address that a HYPERLINK field of Word names."""

from __future__ import annotations

import re

_QUOTED = re.compile(r'\s*HYPERLINK\s+(?:"([^"]{0,4000})"|([^\s"\\]\S{0,4000}))?', re.IGNORECASE)
_PLACE = re.compile(r'\\l\s{1,20}"?([^"\s]{1,400})')


def of_instruction(instruction: str) -> str | None:
    """Return the address in a HYPERLINK field, ``#name`` for a place in the text; None for another field."""
    instruction = instruction[:10_000]
    match = _QUOTED.match(instruction)
    if match is None:
        return None
    address = match[1] or match[2] or ""
    place = _PLACE.search(instruction)
    return address + (f"#{place[1]}" if place and "#" not in address else "")
