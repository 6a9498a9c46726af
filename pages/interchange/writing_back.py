"""How a value that came back is stored in a page's data, next to what stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any
from uuid import uuid4

from lxml import html

from pages.joined_cells import MOST_FURTHER_HEADING_ROWS

from .rich_text import PageAt
from .slots import Kind, Path, Slot
from .stored import Data, locate, piece
from .table_rows import RowChange, Rows, RowState, heading_rows, partners
from .values import Unclear


class NotStored(Exception):
    """A value that the page has no place for; the words say why is for who shows it to decide."""


def store(data: Data, slot: Slot, before: Any, after: Any, now: Any, page_at: PageAt) -> None:
    """Put a value into the data; ``before`` is what the file said when it was made, ``now`` what the data say."""
    if isinstance(after, Unclear) or slot.kind is Kind.FIXED:
        raise NotStored
    container, key = locate(data, slot.path)
    match slot.kind:
        case Kind.RICH:
            container[key] = rich_text(container[key] or "", now or (), after)
        case Kind.HEADING:
            _store_heading(container[key], before, after)
        case Kind.PICTURE:
            container[key] = after
            if after and "is_decorative" in container:
                container["is_decorative"] = False
        case Kind.TABLE:
            container[key] = table(container[key], now, after)
            _keep_headings(container, [old or None for old in partners(now, after)[1:]])
        case Kind.PAIR:
            container[key] |= dict(zip(("abbreviation", "expansion"), after, strict=True))
        case Kind.LINK:
            _store_link(container[key], before, after, page_at)
        case _:
            container[key] = after


def _store_heading(value: dict[str, Any], before: tuple[str, int], after: tuple[str, int]) -> None:
    value["text"] = after[0]
    if after[1] and after[1] != before[1]:
        value["level"] = str(min(max(int(value["level"]) + after[1] - before[1], 2), 4))


def _store_link(value: dict[str, Any], before: Any, after: Any, page_at: PageAt) -> None:
    if after[0] != before[0]:
        value["text"] = after[0]
    if after[1] != before[1]:
        if not after[1]:
            raise NotStored
        page = page_at(after[1])
        value |= {"page": page, "url": "" if page else after[1]}


def store_item(data: Data, like: Slot, value: Any, page_at: PageAt) -> None:
    """Put a new item of a list behind another, or at the end where that one has gone; raises ``NotStored``."""
    items = piece(data, like.row[:-1])
    if items is None or isinstance(value, Unclear):
        raise NotStored
    made: dict[str, Any]
    if like.kind is Kind.PAIR:
        made = dict(zip(("abbreviation", "expansion"), value, strict=True))
    else:
        made = {"page": None, "url": "", "text": ""}
        _store_link(made, ("", None), value, page_at)
    place = next((number for number, item in enumerate(items, start=1) if item.get("id") == like.row[-1]), len(items))
    items.insert(place, {"type": "item", "value": made, "id": str(uuid4())})


# --- rich text ----------------------------------------------------------------------------------


def rich_text(stored: str, now: Sequence[str], after: Sequence[str]) -> str:
    """Return rich text of these paragraphs and lists; those that did not change keep their source and its keys."""
    sources = _elements(stored)
    if len(sources) != len(now):
        return "".join(after)
    made: list[str] = []
    for kind, i, j, k, m in SequenceMatcher(a=list(now), b=list(after), autojunk=False).get_opcodes():
        made += sources[i:j] if kind == "equal" else after[k:m]
    return "".join(made)


def _elements(stored: str) -> list[str]:
    """Return the elements of a rich text that say something, each as it is stored; lists that touch are one."""
    found = [part for part in html.fragments_fromstring(stored) if not isinstance(part, str)] if stored.strip() else []
    telling = [part for part in found if "".join(part.itertext()).strip()]
    made: list[str] = []
    for before, part in zip([None, *telling], telling, strict=False):
        source = html.tostring(part, encoding="unicode", with_tail=False, method="xml")
        if before is not None and part.tag == before.tag and part.tag in ("ol", "ul"):
            made[-1] += source
        else:
            made.append(source)
    return made


# --- tables -------------------------------------------------------------------------------------


def table(stored: dict[str, Any], now: Rows, after: Rows) -> dict[str, Any]:
    """Return a table's data with the words of ``after``; cells that say the same as ``now`` keep their values."""
    if not after or not now:
        raise NotStored
    columns = _columns(now[0], after[0])
    types = [stored["columns"][old]["type"] if old is not None else "text" for old in columns]
    made = []
    for words, old in list(zip(after, partners(now, after), strict=True))[1:]:
        known = [now[old][column] if old is not None and column is not None else None for column in columns]
        values = stored["rows"][old - 1]["values"] if old is not None else []
        kept = [values[column] if values and column is not None else None for column in columns]
        made.append({"values": _values(words, types, known, kept)})
    headings = [{"type": type_, "heading": words} for type_, words in zip(types, after[0], strict=True)]
    return {**stored, "columns": headings, "rows": made}


def store_rows(data: Data, path: Path, changes: Sequence[RowChange]) -> None:
    """Put what became of some rows into the table at a path; each is known by its place in the page's table."""
    container, key = locate(data, path)
    stored = container[key]
    changes = [one for change in changes for one in change.all]
    types = [column["type"] for column in stored["columns"]]
    columns, rows = stored["columns"], dict(enumerate((row["values"] for row in stored["rows"]), start=1))
    order: list[Any] = list(rows)
    for change in sorted(changes, key=lambda change: change.order):
        if change.place == 0:
            columns = [{**column, "heading": words} for column, words in zip(columns, change.after or (), strict=True)]
        elif change.state is RowState.CHANGED:
            rows[change.place] = _values(change.after, types, change.now, rows[change.place])
        elif change.state is RowState.MOVED:
            order.remove(change.place)
            order.insert(_behind(order, change.follows), change.place)
    for change in sorted(changes, key=lambda change: -change.order):
        if change.state is RowState.NEW:
            rows[change] = _values(change.after, types)
            order.insert(_behind(order, change.follows), change)
    gone = {change.place for change in changes if change.state is RowState.DELETED}
    container[key] = {
        **stored,
        "columns": columns,
        "rows": [{"values": rows[row]} for row in order if row not in gone],
    }
    _keep_headings(container, [row if isinstance(row, int) else None for row in order if row not in gone])


def _keep_headings(container: Data, rows: Sequence[int | None]) -> None:
    """Let the same rows below the headings of the columns be headings as before; ``rows`` are their old places."""
    if headings := container.get("further_heading_rows"):
        container["further_heading_rows"] = min(heading_rows(rows, headings), MOST_FURTHER_HEADING_ROWS)


def _behind(order: list[Any], place: int) -> int:
    return order.index(place) + 1 if place else 0


def _values(
    words: Sequence[str], types: Sequence[str], known: Sequence[str | None] = (), kept: Sequence[Any] = ()
) -> list[Any]:
    """Return the values of a row; a cell whose words are known keeps what is stored."""
    made = []
    for place, (cell, type_) in enumerate(zip(words, types, strict=True)):
        # The heading above reaches into an empty cell below it, and speaks for it.
        speaks_for_none = type_ == "number" and bool(known and known[place]) and kept[place] is None
        if (known and known[place] == cell) or (speaks_for_none and not _is_number(cell)):
            made.append(kept[place])
        else:
            made.append(_number(cell) if type_ == "number" else cell)
    return made


def _is_number(words: str) -> bool:
    try:
        return _number(words) is not None
    except NotStored:
        return False


def _number(words: str) -> str | None:
    """Return a number as it is stored; raises ``NotStored`` for words."""
    plain = "".join(words.split()).replace("\u2212", "-")
    if not plain:
        return None
    # The last of the two signs is that of the decimals: 1,234.5 and 1.234,5 and 1234,5.
    decimal = max(plain.rfind(","), plain.rfind("."))
    whole, rest = (plain[:decimal], plain[decimal + 1 :]) if decimal >= 0 else (plain, "")
    whole = whole.replace(",", "").replace(".", "")
    if not whole.lstrip("-").isdecimal() or (rest and not rest.isdecimal()):
        raise NotStored
    return f"{whole}.{rest}" if rest else whole


def _columns(now: Sequence[str], after: Sequence[str]) -> list[int | None]:
    """Return for each column of ``after`` the place of the column that it is: by its heading, else by its place."""
    found: list[int | None] = []
    for heading in after:
        found.append(next((n for n, other in enumerate(now) if other == heading and n not in found), None))
    if len(now) == len(after):
        found = [n if old is None and n not in found else old for n, old in enumerate(found)]
    return found
