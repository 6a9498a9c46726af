"""ZIP packages looked into without trusting what they say of themselves."""

import zlib
from dataclasses import dataclass
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAX_ENTRIES = 2000
MAX_UNPACKED_BYTES = 100 * 1024 * 1024
MAX_RATIO = 100
# Small texts compress extremely well and harm nobody.
RATIO_MATTERS_FROM_BYTES = 10 * 1024 * 1024
MAX_PART_BYTES = 5 * 1024 * 1024
CHUNK_BYTES = 64 * 1024

BROKEN = (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


@dataclass(frozen=True)
class Package:
    """A ZIP archive that was read to its end within the limits."""

    archive: ZipFile
    names: frozenset[str]

    def part(self, name):
        """Return the bytes of one part, or None if it is absent or too large to be what it should be."""
        if name not in self.names or self.archive.getinfo(name).file_size > MAX_PART_BYTES:
            return None
        return self.archive.read(name)


def open_package(file, packed_bytes):
    """Unpack every part of ``file`` once, counting real bytes, and return it as a ``Package``.

    Raises ``ValidationError`` with a sentence for the editor when it is broken, locked or a bomb.
    """
    try:
        archive = ZipFile(file)
        parts = archive.infolist()
        _check_entries(parts)
        _check_unpacked(archive, parts, packed_bytes)
    except BROKEN as error:
        raise ValidationError(_broken_message(), code="broken_archive") from error
    return Package(archive, frozenset(part.filename for part in parts))


def _check_entries(parts):
    if len(parts) > MAX_ENTRIES:
        raise _too_much()
    if any(part.flag_bits & 0x1 for part in parts):
        message = _("This file is protected by a password. Save it without one and upload it again.")
        raise ValidationError(message, code="encrypted")


def _check_unpacked(archive, parts, packed_bytes):
    """Count what really comes out: the sizes in the headers can lie."""
    unpacked = 0
    for part in parts:
        with archive.open(part) as stream:
            while chunk := stream.read(CHUNK_BYTES):
                unpacked += len(chunk)
                if unpacked > MAX_UNPACKED_BYTES or _is_bomb(unpacked, packed_bytes):
                    raise _too_much()


def _is_bomb(unpacked, packed):
    return unpacked > RATIO_MATTERS_FROM_BYTES and unpacked > MAX_RATIO * packed


def _too_much():
    message = _(
        "This file unpacks to far more than a document needs, so it was refused. Split it, or make its pictures "
        "smaller, and upload it again."
    )
    return ValidationError(message, code="archive_bomb")


def _broken_message():
    return _(
        "This file is damaged or was cut off on the way. Open it in the program it comes from, save it again and "
        "upload that."
    )
