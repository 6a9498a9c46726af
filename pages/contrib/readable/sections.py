"""The headings of a text as a nested list."""

from __future__ import annotations

from dataclasses import dataclass, field

#: Deeper ones are in the text, but a list of all would be a second text.
DEEPEST = 3


@dataclass
class Part:
    """A heading in the contents, with those below it."""

    id: str
    words: str
    parts: list[Part] = field(default_factory=list)


def nested(headings: list) -> list[Part]:
    """Return the headings of the two highest levels, each with those below it."""
    top: list[Part] = []
    open_parts: list[tuple[int, Part]] = []
    for level, place, words in headings:
        if level > DEEPEST:
            continue
        while open_parts and open_parts[-1][0] >= level:
            open_parts.pop()
        part = Part(place, words)
        (open_parts[-1][1].parts if open_parts else top).append(part)
        open_parts.append((level, part))
    return top
