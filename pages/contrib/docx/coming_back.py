"""A Word file that was made of a page, edited by somebody, read as proposals for the page."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from pages.interchange.bodies import BlockData, more_blocks
from pages.interchange.bringing_back import Bringing
from pages.interchange.comparing import Comparison, PageState, Proposal, compare, said_in
from pages.interchange.exchanged import Pictures
from pages.interchange.library import Library
from pages.interchange.outline import Block, Picture, ReadFile, Report
from pages.interchange.parts import in_parts
from pages.interchange.progress import next_step, portion
from pages.interchange.returned_notes import as_items, count_of_notes, numbered
from pages.interchange.site_links import page_finder
from pages.interchange.slots import Kind
from pages.interchange.stored import data_of
from pages.interchange.values import KnownLinks, Values, links_in
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
    #: How many notes the page had when its file was made; those of the file are numbered on from there.
    notes_before: int = 0
    #: Compares once more, with the notes numbered from another number, and only those that are wanted.
    again: Callable[[int, list[int]], Returned] | None = None

    def chosen(self, keys: Iterable[str]) -> tuple[Returned, list[Proposal]]:
        """Return the proposals with these keys that can be taken; their notes are numbered on from those of the page."""
        found = self._with_keys(set(keys))
        notes = sorted({number - self.notes_before for proposal in found for number in proposal.notes})
        now = count_of_notes(self.bringing.now.data.get("body") or [], self.bringing.notes_heading)
        if self.again is None or not notes or (now == self.notes_before and notes[-1] == len(notes)):
            return self, found
        back = self.again(now, notes)
        return back, back._with_keys(set(keys))

    def _with_keys(self, keys: set[str]) -> list[Proposal]:
        found = (proposal for proposal in self.comparison.proposals if proposal.key in keys and proposal.can_be_taken)
        return [proposal for proposal in found if not self.bringing.problem(self.page, proposal)]


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
    with translation.override(page.locale.language_code):
        heading = _("Notes")
    before = count_of_notes((base or now).data.get("body") or [], heading)

    def again(start: int, wanted: list[int] | None) -> Returned:
        return _compared(page, file, base, now, since, _Notes(heading, start, wanted))

    back = again(before, None)
    back.notes_before, back.again = before, again
    return back


@dataclass(frozen=True)
class _Notes:
    heading: str
    start: int
    wanted: list[int] | None


def _compared(
    page: Page, file: ReadFile, base: PageState | None, now: PageState, since: datetime | None, notes: _Notes
) -> Returned:
    page_at = page_finder()
    states = [base, now] if base else [now]
    links = _links(states, page)
    values = Values(page_at, links)
    pictures = Pictures(file.picture, [state.told.text for state in states], since)
    report = Report()

    def image_of(picture: Picture) -> None:
        """Stand in for the library, which takes nothing before the editor has chosen."""
        if not pictures.can_be_shown(picture.name):
            raise ValidationError(_("The new picture cannot be shown on the site: save it as JPEG or PNG."))

    def make_blocks(blocks: list[Block]) -> list[BlockData]:
        made = more_blocks(blocks, page_at, now.told.body_level)
        report.counts.update(made.report.counts)
        return made.blocks

    next_step()
    outline = numbered(file.outline, notes.start, notes.wanted)
    comparison = compare(base, now, outline, values, pictures)
    items = as_items(file.outline.notes, KnownLinks(page_at, links))
    order = range(1, len(items) + 1) if notes.wanted is None else notes.wanted
    told = {place: items[number - 1] for place, number in enumerate(order, start=notes.start + 1)}
    bringing = Bringing(now, make_blocks, page_at, image_of, told, notes.heading)
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
