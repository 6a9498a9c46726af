"""Footnotes of a body: raised numbers in its texts, and at its end, below a heading, the list of what they say.

That is what an import makes of the footnotes of a Word file, and what an editor writes by hand. It counts as
footnotes where both fit: numbers from 1 on stand in the text in rising order, none is greater than the list is long,
and at least half of them are there. The others stand where no link can be, such as in the cell of a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

_MARK = re.compile(r"(?P<before>\w*)<sup>(?P<number>[1-9]\d{0,2})</sup>")
#: m² is no note, and neither is 10³.
POWER = re.compile(r"[kcdm]?m|[ксдм]?м|\d{1,2}")
_LINK = re.compile(r"(<a\b[^>]*>.*?</a>)", re.DOTALL)
_LIST = re.compile(r"<ol[^>]*>(?:(?!<[ou]l\b|\bvalue=).)*</ol>", re.DOTALL)
_ITEM = re.compile(r"<li\b(?P<more>[^>]*)>(?P<words>.*?)</li>", re.DOTALL)


#: Of the notes; fewer are raised numbers of another kind above a list of another kind.
_FEWEST_MARKED = 0.5


@dataclass
class Footnotes:
    """The footnotes of one body: the id of the block that lists them, and how many there are."""

    listed: str
    count: int
    #: The numbers whose first mark is written; a note leads back to that one.
    marked: set[int] = field(default_factory=set)

    def with_links(self, html: str) -> str:
        """Return a text in which each mark leads to its note; inside a link it can only be led to."""
        parts = _LINK.split(html)
        return "".join(
            _MARK.sub(lambda match, is_link=number % 2: self._mark(match, bool(is_link)), part)
            for number, part in enumerate(parts)
        )

    def _mark(self, match: re.Match[str], is_inside_link: bool) -> str:
        number = int(match["number"])
        if number > self.count or _is_power(match):
            return match[0]
        place = "" if number in self.marked else f' id="to-note-{number}"'
        self.marked.add(number)
        if is_inside_link:
            return f"{match['before']}<sup{place}>{number}</sup>"
        return f'{match["before"]}<sup><a href="#note-{number}"{place} role="doc-noteref">{number}</a></sup>'

    def list_with_links(self, html: str) -> str:
        """Return the list of notes, from each of which a link leads back to its mark."""
        numbers = iter(range(1, self.count + 1))
        return _ITEM.sub(lambda match: self._item(match, next(numbers)), html)

    def _item(self, match: re.Match[str], number: int) -> str:
        if number not in self.marked:
            return match[0]
        label = _("Back to the place of note %(number)s") % {"number": number}
        back = format_html(
            '<a href="#to-note-{}" role="doc-backlink"><span aria-hidden="true">↩</span>'
            '<span class="visually-hidden">{}</span></a>',
            number,
            label,
        )
        return f'<li{match["more"]} id="note-{number}">{match["words"]} {back}</li>'


def footnotes_of(stream: Iterable) -> Footnotes | None:
    """Return the footnotes of a body, or None if there are none."""
    blocks = list(stream or ())
    if len(blocks) < 3 or [block.block_type for block in blocks[-2:]] != ["heading", "text"]:
        return None
    listed = blocks[-1].value.source.strip()
    if not _LIST.fullmatch(listed):
        return None
    count = len(_ITEM.findall(listed))
    marks = [
        number for block in blocks[:-2] for text in _texts(block.block_type, block.value) for number in _marks(text)
    ]
    known = list(dict.fromkeys(marks))
    if known != sorted(known) or known[:1] != [1] or known[-1] > count or len(known) < _FEWEST_MARKED * count:
        return None
    return Footnotes(blocks[-1].id, count)


def _texts(kind: str, value: Any) -> Iterator[str]:
    """Yield the rich texts of a block that readers see, in their order."""
    if kind == "text":
        yield value.source
    elif kind == "callout":
        yield value["text"].source
    elif kind == "accordion":
        yield from (item["text"].source for item in value["items"])


def _marks(html: str) -> Iterator[int]:
    return (int(match["number"]) for match in _MARK.finditer(html) if not _is_power(match))


def _is_power(match: re.Match[str]) -> bool:
    return bool(POWER.fullmatch(match["before"]))
