"""Tell readers of what was found: title, address, way there, and the passage that shows why."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest
from wagtail.models import Page

from media.models import SiteDocument
from pages import formats
from pages.attached_texts import address_of_text
from pages.models.reading import as_its_type, whole
from pages.navigation import menu_titles

from .models import Entry
from .passages import Fragment, passage
from .promotions import Pick


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
    picks: Collection[Pick],
    stems: Collection[str],
    language: str,
    request: HttpRequest | None = None,
) -> list[Result]:
    """Return promoted results, then those of the entries in their order."""
    found = _entries(entries)
    places = {pick.page: (pick.path, pick.content_type) for pick in picks if pick.page}
    places |= {entry.page_id: (entry.path, entry.content_type) for entry in found.values() if entry.page_id}
    pages, trails = _pages(places)
    told = [_promoted(pick, pages, trails, request) for pick in picks if not pick.page or pick.page in pages]
    for entry in (found[pk] for pk in entries if pk in found):
        fragments = passage(entry.text, stems, language)
        if entry.page_id in pages:
            result = _page(pages[entry.page_id], entry.kind, trails, request)
        elif entry.document:
            result = _document(entry.document, language)
            # Of a mere file only facts are known, and the result tells them anyway.
            fragments = [] if result.is_file else fragments
        else:
            continue
        result.passage, result.day = fragments, entry.day
        result.title_parts = passage(result.title, stems, language, length=len(result.title))
        told.append(result)
    return told


def _entries(ids: list[int]) -> dict[int, Any]:
    """Return entries with their documents, and where their pages stand."""
    page = {"path": F("page__path"), "content_type": F("page__content_type")}
    words = ("title_words", "all_words")
    return Entry.objects.select_related("document").defer(*words).annotate(**page).in_bulk(ids)


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


def _promoted(pick: Pick, pages: dict[int, Page], trails: dict[str, str], request) -> Result:
    if pick.page:
        result = _page(pages[pick.page], "", trails, request)
    else:
        result = Result("", pick.link_text or pick.link_url, pick.link_url)
    said = pick.description or getattr(result.source, "lead", "")
    result.passage = [Fragment(said)] if said else []
    result.title_parts = [Fragment(result.title)]
    result.is_promoted = True
    return result


def _pages(places: dict[int, tuple[str, int]]) -> tuple[dict[int, Page], dict[str, str]]:
    """Return pages by their ids, and the titles of all pages above them by path; both are read in one query."""
    if not places:
        return {}, {}
    above = {path[:end] for path, _type in places.values() for end in range(8, len(path), Page.steplen)}
    wanted = Page.objects.filter(Q(pk__in=places) | Q(path__in=above)).annotate(short_title_here=menu_titles())
    # To join the tables of types that no page has costs time.
    read = list(whole(wanted, bodies=False, types={content_type for _path, content_type in places.values()}))
    titles = {page.path: page.short_title_here or page.title for page in read}
    return {page.pk: as_its_type(page) for page in read if page.pk in places}, titles
