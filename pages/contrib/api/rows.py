"""All rows of a page, of every kind and depth, and the files it names, in one query.

Each kind of row is a SELECT that puts its columns, and those of what it points at, into one JSON object; UNION ALL
makes one query of them. Ordinary prefetching takes one for each kind and level: fifteen for a full workshop.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import CharField, F, ForeignKey, IntegerField, JSONField, Model, QuerySet, Value
from django.db.models.functions import Cast, JSONObject
from modelcluster.models import get_all_child_relations
from wagtail.models import Page

from media.models import SiteDocument, SiteImage

IMAGE_COLUMNS = (
    "id", "title", "file", "width", "height", "description", "credit", "licence", "is_public",
    "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height",
)  # fmt: skip
DOCUMENT_COLUMNS = (
    "id", "title", "file", "file_size", "kind", "language", "published_on", "page_count", "checksum", "is_public",
    "text_checksum",
)  # fmt: skip
COLUMNS = {SiteImage: IMAGE_COLUMNS, SiteDocument: DOCUMENT_COLUMNS}
#: Marks a row that is nothing but the number of a page.
NUMBER = "number"
#: How far foreign keys are followed from a row: to a person, and on to the person's photo.
DEPTH = 2


class Kind(NamedTuple):
    """Rows of one relation; ``lookup`` leads from a row to its page."""

    name: str
    model: type[Model]
    owner: str
    lookup: str


def api_names(model: type[Model]) -> list[str]:
    return [field.name for field in getattr(model, "api_fields", ())]


@cache
def kinds_of(model: type[Model]) -> tuple[Kind, ...]:
    """Return the kinds of rows of a page type that its ``api_fields`` name, each after the kind it belongs to."""
    return tuple(_kinds(model, "", ""))


def _kinds(model: type[Model], above: str, way: str) -> Iterator[Kind]:
    for relation in get_all_child_relations(model):
        if (accessor := relation.get_accessor_name()) in api_names(model):
            name = f"{above}.{accessor}" if above else accessor
            lookup = f"{relation.field.name}__{way}" if way else relation.field.name
            yield Kind(name, relation.related_model, relation.field.attname, lookup)
            yield from _kinds(relation.related_model, name, lookup)


def rows_of(
    model: type[Page], pk: int, files: dict[type[Model], Iterable[int]], others: Iterable[QuerySet] = ()
) -> QuerySet:
    """Select the rows of a page, files by their ids, and ``others``: selections made by ``part`` or ``numbers``."""
    parts = [
        part(kind.name, kind.model.objects.filter(**{kind.lookup: pk}), kind.owner, "sort_order")
        for kind in kinds_of(model)
    ]
    parts += [part("", file.objects.filter(pk__in=pks)) for file, pks in files.items() if pks]
    parts += others
    # Django 6.1 would put the whole into the order of the first model.
    return parts[0].union(*parts[1:], all=True).order_by() if len(parts) > 1 else parts[0]


def part(kind: str, queryset: QuerySet, owner: str = "", place: str = "") -> QuerySet:
    """Return a selection of rows as ``(model, kind, owner, place, columns as JSON)``."""
    model = queryset.model
    return queryset.order_by().values_list(
        Value(model._meta.label, CharField()),
        Value(kind, CharField()),
        Cast(F(owner), IntegerField()) if owner else Value(0, IntegerField()),
        Cast(F(place), IntegerField()) if place else Value(0, IntegerField()),
        JSONObject(**_columns(model)),
    )


def numbers(kind: str, queryset: QuerySet, column: str = "pk", place: str = "") -> QuerySet:
    """Return a selection of page numbers, to be asked for together with the rows."""
    return queryset.order_by().values_list(
        Value(NUMBER, CharField()),
        Value(kind, CharField()),
        Value(0, IntegerField()),
        Cast(F(place), IntegerField()) if place else Value(0, IntegerField()),
        JSONObject(id=F(column)),
    )


@cache
def _names(model: type[Model]) -> tuple[str, ...]:
    """Return the columns to read, in the order in which ``from_db`` wants them."""
    few = COLUMNS.get(model)
    return tuple(
        field.attname
        for field in model._meta.concrete_fields
        if (field.attname in few if few else not isinstance(field, JSONField))
    )


def _columns(model: type[Model], way: str = "", depth: int = DEPTH) -> dict[str, Any]:
    columns: dict[str, Any] = {name: F(f"{way}{name}") for name in _names(model)}
    for field in followed(model) if depth else ():
        columns[field.name] = JSONObject(**_columns(field.related_model, f"{way}{field.name}__", depth - 1))
    return columns


@cache
def followed(model: type[Model]) -> tuple[ForeignKey, ...]:
    """Return the foreign keys that are told together with an object; pages are read in a query of their own."""
    named = {*api_names(model)}
    return tuple(
        field
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.name in named and not issubclass(field.related_model, Page)
    )


class Rows:
    """Rows as objects of their models, each with what it points at."""

    def __init__(self) -> None:
        self._found: defaultdict[tuple[str, int], list[tuple[int, Model]]] = defaultdict(list)
        self._numbers: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        self.files: dict[tuple[type[Model], int], Model] = {}

    @classmethod
    def made_of(cls, found: Iterable[tuple[str, str, int, int, dict]]) -> Rows:
        """Return what ``rows_of`` selects as objects."""
        rows = cls()
        for label, kind, owner, place, data in found:
            rows.add(label, kind, owner, place, data)
        rows.arrange()
        return rows

    def add(self, label: str, kind: str, owner: int, place: int, data: dict) -> None:
        if label == NUMBER:
            self._numbers[kind].append((place, data["id"]))
            return
        row = _made(_model(label), data, self.files)
        if kind and row is not None:
            self._found[kind, owner].append((place, row))

    def arrange(self) -> None:
        for rows in self._found.values():
            rows.sort(key=lambda pair: (pair[0], pair[1].pk))

    def of(self, kind: str, owner: Model) -> list[Any]:
        """Return rows of a kind in their order, for example ``tracks.people`` of a track."""
        return [row for _place, row in self._found.get((kind, owner.pk), [])]

    def numbers(self, kind: str) -> list[int]:
        """Return page numbers of a kind in their order."""
        return [number for _place, number in sorted(self._numbers[kind])]

    def named(self) -> Iterator[tuple[str, Model]]:
        """Return every row with its kind."""
        return ((kind, row) for (kind, _owner), rows in self._found.items() for _place, row in rows)


@cache
def _model(label: str) -> type[Model]:
    return apps.get_model(label)


def _made(model: type[Model], data: dict, files: dict) -> Model | None:
    """Make an object of the columns; None where an outer join found nothing."""
    if data.get(model._meta.pk.attname) is None:
        return None
    names = _names(model)
    values = [model._meta.get_field(name).to_python(data[name]) for name in names]
    made = model.from_db("default", list(names), values)
    for field in followed(model):
        if field.name in data:
            setattr(made, field.name, _made(field.related_model, data[field.name], files))
    if model in COLUMNS:
        # One object for each file, so that its renditions are read once.
        return files.setdefault((model, made.pk), made)
    return made
