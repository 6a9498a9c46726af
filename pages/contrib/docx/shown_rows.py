"""What an editor sees of one row of a table that was changed, added, removed or moved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from pages.interchange.comparing import Proposal
from pages.interchange.stored import piece
from pages.interchange.table_rows import RowChange, RowState, Words

from .coming_back import Returned

_NAME_WORDS = 8


class ShownCell(NamedTuple):
    """A cell by the heading of its column, in the three states."""

    heading: str
    before: str
    after: str
    now: str


def row_title(back: Returned, proposal: Proposal, row: RowChange) -> str:
    """Return which row of which table it is: by its first words, as numbers mean nothing once rows are added."""
    stored = _stored(back, proposal)
    table = capfirst(str(proposal.label))
    if stored.get("caption"):
        table = _("%(kind)s: “%(words)s”") % {"kind": table, "words": stored["caption"]}
    if row.place == 0:
        return _("%(table)s, headings of the columns") % {"table": table}
    behind = _words_at(stored, row.follows)
    name = _name(row.before or row.after or ())
    if row.state is RowState.NEW:
        if not behind:
            return _("%(table)s, new first row") % {"table": table}
        return _("%(table)s, new row after “%(words)s”") % {"table": table, "words": behind}
    title = _("%(table)s, row “%(words)s”") % {"table": table, "words": name}
    if row.others:
        return _("%(row)s, in one cell with rows below it") % {"row": title}
    if row.state is not RowState.MOVED:
        return title
    if not behind:
        return _("%(row)s, moved to the beginning") % {"row": title}
    return _("%(row)s, moved after “%(words)s”") % {"row": title, "words": behind}


def cells(back: Returned, proposal: Proposal, row: RowChange) -> Iterator[ShownCell]:
    """Yield the cells that differ; of a row that was moved none, its title says all."""
    headings = [column["heading"] for column in _stored(back, proposal).get("columns", [])]
    for number, heading in enumerate(headings):
        before, after, now = (words[number] if words else "" for words in (row.before, row.after, row.now))
        if before != after or before != now:
            yield ShownCell(heading, before, after, now)


def _stored(back: Returned, proposal: Proposal) -> dict[str, Any]:
    return piece(back.bringing.now.data, (*proposal.owner, "table")) or {}


def _words_at(stored: dict[str, Any], place: int) -> str:
    if not place:
        return ""
    values = stored["rows"][place - 1]["values"]
    return _name(tuple("" if value is None else str(value) for value in values))


def _name(row: Words) -> str:
    return Truncator(next(filter(None, row), "")).words(_NAME_WORDS) or _("an empty row")
