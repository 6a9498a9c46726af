"""Items that follow each other become lists inside lists."""

from __future__ import annotations

from dataclasses import dataclass, field

from pages.interchange.outline import Block, Item, ItemList, Paragraph

from .numbering import Position


@dataclass(slots=True)
class Listed:
    """A paragraph that is an item, on its way into a list; ``depth`` counts from 1."""

    paragraph: Paragraph
    position: Position
    depth: int


@dataclass(slots=True)
class Depths:
    """How deep each item is to its reader: Word may begin at its fourth level, and an interrupted list goes on."""

    list_id: str = ""
    is_interrupted: bool = False
    _levels: list[int] = field(default_factory=list)

    def depth(self, position: Position) -> int:
        if self.is_interrupted and self.list_id != position.list_id:
            self._levels = []
        self.is_interrupted = False
        self.list_id = position.list_id
        while self._levels and self._levels[-1] > position.level:
            self._levels.pop()
        if not self._levels or self._levels[-1] < position.level:
            self._levels.append(position.level)
        return len(self._levels)


def grouped(blocks: list[Block | Listed]) -> list[Block]:
    """Return the blocks with runs of items as nested lists."""
    done: list[Block] = []
    open_lists: list[ItemList] = []
    for block in blocks:
        if not isinstance(block, Listed):
            open_lists = []
            done.append(block)
            continue
        del open_lists[block.depth :]
        if len(open_lists) == block.depth and not _continues(open_lists[-1], block.position):
            open_lists.pop()
        while len(open_lists) < block.depth:
            missing = len(open_lists) + 1 < block.depth
            _open(block.position, done, open_lists, is_filler=missing)
        item = Item([block.paragraph], block.position.label if block.position.is_telling else "")
        open_lists[-1].items.append(item)
    return done


def _continues(known: ItemList, position: Position) -> bool:
    if known.ordered != position.ordered:
        return False
    return not known.ordered or position.number == known.start + len(known.items)


def _open(position: Position, done: list[Block], open_lists: list[ItemList], *, is_filler: bool) -> None:
    start = position.number if position.ordered and not is_filler else 1
    opened = ItemList(position.ordered, [Item([])] if is_filler else [], start)
    container = open_lists[-1].items[-1].blocks if open_lists else done
    container.append(opened)
    open_lists.append(opened)
