"""The pictures of a text, decoded and written anew, so that nothing of the file itself reaches a reader."""

from __future__ import annotations

import io
from collections.abc import Callable

from PIL import Image, ImageOps

from pages.interchange.library import showable
from pages.interchange.outline import Picture, ReadFile

from .page_html import Shown

WIDEST = 1200
#: So many pictures of a file are shown; of the others, readers get the words.
MOST = 200
MOST_BYTES = 30 << 20


class Pictures:
    """Takes each picture out of a file once, when the page first asks for it."""

    def __init__(self, read: ReadFile, address: Callable[[int], str]):
        self._read = read
        self._address = address
        self._shown: dict[str, Shown | None] = {}
        self._bytes = 0
        #: The pictures by their numbers, from 1.
        self.contents: list[bytes] = []

    def shown(self, picture: Picture) -> Shown | None:
        """Return where readers get a picture; None where no browser shows it."""
        if picture.name not in self._shown:
            self._shown[picture.name] = self._take(picture) if picture.format else None
        return self._shown[picture.name]

    def _take(self, picture: Picture) -> Shown | None:
        if len(self.contents) >= MOST or self._bytes > MOST_BYTES:
            return None
        sound = showable(self._read.picture(picture.name))
        if sound is None:
            return None
        content, size = _anew(sound[0])
        self.contents.append(content)
        self._bytes += len(content)
        return Shown(self._address(len(self.contents)), *size)


def _anew(content: bytes) -> tuple[bytes, tuple[int, int]]:
    with Image.open(io.BytesIO(content)) as opened:
        picture = ImageOps.exif_transpose(opened)
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
        picture.thumbnail((WIDEST, 4 * WIDEST))
        made = io.BytesIO()
        picture.save(made, "WEBP", quality=80)
        return made.getvalue(), picture.size
