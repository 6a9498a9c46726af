"""What a template can name: the fields of a workshop, and what they say on one page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from pages import formats
from pages.interchange.body_outline import Telling
from pages.interchange.outline import Block, Heading, Paragraph, Text, every_block, plain
from pages.models import Person, WorkshopPage
from pages.models.workshops import Track
from pages.templatetags.page_tags import hours

from .filling import Linked
from .kinds import Kind

_PERSON = {
    "name": _("name with its title, such as dr"),
    "role": _("what the person did in the track"),
    "position": _("position of the person"),
    "line": _("name, role and position in one line"),
}
_OUTCOME = {
    "name": _("name of the outcome; a link where it has a document"),
    "track": _("title of its track"),
    "address": _("address of its document"),
    "file": _("format, size and number of pages of its document"),
}
_TRACK = {
    "number": _("number of the track: 1, 2, 3"),
    "title": _("title of the track"),
    "summary": _("summary of the track, each paragraph by itself"),
    "people": _PERSON,
    "outcomes": _OUTCOME,
}
_WORKSHOP: dict[str, Any] = {
    "title": _("title of the workshop"),
    "lead": _("lead"),
    "text": _("text of the page without pictures and tables, each paragraph by itself"),
    "dates": _("days on which it takes place"),
    "hours": _("hours"),
    "venue": _("venue"),
    "city": _("city"),
    "place": _("venue and city in one line"),
    "organiser": _("organiser"),
    "programme": _("programme"),
    "edition": _("number in the series"),
    "audience": _("for whom it is"),
    "contact": _("name, e-mail address and telephone of the contact"),
    "address": _("address of the page"),
    "site": _("name of the site"),
    "today": _("the day on which the document is made"),
    "tracks": _TRACK,
    "outcomes": _OUTCOME,
}
#: A text is a sentence for the editor, a mapping the shape of a list's entries.
SHAPES: dict[str, Mapping[str, Any]] = {
    Kind.SUMMARY: _WORKSHOP,
    Kind.OUTCOMES: _WORKSHOP,
    Kind.CERTIFICATE: {"name": _("name of the person"), **_WORKSHOP},
}


def data_of(page: WorkshopPage, site_name: str) -> dict[str, Any]:
    """Return what a workshop says in its own language, as plain texts and lists."""
    language = page.locale.language_code
    with translation.override(language):
        return _told(page, Telling(page.full_url or "", language), site_name)


def _told(page: WorkshopPage, telling: Telling, site_name: str) -> dict[str, Any]:
    tracks = [_track(number, track, telling) for number, track in enumerate(page.tracks_with_people, start=1)]
    between = pgettext("between parts of a list", ", ")
    return {
        "title": page.title,
        "lead": page.lead,
        "text": _lines(telling.body(page.body, 1)),
        "dates": formats.range_text(page.starts_on, page.ends_on),
        "hours": hours(page) or "",
        "venue": page.venue,
        "city": page.city,
        "place": between.join(filter(None, [page.venue, page.city])),
        "organiser": page.organiser.name if page.organiser else "",
        "programme": page.programme.name if page.programme else "",
        "edition": str(page.edition or ""),
        "audience": between.join(audience.name for audience in page.audiences.all()),
        "contact": between.join(filter(None, [page.contact_name, page.contact_email, page.contact_phone])),
        "address": page.full_url or "",
        "site": site_name,
        "today": formats.long_date(timezone.localdate()),
        "tracks": tracks,
        "outcomes": [outcome for track in tracks for outcome in track["outcomes"]],
    }


def _track(number: int, track: Track, telling: Telling) -> dict[str, Any]:
    members = [(row.role, row.person) for row in track.people.all()]
    return {
        "number": str(number),
        "title": track.title,
        "summary": _lines(telling.rich_text(track.summary)),
        "people": [_person(role, one) for role, one in members],
        "outcomes": [_outcome(row, track, telling) for row in track.outcomes.all()],
    }


def _person(role: str, person: Person) -> dict[str, str]:
    line = pgettext("between parts of a list", ", ").join(filter(None, [person.full_name, role, person.position]))
    return {"name": person.full_name, "role": role, "position": person.position, "line": line}


def _outcome(row: Any, track: Track, telling: Telling) -> dict[str, str]:
    address = urljoin(telling.base, row.document.url) if row.document else ""
    return {
        "name": Linked(row.name, address) if address.startswith("http") else row.name,
        "track": track.title,
        "address": address,
        "file": pgettext("between parts of a list", ", ").join(formats.file_facts(row.document))
        if row.document
        else "",
    }


def _lines(blocks: list[Block]) -> str:
    return "\n".join(filter(None, _line_texts(blocks)))


def _line_texts(blocks: list[Block]) -> Iterator[str]:
    for block in every_block(blocks):
        if isinstance(block, Paragraph | Heading):
            words = [piece for piece in block.content if isinstance(piece, Text)]
            yield " ".join(plain(words).split())
