"""The guard at the door: opens the archive of an office file and hands out its parts, within limits.

Sizes that an archive declares are its sender's words, so bytes are counted while they come. Nothing is
written to disk, no address is followed. What is refused is refused with a ``Reason``, and nothing else
than ``Refused`` leaves this module whatever the bytes are.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from urllib.parse import unquote

from lxml import etree

from .strict_xml import strict_parser

MAX_FILE_BYTES = 25 << 20
MAX_PARTS = 5_000
MAX_PART_BYTES = 64 << 20
MAX_TOTAL_BYTES = 128 << 20
MAX_DECLARED_BYTES = 4 * MAX_TOTAL_BYTES
MAX_DEPTH = 200
MAX_ELEMENTS = 4_000_000
MAX_PARAGRAPHS = 60_000
MAX_PICTURES = 2_000
_CHUNK = 1 << 16


class Reason(StrEnum):
    """Why a file is refused; ``refusals.py`` says it to the editor."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    PASSWORD = "password"  # noqa: S105 -- the name of a reason
    OLD_WORD = "old_word"
    NOT_WORD = "not_word"
    OTHER_OFFICE = "other_office"
    DAMAGED = "damaged"
    AMBIGUOUS = "ambiguous"
    TOO_MANY_PARTS = "too_many_parts"
    EXPANDS = "expands"
    ENTITIES = "entities"
    TOO_DEEP = "too_deep"
    TOO_LONG = "too_long"
    TOO_MANY_PICTURES = "too_many_pictures"
    NO_TEXT = "no_text"


class Refused(Exception):
    """A file that is not taken; ``detail`` names the part or the kind of file, for the curious."""

    def __init__(self, reason: Reason, detail: str = ""):
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part says of another: its kind, where it is, whether that is outside the file."""

    kind: str
    target: str
    is_external: bool


# Read from the first bytes, because people rename files.
_SIGNS = ((b"%PDF", "PDF"), (b"{\\rtf", "RTF"), (b"<!DOC", "HTML"), (b"<html", "HTML"), (b"<?xml", "XML"))
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,  # what zipfile raises for an encrypted part
    NotImplementedError,  # and for a compression it does not know
    ValueError,
    OverflowError,
    UnicodeError,
)
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x1
# ISO 29500 Strict has its own names for everything; said in the usual ones, the rest need not know.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_PARAGRAPH = re.compile(rb"<(?:\w+:)?p[ >/]")


class Package:
    """The parts of one file, by names that ignore case as Word does."""

    def __init__(self, content: bytes):
        _check_first_bytes(content)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            parts = self._archive.infolist()
        except _DAMAGE as error:
            raise Refused(Reason.DAMAGED, str(error)) from error
        self._parts = _checked(parts)
        self._left = MAX_TOTAL_BYTES

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    @property
    def names(self) -> list[str]:
        return list(self._parts)

    def read(self, name: str, *, first: int | None = None) -> bytes | None:
        """Return the bytes of a part, or only its ``first`` ones; None where there is no such part."""
        part = self._parts.get(name.lower())
        if part is None:
            return None
        chunks = []
        size = 0
        try:
            with self._archive.open(part) as stream:
                while chunk := stream.read(min(_CHUNK, first - size) if first else _CHUNK):
                    size += len(chunk)
                    self._left -= len(chunk)
                    if size > MAX_PART_BYTES or self._left < 0:
                        raise Refused(Reason.EXPANDS, name)
                    chunks.append(chunk)
                    if first and size >= first:
                        break
        except _DAMAGE as error:
            raise Refused(Reason.DAMAGED, name) from error
        return b"".join(chunks)

    def xml(self, name: str) -> etree._Element | None:
        """Return the root of a part in the usual namespaces; None where there is no such part."""
        content = self.read(name)
        return None if content is None else _parsed(content, name)

    def relations(self, name: str) -> dict[str, Relation]:
        """Return what a part refers to, by its own short names for it."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, Relation] = {}
        for element in root if root is not None else ():
            if isinstance(element.tag, str):
                relation = _relation(element, folder)
                found.setdefault(element.get("Id", ""), relation)
        return found


def _check_first_bytes(content: bytes) -> None:
    if not content:
        raise Refused(Reason.EMPTY)
    if len(content) > MAX_FILE_BYTES:
        raise Refused(Reason.TOO_LARGE)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        # An encrypted .docx and an old .doc are the same kind of container; the name inside tells.
        locked = "EncryptedPackage".encode("utf-16-le") in content
        raise Refused(Reason.PASSWORD if locked else Reason.OLD_WORD)
    if not content.startswith(b"PK"):
        start = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        raise Refused(Reason.NOT_WORD, next((kind for sign, kind in _SIGNS if start.startswith(sign.lower())), ""))


def _checked(parts: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    if len(parts) > MAX_PARTS:
        raise Refused(Reason.TOO_MANY_PARTS)
    if sum(part.file_size for part in parts) > MAX_DECLARED_BYTES:
        raise Refused(Reason.EXPANDS)
    named: dict[str, zipfile.ZipInfo] = {}
    for part in parts:
        if part.flag_bits & _ENCRYPTED:
            raise Refused(Reason.PASSWORD)
        if part.compress_type not in _METHODS:
            raise Refused(Reason.DAMAGED, part.filename)
        name = part.filename.replace("\\", "/").lstrip("/").lower()
        known = named.setdefault(name, part)
        # Programs disagree which of two parts counts, unless they say the same.
        if (known.CRC, known.file_size) != (part.CRC, part.file_size):
            raise Refused(Reason.AMBIGUOUS, part.filename)
    spans = sorted((part.header_offset, part.header_offset + part.compress_size) for part in parts)
    if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
        raise Refused(Reason.AMBIGUOUS)
    return named


def _parsed(content: bytes, name: str) -> etree._Element:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in content[:100]:
        content = _from_utf16(content, name)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Refused(Reason.ENTITIES, name)
    _check_length(content)
    if b"purl.oclc.org" in content:
        content = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/\2", content)
    try:
        root = etree.fromstring(content, strict_parser())
    except etree.XMLSyntaxError as error:
        deep = "depth" in str(error)
        raise Refused(Reason.TOO_DEEP if deep else Reason.DAMAGED, f"{name}: {error}") from error
    except (ValueError, LookupError) as error:
        raise Refused(Reason.DAMAGED, f"{name}: {error}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refused(Reason.ENTITIES, name)
    return root


def _from_utf16(content: bytes, name: str) -> bytes:
    encoding = (
        "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
    )
    try:
        return _XML_DECLARATION.sub("", content.decode(encoding)).encode()
    except UnicodeError as error:
        raise Refused(Reason.DAMAGED, name) from error


def _check_length(content: bytes) -> None:
    # Counted in the bytes, before a tree is built: every element begins with "<".
    if content.count(b"<") > 2 * MAX_ELEMENTS:
        raise Refused(Reason.TOO_LONG)
    if len(content) > MAX_PARAGRAPHS * 4 and sum(1 for _ in _PARAGRAPH.finditer(content)) > MAX_PARAGRAPHS:
        raise Refused(Reason.TOO_LONG)


def _relation(element: etree._Element, folder: str) -> Relation:
    kind = element.get("Type", "").rstrip("/").rpartition("/")[2]
    target = element.get("Target", "")
    if element.get("TargetMode") == "External":
        return Relation(kind, target, is_external=True)
    return Relation(kind, inside(folder, target), is_external=False)


def inside(folder: str, target: str) -> str:
    """Return the name of the part that ``target`` means when a part in ``folder`` says it."""
    target = unquote(target.replace("\\", "/")).partition("#")[0]
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    return posixpath.normpath(posixpath.join(folder, target))
