"""Tell readers of what was found: title, address, way there, and the passage that shows why."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page

from media.models import SiteDocument
from pages import formats
from pages.attached_texts import address_of_text
from pages.models.reading import as_its_type, whole
from pages.navigation import menu_titles

from .models import Entry
from .passages import Fragment, passage


@dataclass
class Result:
    """A page, a document, or an address that an editor promoted."""

    kind: str
    title: str
    url: str
    #: The words of the title and of a passage, in pieces; those sought are marked.
    passage: list[Fragment] = field(default_factory=list)
    title_parts: list[Fragment] = field(default_factory=list)
    day: datetime.date | None = None
    #: Titles of the pages above, from the top.
    trail: list[str] = field(default_factory=list)
    #: Of a document: its format, size, length, and its language if that is another.
    facts: list[str] = field(default_factory=list)
    is_promoted: bool = False
    #: Whether ``url`` is that of a file.
    is_file: bool = False
    #: The page or document itself, for templates.
    source: Any = field(default=None, repr=False, compare=False)


def told(
    entries: list[int],
    picks: Iterable[SearchPromotion],
    stems: Collection[str],
    language: str,
    request: HttpRequest | None = None,
) -> list[Result]:
    """Return promoted results, then those of the entries in their order."""
    picks = list(picks)
    found = Entry.objects.defer("title_words", "all_words").in_bulk(entries)
    pages = _pages([pick.page_id for pick in picks] + [entry.page_id for entry in found.values()])
    documents = SiteDocument.objects.in_bulk([entry.document_id for entry in found.values() if entry.document_id])
    trails = _trails(pages.values())
    told = [_promoted(pick, pages, trails, request) for pick in picks]
    for entry in (found[pk] for pk in entries if pk in found):
        fragments = passage(entry.text, stems, language)
        if entry.page_id in pages:
            result = _page(pages[entry.page_id], entry.kind, trails, request)
        elif entry.document_id in documents:
            result = _document(documents[entry.document_id], language)
            # Of a mere file only facts are known, and the result tells them anyway.
            fragments = [] if result.is_file else fragments
        else:
            continue
        result.passage, result.day = fragments, entry.day
        result.title_parts = passage(result.title, stems, language, length=len(result.title))
        told.append(result)
    return told


def _page(page: Page, kind: str, trails: dict[str, str], request) -> Result:
    length = type(page).steplen
    above = [page.path[:end] for end in range(2 * length, len(page.path), length)]
    # The home page is above everything, so it says nothing.
    trail = [trails[path] for path in above[1:] if path in trails]
    return Result(kind, page.title, page.get_url(request) or "", trail=trail, source=page)


def _document(document: SiteDocument, language: str) -> Result:
    address = address_of_text(document)
    facts = formats.file_facts(document, language)
    return Result(
        "document", document.title, address or document.url, facts=facts, is_file=not address, source=document
    )


def _promoted(pick: SearchPromotion, pages: dict[int, Page], trails: dict[str, str], request) -> Result:
    if pick.page_id:
        result = _page(pages[pick.page_id], "", trails, request)
    else:
        result = Result("", pick.external_link_text or pick.external_link_url, pick.external_link_url)
    said = pick.description or getattr(result.source, "lead", "")
    result.passage = [Fragment(said)] if said else []
    result.title_parts = [Fragment(result.title)]
    result.is_promoted = True
    return result


def _pages(ids: Iterable[int | None]) -> dict[int, Page]:
    pages = Page.objects.filter(pk__in=[pk for pk in ids if pk])
    # To join the tables of types that no page has costs more than to ask for the types first.
    types = set(pages.order_by().values_list("content_type", flat=True).distinct())
    read = whole(pages, bodies=False, types=types) if types else []
    return {page.pk: as_its_type(page) for page in read}


def _trails(pages: Iterable[Page]) -> dict[str, str]:
    """Return the titles of all pages above the given ones, by path, in one query."""
    paths = {page.path[:end] for page in pages for end in range(8, len(page.path), type(page).steplen)}
    if not paths:
        return {}
    above = Page.objects.filter(path__in=paths).annotate(short_title_here=menu_titles())
    return {page.path: page.short_title_here or page.title for page in above.only("path", "title")}
