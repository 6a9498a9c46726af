"""What a page or a document says, sorted by how much it tells of what the page is about."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index

from media.models import SiteDocument
from pages import formats
from pages.attached_texts import text_of
from pages.models import NewsPage, WorkshopPage

from .models import Kind

#: Fields told apart below; whatever else a page type searches in is part of its body.
_TOLD_APART = {"title", "short_title", "lead", "body", "tracks", "city", "venue"}


@dataclass
class Text:
    """The words of an entry by the part in which they stand, and what it is filed under."""

    kind: str
    title: str
    short_title: str = ""
    lead: str = ""
    headings: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    day: datetime.date | None = None
    programme_id: int | None = None

    @property
    def to_quote(self) -> list[str]:
        """The parts a passage may be cut from, in the order of the page."""
        parts = [self.lead, *self.body, *self.headings, *self.people, *self.documents, *self.facts]
        return [" ".join(part.split()) for part in parts if part and part.strip()]


def of_page(page: Page) -> Text:
    """Return what a page of any type says to readers; parked blocks say nothing."""
    language = page.locale.language_code
    text = Text(
        kind=kind_of(page),
        title=page.title,
        short_title=getattr(page, "short_title", ""),
        lead=getattr(page, "lead", ""),
        day=_day(page),
        programme_id=getattr(page, "programme_id", None),
    )
    text.facts += _facts(page, language)
    text.body += _other_fields(page)
    _add_body(text, getattr(page, "body", None))
    _add_tracks(text, getattr(page, "tracks_with_people", ()))
    _add_galleries(text, getattr(page, "galleries_with_photos", ()))
    for group in getattr(page, "attachment_groups_to_show", ()):
        text.documents += [group.title, *(str(row) for row in group.attachments.all())]
    return text


def of_document(document: SiteDocument, language: str) -> Text:
    """Return what can be found of a document: its title, its text where it can be read, the facts of the file."""
    said = text_of(document)
    text = Text(
        kind=Kind.DOCUMENT,
        title=document.title,
        headings=said.headings,
        body=said.lines,
        day=document.published_on,
    )
    text.facts += [document.format, document.get_kind_display() if document.kind != "other" else ""]
    text.facts += _dates(document.published_on, None, language)
    return text


def kind_of(page: Page) -> str:
    """Return under which kind readers find a page; a plugin's types are pages like others."""
    if isinstance(page, WorkshopPage):
        return Kind.WORKSHOP
    return Kind.NEWS if isinstance(page, NewsPage) else Kind.SECTION


def _day(page) -> datetime.date | None:
    return getattr(page, "starts_on", None) or getattr(page, "display_date", None)


def _facts(page, language: str) -> Iterator[str]:
    """Yield what stands on the page outside its texts: dates, unit, programme, topics, audience, contact."""
    if starts := getattr(page, "starts_on", None):
        yield from _dates(starts, page.ends_on, language)
        yield ", ".join(filter(None, [page.venue, page.city]))
        yield from (str(row) for row in page.audiences.all())
    else:
        yield from _dates(getattr(page, "display_date", None), None, language)
    for name in ("organiser", "author_unit", "programme"):
        if named := getattr(page, name, None):
            yield " ".join(filter(None, [named.name, named.short_name]))
    yield from (str(topic) for topic in getattr(page, "topics", ()))
    yield getattr(page, "contact_name", "")
    yield getattr(page, "contact_email", "")


def _dates(first: datetime.date | None, last: datetime.date | None, language: str) -> list[str]:
    """Return dates as people write them: in words, and in figures."""
    days = [day for day in dict.fromkeys([first, last]) if day]
    words = [formats.range_text(first, last, language)] if first else []
    months = dict.fromkeys(formats.month_and_year(day, language) for day in days)
    dates = (text for day in days for text in (formats.long_date(day, language), f"{day:%d.%m.%Y}"))
    return [*words, *dates, *months]


def _other_fields(page) -> Iterator[str]:
    """Yield the texts that a page type, ours or a plugin's, declares as ``search_fields`` of its own."""
    for declared in page.get_search_fields():
        if isinstance(declared, index.SearchField) and declared.field_name not in _TOLD_APART:
            value = declared.get_value(page)
            yield from value if isinstance(value, list) else [str(value or "")]


def _add_body(text: Text, stream: Iterable) -> None:
    for child in stream or ():
        if child.block_type == "heading":
            text.headings.append(child.value["text"])
        else:
            text.body += child.block.get_searchable_content(child.value)


def _add_tracks(text: Text, tracks: Iterable) -> None:
    for track in tracks:
        text.headings.append(track.title)
        text.body.append(get_text_for_indexing(str(track.summary or "")))
        for row in track.people.all():
            text.people.append(", ".join(filter(None, [row.person.full_name, row.person.position, row.role])))
        text.documents += [row.name for row in track.outcomes.all()]


def _add_galleries(text: Text, galleries: Iterable) -> None:
    for gallery in galleries:
        text.body += [gallery.title, *(photo.caption for photo in gallery.photos.all())]
