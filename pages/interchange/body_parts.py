"""The blocks of a body as named parts: each field that is words is a slot of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .outline import Aside, Block, Paragraph, Quote, Role, Text
from .slots import Kind, Path, Slot, paragraphs
from .tables import as_table

if TYPE_CHECKING:
    from .parts import _Teller


class _Block:
    """One block on its way into the file."""

    def __init__(self, teller: _Teller, bound: Any):
        self.teller = teller
        self.owner: Path = ("body", str(bound.id))
        self.block = bound.block
        self.value = bound.value

    def slot(self, kind: Kind, *field: str, row: Path = (), rest: str = "") -> Slot:
        label = self._label(field)
        return Slot(self.owner, field, kind, self.block.label, label, rest=rest, row=(*self.owner, *row) if row else ())

    def _label(self, steps: Path) -> Any:
        block, label = self.block, ""
        for step in steps:
            block = getattr(block, "child_block", None) or getattr(block, "child_blocks", {}).get(step) or block
            label = block.label
        return label

    def rows(self, name: str) -> list[tuple[Path, Any]]:
        """Return the items of a list in the block with the steps that lead to each."""
        return [((name, str(child.id)), child.value) for child in self.value[name].bound_blocks]


def tell_block(teller: _Teller, bound: Any, level: int) -> None:
    """Tell one block; what is of a plugin, or no words, is told as readers see it and stays as it is on the site."""
    made = _Block(teller, bound)
    if tell := _TELL.get(bound.block_type):
        tell(made, bound.value, level)
    else:
        teller.fixed(*teller.telling.block(bound, level), owner=made.owner, label=made.block.label)


def _heading(made: _Block, value: Any, level: int) -> None:
    language = made.teller.telling.foreign(value["language"])
    made.teller.heading(value["text"], level, made.slot(Kind.HEADING), language)


def _text(made: _Block, value: Any, level: int) -> None:
    made.teller.add(made.slot(Kind.RICH), *made.teller.telling.rich_text(value))


def _quote(made: _Block, value: Any, level: int) -> None:
    language = made.teller.telling.foreign(value["language"])
    words: list[Block] = [Paragraph(content) for content in paragraphs(value["text"], language)]
    made.teller.add(made.slot(Kind.LINES, "text"), *([Quote(words)] if words else []))
    author = [Quote([Paragraph([Text(value["author"], italic=True)])])] if value["author"] else []
    made.teller.add(made.slot(Kind.LINE, "author"), *author)


def _callout(made: _Block, value: Any, level: int) -> None:
    title = [Aside([Paragraph([Text(value["title"])])])] if value["title"] else []
    made.teller.add(made.slot(Kind.LINE, "title"), *title)
    said = made.teller.telling.rich_text(value["text"])
    made.teller.add(made.slot(Kind.RICH, "text"), *([Aside(said)] if said else []))


def _accordion(made: _Block, value: Any, level: int) -> None:
    made.teller.heading(value["title"], level, made.slot(Kind.LINE, "title"))
    below = level + bool(value["title"])
    for row, item in made.rows("items"):
        made.teller.heading(item["title"], below, made.slot(Kind.LINE, *row, "title", row=row))
        said = made.teller.telling.rich_text(item["text"])
        made.teller.add(made.slot(Kind.RICH, *row, "text", row=row), *said)


def _abbreviations(made: _Block, value: Any, level: int) -> None:
    made.teller.heading(value["title"], level, made.slot(Kind.LINE, "title"))
    made.teller.items(
        [
            (
                made.slot(Kind.PAIR, *row, row=row),
                [Text(item["abbreviation"], bold=True), Text(f" – {item['expansion']}")],
            )
            for row, item in made.rows("items")
        ]
    )


def _picture(made: _Block, value: Any, level: int, row: Path = ()) -> None:
    shown = made.slot(Kind.PICTURE, *row, "alt", row=row)
    made.teller.picture(value["image"], value["alt"], value["is_decorative"], shown)
    made.teller.line(value["caption"], made.slot(Kind.LINE, *row, "caption", row=row), Role.CAPTION)


def _gallery(made: _Block, value: Any, level: int) -> None:
    made.teller.heading(value["title"], level, made.slot(Kind.LINE, "title"))
    for row, picture in made.rows("pictures"):
        _picture(made, picture, level, row)


def _embed(made: _Block, value: Any, level: int) -> None:
    watch = Paragraph([made.teller.telling.link(value["title"], value["url"])])
    made.teller.fixed(watch, owner=made.owner, label=made.block.label)
    made.teller.add(made.slot(Kind.RICH, "transcript"), *made.teller.telling.rich_text(value["transcript"]))


def _attachments(made: _Block, value: Any, level: int) -> None:
    made.teller.heading(value["title"], level, made.slot(Kind.LINE, "title"))
    told = []
    for row, item in made.rows("documents"):
        if document := item["document"]:
            content = made.teller.telling.document(document, item["title"])
            words = "".join(piece.text for piece in content)
            rest = words[len(item["title"] or document.title) :]
            told.append((made.slot(Kind.LINE, *row, "title", row=row, rest=rest), content))
    made.teller.items(told)


def _table(made: _Block, value: Any, level: int) -> None:
    table = value["table"]
    made.teller.line(table.caption or "", made.slot(Kind.LINE, "table", "caption"), Role.CAPTION)
    if not table.columns:
        return
    told = as_table(value.shown, is_bold=lambda cell: cell.scope in ("col", "colgroup"))
    made.teller.add(made.slot(Kind.TABLE, "table"), told)


def _contact(made: _Block, value: Any, level: int) -> None:
    for name in ("name", "role", "email", "phone"):
        made.teller.line(value[name] or "", made.slot(Kind.LINE, name))
    made.teller.lines(value["address"] or "", made.slot(Kind.LINES, "address"))


def _links(made: _Block, value: Any, level: int) -> None:
    made.teller.heading(value["title"], level, made.slot(Kind.LINE, "title"))
    made.teller.items(
        [
            (made.slot(Kind.LINK, *row, row=row), [made.teller.telling.link(item.label, item.href)])
            for row, item in made.rows("items")
            if item.href
        ]
    )


_TELL: dict[str, Callable[[_Block, Any, int], None]] = {
    "heading": _heading,
    "text": _text,
    "quote": _quote,
    "callout": _callout,
    "accordion": _accordion,
    "abbreviations": _abbreviations,
    "picture": _picture,
    "gallery": _gallery,
    "embed": _embed,
    "attachments": _attachments,
    "table": _table,
    "contact": _contact,
    "links": _links,
}
