"""Where a segment stands: the names an editor knows its place by, and how long it may be."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from wagtail.blocks import ListBlock, StreamBlock, StructBlock
from wagtail.fields import RichTextField, StreamField


@dataclass(frozen=True)
class Place:
    """Names from the outermost inwards (lazy strings), and the longest text a field takes (``None``: any)."""

    names: tuple
    max_length: int | None = None
    help_text: str = ""
    is_rich: bool = False

    def __str__(self) -> str:
        return " › ".join(str(capfirst(name)) for name in self.names if name)


@lru_cache(maxsize=4096)
def place_of(model: type[models.Model], field_path: str) -> Place:
    """Return the place that Localize calls ``field_path`` (such as ``body.quote.text``) on a model.

    A path of yesterday's models gives the longest part of it that still has a name.
    """
    return _in_model(model, field_path.split("."))


def _in_model(model, path) -> Place:
    try:
        field = model._meta.get_field(path[0])
    except FieldDoesNotExist:
        return Place((path[0],))
    if isinstance(field, StreamField):
        return _in_block(field.stream_block, path[1:], (field.verbose_name,))
    if isinstance(field, models.ManyToOneRel):
        inner = _in_model(field.related_model, path[1:]) if len(path) > 1 else Place(())
        names = (field.related_model._meta.verbose_name, *inner.names)
        return Place(names, inner.max_length, inner.help_text, inner.is_rich)
    is_rich = isinstance(field, RichTextField)
    return Place((field.verbose_name,), None if is_rich else field.max_length, field.help_text, is_rich)


def _in_block(block, path, names) -> Place:
    children = getattr(block, "child_blocks", {})
    if path and isinstance(block, StreamBlock | StructBlock) and path[0] in children:
        child = children[path[0]]
        return _in_block(child, path[1:], (*names, child.label))
    if path and isinstance(block, ListBlock):
        return _in_block(block.child_block, path[1:], names)
    field = getattr(block, "field", None)
    is_rich = hasattr(block, "features")
    help_text = getattr(field, "help_text", "") or ""
    return Place(names, None if is_rich else getattr(field, "max_length", None), help_text, is_rich)
