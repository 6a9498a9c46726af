"""How a block is told: from the stored value, so that a whole body needs no query of its own."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Annotated, Any, Literal, NamedTuple, Union

from django.utils.translation import override
from pydantic import Field, create_model
from wagtail import blocks as stock
from wagtail.blocks.field_block import BaseChoiceBlock
from wagtail.blocks.struct_block import BaseStructBlock
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.models import Page

from media.blocks import PictureBlock
from media.models import SiteDocument, SiteImage
from pages.blocks import EmbedBlock, HeadingBlock, LinkBlock, TableBlock, player_of
from pages.body import UNAVAILABLE
from pages.endpoints import Told
from pages.joined_cells import MOST_FURTHER_HEADING_ROWS, Joined

from .references import References
from .schemas import Document, Image, PageLink, schema_name


class BlockShape(NamedTuple):
    """The type of a block's value in the contract; how to write a stored value, and what it refers to."""

    annotation: Any
    tell: Callable[[Any, Any], Any]
    refer: Callable[[Any, References], None] = lambda raw, references: None


#: Modules whose blocks are told by this one, whatever they tell to Wagtail's own API.
TOLD_HERE = ("wagtail.", "media.blocks", "pages.blocks", "pages.body")

Maker = Callable[[Any], BlockShape]
_makers: dict[type, Maker] = {}


def tells(*classes: type) -> Callable[[Maker], Maker]:
    """Register how blocks of these classes are told."""

    def register(maker: Maker) -> Maker:
        _makers.update(dict.fromkeys(classes, maker))
        return maker

    return register


def shape_of(block: stock.Block) -> BlockShape:
    """Return how a block is told, by the nearest class that says so.

    A block of a plugin with a ``get_api_representation`` of its own is told by that, and its
    ``api_schema`` is the type of what it returns.
    """
    for class_ in type(block).__mro__:
        if class_ in _makers:
            return _makers[class_](block)
        if "get_api_representation" in vars(class_) and not class_.__module__.startswith(TOLD_HERE):
            return _by_itself(block)
    return BlockShape(Any, lambda raw, reading: raw)


def _by_itself(block: stock.Block) -> BlockShape:
    annotation = getattr(block, "api_schema", Any)
    return BlockShape(
        annotation,
        lambda raw, reading: block.get_api_representation(block.to_python(raw), {"request": reading.request}),
    )


def _name(block: Any) -> str:
    """A name for the schema of a block, told apart by the app that it comes from."""
    own = f"{type(block).__name__.removesuffix('Block')}Value"
    return schema_name(type(block).__module__.partition(".")[0], own)


def _first_line(block: Any) -> str:
    return str(block.meta.description) if getattr(block.meta, "description", "") else ""


# --- made of other blocks -------------------------------------------------------------------


@tells(stock.BaseStreamBlock)
def _stream(block: Any) -> BlockShape:
    known = {name: child for name, child in block.child_blocks.items() if name != UNAVAILABLE}
    shapes = {name: shape_of(child) for name, child in known.items()}
    schemas = [_schema_in_stream(name, child, shapes[name]) for name, child in known.items()]
    item: Any = schemas[0]
    if len(schemas) > 1:
        item = Annotated[Union[tuple(schemas)], Field(discriminator="type")]  # noqa: UP007 -- known only now

    def tell(raw: Any, reading: Any) -> list[dict]:
        return [
            {
                "type": item["type"],
                "id": item.get("id") or "",
                "value": shapes[item["type"]].tell(item["value"], reading),
            }
            for item in raw or ()
            if item["type"] in shapes
        ]

    def refer(raw: Any, references: References) -> None:
        for item in raw or ():
            if item["type"] in shapes:
                shapes[item["type"]].refer(item["value"], references)

    return BlockShape(list[item], tell, refer)


def _schema_in_stream(name: str, block: Any, shape: BlockShape) -> type[Told]:
    label = "".join(part.title() for part in name.split("_"))
    return create_model(
        f"{label}Block",
        __base__=Told,
        __doc__=_english(_first_line, block),
        type=(Literal[name], ...),
        id=(str, Field(description="Also the id of the part in the page's HTML.")),
        value=(shape.annotation, ...),
    )


def _english(function: Callable[[Any], str], block: Any) -> str:

    with override("en"):
        return function(block)


@tells(BaseStructBlock)
def _struct(block: Any) -> BlockShape:
    return _struct_with(block, {})


def _struct_with(block: Any, replaced: dict[str, BlockShape], extra: dict[str, tuple[Any, Callable]] | None = None):
    """Return the shape of a struct; ``extra`` adds what is computed from the stored value."""
    shapes = {name: replaced.get(name) or shape_of(child) for name, child in block.child_blocks.items()}
    extra = extra or {}
    fields: dict[str, Any] = {name: (shape.annotation, ...) for name, shape in shapes.items()}
    fields |= {name: (annotation, ...) for name, (annotation, _compute) in extra.items()}
    schema = _struct_schema(_name(block), tuple(fields.items()))

    def tell(raw: Any, reading: Any) -> dict:
        raw = raw or {}
        said = {name: shape.tell(_of(raw, name, block), reading) for name, shape in shapes.items()}
        return said | {name: compute(raw, reading) for name, (_annotation, compute) in extra.items()}

    def refer(raw: Any, references: References) -> None:
        for name, shape in shapes.items():
            shape.refer((raw or {}).get(name), references)

    return BlockShape(schema, tell, refer)


def _of(raw: dict, name: str, block: Any) -> Any:
    """Return a stored part; one that was added to the block later has its default."""
    if name in raw:
        return raw[name]
    child = block.child_blocks[name]
    return child.get_prep_value(child.get_default())


_schemas: dict[tuple, type[Told]] = {}


def _struct_schema(name: str, fields: tuple) -> type[Told]:
    key = (name, repr(fields))
    if key not in _schemas:
        _schemas[key] = create_model(name, __base__=Told, **dict(fields))
    return _schemas[key]


@tells(stock.ListBlock)
def _list(block: Any) -> BlockShape:
    child = shape_of(block.child_block)
    # A picture whose file is gone, or is not public, is not told of at all.
    has_picture = isinstance(block.child_block, PictureBlock)

    def tell(raw: Any, reading: Any) -> list:
        said = [child.tell(_item(item), reading) for item in raw or ()]
        return [one for one in said if one["image"]] if has_picture else said

    def refer(raw: Any, references: References) -> None:
        for item in raw or ():
            child.refer(_item(item), references)

    return BlockShape(list[child.annotation], tell, refer)


def _item(item: Any) -> Any:
    return item["value"] if isinstance(item, dict) and item.get("type") == "item" else item


@tells(BaseTypedTableBlock)
def _table(block: Any) -> BlockShape:
    shapes = {name: shape_of(child) for name, child in block.child_blocks.items()}
    cell = Union[tuple(shape.annotation for shape in shapes.values())]  # noqa: UP007 -- known only now
    column = _struct_schema("TableColumn", (("type", (Literal[tuple(shapes)], ...)), ("heading", (str, ...))))
    schema = _struct_schema(
        "TypedTable", (("caption", (str, ...)), ("columns", (list[column], ...)), ("rows", (list[list[cell]], ...)))
    )

    def cells(raw: Any) -> list[list[tuple[BlockShape, Any]]]:
        kinds = [shapes[column["type"]] for column in raw["columns"]]
        return [list(zip(kinds, row["values"], strict=False)) for row in raw["rows"]]

    def tell(raw: Any, reading: Any) -> dict:
        raw = {"columns": [], "rows": [], "caption": "", **(raw or {})}
        return {
            "caption": raw["caption"] or "",
            "columns": [{"type": column["type"], "heading": column["heading"]} for column in raw["columns"]],
            "rows": [[shape.tell(value, reading) for shape, value in row] for row in cells(raw)],
        }

    def refer(raw: Any, references: References) -> None:
        for row in cells(raw) if raw else ():
            for shape, value in row:
                shape.refer(value, references)

    return BlockShape(schema, tell, refer)


# --- words and choosers ---------------------------------------------------------------------


@tells(stock.RichTextBlock)
def _rich_text(block: Any) -> BlockShape:
    return BlockShape(
        str, lambda raw, reading: reading.html(raw or ""), lambda raw, found: found.add_of_html(raw or "")
    )


def _chooser(block: Any) -> BlockShape:
    model = block.model_class
    if issubclass(model, Page):
        annotation, tell = PageLink | None, lambda raw, reading: reading.link(raw)
    elif issubclass(model, SiteImage):
        annotation, tell = Image | None, lambda raw, reading: reading.image_by_id(raw)
    elif issubclass(model, SiteDocument):
        annotation, tell = Document | None, lambda raw, reading: reading.document_by_id(raw)
    else:
        from . import shapes  # noqa: PLC0415 -- shapes tell of streams, which are made here

        annotation = shapes.schema_of(model) | None
        tell = lambda raw, reading: reading.other(model, raw)  # noqa: E731
    return BlockShape(annotation, tell, lambda raw, references: references.add(model, raw))


_makers[stock.ChooserBlock] = _chooser


@tells(BaseChoiceBlock)
def _choice(block: Any) -> BlockShape:
    if isinstance(block, stock.MultipleChoiceBlock):
        return BlockShape(list[str], lambda raw, reading: raw or [])
    return BlockShape(str, lambda raw, reading: raw or "")


def _plain(annotation: Any, empty: Any = None) -> Maker:
    """Return a maker for values that stand in JSON as they are; ``empty`` stands for none."""
    full = annotation if empty is not None else annotation | None
    return lambda block: BlockShape(full, lambda raw, reading: empty if raw in (None, "") else raw)


_makers |= {
    stock.CharBlock: _plain(str, ""),
    stock.TextBlock: _plain(str, ""),
    stock.EmailBlock: _plain(str, ""),
    stock.URLBlock: _plain(str, ""),
    stock.RegexBlock: _plain(str, ""),
    stock.BlockQuoteBlock: _plain(str, ""),
    stock.RawHTMLBlock: _plain(str, ""),
    stock.BooleanBlock: lambda block: BlockShape(bool, lambda raw, reading: bool(raw)),
    stock.IntegerBlock: _plain(int),
    stock.FloatBlock: _plain(float),
    stock.DecimalBlock: lambda block: BlockShape(
        float | None, lambda raw, reading: None if raw in (None, "") else float(raw)
    ),
    stock.DateBlock: _plain(datetime.date),
    stock.TimeBlock: _plain(datetime.time),
    stock.DateTimeBlock: _plain(datetime.datetime),
    stock.StaticBlock: lambda block: BlockShape(None, lambda raw, reading: None),
}


# --- ours, which say more than they store ---------------------------------------------------


@tells(HeadingBlock)
def _heading(block: Any) -> BlockShape:
    return _struct_with(block, {"level": BlockShape(Literal[2, 3, 4], lambda raw, reading: int(raw or 2))})


@tells(TableBlock)
def _table_of_words(block: Any) -> BlockShape:
    """The words of cells that readers see as one stand in each of them, so that every row is whole."""
    rows = Annotated[
        int,
        Field(ge=0, le=MOST_FURTHER_HEADING_ROWS, description="How many of the first rows are headings, too."),
    ]
    joined = Annotated[
        Literal[tuple(joined.value for joined in Joined)],
        Field(description="Where neighbouring cells with the same words are shown as one; all but `no` in headings."),
    ]
    return _struct_with(
        block,
        {
            "further_heading_rows": BlockShape(rows, lambda raw, reading: raw or 0),
            "joined_cells": BlockShape(joined, lambda raw, reading: raw or Joined.NO.value),
        },
    )


@tells(PictureBlock)
def _picture(block: Any) -> BlockShape:
    """The words of this place belong to the picture itself."""
    schema = _struct_schema("Picture", (("image", (Image | None, ...)), ("is_decorative", (bool, ...))))

    def tell(raw: Any, reading: Any) -> dict:
        raw = raw or {}
        alt = "" if raw.get("is_decorative") else raw.get("alt") or ""
        image = reading.image_by_id(raw.get("image"))
        said = image and {**image, "alt": alt, "caption": raw.get("caption") or ""}
        return {"image": said, "is_decorative": bool(raw.get("is_decorative"))}

    return BlockShape(schema, tell, lambda raw, references: references.add(SiteImage, (raw or {}).get("image")))


@tells(EmbedBlock)
def _recording(block: Any) -> BlockShape:
    return _struct_with(
        block,
        {},
        {
            "provider": (str, lambda raw, reading: player_of(raw.get("url") or "")[0]),
            "player_url": (str, lambda raw, reading: player_of(raw.get("url") or "")[1]),
        },
    )


@tells(LinkBlock)
def _link(block: Any) -> BlockShape:
    schema = _struct_schema("Link", (("href", (str, ...)), ("text", (str, ...)), ("page", (PageLink | None, ...))))

    def tell(raw: Any, reading: Any) -> dict:
        raw = raw or {}
        page = reading.link(raw.get("page"))
        href = page["url"] if page else raw.get("url") or ""
        return {"href": href, "text": raw.get("text") or (page["title"] if page else href), "page": page}

    return BlockShape(schema, tell, lambda raw, references: references.add(Page, (raw or {}).get("page")))
