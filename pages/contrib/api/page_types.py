"""The schema of each page type: what every page has, then what its own type names in ``api_fields``."""

from __future__ import annotations

import datetime
from functools import cache
from typing import Annotated, Any, Literal, Union

from pydantic import Field, create_model
from wagtail.models import Page, get_page_models

from pages.endpoints import Told

from . import shapes
from .schemas import Crumb, PageCard, Redirect, Seo, Translation, schema_name

#: Told of every page by itself, whatever its type names.
TOLD_OF_ALL = {"short_title", "lead"}


class PageFields(Told):
    """What is told of every page."""

    id: int
    url: str
    slug: str
    language: str
    translation_key: str
    title: str
    short_title: str
    lead: str
    first_published_at: datetime.datetime | None
    last_published_at: datetime.datetime | None
    is_fallback: bool = Field(description="True if the page was not there in the language asked for.")
    is_draft: bool = Field(description="True only for who showed a token.")
    breadcrumbs: list[Crumb]
    translations: list[Translation]
    seo: Seo
    previous: PageCard | None = Field(description="The workshop of the same programme before this one.")
    next: PageCard | None
    related: list[PageCard]


def page_types() -> dict[str, type[Page]]:
    """Return every page type that can be published, by its name in the contract."""
    return {model._meta.label: model for model in get_page_models() if model is not Page and not model._meta.abstract}


def fields_of(model: type[Page]) -> list[shapes.Attribute]:
    return [attribute for attribute in shapes.attributes(model) if attribute.name not in TOLD_OF_ALL]


@cache
def schema_of(model: type[Page]) -> type[Told]:
    """Return the exact schema of a page type, ``type`` first so that a client can narrow by it."""
    own = {attribute.name: (attribute.shape.annotation, ...) for attribute in fields_of(model)}
    return create_model(
        schema_name(model._meta.app_label, model.__name__),
        __base__=PageFields,
        __doc__=(model.__doc__ or "").strip().partition("\n")[0],
        type=(Literal[model._meta.label], ...),
        **own,
    )


@cache
def any_page() -> Any:
    """Return the union of all page types."""
    return Annotated[Union[tuple(map(schema_of, page_types().values()))], Field(discriminator="type")]  # noqa: UP007


@cache
def page_or_redirect() -> Any:
    schemas = (*map(schema_of, page_types().values()), Redirect)
    return Annotated[Union[schemas], Field(discriminator="type")]  # noqa: UP007


@cache
def type_names() -> Any:
    return Literal[tuple(page_types())]
