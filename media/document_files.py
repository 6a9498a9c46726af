"""What an uploaded document must be: one of our types by its content, not only by its name.

``filetype`` (already here with Wagtail's Willow) recognises the container by its first bytes. What decides is
our own look inside: it is the main part that makes a ZIP a Word text, and only a look tells of macros.
"""

import re
from pathlib import PurePath

import filetype
from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from media import archives

OFFICE = "application/vnd.openxmlformats-officedocument."
OFFICE_MAIN_PARTS = {
    "docx": f"{OFFICE}wordprocessingml.document.main+xml",
    "xlsx": f"{OFFICE}spreadsheetml.sheet.main+xml",
    "pptx": f"{OFFICE}presentationml.presentation.main+xml",
}
OPENDOCUMENT = "application/vnd.oasis.opendocument."
OPENDOCUMENT_TYPES = {
    "odt": f"{OPENDOCUMENT}text",
    "ods": f"{OPENDOCUMENT}spreadsheet",
    "odp": f"{OPENDOCUMENT}presentation",
}
CONTENT_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
OFFICE_MACRO = re.compile(r"(vbaproject|vbadata)[^/]*$|/?macrosheets/", re.IGNORECASE)
# LibreOffice writes the lists of its empty libraries into any file that ever had a macro.
OPENDOCUMENT_MACRO = re.compile(r"^(Basic/(?!.*script-l[bc]\.xml$).+\.xml|Scripts/.+[^/])$")
CONTROL_CHARACTERS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
MARKUP = re.compile(r"\s*<[!?/a-z]|\s*#!", re.IGNORECASE)
# An old binary Office file, or a new one that was locked with a password.
OLD_OFFICE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
START_BYTES = 8192


def check_document(file, name):
    """Raise ``ValidationError``, saying what is wrong and what to do, unless ``file`` is what its name says."""
    extension = PurePath(name).suffix.lower().removeprefix(".")
    check = CHECKS.get(extension) if extension in settings.WAGTAILDOCS_EXTENSIONS else None
    if check is None:
        raise ValidationError(_unknown_message(extension), code="invalid_extension")
    file.seek(0)
    try:
        check(file, extension)
    finally:
        file.seek(0)


def _check_pdf(file, extension):
    if _kind(file) != "application/pdf":
        raise _mismatch(extension)


def _check_office(file, extension):
    package = _package(file, extension)
    types = _content_types(package, extension)
    if any(OFFICE_MACRO.search(name) for name in package.names) or any("macroEnabled" in kind for kind in types):
        raise _has_macros()
    if OFFICE_MAIN_PARTS[extension] not in types:
        raise _mismatch(extension)


def _content_types(package, extension):
    part = package.part("[Content_Types].xml")
    try:
        root = ElementTree.fromstring(part or b"")
    except (ElementTree.ParseError, DefusedXmlException, ValueError) as error:
        raise _mismatch(extension) from error
    parts = {f"/{name}".lower() for name in package.names}
    return {
        entry.get("ContentType", "")
        for entry in root.iter(f"{CONTENT_TYPES}Override")
        if entry.get("PartName", "").lower() in parts
    }


def _check_opendocument(file, extension):
    package = _package(file, extension)
    if any(OPENDOCUMENT_MACRO.match(name) for name in package.names):
        raise _has_macros()
    kind = (package.part("mimetype") or b"").strip().decode("ascii", "replace")
    if kind != OPENDOCUMENT_TYPES[extension] or "content.xml" not in package.names:
        raise _mismatch(extension)


def _package(file, extension):
    start = _start(file)
    if start.startswith(OLD_OFFICE_START):
        message = _(
            "This file is locked with a password or was saved by an old program. Save it as .%(extension)s without "
            "a password and upload that."
        )
        raise ValidationError(message, code="old_or_locked", params={"extension": extension})
    if not start.startswith(b"PK\x03\x04"):
        raise _mismatch(extension)
    file.seek(0, 2)
    return archives.open_package(file, packed_bytes=file.tell())


def _check_text(file, extension):
    content = file.read()
    text = _decoded(content)
    if text is None or MARKUP.match(text):
        raise _mismatch(extension)


def _decoded(content):
    """Return the text, or None for what is no text: it holds characters that no text editor writes."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = content.decode("utf-16", "replace").encode()
    if CONTROL_CHARACTERS.search(content):
        return None
    # Old Polish and Ukrainian files are in a code page; only the first signs matter here, and those are ASCII.
    return content.decode("utf-8-sig", "replace")


def _kind(file):
    guess = filetype.guess(_start(file))
    return guess.mime if guess else None


def _start(file):
    file.seek(0)
    start = file.read(START_BYTES)
    file.seek(0)
    return start


def _unknown_message(extension):
    known = ", ".join(settings.WAGTAILDOCS_EXTENSIONS)
    if not extension:
        return _("The name of this file has no ending. Rename it so that it ends in one of: %(known)s.") % {
            "known": known
        }
    return _(
        "Files ending in .%(extension)s cannot be published here. Save the document as one of %(known)s and upload that."
    ) % {"extension": extension, "known": known}


def _mismatch(extension):
    message = _(
        "This is not a working .%(extension)s file, although its name says so. Open it in the program it comes from, "
        "save it as .%(extension)s and upload that."
    )
    return ValidationError(message, code="content_mismatch", params={"extension": extension})


def _has_macros():
    message = _("This file contains macros, which could harm readers. Save it without macros and upload it again.")
    return ValidationError(message, code="macros")


CHECKS = {
    "pdf": _check_pdf,
    **dict.fromkeys(OFFICE_MAIN_PARTS, _check_office),
    **dict.fromkeys(OPENDOCUMENT_TYPES, _check_opendocument),
    "csv": _check_text,
    "txt": _check_text,
}
