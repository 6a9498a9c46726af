"""How a value that came back is stored in a page's data, next to what stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from lxml import html

from .rich_text import PageAt
from .slots import Kind, Slot
from .stored import Data, locate
from .values import Unclear

Rows = Sequence[Sequence[str]]


class NotStored(Exception):
    """A value that the page has no place for; the words say why is for who shows it to decide."""


def store(data: Data, slot: Slot, before: Any, after: Any, page_at: PageAt) -> None:
    """Put a value into the data; ``before`` is what the file said when it was made."""
    if isinstance(after, Unclear) or slot.kind is Kind.FIXED:
        raise NotStored
    container, key = locate(data, slot.path)
    match slot.kind:
        case Kind.RICH:
            container[key] = rich_text(container[key] or "", before, after)
        case Kind.HEADING:
            _store_heading(container[key], before, after)
        case Kind.PICTURE:
            container[key] = after
            if after and "is_decorative" in container:
                container["is_decorative"] = False
        case Kind.TABLE:
            container[key] = table(container[key], before, after)
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


# --- rich text ----------------------------------------------------------------------------------


def rich_text(stored: str, before: Sequence[str], after: Sequence[str]) -> str:
    """Return rich text of these paragraphs and lists; those that did not change keep their source and its keys."""
    sources = _elements(stored)
    if len(sources) != len(before):
        return "".join(after)
    made = []
    for kind, i, j, k, m in SequenceMatcher(a=list(before), b=list(after), autojunk=False).get_opcodes():
        made += sources[i:j] if kind == "equal" else after[k:m]
    return "".join(made)


def _elements(stored: str) -> list[str]:
    """Return the elements of a rich text that say something, each as it is stored."""
    found = [part for part in html.fragments_fromstring(stored) if not isinstance(part, str)] if stored.strip() else []
    return [
        html.tostring(part, encoding="unicode", with_tail=False, method="xml")
        for part in found
        if "".join(part.itertext()).strip()
    ]


# --- tables -------------------------------------------------------------------------------------


def table(stored: dict[str, Any], before: Rows, after: Rows) -> dict[str, Any]:
    """Return a table's data with the words of ``after``; cells whose words are the same keep their values."""
    if not after:
        raise NotStored
    columns = _partners(list(before[0]), list(after[0]))
    rows = _partners([tuple(row) for row in before[1:]], [tuple(row) for row in after[1:]])
    types = [stored["columns"][old]["type"] if old is not None else "text" for old in columns]
    made = []
    for number, row in enumerate(after[1:]):
        old = rows[number]
        known = (before[old + 1], stored["rows"][old]["values"]) if old is not None else None
        values = [_cell(words, types[place], known, columns[place]) for place, words in enumerate(row)]
        made.append({"values": values})
    headings = [{"type": type_, "heading": words} for type_, words in zip(types, after[0], strict=True)]
    return {**stored, "columns": headings, "rows": made}


def _cell(words: str, type_: str, known: tuple[Sequence[str], list[Any]] | None, column: int | None) -> Any:
    if known is not None and column is not None and known[0][column] == words:
        return known[1][column]
    return _number(words) if type_ == "number" else words


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


def _partners(before: list[Any], after: list[Any]) -> list[int | None]:
    """Return for each of ``after`` the place of the one in ``before`` that it is, or has become."""
    partners: list[int | None] = [None] * len(after)
    free = set(range(len(before)))
    for kind, i, j, k, m in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if kind == "equal":
            for old, new in zip(range(i, j), range(k, m), strict=True):
                partners[new] = old
                free.discard(old)
    for new, value in enumerate(after):
        # Moved, its words the same.
        if partners[new] is None and (old := next((n for n in sorted(free) if before[n] == value), None)) is not None:
            partners[new] = old
            free.discard(old)
    if len(before) == len(after):
        for new in range(len(after)):
            if partners[new] is None and new in free:
                partners[new] = new
    else:
        _pair_gaps(partners, free, len(before))
    return partners


def _pair_gaps(partners: list[int | None], free: set[int], size: int) -> None:
    """Pair rows between the same neighbours, as long as there are any on both sides."""
    last = -1
    for new, old in enumerate(partners):
        if old is not None:
            last = old
        elif last + 1 in free and last + 1 < size:
            partners[new] = last = last + 1
            free.discard(last)
