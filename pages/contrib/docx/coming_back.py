"""A Word file that was made of a page, edited by somebody, read as proposals for the page."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field

from wagtail.models import Page, Revision

from pages.interchange.bodies import BlockData, more_blocks
from pages.interchange.bringing_back import Bringing
from pages.interchange.comparing import Comparison, PageState, compare, said_in
from pages.interchange.outline import Block, Outline, Report
from pages.interchange.parts import in_parts
from pages.interchange.site_links import page_finder
from pages.interchange.slots import Kind
from pages.interchange.stored import data_of, piece
from pages.interchange.values import Values, links_in

from .reading import read
from .writing import write

#: In place of each picture: what a picture shows is not compared, only its words.
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


def returned(page: Page, outline: Outline) -> Returned:
    """Compare a file with the latest draft of the page that it was made of."""
    now_page = page.get_latest_revision_as_object()
    now = state_of(now_page)
    return compared(now_page, outline, _base(page, outline, now), now)


def compared(page: Page, outline: Outline, base: PageState | None, now: PageState) -> Returned:
    """Compare a file with a state of the page; ``base`` is the state that it was made of."""
    page_at = page_finder()
    values = Values(page_at, _links([base, now] if base else [now], page))
    report = Report()

    def make_blocks(blocks: list[Block]) -> list[BlockData]:
        made = more_blocks(blocks, page_at, now.told.body_level)
        report.counts.update(made.report.counts)
        return made.blocks

    comparison = compare(base, now, outline, values)
    return Returned(page, comparison, Bringing(now, make_blocks, page_at), values, report, base is not None)


def state_of(page: Page) -> PageState:
    """Return a state of a page with what a file made of it says."""
    told = in_parts(page)
    again = read(write(told.outline, lambda _name: _DOT), parts=True)
    return PageState(data_of(page), told, said_in(again))


def _base(page: Page, outline: Outline, now: PageState) -> PageState | None:
    """Return the state that a file was made of; None where it is not kept any more."""
    number = outline.origin.revision if outline.origin else 0
    if number == (page.latest_revision_id or 0):
        return now
    revision = Revision.objects.for_instance(page).filter(pk=number).first()
    return state_of(revision.as_object()) if revision else None


def _links(states: list[PageState], page: Page) -> dict[str, str]:
    found = []
    for state in states:
        slots = [slot for slot in state.told.slots.values() if slot.kind is Kind.RICH]
        found += [piece(state.data, slot.path) or "" for slot in slots]
    return links_in(found, page.full_url or "")
