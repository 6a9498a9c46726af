"""Find every link in an object: its fields, its texts, its blocks and its rows, whichever model it is.

Nothing here names a page type or a block: a plugin's are walked in the same way. Blocks are read as they are
stored, so that a chosen page that is gone is still seen; parked blocks are left out, as readers do not see them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from bs4 import BeautifulSoup
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import AbstractPage

from media.models import SiteDocument

#: Fields that tell an object's words, in the order in which they are looked for.
WORDS = ("text", "label", "title", "name", "heading")


@dataclass(frozen=True)
class Found:
    """One link: what it says, where it leads, and where the editor finds it."""

    kind: str
    href: str = ""
    words: str = ""
    target_id: int | None = None
    place: tuple[tuple, ...] = ()
    anchor: str = ""


def links_of(instance) -> Iterator[Found]:
    """Yield the links of a page, snippet or setting in the order of its fields."""
    yield from _of_object(instance, (), "")


def has_links(model) -> bool:
    """Tell whether objects of a model may hold links at all."""
    return bool(_fields(model) or _relations(model))


def row_lookups(model) -> list[str]:
    """Return what to prefetch so that ``links_of`` asks for no row of its own."""
    found = []
    for name, row_model in _relations(model):
        found += [name, *(f"{name}__{deeper}" for deeper in row_lookups(row_model))]
    return found


def _of_object(instance, place, anchor) -> Iterator[Found]:
    for field in _fields(type(instance)):
        here = (*place, ("field", field.name))
        for found in _of_field(field, instance):
            yield replace(found, place=(*here, *found.place), anchor=found.anchor or anchor)
    for name, _row_model in _relations(type(instance)):
        for number, row in enumerate(getattr(instance, name).all()):
            # The editor of a row is found by the place of the row in its list.
            prefix = (
                f"{anchor.removesuffix(ROW_END)}-{name}-{number}{ROW_END}"
                if anchor
                else f"{ROW}{name}-{number}{ROW_END}"
            )
            yield from _of_object(row, (*place, ("row", name, number + 1)), prefix)


#: The ids that Wagtail's editor gives to the panel of a row.
ROW, ROW_END = "inline_child_", "-panel-section"


def _of_field(field, instance) -> Iterator[Found]:
    value = field.value_from_object(instance)
    if not value:
        return
    if isinstance(field, StreamField):
        yield from _of_stream(field.stream_block, field.stream_block.get_prep_value(value))
    elif isinstance(field, RichTextField):
        yield from _of_rich_text(value)
    else:
        yield from _of_value(_kind_of_field(field), value, _words_of(instance))


def _words_of(instance) -> str:
    return next((str(words) for name in WORDS if (words := getattr(instance, name, ""))), "")


@cache
def _fields(model) -> tuple[models.Field, ...]:
    """Return the fields of a model that may hold links."""
    return tuple(
        field for field in model._meta.fields if isinstance(field, StreamField | RichTextField) or _kind_of_field(field)
    )


def _kind_of_field(field) -> str:
    if isinstance(field, models.URLField):
        return "address"
    if isinstance(field, models.EmailField):
        return "mail"
    if isinstance(field, models.CharField) and _names_a_phone(field.name):
        return "phone"
    if isinstance(field, models.ForeignKey) and not _ties_to_tree(field):
        related = field.related_model
        return "page" if issubclass(related, AbstractPage) else "document" if related is SiteDocument else ""
    return ""


def _ties_to_tree(field) -> bool:
    return isinstance(field, ParentalKey) or field.remote_field.parent_link or field.name == "alias_of"


def _names_a_phone(name: str) -> bool:
    return name == "phone" or name.endswith("_phone")


@cache
def _relations(model) -> tuple[tuple[str, type], ...]:
    """Return the rows of a model that may hold links, at any depth."""
    relations = ((relation.get_accessor_name(), relation.related_model) for relation in get_all_child_relations(model))
    ours = [(name, row) for name, row in relations if name != "wagtail_admin_comments"]
    return tuple((name, row) for name, row in ours if _fields(row) or _relations(row))


# --- blocks ---------------------------------------------------------------------------------------------------


def _of_stream(block: blocks.StreamBlock, raw: Iterable[Any]) -> Iterator[Found]:
    for number, item in enumerate(raw, start=1):
        child = block.child_blocks.get(item.get("type")) if isinstance(item, dict) else None
        if child is None:
            continue  # parked: its plugin is off
        for found in _of_block(child, item.get("value"), ""):
            step = ("block", item["type"], number)
            yield replace(found, place=(step, *found.place), anchor=found.anchor or block_anchor(item.get("id")))


def block_anchor(block_id) -> str:
    """Return the id of a block's panel in Wagtail's editor."""
    return f"block-{block_id}-section" if block_id else ""


def _of_block(block: blocks.Block, value: Any, words: str) -> Iterator[Found]:
    if value in (None, "", [], {}):
        return
    if isinstance(block, blocks.StructBlock):
        yield from _of_struct(block, value)
    elif isinstance(block, blocks.ListBlock):
        yield from _of_list(block, value)
    elif isinstance(block, blocks.StreamBlock):
        yield from _of_stream(block, value)
    elif isinstance(block, TypedTableBlock):
        yield from _of_table(block, value)
    elif isinstance(block, blocks.RichTextBlock):
        yield from _of_rich_text(value)
    else:
        yield from _of_value(_kind_of_block(block), value, words)


def _kind_of_block(block) -> str:
    if isinstance(block, blocks.URLBlock):
        return "address"
    if isinstance(block, blocks.EmailBlock):
        return "mail"
    if isinstance(block, blocks.PageChooserBlock):
        return "page"
    if isinstance(block, DocumentChooserBlock):
        return "document"
    return "phone" if isinstance(block, blocks.CharBlock) and _names_a_phone(block.name) else ""


def _of_struct(block, value) -> Iterator[Found]:
    if not isinstance(value, dict):
        return
    words = next((value[name] for name in WORDS if isinstance(value.get(name), str) and value[name]), "")
    for name, child in block.child_blocks.items():
        yield from _of_block(child, value.get(name), words)


def _of_list(block, value) -> Iterator[Found]:
    for item in value:
        # Stored since Wagtail 2.16 with an id, before it bare.
        is_item = isinstance(item, dict) and item.get("type") == "item" and "value" in item
        for found in _of_block(block.child_block, item["value"] if is_item else item, ""):
            yield replace(found, anchor=found.anchor or block_anchor(item.get("id") if is_item else None))


def _of_table(block, value) -> Iterator[Found]:
    columns = [block.child_blocks.get(column.get("type")) for column in value.get("columns", [])]
    for row in value.get("rows", []):
        for column, cell in zip(columns, row.get("values", []), strict=False):
            if column is not None:
                yield from _of_block(column, cell, "")


# --- texts and single values ------------------------------------------------------------------------------------


def _of_rich_text(html: str) -> Iterator[Found]:
    if "<a" not in html:
        return
    for link in BeautifulSoup(html, "html.parser").find_all("a"):
        words = " ".join(link.get_text(" ").split())
        named = {"page": "page", "document": "document"}.get(link.get("linktype"))
        if named:
            yield from _of_value(named, link.get("id"), words)
        elif link.has_attr("href"):
            yield from _of_value("address", link["href"], words, even_empty=True)


def _of_value(kind: str, value: Any, words: str, *, even_empty=False) -> Iterator[Found]:
    if kind in {"page", "document"}:
        number = str(value)
        # A clumsy import may leave what is no number; it leads nowhere.
        is_number = number.isdecimal() and len(number) <= 18
        yield Found(kind, words=words, target_id=int(number) if is_number else 0)
        return
    address = str(value or "").strip()
    if kind and (address or even_empty):
        yield Found(_kind_of_address(kind, address), href=address, words=words or address)


def _kind_of_address(kind: str, value: str) -> str:
    if kind != "address":
        return kind
    scheme = value.partition(":")[0].lower() if ":" in value else ""
    return {"mailto": "mail", "tel": "phone", "sms": "phone"}.get(scheme, "address")
