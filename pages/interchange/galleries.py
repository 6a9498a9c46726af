"""Where the pictures of a gallery are in a page's data, and how a new one is put among them.

A gallery is a block of the body or a row of the page; its pictures are items or rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.core.validators import MaxLengthValidator

from pages.models.galleries import GalleryPhoto

from .bodies import ALT_LENGTH, CAPTION_LENGTH
from .outline import Block, Paragraph, Picture, every_inline, plain
from .slots import Path, Slot
from .stored import Data, piece

if TYPE_CHECKING:
    from .comparing import PageState

#: How long words may be, by the names that the lists of pictures have: in a block, in a row.
_LISTS = {
    "pictures": {"alt": ALT_LENGTH, "caption": CAPTION_LENGTH},
    "photos": {name: GalleryPhoto._meta.get_field(name).max_length for name in ("alt", "caption")},
}


def place_in_gallery(state: PageState, slot: Slot) -> Path | None:
    """Return the picture of a gallery that a slot belongs to, or the gallery whose title it is; None elsewhere."""
    at = slot.row or slot.owner
    if at[-2:-1] and at[-2] in _LISTS:
        return at
    stored = state.piece(slot.owner) if len(slot.owner) == 2 else None
    return slot.owner if isinstance(stored, dict) and any(name in stored for name in _LISTS) else None


def gallery_of(place: Path) -> Path:
    """Return the gallery that a place is in."""
    return place[:-2] if place[-2] in _LISTS else place


def put_picture(data: Data, beside: Path, image: int | None, blocks: list[Block]) -> None:
    """Put a new picture behind another, or at the beginning; at the end where that one has gone.

    Raises ``ValidationError`` where its words are too long.
    """
    gallery = piece(data, gallery_of(beside))
    name = next(name for name in _LISTS if name in gallery)
    rows, key = gallery[name], beside[-1]
    value = _value(blocks) | {"image": image}
    for field, length in _LISTS[name].items():
        MaxLengthValidator(length)(value[field])
    if name == "photos":
        made: dict[str, Any] = {"pk": None, "gallery": gallery["pk"], "translation_key": str(uuid4()), **value}
    else:
        made = {"type": "item", "value": value, "id": str(uuid4())}
    place = next(
        (at for at, row in enumerate(rows, start=1) if key in (row.get("id"), row.get("translation_key"))), None
    )
    rows.insert(0 if beside == gallery_of(beside) else len(rows) if place is None else place, made)
    if name == "photos":
        for number, row in enumerate(rows):
            row["sort_order"] = number


def _value(blocks: list[Block]) -> dict[str, Any]:
    picture = next(found for found in every_inline(blocks) if isinstance(found, Picture))
    caption = " ".join(plain(block.content) for block in blocks[1:] if isinstance(block, Paragraph))
    return {"alt": picture.alt, "is_decorative": picture.is_decorative, "caption": caption}
