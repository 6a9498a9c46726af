"""The pictures of a file that came back, and those of the page, side by side before anything is taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.images.shortcuts import get_rendition_or_not_found

from media.models import SiteImage
from pages.interchange.comparing import Change
from pages.interchange.outline import Block, Picture, every_inline
from pages.interchange.slots import Kind

from .coming_back import Returned
from .models import ReturnedFile
from .origins import can_come_back
from .sent_pictures import sent_picture


@dataclass(frozen=True)
class ShownPicture:
    """A picture with the words that are shown in its stead; of the file by its name there, of the library by its address."""

    label: str
    alt: str
    name: str = ""
    address: str = ""


@require_safe
def picture(request: HttpRequest, page_id: int, file_id: Any) -> HttpResponse:
    """Send a picture of a file that came back to who uploaded it."""
    kept = get_object_or_404(ReturnedFile, pk=file_id, page=page_id, uploaded_by=request.user)
    if not can_come_back(kept.page.specific, request.user):
        raise PermissionDenied
    return sent_picture(bytes(kept.content), request.GET.get("name", ""))


def exchanged(back: Returned, change: Change) -> list[ShownPicture]:
    """Return the picture of the page and the one that stands in its place in the file."""
    shown = [_of_library(change.now, _alt(back, change))]
    if isinstance(change.after, Picture):
        shown.append(_of_file(change.after, _("in Word")))
    return [found for found in shown if found]


def new_pictures(blocks: Iterable[Block]) -> Iterator[ShownPicture]:
    """Yield the pictures among the blocks that are new in the file."""
    for piece in every_inline(blocks):
        if isinstance(piece, Picture):
            yield _of_file(piece, _("in Word"))


def _of_file(found: Picture, label: str) -> ShownPicture:
    return ShownPicture(label, found.alt, name=found.name if found.format else "")


def _of_library(number: int | None, alt: str) -> ShownPicture | None:
    image = SiteImage.objects.filter(pk=number).first() if number else None
    if image is None:
        return None
    return ShownPicture(_("on the site"), alt, address=get_rendition_or_not_found(image, "max-400x300").url)


def _alt(back: Returned, change: Change) -> str:
    now = back.bringing.now
    slots = (slot for slot in now.told.slots.values() if slot.kind is Kind.PICTURE)
    slot = next((slot for slot in slots if slot.image.path == change.slot.path), None)
    return back.values.of(slot, now.said.get(slot.name, [])).value or "" if slot else ""
