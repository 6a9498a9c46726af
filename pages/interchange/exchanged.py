"""Whether a picture of a file that came back is still the one that the page shows.

Word makes pictures smaller when it saves, so the bytes alone tell only that nothing was changed.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from PIL import Image, ImageChops
from wagtail.models import ModelLogEntry

from media.models import SiteImage

from .library import size_of
from .page_outline import PageText

#: Both are looked at in so many fields each way, and may differ by so much of 255 in any of them: what a new
#: compression changes stays far below, one other number in a chart comes out above.
FIELDS = 64
MOST_DIFFERENCE = 12
#: Widths and heights are whole numbers.
MOST_ASPECT_DIFFERENCE = 0.03


class Pictures:
    """The pictures of a file beside those of the library; each is read when somebody asks, and once."""

    def __init__(self, read: Callable[[str], bytes | None], texts: Iterable[PageText], since: datetime | None = None):
        self._read = read
        self._since = since
        self._sources = {image.pk: (text, name, image) for text in texts for name, image in text.images.items()}
        self._known: dict[tuple[str, int], bool | None] = {}

    def is_image(self, name: str, number: int) -> bool | None:
        """Return whether a picture of the file shows an image of the library; None where nobody can tell."""
        if (name, number) not in self._known:
            self._known[name, number] = self._compared(name, number)
        return self._known[name, number]

    def can_be_shown(self, name: str) -> bool:
        """Return whether the library would take a picture, as far as its header tells."""
        return size_of(self._read(name)) is not None

    def are_replaced(self, numbers: Iterable[int]) -> bool:
        """Return whether somebody has changed one of these images of the library since the file was made."""
        if self._since is None:
            return False
        found = ModelLogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(SiteImage),
            object_id__in=[str(number) for number in numbers],
            action="wagtail.edit",
            timestamp__gt=self._since,
        )
        return found.exists()

    def _compared(self, name: str, number: int) -> bool | None:
        if number not in self._sources:
            return False
        text, told_name, image = self._sources[number]
        theirs = self._read(name) or b""
        if hashlib.sha1(theirs, usedforsecurity=False).hexdigest() == image.file_hash:
            return True
        ours = text.read(told_name)
        return None if ours is None else shows_the_same(ours, theirs)


def shows_the_same(one: bytes, other: bytes) -> bool:
    """Return whether two files show the same picture, whatever their format, size and compression."""
    if one == other:
        return True
    sizes = size_of(one), size_of(other)
    if sizes[0] is None or sizes[1] is None:
        return False
    (width, height), (other_width, other_height) = sizes
    if abs(width * other_height - other_width * height) > MOST_ASPECT_DIFFERENCE * width * other_height:
        return False
    try:
        difference = ImageChops.difference(_small(one), _small(other))
    except Exception:  # noqa: BLE001 -- Pillow raises nearly anything on a broken file
        return False
    return max(most for _least, most in difference.getextrema()) <= MOST_DIFFERENCE


def _small(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content)) as picture:
        seen = picture.convert("RGBA").resize((FIELDS, FIELDS), Image.Resampling.BOX)
    paper = Image.new("RGBA", seen.size, "white")
    paper.alpha_composite(seen)
    return paper.convert("RGB")
