"""The search of readers as data, with the words that were found marked."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Annotated, Any, Literal

from django.conf import settings
from django.http import HttpRequest
from django.utils.html import escape
from ninja import Query, Router, Schema
from pydantic import Field

from pages.endpoints import Language, Number, Told
from pages.search.finding import Facets, Found, find
from pages.search.models import Kind
from pages.search.passages import Fragment
from pages.search.results import Result

from ..answers import answer
from ..reading import Reading

router = Router()


class SearchQuery(Schema):
    """What is looked for."""

    q: str = Field(max_length=200, description="Words in any form; phrases stand in quotation marks.")
    language: Language = settings.LANGUAGE_CODE
    kind: Kind | None = None
    year: Annotated[int, Field(ge=1900, le=2100)] | None = None
    programme: Number | None = None
    page: int = Field(1, ge=1, le=1000, description="Ten results stand on a page.")


class Piece(Told):
    """A piece of a text; a hit is one of the words sought."""

    text: str
    is_hit: bool


class Hit(Told):
    """A page, a document, or an address that an editor put first."""

    type: Literal["page", "document", "address"]
    id: int | None
    kind: str
    title: str
    url: str
    title_html: str = Field(description="The title as HTML, with hits in `<mark>`.")
    passage_html: str = Field(description="The passage that shows why it was found, likewise.")
    title_pieces: list[Piece]
    passage_pieces: list[Piece]
    date: datetime.date | None
    trail: list[str] = Field(description="Titles of the pages above, from the top.")
    is_promoted: bool


class OtherLanguage(Told):
    """How many results the same words have in another language."""

    language: str
    count: int


class Hits(Told):
    """The results of a search."""

    query: str
    language: str
    count: int
    page: int
    pages: int
    is_loose: bool = Field(description="Not all words were found together: these are results for some of them.")
    suggestion: str = Field(description="What was probably meant; empty if nothing better is known.")
    elsewhere: list[OtherLanguage]
    items: list[Hit]


@router.get("/search/", response=Hits, summary="Search", operation_id="search")
def search(request: HttpRequest, asked: Query[SearchQuery]) -> Any:
    """Return published pages and documents in which words are found, the best first."""
    facets = Facets(asked.kind, asked.year, asked.programme)
    # Without the request, nobody has to ask which site it is: of several, addresses are told in full.
    found = find(asked.q, asked.language, facets, asked.page)
    return answer(request, _told(found, Reading(request, asked.language)))


def _told(found: Found, reading: Reading) -> dict[str, Any]:
    return {
        "query": found.query,
        "language": found.language,
        "count": found.total,
        "page": found.page,
        "pages": found.pages,
        "is_loose": found.is_loose,
        "suggestion": found.suggestion,
        "elsewhere": [{"language": one.language, "count": one.count} for one in found.elsewhere],
        "items": [_hit(result, reading) for result in found.results],
    }


def _hit(result: Result, reading: Reading) -> dict[str, Any]:
    is_document = result.kind == Kind.DOCUMENT
    return {
        "type": "document" if is_document else "page" if result.source else "address",
        "id": result.source.pk if result.source else None,
        "kind": result.kind,
        "title": result.title,
        "url": reading.absolute(result.url),
        "title_html": _html(result.title_parts) or escape(result.title),
        "passage_html": _html(result.passage),
        "title_pieces": _pieces(result.title_parts),
        "passage_pieces": _pieces(result.passage),
        "date": result.day,
        "trail": result.trail,
        "is_promoted": result.is_promoted,
    }


def _html(fragments: Iterable[Fragment]) -> str:
    return "".join(f"<mark>{escape(one.text)}</mark>" if one.is_hit else escape(one.text) for one in fragments)


def _pieces(fragments: Iterable[Fragment]) -> list[dict[str, Any]]:
    return [{"text": one.text, "is_hit": one.is_hit} for one in fragments]
