"""Footnotes of a file that came back: a page has none, so they become numbers and a list at its end, as in an import."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any
from uuid import uuid4

from .outline import Block, Heading, ItemList, Note, NoteMark, Outline, Paragraph, every_inline, with_marks_as
from .rich_text import RichText

_END = "</ol>"


def numbered(outline: Outline, start: int, wanted: Sequence[int] | None = None) -> Outline:
    """Return the outline with its notes numbered from ``start`` + 1: all of them, or those that are wanted."""
    if not outline.notes:
        return outline
    order = range(1, len(outline.notes) + 1) if wanted is None else wanted
    numbers = {number: place for place, number in enumerate(order, start=start + 1)}
    return replace(
        outline,
        blocks=with_marks_as(outline.blocks, lambda mark: replace(mark, number=numbers.get(mark.number, mark.number))),
    )


def marks_in(blocks: Iterable[Block]) -> list[int]:
    """Return the numbers of the notes that stand in some blocks."""
    return [piece.number for piece in every_inline(blocks) if isinstance(piece, NoteMark)]


def marks_kept(blocks: Iterable[Block]) -> list[int]:
    """Return those that the blocks of a page keep: numbers stand in paragraphs and lists only."""
    return marks_in(block for block in blocks if isinstance(block, (Paragraph, ItemList)))


def as_items(notes: Iterable[Note], rich: RichText) -> list[str]:
    """Return notes as items of a list."""
    made = []
    for note in notes:
        words = [rich.inline(b.content).strip() for b in note.blocks if isinstance(b, (Paragraph, Heading))]
        made.append(f"<li>{'<br/>'.join(filter(None, words))}</li>")
    return made


def list_of_notes(body: list[dict[str, Any]], heading: str) -> dict[str, Any] | None:
    """Return the block with the notes of a body: a list directly below a heading of that name."""
    for above, block in pairwise(body):
        is_headed = above["type"] == "heading" and above["value"]["text"] == heading
        if is_headed and block["type"] == "text" and block["value"].rstrip().endswith(_END):
            return block
    return None


def count_of_notes(body: list[dict[str, Any]], heading: str) -> int:
    """Return how many notes a body has."""
    block = list_of_notes(body, heading)
    return block["value"].count("<li") if block else 0


def add_notes(body: list[dict[str, Any]], items: list[str], heading: str) -> None:
    """Put notes at the end of those that a body has, or at its own end."""
    words = "".join(items)
    if block := list_of_notes(body, heading):
        block["value"] = block["value"].rstrip().removesuffix(_END) + words + _END
        return
    body.append({"type": "heading", "value": {"text": heading, "level": "2"}, "id": str(uuid4())})
    body.append({"type": "text", "value": f"<ol>{words}</ol>", "id": str(uuid4())})
