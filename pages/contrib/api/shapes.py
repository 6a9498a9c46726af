"""How a field of a model is told: its type in the contract, and how its value is written.

Whatever a model names in ``api_fields`` is told, so a page type of a plugin has an exact schema without a line here.
"""

from __future__ import annotations

import datetime
import typing
from collections.abc import Callable
from functools import cache
from typing import Any, Literal, NamedTuple

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Model
from pydantic import create_model
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from media.models import SiteDocument, SiteImage
from pages.endpoints import Told

from . import blocks
from .references import References
from .rows import api_names
from .schemas import Document, Image, PageLink, schema_name

PLAIN: list[tuple[type[models.Field], Any]] = [
    (models.BooleanField, bool),
    (models.DateTimeField, datetime.datetime),
    (models.DateField, datetime.date),
    (models.TimeField, datetime.time),
    (models.IntegerField, int),
    (models.AutoField, int),
    (models.FloatField, float),
    (models.DecimalField, float),
    (models.CharField, str),
    (models.TextField, str),
    (models.UUIDField, str),
]
#: Names in the contract where the name in the database says how it is stored.
RENAMED = {"page_topics": "topics", "attachment_groups": "attachments"}


class Shape(NamedTuple):
    """The type of a value in the contract; how to write it, given the value and a ``Reading``."""

    annotation: Any
    tell: Callable[[Any, Any], Any]
    refer: Callable[[Any, References], None] = lambda value, references: None


class Attribute(NamedTuple):
    """A field of an object as the contract calls it."""

    name: str
    source: str
    shape: Shape
    #: Of rows: their kind, as in ``rows.Kind.name``.
    kind: str = ""


@cache
def attributes(model: type[Model], above: str = "") -> tuple[Attribute, ...]:
    """Return what is told of objects of a model; ``above`` is the kind of the rows they are."""
    names = api_names(model)
    files = [name for name in names if _is_file(model, name)]
    merged = {word for name in files for word in _words_beside(model, name).values()}
    if files:
        merged.add("is_decorative")
    return tuple(_attribute(model, name, above) for name in names if name not in merged)


def _attribute(model: type[Model], name: str, above: str) -> Attribute:
    field = _field(model, name)
    told_as = RENAMED.get(name, name)
    if field is not None and field.one_to_many:
        kind = f"{above}.{name}" if above else name
        return Attribute(told_as, name, _rows(field.related_model, kind), kind)
    # Of a page only the number is needed: it is read with all the others that this one names.
    source = field.attname if _leads_to_page(field) else name
    return Attribute(told_as, source, _shape(model, name, field))


def _leads_to_page(field: Any) -> bool:
    return isinstance(field, models.ForeignKey) and issubclass(field.related_model, Page)


def _field(model: type[Model], name: str) -> Any:
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _shape(model: type[Model], name: str, field: Any) -> Shape:
    if field is None:
        return Shape(_promised_by(model, name), lambda value, reading: value)
    if isinstance(field, StreamField):
        shape = blocks.shape_of(field.stream_block)
        return Shape(
            shape.annotation,
            lambda stream, reading: shape.tell(stream.get_prep_value(), reading),
            lambda stream, references: shape.refer(stream.get_prep_value(), references),
        )
    if isinstance(field, RichTextField):
        return Shape(str, lambda html, reading: reading.html(html), lambda html, found: found.add_of_html(html))
    if isinstance(field, models.ForeignKey):
        return _pointer(model, field)
    annotation = next((type_ for kind, type_ in PLAIN if isinstance(field, kind)), Any)
    if field.flatchoices and annotation is str:
        annotation = Literal[tuple(dict.fromkeys([*(key for key, _label in field.flatchoices), *_blank(field)]))]
    return Shape(
        annotation | None if field.null and annotation is not Any else annotation, lambda value, reading: value
    )


def _blank(field: Any) -> list[str]:
    return [""] if field.blank else []


def _pointer(model: type[Model], field: models.ForeignKey) -> Shape:
    target = field.related_model
    if issubclass(target, Page):
        return Shape(PageLink | None, lambda pk, reading: reading.link(pk), lambda pk, found: found.add(Page, pk))
    if issubclass(target, SiteImage):
        return Shape(Image | None, lambda image, reading: reading.image(image))
    if issubclass(target, SiteDocument):
        return Shape(Document | None, lambda document, reading: reading.document(document))
    schema = schema_of(target)
    return Shape(schema | None, lambda other, reading: tell(other, reading) if other else None)


def _promised_by(model: type[Model], name: str) -> Any:
    """Return the type that a property promises."""
    attribute = getattr(model, name, None)
    function = getattr(attribute, "fget", None) or getattr(attribute, "func", None) or attribute
    if not callable(function):
        return Any
    return typing.get_type_hints(function).get("return", Any)


def _is_file(model: type[Model], name: str) -> bool:
    field = _field(model, name)
    return isinstance(field, models.ForeignKey) and issubclass(field.related_model, (SiteImage, SiteDocument))


def _words_beside(model: type[Model], name: str) -> dict[str, str]:
    """Return the names under which a model keeps the words that belong to a file in that place."""
    if name == "document":
        return {"title": "title"} if set(api_names(model)) == {"document", "title"} else {}
    begin = "" if name == "image" else f"{name}_"
    words = {"alt": f"{begin}alt_text", "caption": f"{begin}caption"}
    return {word: source for word, source in words.items() if hasattr(model, source)}


def _rows(model: type[Model], kind: str) -> Shape:
    """Rows as a list; a row that only points at something is told as that."""
    told = attributes(model, kind)
    if len(told) == 1 and not told[0].kind and isinstance(_field(model, told[0].source), models.ForeignKey):
        (only,) = told
        item = typing.get_args(only.shape.annotation)[0]
        return Shape(
            list[item],
            lambda rows, reading: [said for row in rows if (said := tell(row, reading, kind)[only.name]) is not None],
        )
    schema = schema_of(model, kind)
    return Shape(list[schema], lambda rows, reading: [tell(row, reading, kind) for row in rows])


@cache
def schema_of(model: type[Model], kind: str = "") -> type[Told]:
    """Return the exact schema of objects of a model that is no page."""
    fields: dict[str, Any] = {"id": (int, ...)} if not kind else {}
    fields |= {attribute.name: (attribute.shape.annotation, ...) for attribute in attributes(model, kind)}
    label = schema_name(model._meta.app_label, model.__name__)
    return create_model(label, __base__=Told, __doc__=_first_line(model), **fields)


def _first_line(model: type) -> str:
    return (model.__doc__ or "").strip().partition("\n")[0]


def refer(instance: Model, references: References, kind: str = "") -> None:
    """Note what an object's own fields refer to; rows are objects themselves."""
    for attribute in attributes(type(instance), kind):
        if not attribute.kind:
            attribute.shape.refer(getattr(instance, attribute.source), references)


def tell(instance: Model, reading: Any, kind: str = "") -> dict[str, Any]:
    """Return an object as data."""
    said: dict[str, Any] = {} if kind else {"id": instance.pk}
    for attribute in attributes(type(instance), kind):
        is_rows = bool(attribute.kind)
        value = reading.rows.of(attribute.kind, instance) if is_rows else getattr(instance, attribute.source)
        said[attribute.name] = attribute.shape.tell(value, reading)
        if said[attribute.name] and _is_file(type(instance), attribute.source):
            said[attribute.name] |= _words_here(instance, attribute.source)
    return said


def _words_here(instance: Model, name: str) -> dict[str, str]:
    words = {word: getattr(instance, source) for word, source in _words_beside(type(instance), name).items()}
    # An empty alternative text is one of a decoration; an empty title is none.
    return {word: value for word, value in words.items() if value or word != "title"}
