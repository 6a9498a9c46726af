"""What stands in a file that came back and in no part of the page: which of it becomes one block, or goes on a list."""

from __future__ import annotations

from dataclasses import replace

from .outline import Block, ItemList, Paragraph, Picture, Role, Table, Text


def pieces(blocks: list[Block]) -> list[list[Block]]:
    """Return the blocks in groups, each of which would be one block of a page: a text, a picture with its caption."""
    done: list[list[Block]] = []
    for place, block in enumerate(blocks):
        before = done[-1] if done else []
        after = blocks[place + 1] if place + 1 < len(blocks) else None
        if is_caption(block):
            # Above a table or below what it is about.
            joins = not isinstance(after, Table) and bool(before) and (is_picture(before[-1]) or _is_table(before))
        elif isinstance(block, Table):
            joins = bool(before) and is_caption(before[-1]) and len(before) == 1
        else:
            joins = _is_text(block) and bool(before) and _is_text(before[-1])
        if joins:
            before.append(block)
        else:
            done.append([block])
    return done


def is_picture(block: Block) -> bool:
    """Whether a paragraph is nothing but a picture."""
    content = block.content if isinstance(block, Paragraph) else []
    said = [piece for piece in content if not isinstance(piece, Text) or piece.text.strip()]
    return len(said) == 1 and isinstance(said[0], Picture)


def is_caption(block: Block) -> bool:
    """Whether a paragraph has the style of words about a picture or table."""
    return isinstance(block, Paragraph) and block.role is Role.CAPTION


def _is_table(group: list[Block]) -> bool:
    return isinstance(group[-1], Table) and len(group) == 1


def _is_text(block: Block) -> bool:
    return isinstance(block, ItemList) or (
        isinstance(block, Paragraph) and not is_caption(block) and not is_picture(block)
    )


def goes_on(known: list[Block], new: Block) -> list[Block] | None:
    """Return the blocks of a text with the items of a list that goes on behind its last one; None for another list."""
    last = known[-1] if known else None
    joined = _joined(last, new) if isinstance(last, ItemList) and isinstance(new, ItemList) else None
    return [*known[:-1], joined] if joined else None


def _joined(known: ItemList, new: ItemList) -> ItemList | None:
    inner = new.items[0].blocks if new.items else []
    if len(inner) == 1 and isinstance(inner[0], ItemList) and known.items:
        # The first of them is deeper than the list: it stands in an item of which nothing else is said.
        last = known.items[-1]
        blocks = goes_on(last.blocks, inner[0]) or [*last.blocks, inner[0]]
        known = replace(known, items=[*known.items[:-1], replace(last, blocks=blocks)])
        new = replace(new, items=new.items[1:], start=len(known.items) + known.start)
        if not new.items:
            return known
    if known.ordered != new.ordered or (new.ordered and new.start != known.start + len(known.items)):
        return None
    return replace(known, items=[*known.items, *new.items])
