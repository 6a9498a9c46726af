"""What an editor has chosen of a file becomes a new state of the page, as one draft."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.models import Page

from .bodies import BlockData
from .comparing import Change, PageState, Proposal, State, picture_in
from .galleries import put_picture
from .outline import Block, Picture
from .returned_notes import add_notes
from .rich_text import PageAt
from .slots import Kind, Path
from .stored import Data, locate, page_of, remove
from .table_rows import RowChange
from .values import Unclear
from .writing_back import NotStored, store, store_item, store_rows

#: Makes blocks of a body of what stands in the file and in no slot.
MakeBlocks = Callable[[list[Block]], list[BlockData]]


@dataclass
class Bringing:
    """Carries proposals into the data of a page."""

    now: PageState
    make_blocks: MakeBlocks
    page_at: PageAt
    #: Returns the number of the library's image for a picture of the file, or None as long as it is only asked whether
    #: there could be one; raises ``NotStored`` or ``ValidationError``.
    image_of: Callable[[Picture], int | None] | None = None
    #: Footnotes of the file as items of a list by their numbers, and what stands above that list.
    notes: dict[int, str] = field(default_factory=dict)
    notes_heading: str = ""

    def data_with(self, proposals: Iterable[Proposal]) -> Data:
        """Return the page's data with these proposals; raises ``NotStored`` where a value has no place."""
        data = copy.deepcopy(self.now.data)
        chosen = [proposal for proposal in proposals if proposal.can_be_taken]
        for proposal in chosen:
            self._change(data, proposal)
        for path, rows in _rows(chosen).items():
            store_rows(data, path, rows)
        for proposal in reversed(chosen):
            if proposal.like is not None:
                store_item(data, proposal.like, proposal.changes[0].after, self.page_at)
            elif proposal.beside is not None:
                put_picture(data, proposal.beside, self._image(proposal.blocks), proposal.blocks)
        self._arrange(data, chosen)
        for proposal in chosen:
            for path in proposal.removed:
                remove(data, path)
        if numbers := sorted({number for proposal in chosen for number in proposal.notes}):
            add_notes(data["body"], [self.notes[number] for number in numbers], self.notes_heading)
        return data

    def problem(self, page: Page, proposal: Proposal) -> str:
        """Return why a proposal cannot be taken, in the editor's language; an empty string if it can."""
        try:
            if proposal.row is not None:
                # Its cells are either words or numbers; a whole page need not be made to tell.
                self._try_row(proposal)
                return ""
            changed = page_of(page, self._alone(proposal).data_with([proposal]))
            _check(changed, proposal, page)
        except NotStored:
            return "unclear"
        except ValidationError as error:
            return " ".join(_messages(error))
        return ""

    def _alone(self, proposal: Proposal) -> Bringing:
        """Return the same for a page without the blocks and revisions that a proposal has nothing to do with."""
        data = self.now.only(proposal.owner, proposal.after or ())
        # A page that names revisions fetches each, with all its blocks.
        return replace(self, now=replace(self.now, data=data | {"latest_revision": None, "live_revision": None}))

    def _change(self, data: Data, proposal: Proposal) -> None:
        if proposal.state in (State.CHANGED, State.CONFLICT):
            for change in proposal.changes:
                if change.slot.kind is Kind.IMAGE:
                    self._exchange(data, change)
                elif change.slot.kind is not Kind.FIXED and not isinstance(change.after, Unclear):
                    store(data, change.slot, change.before, change.after, change.now, self.page_at)

    def _exchange(self, data: Data, change: Change) -> None:
        container, key = locate(data, change.slot.path)
        if change.after is None:
            container[key] = None
        elif self.image_of is None:
            raise NotStored
        elif number := self.image_of(change.after):
            container[key] = number

    def _image(self, blocks: list[Block]) -> int | None:
        picture = picture_in(blocks)
        if self.image_of is None or picture is None:
            raise NotStored
        return self.image_of(picture)

    def _try_row(self, proposal: Proposal) -> None:
        for path, rows in _rows([proposal]).items():
            container, key = locate(self.now.data, path)
            store_rows({"table": container[key]}, ("table",), rows)

    def _arrange(self, data: Data, chosen: list[Proposal]) -> None:
        """Put new and moved blocks behind those that they follow in the file, in the order of the file."""
        for proposal in chosen:
            if proposal.state is State.MOVED and proposal.row is None:
                moved = data["body"].pop(_place(data["body"], proposal.owner))
                _put(data["body"], [moved], proposal.after)
        # Backwards, as each stands directly behind the block it follows, and what grew out of a block before all.
        for proposal in reversed(chosen):
            if proposal.is_new_block:
                _put(data["body"], self.make_blocks(proposal.blocks), proposal.after)
        for proposal in chosen:
            if proposal.state in (State.CHANGED, State.CONFLICT) and proposal.blocks:
                _put(data["body"], self.make_blocks(proposal.blocks), proposal.owner)


def _rows(chosen: Iterable[Proposal]) -> dict[Path, list[RowChange]]:
    """Return what is to be done with rows by the paths of their tables."""
    found: dict[Path, list[RowChange]] = {}
    for proposal in chosen:
        if proposal.row is not None:
            found.setdefault((*proposal.owner, "table"), []).append(proposal.row)
    return found


def _put(body: list[Any], made: list[Any], after: Path | None) -> None:
    place = _place(body, after) + 1 if after else 0
    body[place:place] = made


def _place(body: list[Any], owner: Path) -> int:
    return next(number for number, block in enumerate(body) if block.get("id") == owner[1])


def _check(changed: Page, proposal: Proposal, page: Page) -> None:
    """Validate what a proposal touches, and nothing else: a draft may have gaps of its own."""
    if not proposal.changes or proposal.state not in (State.CHANGED, State.CONFLICT, State.NEW):
        return
    owner = proposal.owner
    if any(change.slot.kind is Kind.IMAGE and not getattr(change.after, "alt", "") for change in proposal.changes):
        # A new picture without words is a gap of the draft: the form asks for them.
        return
    if owner[0] == "body":
        block = next(child for child in changed.body if str(child.id) == owner[1])
        block.block.clean(block.value)
    elif len(owner) == 1:
        field = changed._meta.get_field(owner[0])
        field.clean(getattr(changed, owner[0]), changed)
    else:
        model = type(changed)
        for relation in owner[::2]:
            model = model._meta.get_field(relation).related_model
        for change in proposal.changes:
            if change.slot.kind is not Kind.FIXED and isinstance(change.after, str):
                model._meta.get_field(change.slot.field[-1]).clean(change.after, None)


def _messages(error: ValidationError) -> list[str]:
    """Return the messages of an error, those inside a block too."""
    found = list(getattr(error, "messages", []) or [])
    inner = getattr(error, "block_errors", None)
    if inner:
        each = inner.values() if isinstance(inner, dict) else inner
        found = [words for one in each if one for words in _messages(one)]
    return found
