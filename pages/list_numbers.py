"""The number of an item from which a list goes on counting: ``<li value="3">``, as editors set it and Word files have it.

In Draftail the number is data of the item's block. It is kept only where the list would not count so by itself, so
that an item more above it moves the others.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.contentstate_models import Block
from wagtail.admin.rich_text.converters.html_to_contentstate import ListItemElementHandler
from wagtail.admin.rich_text.editors.draftail.features import Feature

FEATURE = "list-number"
#: The highest number that Word lets a list begin with.
HIGHEST = 32767
_ORDERED = "ordered-list-item"
_LISTS = (_ORDERED, "unordered-list-item")

#: A block as Draft.js writes it.
Raw = dict[str, Any]


def allowed(number: Any) -> int | None:
    """Return a number that an item may have, written or not; None for everything else."""
    if isinstance(number, str):
        number = int(number) if number.isascii() and number.isdecimal() and len(number) <= len(str(HIGHEST)) else None
    is_number = isinstance(number, int) and not isinstance(number, bool)
    return number if is_number and 0 <= number <= HIGHEST else None


# --- counting -----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Level:
    """One of the lists that are open at an item, and the number of its last item."""

    kind: str
    number: int


class _Counting:
    """Counts the blocks of a text one after the other."""

    def __init__(self) -> None:
        self.done = 0
        self._meant: list[_Level] = []
        self._written: list[_Level] = []

    def next(self, block: Raw) -> tuple[int, int]:
        """Return the number of a block, and the one it has in the HTML made of it without a number of its own.

        The two differ where a list goes on after items of another kind inside it: the exporter begins a new one.
        """
        self.done += 1
        kind, depth = block.get("type", ""), block.get("depth", 0)
        if kind not in _LISTS:
            self._meant, self._written = [], []
            return 0, 0
        meant, written = self._meant, self._written
        if written and written[-1].kind != kind:
            del written[depth:]
        if depth < len(meant) and meant[depth].kind != kind:
            del meant[depth:]
        for levels in (meant, written):
            del levels[depth + 1 :]
            # An item that is deeper than the one above it stands in empty ones.
            levels += [_Level(kind, int(level < depth)) for level in range(len(levels), depth + 1)]
        own = allowed((block.get("data") or {}).get("value")) if kind == _ORDERED else None
        by_itself = written[depth].number + 1
        meant[depth].number = written[depth].number = meant[depth].number + 1 if own is None else own
        return meant[depth].number, by_itself


class _Counted(threading.local):
    """The blocks of the text that is being written, and their numbers: each item asks for its own."""

    blocks: Sequence[Raw] = ()
    numbers: dict[int, tuple[int, int]] = {}

    def number_of(self, block: Raw, blocks: Sequence[Raw]) -> tuple[int, int]:
        if self.blocks is not blocks:
            counting = _Counting()
            self.blocks, self.numbers = blocks, {id(known): counting.next(known) for known in blocks}
        # The exporter puts empty items, which are in no list, around one that is deeper than the one above it.
        return self.numbers.get(id(block), (0, 0))


_counted = _Counted()


# --- Draftail and the database ------------------------------------------------------------------


class _NumberedBlock(Block):
    """A block with data, which those of Wagtail have not."""

    number: int | None = None

    def as_dict(self) -> Raw:
        made = super().as_dict()
        return made if self.number is None else {**made, "data": {"value": self.number}}


class _NumberedItem(ListItemElementHandler):
    """Reads an item with a number."""

    def create_block(self, name, attrs, state, contentstate):
        found = super().create_block(name, attrs, state, contentstate)
        block = _NumberedBlock(found.type, found.depth, found.key)
        number = allowed(attrs["value"])
        if block.type == _ORDERED and number is not None:
            counting = vars(contentstate).setdefault("counting", _Counting())
            for known in contentstate.blocks[counting.done :]:
                counting.next(known.as_dict())
            block.number = number
            if copy.deepcopy(counting).next({**block.as_dict(), "data": {}})[0] == number:
                block.number = None
        return block


def _item(props: dict[str, Any]) -> Any:
    """Write an item of a numbered list."""
    number, by_itself = _counted.number_of(props["block"], props["blocks"])
    made = DOM.create_element("li", {} if number == by_itself else {"value": str(number)}, props["children"])
    if "key" not in props["block"]:
        made.attr = _NoKey()
    return made


class _NoKey(dict):
    """The attributes of an empty item that the exporter puts around a deeper one: Wagtail would add the key None."""

    def update(self, *args: Any, **kwargs: Any) -> None:
        pass


class ListNumberFeature(Feature):
    """The button and its shortcut."""

    def __init__(self):
        super().__init__(
            js=["pages/draftail-shortcut.js", "pages/list-numbers.js"],
            css={"all": ["pages/admin/editor-dialog.css", "pages/admin/list-numbers.css"]},
        )

    def construct_options(self, options: dict[str, Any]) -> None:
        for kind in ("controls", "plugins"):
            options.setdefault(kind, []).append({"type": FEATURE})


def register(features) -> None:
    """Offer numbers of items to every rich text that names the feature, behind ``ol``."""
    features.register_editor_plugin("draftail", FEATURE, ListNumberFeature())
    features.register_converter_rule(
        "contentstate",
        FEATURE,
        {
            "from_database_format": {"li[value]": _NumberedItem()},
            "to_database_format": {"block_map": {_ORDERED: {"element": _item, "wrapper": "ol"}}},
        },
    )


def dialog() -> str:
    """Return the dialog in which an editor says from which number a list goes on."""
    return render_to_string("pages/admin/list_number.html", {"highest": HIGHEST})
