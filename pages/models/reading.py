"""Read pages of several types, each complete, in one query where Wagtail asks once for each page or level."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet, Subquery
from wagtail.models import Page, PageViewRestriction, get_page_models


@cache
def _types() -> dict[str, type[Page]]:
    """Return page types by the name under which a ``Page`` knows its row of that type."""
    return {
        model._meta.pk.remote_field.get_accessor_name(): model
        for model in get_page_models()
        if model is not Page and model._meta.pk.remote_field and model._meta.pk.remote_field.model is Page
    }


def types_with(field: str) -> list[str]:
    """Return the names under which a ``Page`` knows its row of each type that has this field."""
    return [name for name, model in _types().items() if hasattr(model, field)]


def whole(pages: QuerySet, *, bodies: bool = True, types: Collection[int] | None = None) -> QuerySet:
    """Join the rows of every type, and what each type shows of others (``joined_when_read``).

    Where ``types`` are known, the ids of content types, those of other types are not joined.
    """
    names, known = [], _types()
    if types is not None:
        known = {name: model for name, model in known.items() if ContentType.objects.get_for_model(model).pk in types}
    for name, model in known.items():
        names += [name, *(f"{name}__{field}" for field in getattr(model, "joined_when_read", ()))]
    joined = pages.select_related("locale", "share_picture", *names)
    if bodies:
        return joined
    return joined.defer(*(f"{name}__body" for name, model in known.items() if hasattr(model, "body")))


def as_its_type(page: Page) -> Page:
    """Return a page that ``whole`` read as an object of its own type, without another query."""
    known = page._state.fields_cache
    found = next((known[name] for name in _types() if known.get(name) is not None), None)
    if found is None:
        return page.specific
    found.locale = page.locale
    picture = Page.share_picture.related
    picture.set_cached_value(found, picture.get_cached_value(page, default=None))
    return found


def is_locked() -> Exists:
    """Return an expression that tells of a page whether it or a page above it is private."""
    reader_path = ExpressionWrapper(OuterRef("path"), CharField())
    # No join: a planner might walk all pages first and look for locks of each, once for every page that is read.
    locked_path = Subquery(Page.objects.order_by().filter(pk=OuterRef("page_id")).values("path"))
    locks = PageViewRestriction.objects.annotate(reader_path=reader_path, locked_path=locked_path)
    return Exists(locks.filter(reader_path__startswith=F("locked_path")))


def open_to_all(pages: QuerySet) -> QuerySet:
    """Leave out private parts of the tree like ``public()``, inside the one query."""
    return pages.filter(~is_locked())
