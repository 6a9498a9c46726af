"""Pictures of a file go into the library: each once, told by its checksum, and only those that can be shown."""

from __future__ import annotations

import hashlib
import io
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image
from wagtail.permissions import policy_registry

from media.image_files import FORMATS, check_picture
from media.models import SiteImage

from .unfinished import Marks

#: Shown by no browser, but Pillow makes a PNG of them without loss.
_CONVERTED = ("BMP", "TIFF")
_SUFFIXES = {"AVIF": "avif", "GIF": "gif", "JPEG": "jpg", "PNG": "png", "WEBP": "webp"}


class Library:
    """The library as one person may use it; remembers what it stored, so that it can be taken back."""

    def __init__(self, user):
        self._user = user
        policy = policy_registry.get_by_type(SiteImage)
        self._collection = policy.collections_user_has_permission_for(user, "add").order_by("depth", "pk").first()
        self._choosable = policy.instances_user_has_any_permission_for(user, ["choose"])
        self._stored: list[SiteImage] = []
        self._marks = Marks()

    def image(self, name: str, content: bytes | None, *, alt: str = "") -> SiteImage | None:
        """Return the library's picture of these bytes, a new one where there is none; None for what is refused."""
        sound = showable(content)
        if sound is None:
            return None
        content, suffix = sound
        checksum = hashlib.sha1(content, usedforsecurity=False).hexdigest()
        return self._choosable.filter(file_hash=checksum).first() or self._add(name, content, suffix, alt)

    def take_back(self) -> None:
        """Delete the files of pictures whose rows a rollback has taken away."""
        for image in self._stored:
            image.file.storage.delete(image.file.name)
        self._marks.remove()

    def _store(self, image: SiteImage) -> None:
        """Write the file of a picture, after a mark that outlives a killed process has named it."""
        if not self._stored:
            transaction.on_commit(self._marks.remove)
        field = image.file
        name = field.storage.get_available_name(
            field.field.generate_filename(image, field.name), max_length=field.field.max_length
        )
        self._marks.add(name)
        stored = field.storage.save(name, field.file)
        if stored != name:  # somebody has taken the name at this very moment
            self._marks.add(stored)
        image.file = stored
        self._stored.append(image)

    def _add(self, name, content, suffix, alt):
        if self._collection is None:
            return None
        stem = PurePath(name).stem
        image = SiteImage(
            title=(alt or stem)[:255],
            description=alt[:255],
            collection=self._collection,
            uploaded_by_user=self._user,
            file=ContentFile(content, name=f"{stem[:60]}.{suffix}"),
        )
        image.file_size = len(content)
        image._set_file_hash()
        self._store(image)
        image.save()
        return image


def size_of(content: bytes | None) -> tuple[int, int] | None:
    """Return width and height of a picture as its header tells them; None for what is certainly refused."""
    if not content or len(content) > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
        return None
    try:
        with Image.open(io.BytesIO(content), formats=(*FORMATS, *_CONVERTED)) as picture:
            width, height = picture.size
    except Exception:  # noqa: BLE001 -- Pillow raises nearly anything on a broken file
        return None
    return (width, height) if width * height <= settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS else None


def showable(content: bytes | None) -> tuple[bytes, str] | None:
    """Return the bytes of a picture that the site can show, and their suffix; None for any other bytes."""
    # Before a single pixel is decoded.
    if not content or size_of(content) is None:
        return None
    try:
        with Image.open(io.BytesIO(content), formats=(*FORMATS, *_CONVERTED)) as picture:
            kind = picture.format or ""
            if kind in _CONVERTED:
                content, kind = _as_png(picture), "PNG"
        check_picture(io.BytesIO(content))
    except ValidationError:
        return None
    except Exception:  # noqa: BLE001 -- Pillow raises nearly anything on a broken file
        return None
    return content, _SUFFIXES[kind]


def _as_png(picture: Image.Image) -> bytes:
    made = io.BytesIO()
    picture.convert("RGBA" if "A" in picture.getbands() else "RGB").save(made, "PNG")
    return made.getvalue()
