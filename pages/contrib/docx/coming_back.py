"""A Word file that was made of a page, edited by somebody, read as proposals for the page."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from pages.interchange.bodies import BlockData, more_blocks
from pages.interchange.bringing_back import Bringing
from pages.interchange.comparing import Comparison, PageState, compare, said_in
from pages.interchange.exchanged import Pictures
from pages.interchange.library import Library
from pages.interchange.outline import Block, Picture, ReadFile, Report
from pages.interchange.parts import in_parts
from pages.interchange.progress import next_step, portion
from pages.interchange.site_links import page_finder
from pages.interchange.slots import Kind
from pages.interchange.stored import data_of
from pages.interchange.values import Values, links_in
from pages.interchange.writing_back import NotStored

from .reading import read
from .writing import write

#: In place of each picture: what it shows is compared with the file's only where the bytes differ.
_DOT = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")


@dataclass
class Returned:
    """A file that came back, compared with its page."""

    page: Page
    comparison: Comparison
    bringing: Bringing
    values: Values
    #: What the blocks that are new in the file could not hold.
    report: Report = field(default_factory=Report)
    #: Whether the state that the file was made of is still kept.
    is_state_known: bool = True


def returned(page: Page, file: ReadFile) -> Returned:
    """Compare a file with the latest draft of the page that it was made of."""
    now_page = page.get_latest_revision_as_object()
    now = state_of(now_page)
    origin = file.outline.origin
    revision = Revision.objects.for_instance(page).filter(pk=origin.revision).first() if origin else None
    base = now if origin and origin.revision == (page.latest_revision_id or 0) else None
    if base is None and revision is not None:
        base = state_of(revision.as_object())
    return compared(now_page, file, base, now, revision.created_at if revision else None)


def compared(
    page: Page, file: ReadFile, base: PageState | None, now: PageState, since: datetime | None = None
) -> Returned:
    """Compare a file with a state of the page; ``base`` is the state that it was made of, ``since`` that one's time."""
    page_at = page_finder()
    states = [base, now] if base else [now]
    values = Values(page_at, _links(states, page))
    pictures = Pictures(file.picture, [state.told.text for state in states], since)
    report = Report()

    def image_of(picture: Picture) -> int:
        """Stand in for the library, which takes nothing before the editor has chosen."""
        if not pictures.can_be_shown(picture.name):
            raise ValidationError(_("The new picture cannot be shown on the site: save it as JPEG or PNG."))
        return 0

    def make_blocks(blocks: list[Block]) -> list[BlockData]:
        made = more_blocks(blocks, page_at, now.told.body_level)
        report.counts.update(made.report.counts)
        return made.blocks

    next_step()
    comparison = compare(base, now, file.outline, values, pictures)
    bringing = Bringing(now, make_blocks, page_at, image_of)
    return Returned(page, comparison, bringing, values, report, base is not None)


def stored_image(file: ReadFile, picture: Picture, library: Library) -> int:
    """Put a picture of a file into the library and return its number there; raises ``NotStored`` where it is refused."""
    image = library.image(picture.name, file.picture(picture.name), alt=picture.alt)
    if image is None:
        raise NotStored
    return image.pk


def state_of(page: Page) -> PageState:
    """Return a state of a page with what a file made of it says."""
    told = in_parts(page)
    with portion(0, 0.5):
        file = write(told.outline, lambda _name: _DOT)
    with portion(0.5, 1):
        again = read(file, parts=True)
    return PageState(data_of(page), told, said_in(again))


def _links(states: list[PageState], page: Page) -> dict[str, str]:
    found = []
    for state in states:
        slots = [slot for slot in state.told.slots.values() if slot.kind is Kind.RICH]
        found += [state.piece(slot.path) or "" for slot in slots]
    return links_in(found, page.full_url or "")
