"""A page and a file that was made of it, compared piece by piece: what was changed where, and what to ask the editor.

Three states are compared: the page when the file was made, the page now, and the file. The first is told once more
through the same writer and reader as the file, so that what a file format cannot hold looks like no change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from pages.joined_cells import Joined
from pages.spoken_languages import known_code

from .exchanged import Pictures
from .galleries import gallery_of, place_in_gallery
from .kept_languages import KeptLanguages
from .language_changes import changed_in
from .new_pieces import goes_on, is_caption, is_picture, pieces
from .outline import Block, ItemList, Outline, Part, Picture, every_inline
from .parts import PageInParts
from .progress import counted
from .returned_notes import marks_in, marks_kept
from .slots import Kind, Path, Slot
from .stored import Data, piece
from .table_rows import (
    RowChange,
    RowState,
    can_be_told_apart,
    longest_rise,
    of_joined_cells,
    row_changes,
    with_words_of_rows_that_went,
)
from .values import Said, Unclear, Values

#: So many letters tell where in the file something is.
LONGEST_PLACE = 120


class State(StrEnum):
    """What became of one piece of the page."""

    CHANGED = "changed"
    CONFLICT = "conflict"
    NEW = "new"
    DELETED = "deleted"
    MOVED = "moved"
    #: Told only, nothing to decide.
    ON_SITE = "on_site"
    BY_HAND = "by_hand"


@dataclass(slots=True)
class PageState:
    """A state of the page: its data, its slots, and what a file made of it says."""

    data: Data
    told: PageInParts
    said: dict[str, list[Block]]
    #: The blocks of the body by their ids; whoever looks for each of thousands finds it at once.
    _blocks: dict[str, Any] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._blocks = {block["id"]: block for block in reversed(self.data.get("body") or []) if "id" in block}

    def piece(self, path: Path) -> Any:
        """Return what stands at a path, or None."""
        return piece(self.only(path) if len(path) > 1 else self.data, path)

    def only(self, *paths: Path) -> Data:
        """Return the data with nothing in the body but the blocks on these paths."""
        keys = {path[1] for path in paths if path[:1] == ("body",) and len(path) > 1}
        return {**self.data, "body": [self._blocks[key] for key in keys if key in self._blocks]}


@dataclass(slots=True)
class Change:
    """What one slot said, what it says in the file, and what the page says now."""

    slot: Slot
    before: Any
    after: Any
    now: Any


@dataclass(slots=True)
class Proposal:
    """One question to the editor, or one thing told."""

    state: State
    label: Any
    owner: Path = ()
    changes: list[Change] = field(default_factory=list)
    #: Parts of the owner, such as one picture of a gallery, that are not in the file any more.
    removed: list[Path] = field(default_factory=list)
    #: What stands in the file and in no slot; it becomes blocks of the body.
    blocks: list[Block] = field(default_factory=list)
    #: Behind which block new and moved ones stand in the file; None at the beginning.
    after: Path | None = None
    #: The one row of the owner's table that it is about.
    row: RowChange | None = None
    #: The slot of a list behind which it is a new item.
    like: Slot | None = None
    #: Behind which picture of its gallery it is a new one; the gallery itself where it is the first.
    beside: Path | None = None
    #: Which of those it is that stand behind the same block or item.
    number: int = 0
    #: The numbers of the footnotes that come with it.
    notes: list[int] = field(default_factory=list)
    is_certain: bool = True

    @property
    def key(self) -> str:
        """What the form calls it; the same each time the same file is compared with the same page."""
        follows = "/".join(self.after or ()) if self.state is State.NEW else ""
        row = f"/{self.row.key}" if self.row else f"/{self.like.row[-1]}" if self.like else ""
        row = f"/{self.beside[-1]}" if self.beside else row
        number = f"/{self.number}" if self.number else ""
        return f"{self.state}:{'/'.join(self.owner) or follows}{row}{number}"

    @property
    def can_be_taken(self) -> bool:
        return self.state not in (State.ON_SITE, State.BY_HAND)

    @property
    def is_new_block(self) -> bool:
        """Whether it becomes blocks of the body, and not a part of something that is there."""
        return self.state is State.NEW and self.row is None and self.like is None and self.beside is None

    @property
    def is_suggested(self) -> bool:
        """Whether it is taken unless the editor says otherwise: what the page says now would not be lost."""
        return self.can_be_taken and self.state is not State.CONFLICT and self.is_certain


@dataclass(slots=True)
class Comparison:
    proposals: list[Proposal]
    #: How many pieces are as they were.
    unchanged: int
    #: Whether the file has lost the marks that tell which piece is which.
    lost_marks: bool = False
    #: The words before each footnote that stands where a page keeps no number.
    lost_notes: list[str] = field(default_factory=list)


def compare(
    base: PageState | None, now: PageState, file: Outline, values: Values, pictures: Pictures | None = None
) -> Comparison:
    """Return what a file changes on a page; without the state it was made of, every difference is a conflict."""
    return _Comparing(base or now, now, file, values, pictures, knows_base=base is not None).compared()


def said_in(outline: Outline) -> dict[str, list[Block]]:
    """Return the blocks of each part of an outline by its name."""
    found: dict[str, list[Block]] = {}
    for block in outline.blocks:
        if isinstance(block, Part):
            found.setdefault(block.name, []).extend(block.blocks)
    return found


def picture_in(blocks: Iterable[Block]) -> Picture | None:
    """Return the first picture of some blocks."""
    return next((piece for piece in every_inline(blocks) if isinstance(piece, Picture)), None)


class _Comparing:
    def __init__(
        self,
        base: PageState,
        now: PageState,
        file: Outline,
        values: Values,
        pictures: Pictures | None,
        *,
        knows_base: bool,
    ):
        self.base, self.now, self.values, self.pictures = base, now, values, pictures
        self.knows_base = knows_base
        #: Whether what the file says of languages can be read: some programs change that of the whole text.
        self.notes_languages = known_code(file.language) == known_code(now.told.outline.language)
        self.found: dict[str, list[Block]] = {}
        #: Blocks of the body in the order of the file; what is in no slot, by the block it follows.
        self.order: list[Path] = []
        self.loose: list[tuple[Path | None, list[Block]]] = []
        #: New items of lists by the slots that they stand behind, and what stands where there is no room for it.
        self.items: dict[str, list[Block]] = {}
        self.homeless: dict[str, list[Block]] = {}
        #: New pictures of galleries, each with its caption, by the places that they stand behind.
        self.shown: dict[Path, list[list[Block]]] = {}
        self.behind_body = _names_behind_body(base.told.slots)
        self._take(file)
        self.owners: dict[Path, list[Slot]] = {}
        for slot in base.told.slots.values():
            self.owners.setdefault(slot.owner, []).append(slot)

    def _take(self, file: Outline) -> None:
        last, seen = "", set()
        behind: Slot | None = None
        blocks = _with_names_of_same_words(file.blocks, self.base.said)
        blocks = _with_names_of_neighbours(blocks, list(self.base.told.slots))
        for block in blocks:
            slot = self.base.told.slots.get(block.name) if isinstance(block, Part) else None
            if slot and slot.kind is Kind.PICTURE and isinstance(block, Part) and not picture_in(block.blocks):
                slot = None  # only its mark is left
            if slot and isinstance(block, Part) and (block.name == last or block.name not in self.found):
                self.found.setdefault(block.name, []).extend(block.blocks)
                last, behind = block.name, slot
                if slot.owner[0] == "body" and slot.owner not in seen:
                    seen.add(slot.owner)
                    self.order.append(slot.owner)
            else:
                blocks_of_none = block.blocks if isinstance(block, Part) else [block]
                if not (behind and last == behind.name and self._goes_on(behind, blocks_of_none)):
                    last = ""
                    self._take_loose(self._not_for_gallery(blocks_of_none, behind), behind)

    def _goes_on(self, behind: Slot, blocks: list[Block]) -> bool:
        """Take a list that goes on directly behind a part: as more of its text, or as items like it."""
        if len(blocks) != 1 or not isinstance(blocks[0], ItemList):
            return False
        if behind.kind is Kind.RICH and (joined := goes_on(self.found[behind.name], blocks[0])):
            self.found[behind.name] = joined
            return True
        if behind.kind in (Kind.PAIR, Kind.LINK) and behind.row:
            self.items.setdefault(behind.name, []).extend(replace(blocks[0], items=[item]) for item in blocks[0].items)
            return True
        return False

    def _not_for_gallery(self, blocks: list[Block], behind: Slot | None) -> list[Block]:
        """Take pictures, each with its caption, that stand in or directly behind a gallery; return what is left."""
        place = place_in_gallery(self.base, behind) if behind else None
        if place is None:
            return blocks
        left: list[Block] = []
        for block in blocks:
            new = self.shown.get(place, [])
            if is_picture(block):
                self.shown.setdefault(place, []).append([block])
            elif is_caption(block) and new and len(new[-1]) == 1:
                new[-1].append(block)
            else:
                left.append(block)
        return left

    def _take_loose(self, blocks: list[Block], behind: Slot | None, *, at_end: bool = False) -> None:
        """Take what is in no part: into the body, or where only data have a place, as something that is told."""
        if not blocks:
            return
        if behind and behind.name in self.behind_body:
            if behind.kind is Kind.RICH and not at_end:
                self.found[behind.name].extend(blocks)
            else:
                self.homeless.setdefault(behind.name, []).extend(blocks)
            return
        after = None if at_end else self._before(len(self.order))
        if self.loose and self.loose[-1][0] == after:
            self.loose[-1][1].extend(blocks)
        else:
            self.loose.append((after, list(blocks)))

    def _before(self, number: int) -> Path | None:
        """Return the last block before a place of the file's order that the page still has."""
        return next((owner for owner in reversed(self.order[:number]) if piece(self.now.data, owner) is not None), None)

    def compared(self) -> Comparison:
        made = [found for owner, slots in counted([*self.owners.items()]) for found in self._owner(owner, slots)]
        told = sum(bool(owner[0]) for owner in self.owners)
        touched = len({proposal.owner for proposal in made if proposal.owner[0]})
        lost = len(self.found) * 2 < len(self.base.told.slots)
        if lost:
            for proposal in made:
                proposal.is_certain = False
        made += self._moved()
        made += self._new_items()
        made += self._new_in_galleries()
        made += self._new()
        made += self._new_on_site()
        for proposal in made:
            proposal.notes = self._notes(proposal)
        return Comparison(made, told - touched, lost, self._lost_notes())

    def _notes(self, proposal: Proposal) -> list[int]:
        """Return the footnotes that stand in what a proposal would write."""
        blocks = [
            block
            for change in proposal.changes
            if change.slot.kind is Kind.RICH and proposal.state is not State.ON_SITE
            for block in self.found.get(change.slot.name, [])
        ]
        return sorted({*marks_kept(blocks), *marks_kept(proposal.blocks)})

    def _lost_notes(self) -> list[str]:
        slots = self.base.told.slots
        places = [blocks for name, blocks in self.found.items() if slots[name].kind is not Kind.RICH]
        places += [[block] for _after, blocks in self.loose for block in blocks if not marks_kept([block])]
        places += [*self.homeless.values(), *self.items.values()]
        return [_look(block)[1][:LONGEST_PLACE] for blocks in places for block in blocks if marks_in([block])]

    # --- one block, row or field ----------------------------------------------------------------

    def _owner(self, owner: Path, slots: list[Slot]) -> Iterator[Proposal]:
        label = slots[0].owner_label
        is_decor = not owner[0]
        on_site = not is_decor and self._differs_on_site(owner, slots)
        if self._is_gone(slots):
            if not is_decor and (deleted := self._deleted(owner, label, on_site)):
                yield deleted
            return
        changes, rest = self._changes(slots)
        if rest and owner[0] != "body":
            # Only the body has room for more blocks.
            self._take_loose(rest, slots[-1], at_end=True)
            rest = []
        on_site = on_site or self._is_replaced(changes)
        rows, changes = self._rows(owner, changes)
        yield from rows
        removed = [] if is_decor else self._removed_rows(slots)
        if not (changes or removed or rest):
            if on_site and (told := self._site_changes(slots)):
                yield Proposal(State.ON_SITE, label, owner, told)
            return
        fixed = all(change.slot.kind is Kind.FIXED or isinstance(change.after, Unclear) for change in changes)
        by_hand = (fixed and not removed and not rest) or piece(self.now.data, owner) is None
        state = State.BY_HAND if by_hand else self._asked(State.CHANGED, on_site)
        yield Proposal(state, label, owner, changes, removed, rest)

    def _asked(self, state: State, on_site: bool) -> State:
        return State.CONFLICT if on_site or not self.knows_base else state

    def _rows(self, owner: Path, changes: list[Change]) -> tuple[list[Proposal], list[Change]]:
        """Return a question for each row of a changed table, and the other changes.

        A table whose columns are others than they were is asked about as a whole.
        """
        made, others = [], []
        for change in changes:
            if change.slot.kind is Kind.TABLE and can_be_told_apart(change.before, change.after, change.now):
                rows = self._row_changes(owner, change)
                made += [self._row(owner, change.slot, row) for row in rows]
            else:
                others.append(change)
        return made, others

    def _row_changes(self, owner: Path, change: Change) -> list[RowChange]:
        if (self.now.piece(owner) or {}).get("joined_cells", Joined.NO) == Joined.NO:
            return row_changes(change.before, change.after, change.now)
        after = with_words_of_rows_that_went(change.before, change.after)
        return of_joined_cells(row_changes(change.before, after, change.now))

    def _row(self, owner: Path, slot: Slot, row: RowChange) -> Proposal:
        if row.state is RowState.CHANGED and row.place is None:
            state = State.BY_HAND
        else:
            state = self._asked(State(row.state), row.is_conflict)
        return Proposal(state, slot.owner_label, owner, row=row)

    def _is_gone(self, slots: list[Slot]) -> bool:
        pictures = [slot for slot in slots if slot.kind is Kind.PICTURE and not slot.row]
        return not any(slot.name in self.found for slot in pictures or slots)

    def _deleted(self, owner: Path, label: Any, on_site: bool) -> Proposal | None:
        if piece(self.now.data, owner) is None:
            return None  # deleted in both places
        if len(owner) == 1:
            # A field of the page stays, with nothing in it.
            changes = self._emptied(self.owners[owner])
            return Proposal(self._asked(State.CHANGED, on_site), label, owner, changes, is_certain=owner != ("title",))
        return Proposal(self._asked(State.DELETED, on_site), label, owner, removed=[owner])

    def _emptied(self, slots: list[Slot]) -> list[Change]:
        pictures = [slot for slot in slots if slot.kind is Kind.PICTURE]
        if not pictures:
            return self._changes(slots)[0]
        images = [slot.image for slot in pictures]
        found = [Change(slot, self.base.piece(slot.path), None, self.now.piece(slot.path)) for slot in images]
        return found + [
            Change(slot, self._value(self.base, slot), "", self._value(self.now, slot)) for slot in pictures
        ]

    def _changes(self, slots: list[Slot]) -> tuple[list[Change], list[Block]]:
        changes, rest = [], []
        for slot in slots:
            after = self._said(slot, self.found.get(slot.name, []))
            rest += self._not_for_gallery(after.rest, slot)
            if slot.row and not self._has_row(slots, slot.row):
                continue
            if slot.kind is Kind.PICTURE and (exchange := self._exchange(slot)):
                changes.append(exchange)
            kept, changed = self._languages(slot)
            before, said = _marked(self._value(self.base, slot), kept), _marked(after.value, changed)
            if said == before:
                continue
            now = _marked(self._value(self.now, slot), kept)
            if said != now or not self.knows_base:
                changes.append(Change(slot, before, said, now))
        return changes, rest

    def _languages(self, slot: Slot) -> tuple[KeptLanguages | None, KeptLanguages | None]:
        """Return the languages that words of a text are marked with on the page, and in the file."""
        if slot.kind is not Kind.RICH:
            return None, None
        kept = KeptLanguages(self.now.piece(slot.path) or "")
        if not self.notes_languages:
            return kept, kept
        told, found = self.base.said.get(slot.name, []), self.found.get(slot.name, [])
        return kept, changed_in(kept, told, found, self.now.told.outline.language)

    def _exchange(self, slot: Slot) -> Change | None:
        """Return the change where the file shows another picture than the page did."""
        before, now = self.base.piece(slot.image.path), self.now.piece(slot.image.path)
        after = picture_in(self.found.get(slot.name, []))
        if self.pictures is None or after is None or self.pictures.is_image(after.name, before) is not False:
            return None
        is_there = now not in (None, before) and self.pictures.is_image(after.name, now)
        return None if is_there else Change(slot.image, before, after, now)

    def _is_replaced(self, changes: list[Change]) -> bool:
        """Whether somebody has put another file into the library under a picture that differs."""
        exchanged = [change.before for change in changes if change.slot.kind is Kind.IMAGE]
        return bool(self.pictures and exchanged and self.pictures.are_replaced(exchanged))

    def _removed_rows(self, slots: list[Slot]) -> list[Path]:
        rows = dict.fromkeys(slot.row for slot in slots if slot.row)
        gone = [row for row in rows if not self._has_row(slots, row)]
        return [row for row in gone if piece(self.now.data, row) is not None]

    def _has_row(self, slots: list[Slot], row: Path) -> bool:
        return not self._is_gone([_without_row(slot) for slot in slots if slot.row == row])

    def _differs_on_site(self, owner: Path, slots: list[Slot]) -> bool:
        paths = [owner] if owner[0] == "body" else [slot.path for slot in slots]
        paths += [slot.image.path for slot in slots if slot.kind is Kind.PICTURE and owner[0] != "body"]
        return any(self.base.piece(path) != self.now.piece(path) for path in paths)

    def _site_changes(self, slots: list[Slot]) -> list[Change]:
        values = [(slot, self._value(self.base, slot), self._value(self.now, slot)) for slot in slots]
        images = [slot.image for slot in slots if slot.kind is Kind.PICTURE]
        values += [(slot, self.base.piece(slot.path), self.now.piece(slot.path)) for slot in images]
        return [Change(slot, before, before, now) for slot, before, now in values if before != now]

    def _value(self, state: PageState, slot: Slot) -> Any:
        return self._said(slot, state.said.get(slot.name, [])).value

    def _said(self, slot: Slot, blocks: list[Block]) -> Said:
        return self.values.of(slot, blocks)

    # --- the order of the body ------------------------------------------------------------------

    def _moved(self) -> Iterable[Proposal]:
        there = set(self.order)
        before = [owner for owner in self.owners if owner in there]
        places = {owner: place for place, owner in enumerate(before)}
        stay = longest_rise([places[owner] for owner in self.order])
        on_page = [owner for block in self.now.data.get("body") or () if (owner := ("body", block.get("id"))) in there]
        follows = dict(zip(on_page, [None, *on_page], strict=False))
        for number, owner in enumerate(self.order):
            after = self._before(number)
            # Whoever has taken it already has it there.
            if places[owner] not in stay and follows.get(owner, after) != after:
                yield Proposal(State.MOVED, self.owners[owner][0].owner_label, owner, after=after)

    def _new(self) -> Iterable[Proposal]:
        """Yield what stands in no part, one by one as it would become blocks; what the page has by now it needs not."""
        added: dict[Path, list[Block]] = {}
        for slot in self.now.told.slots.values():
            if slot.owner[0] and slot.owner not in self.owners:
                added.setdefault(slot.owner, []).extend(self.now.said.get(slot.name, []))
        there = Counter(_looks(blocks) for blocks in added.values())
        numbers: Counter[Path | None] = Counter()
        for after, blocks in self.loose:
            for found in pieces(blocks):
                looks, number = _looks(found), numbers[after]
                numbers[after] += 1
                if there[looks]:
                    there[looks] -= 1
                else:
                    yield Proposal(State.NEW, "", blocks=found, after=after, number=number)
        for name, blocks in self.homeless.items():
            slot = self.base.told.slots[name]
            yield Proposal(State.BY_HAND, slot.owner_label, slot.owner, blocks=blocks)

    def _new_items(self) -> Iterable[Proposal]:
        for name, items in self.items.items():
            like = self.base.told.slots[name]
            others = (slot for slot in self.now.told.slots.values() if slot.name not in self.base.told.slots)
            there = [self._value(self.now, slot) for slot in others if slot.owner == like.owner]
            state = State.NEW if self.now.piece(like.owner) is not None else State.BY_HAND
            for number, item in enumerate(items):
                value = self._said(like, [item]).value
                if value not in there:
                    change = Change(like, None, value, None)
                    yield Proposal(state, like.owner_label, like.owner, [change], like=like, number=number)

    def _new_in_galleries(self) -> Iterable[Proposal]:
        for beside, pictures in self.shown.items():
            gallery = gallery_of(beside)
            there = self._added_pictures(gallery)
            state = State.NEW if self.now.piece(gallery) is not None else State.BY_HAND
            label = next(slot.owner_label for slot in self.base.told.slots.values() if slot.owner[:2] == gallery)
            for number, blocks in enumerate(pictures):
                if not any(self._shows_the_same(blocks, *one) for one in there):
                    yield Proposal(state, label, gallery, blocks=blocks, beside=beside, number=number)

    def _added_pictures(self, gallery: Path) -> list[tuple[int | None, list[Block]]]:
        """Return the images that a gallery has by now and had not, each with what is told of it."""
        slots = (slot for slot in self.now.told.slots.values() if slot.kind is Kind.PICTURE)
        new = [slot for slot in slots if slot.path[:2] == gallery and slot.name not in self.base.told.slots]
        return [(self.now.piece(slot.image.path), self.now.said.get(slot.name, [])) for slot in new]

    def _shows_the_same(self, blocks: list[Block], image: int | None, told: list[Block]) -> bool:
        picture = picture_in(blocks)
        if self.pictures and image and picture and self.pictures.is_image(picture.name, image):
            return True
        return bool(_look(blocks[0])[1].strip()) and _looks(blocks[:1]) == _looks(told)

    def _new_on_site(self) -> Iterable[Proposal]:
        told: dict[Path, list[Slot]] = {}
        for slot in self.now.told.slots.values():
            if slot.owner[0] and slot.owner not in self.owners:
                told.setdefault(slot.owner, []).append(slot)
        for owner, slots in told.items():
            changes = [Change(slot, None, None, self._value(self.now, slot)) for slot in slots]
            yield Proposal(State.ON_SITE, slots[0].owner_label, owner, changes)


def _with_names_of_same_words(blocks: list[Block], said: dict[str, list[Block]]) -> list[Block]:
    """Return the blocks with a lost name given back where a missing part says exactly the same."""
    there = {block.name for block in blocks if isinstance(block, Part)}
    missing: dict[tuple[type, str], list[str]] = {}
    for name, inside in said.items():
        if name not in there and len(inside) == 1:
            missing.setdefault(_look(inside[0]), []).append(name)
    done: list[Block] = []
    for block in blocks:
        look = _look(block)
        names = missing.get(look, []) if look[1] and not isinstance(block, Part) else []
        done.append(Part(names.pop(0), [block]) if names else block)
    return done


def _names_behind_body(slots: dict[str, Slot]) -> set[str]:
    """Return the names of the parts behind the body, which hold data: tracks, galleries, documents, contact."""
    names = list(slots)
    data = (
        place
        for place, slot in enumerate(slots.values())
        if slot.owner[0].startswith("contact_") or (len(slot.owner) > 1 and slot.owner[0] not in ("", "body"))
    )
    first = next(data, len(names))
    if first and not slots[names[first - 1]].owner[0]:
        first -= 1  # the heading above them
    return set(names[first:])


def _looks(blocks: list[Block]) -> tuple[tuple[type, str], ...]:
    return tuple(_look(block) for block in blocks)


def _look(block: Block) -> tuple[type, str]:
    # A footnote is a number on the page, and perhaps another one.
    said = (
        piece for piece in every_inline([block]) if not (getattr(piece, "superscript", False) and piece.text.isdigit())
    )
    words = (getattr(piece, "text", "") or getattr(piece, "alt", "") or " " for piece in said)
    return type(block), " ".join("".join(words).split())


def _with_names_of_neighbours(blocks: list[Block], names: list[str]) -> list[Block]:
    """Return the blocks with a lost name given back where only one can be meant.

    Who writes over a whole paragraph in Word deletes its bookmark: between the same two neighbours as before then
    stands one block without a name, and one name is missing.
    """
    there = {block.name for block in blocks if isinstance(block, Part)}
    done: list[Block] = []
    for number, block in enumerate(blocks):
        if not isinstance(block, Part):
            before = blocks[number - 1] if number else None
            after = blocks[number + 1] if number + 1 < len(blocks) else None
            if name := _only_name_between(before, after, names, there):
                block = Part(name, [block])
        done.append(block)
    return done


def _only_name_between(before: Block | None, after: Block | None, names: list[str], there: set[str]) -> str:
    """Return the missing name between two blocks, if there is exactly one; None is an end of the file."""
    if any(block is not None and not (isinstance(block, Part) and block.name in names) for block in (before, after)):
        return ""
    start = names.index(before.name) + 1 if isinstance(before, Part) else 0
    end = names.index(after.name) if isinstance(after, Part) else len(names)
    between = names[start:end]
    return between[0] if len(between) == 1 and between[0] not in there else ""


def _marked(value: Any, languages: KeptLanguages | None) -> Any:
    return tuple(map(languages.put_on, value)) if languages else value


def _without_row(slot: Slot) -> Slot:
    return Slot(slot.owner, slot.field, slot.kind, slot.owner_label)
