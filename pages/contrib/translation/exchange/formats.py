"""The formats a file can have, and which one an uploaded file is in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import bilingual_docx, po, tmx, xliff12, xliff20
from .package import DamagedFile, Package, ReturnedFile

#: A section of a hundred long pages stays well below.
MAX_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True)
class Format:
    """A kind of file; one without ``read`` only goes out."""

    slug: str
    label: str | Promise
    suffix: str
    content_type: str
    write: Callable[[Package], bytes]
    read: Callable[[bytes], ReturnedFile] | None = None


FORMATS = {
    kind.slug: kind
    for kind in (
        Format(
            "docx",
            gettext_lazy("Word file with a table (.docx): for translators who work in Word"),
            ".docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            bilingual_docx.write,
            bilingual_docx.read,
        ),
        Format(
            "xliff12",
            gettext_lazy("XLIFF 1.2 (.xlf): for OmegaT, Trados, memoQ and most other programs"),
            ".xlf",
            "application/x-xliff+xml",
            xliff12.write,
            xliff12.read,
        ),
        Format(
            "xliff20",
            gettext_lazy("XLIFF 2.0 (.xlf): for programs that ask for it"),
            ".xlf",
            "application/xliff+xml",
            xliff20.write,
            xliff20.read,
        ),
        Format(
            "po",
            gettext_lazy("PO (.po): for Poedit and Weblate"),
            ".po",
            "text/x-gettext-translation",
            po.write,
            po.read,
        ),
        Format(
            "tmx",
            gettext_lazy("TMX 1.4 (.tmx): accepted translations for the memory of another program"),
            ".tmx",
            "application/x-tmx+xml",
            tmx.write,
        ),
    )
}


def read(content: bytes) -> ReturnedFile:
    """Return what an uploaded file says, whatever its name; raise ``DamagedFile`` when it is none of ours."""
    if not content.strip():
        raise DamagedFile(_("The file is empty."))
    if len(content) > MAX_BYTES:
        raise DamagedFile(
            _("The file is larger than %(number)s MB. Split it and upload the parts.") % {"number": MAX_BYTES // 2**20}
        )
    return _reader(content)(content)


def is_tmx(content: bytes) -> bool:
    """Return whether a file is a memory, which goes another way than a translation."""
    return b"<tmx" in _head(content)


def _head(content) -> bytes:
    return content[:4000].replace(b"\0", b"")


def _reader(content) -> Callable[[bytes], ReturnedFile]:
    if content.startswith(b"PK\x03\x04"):
        return bilingual_docx.read
    head = _head(content)
    if b"urn:oasis:names:tc:xliff:document:2." in head:
        return xliff20.read
    if b"<xliff" in head or b"urn:oasis:names:tc:xliff" in head:
        return xliff12.read
    if is_tmx(content):
        raise DamagedFile(_("A TMX file is a memory and no translation. Nothing was imported."))
    if head.lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n").startswith(b"<"):
        raise DamagedFile(_("This XML file is neither XLIFF 1.2 nor 2.0. Nothing was imported."))
    return po.read
