"""What the API tells of everything that is not a page type or a block."""

from __future__ import annotations

import datetime
from typing import Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from pages.endpoints import Told


def schema_name(app: str, name: str) -> str:
    """Return a name for the schema of something, told apart by the app that it comes from."""
    prefix = "" if app in {"pages", "media", "wagtail"} else app.title().replace("_", "")
    return name if name.startswith(prefix) else f"{prefix}{name}"


class Fault(Schema):
    """What is wrong with one parameter, or at one place of a body."""

    parameter: str | None = Field(None, description="A parameter of the address.")
    pointer: str | None = Field(None, description="A place in the body, as a JSON pointer.", examples=["/languages/0"])
    message: str


class Problem(Schema):
    """An error after RFC 9457, sent as ``application/problem+json``."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["No published page has this number."])
    errors: list[Fault] | None = Field(None, description="What is wrong where.")


class FocalPoint(Told):
    """The part of a picture that must stay visible when it is cut; in pixels of the original."""

    x: int
    y: int
    width: int
    height: int


class Rendition(Told):
    """One file of a picture, made ahead."""

    url: str
    format: Literal["avif", "webp", "jpeg", "png"]
    width: int
    height: int


class Image(Told):
    """A picture with the words that belong to it in this place; narrow renditions come first."""

    id: int
    title: str
    alt: str = Field(description="For the alt attribute: empty for a decoration.")
    caption: str
    credit: str
    licence: str
    width: int
    height: int
    focal_point: FocalPoint | None
    renditions: list[Rendition]


class Document(Told):
    """A file to download."""

    id: int
    title: str
    url: str
    format: str = Field(examples=["DOCX"])
    size_bytes: int
    page_count: int | None
    language: str = Field(description="Empty if it is not known.")
    kind: str
    published_on: datetime.date | None
    checksum: str = Field(description="SHA-256 of the file.")
    text_url: str | None = Field(
        description="Where the document can be read as a page, without a program for its format."
    )


class PageLink(Told):
    """A page that something leads to."""

    id: int
    type: str
    title: str
    url: str
    language: str


class Crumb(Told):
    """A step of the way back to the home page."""

    id: int
    title: str
    url: str


class Translation(Told):
    """The same page in a language of the site."""

    language: str
    state: Literal["current", "outdated", "missing"] = Field(
        description="“outdated”: the original was published again later; “missing”: there is no such page."
    )
    id: int | None
    title: str
    url: str | None


class Seo(Told):
    """What the head of the page says."""

    title: str
    description: str
    canonical_url: str


class Named(Told):
    """Something with a name, such as a topic."""

    id: int
    name: str


class PageCard(Told):
    """A page as it stands in a list. In a listing ``fields`` may leave out all but ``id`` and ``type``."""

    model_config = ConfigDict(json_schema_extra={"required": ["id", "type"]})

    id: int
    type: str
    url: str
    slug: str
    language: str
    translation_key: str
    parent_id: int | None
    title: str
    short_title: str
    lead: str
    first_published_at: datetime.datetime | None
    last_published_at: datetime.datetime | None
    date: datetime.date | None = Field(description="The date that readers see.")
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    city: str
    event_status: Literal["planned", "postponed", "cancelled", ""]
    programme: Named | None
    lead_image: Image | None


class Redirect(Told):
    """An old address: what was asked for is elsewhere."""

    type: Literal["redirect"] = "redirect"
    location: str
    is_permanent: bool
