"""What a document file tells about itself: pages or slides, and its language."""

import logging
import re
from dataclasses import dataclass
from zipfile import ZipFile

from defusedxml import ElementTree
from pypdf import PdfReader

logger = logging.getLogger(__name__)

LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
SLIDE = re.compile(r"^ppt/slides/slide\d+\.xml$")
EXTENDED = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
ODF_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"


@dataclass(frozen=True)
class DocumentFacts:
    page_count: int | None = None
    language: str = ""


def read(file, extension):
    """Return what ``file`` says of itself; what cannot be read stays empty, nothing is raised."""
    reader = READERS.get(extension.lower())
    if reader is None:
        return DocumentFacts()
    try:
        file.seek(0)
        page_count, language = reader(file)
    except Exception as error:  # noqa: BLE001 -- parsers meet every kind of broken file; the upload must not fail.
        logger.info("No facts read from a %s file: %s", extension, error)
        return DocumentFacts()
    return DocumentFacts(page_count, _language_code(language))


def _language_code(text):
    code = str(text or "").strip().replace("_", "-")
    return code if len(code) <= 35 and LANGUAGE.match(code) else ""


def _pdf(file):
    reader = PdfReader(file)
    return len(reader.pages), reader.trailer["/Root"].get("/Lang")


def _docx(file):
    with ZipFile(file) as package:
        return _word_pages(package), _core_language(package)


def _word_pages(package):
    """Pages as Word counted them; programs that do not count leave zero characters beside a made-up page."""
    properties = _xml(package, "docProps/app.xml")
    counted = int(properties.findtext(f"{EXTENDED}Characters") or 0) > 0
    return int(properties.findtext(f"{EXTENDED}Pages") or 0) or None if counted else None


def _pptx(file):
    with ZipFile(file) as package:
        slides = sum(1 for name in package.namelist() if SLIDE.match(name))
        return slides or None, _core_language(package)


def _xlsx(file):
    with ZipFile(file) as package:
        return None, _core_language(package)


def _opendocument(file):
    with ZipFile(file) as package:
        meta = _xml(package, "meta.xml")
    statistic = meta.find(f".//{ODF_META}document-statistic")
    pages = 0 if statistic is None else int(statistic.get(f"{ODF_META}page-count") or 0)
    return pages or None, meta.findtext(f".//{DUBLIN_CORE}language")


def _core_language(package):
    if "docProps/core.xml" not in package.namelist():
        return ""
    return _xml(package, "docProps/core.xml").findtext(f"{DUBLIN_CORE}language")


def _xml(package, name):
    return ElementTree.fromstring(package.read(name))


READERS = {"pdf": _pdf, "docx": _docx, "pptx": _pptx, "xlsx": _xlsx, "odt": _opendocument, "ods": _opendocument}
