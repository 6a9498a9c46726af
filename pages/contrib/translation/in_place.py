"""The text of a segment with every character where it stands in the HTML, so that a finding can be pointed at."""

import html
import re

#: Fills the places of tags: no letter, no white space, and nothing that anybody types.
FILLER = "\u2060"
_MARKUP = re.compile(r"<[^>]*>|&(?:#\w+|\w+);")
_LINE_BREAK = re.compile(r"<br\b")


def text_in_place(segment: str) -> str:
    """Return a string as long as the segment, with fillers in the place of tags and of the rest of entities."""
    return _MARKUP.sub(lambda found: _filled(found[0]), segment) if "<" in segment or "&" in segment else segment


def _filled(markup: str) -> str:
    if markup[0] == "&":
        shown = html.unescape(markup)
        return shown.ljust(len(markup), FILLER)
    first = "\n" if _LINE_BREAK.match(markup) else FILLER
    return first + FILLER * (len(markup) - 1)
