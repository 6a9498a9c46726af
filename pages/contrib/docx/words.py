"""What the editor reads: why a file is refused, and what became of what it held."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from pages.interchange.bodies import Change
from pages.interchange.outline import Notice, Place, Report

from .package import MAX_FILE_BYTES, MAX_PARAGRAPHS, MAX_PICTURES, Reason, Refused

PLACES_SHOWN = 5

_REFUSALS = {
    Reason.EMPTY: gettext_lazy("The file is empty. Save the document again in Word and upload that."),
    Reason.TOO_LARGE: gettext_lazy(
        "The file is larger than %(megabytes)s MB. Make its pictures smaller (in Word: Picture Format, Compress "
        "Pictures) or split it."
    ),
    Reason.PASSWORD: gettext_lazy(
        "The file is locked with a password. Take the password off in Word (File, Info, Protect Document) and upload "
        "it again."
    ),
    Reason.OLD_WORD: gettext_lazy(
        "This is a file of an old Word (.doc). Open it in Word or LibreOffice, save it as .docx and upload that."
    ),
    Reason.NOT_WORD: gettext_lazy(
        "This is no Word file, although its name says so. %(detail)s Upload a document saved as .docx."
    ),
    Reason.OTHER_OFFICE: gettext_lazy(
        "This is a file of another office program, such as a spreadsheet, a presentation or an OpenDocument text. Save "
        "it as .docx and upload that."
    ),
    Reason.DAMAGED: gettext_lazy(
        "The file is damaged or was cut off on the way. Open it in Word, save it under a new name and upload that."
    ),
    Reason.AMBIGUOUS: gettext_lazy(
        "The file holds two parts of one name, so that programs would read different texts. Open it in Word, save it "
        "under a new name and upload that."
    ),
    Reason.TOO_MANY_PARTS: gettext_lazy("The file is made of too many parts for a document. It was not opened."),
    Reason.EXPANDS: gettext_lazy(
        "The file unpacks to far more than a document needs, as files do that are meant to stop a server. It was not "
        "opened."
    ),
    Reason.ENTITIES: gettext_lazy(
        "The file holds instructions that Word never writes and that can harm a server. It was not opened."
    ),
    Reason.TOO_DEEP: gettext_lazy(
        "Tables or boxes stand too deeply inside each other. Copy the text into a new document and upload that."
    ),
    Reason.TOO_LONG: gettext_lazy(
        "The document is too long: at most %(paragraphs)s paragraphs can be read. Split it and upload the parts."
    ),
    Reason.TOO_MANY_PICTURES: gettext_lazy(
        "The document holds more than %(pictures)s pictures. Split it and upload the parts."
    ),
    Reason.NO_TEXT: gettext_lazy("There is no text of a Word document in this file. Is it the right one?"),
}

_LEFT_OUT = {
    Notice.DELETED: gettext_lazy("Text that was deleted with tracked changes"),
    Notice.INSERTED: gettext_lazy("Text that was inserted with tracked changes"),
    Notice.HIDDEN: gettext_lazy("Hidden text"),
    Notice.CONTENTS: gettext_lazy("Lines of the table of contents; the page makes its own"),
    Notice.HEADER_OR_FOOTER: gettext_lazy("Headers and footers"),
    Notice.LINK_REFUSED: gettext_lazy("Links to addresses that cannot be published; their words stay"),
    Notice.LINK_WITHOUT_TARGET: gettext_lazy("Links that lead nowhere; their words stay"),
    Notice.PICTURE_MISSING: gettext_lazy("Pictures that are not in the file"),
    Notice.PICTURE_LINKED: gettext_lazy("Pictures that are not in the file but on a computer or in the network"),
    Notice.PICTURE_UNSHOWABLE: gettext_lazy(
        "Pictures in a format that browsers do not show (EMF, WMF); save them as PNG and add them by hand"
    ),
    Change.PICTURE_REFUSED: gettext_lazy(
        "Pictures that are damaged or too large, or that you may not add to the library"
    ),
    Notice.DRAWING: gettext_lazy("Charts and diagrams; save them as pictures and add them by hand"),
    Notice.OBJECT: gettext_lazy("Embedded objects, such as a spreadsheet"),
    Notice.EMBEDDED_FILE: gettext_lazy("Documents inside the document"),
    Notice.MACROS: gettext_lazy("Macros"),
    Notice.READING_AID: gettext_lazy("Reading aids above letters"),
    Change.LINK_TO_PLACE: gettext_lazy("Links to a place in the same text; their words stay"),
    Change.LINK_BESIDE_FILE: gettext_lazy("Links to files on the writer's computer; their words stay"),
    Change.LANGUAGE: gettext_lazy("Language of passages in another language; their words stay"),
    Change.STRUCK: gettext_lazy("Lines through words; the words stay"),
}
_CHANGED = {
    Notice.TEXT_BOX: gettext_lazy("Text boxes: each stands after the paragraph it belongs to"),
    Change.MERGED_CELLS: gettext_lazy("Tables with merged cells: their words are repeated in each cell"),
    Change.TABLE_UNWRAPPED: gettext_lazy("Tables of one cell: their text stands without a frame"),
    Change.CELL_CONTENT: gettext_lazy("Cells with links or lists: they are plain words now, addresses in parentheses"),
    Change.LIST_START: gettext_lazy("Numbered lists that do not begin with 1: they do now"),
    Change.LIST_LABELS: gettext_lazy("Lists numbered as “§ 1.” or “a)”: they are numbered 1, 2, 3 now"),
    Change.NOTES: gettext_lazy("Footnotes and endnotes stand in a list at the end of the page"),
    Change.EQUATION: gettext_lazy("Equations are written as plain characters"),
    Change.LONG_HEADING: gettext_lazy("Headings longer than 200 characters are paragraphs now"),
    Change.DEEP_HEADING: gettext_lazy("Headings deeper than the fourth level are of the fourth now"),
    Change.LONG_LEAD: gettext_lazy("The subtitle is too long for a lead and stands in the text"),
}
_TO_DO = {
    Notice.PICTURE_WITHOUT_ALT: gettext_lazy("Pictures without alternative text: say what they show"),
    Change.TABLE_WITHOUT_CAPTION: gettext_lazy("Tables without a caption: say what they are about"),
    Change.TABLE_WITHOUT_HEADER: gettext_lazy("Tables without headings: name the columns"),
}


def refusal(error: Refused) -> str:
    """Return why a file was refused and what to do, in the editor's language."""
    detail = (
        _("It is a %(kind)s file.") % {"kind": error.detail} if error.reason is Reason.NOT_WORD and error.detail else ""
    )
    said = str(_REFUSALS[error.reason]) % {
        "megabytes": MAX_FILE_BYTES >> 20,
        "paragraphs": MAX_PARAGRAPHS,
        "pictures": MAX_PICTURES,
        "detail": detail,
    }
    return " ".join(said.split())


@dataclass(frozen=True)
class Line:
    """One kind of what is told: its name, how often, and where the first are."""

    label: str
    count: int
    places: list[str]


@dataclass(frozen=True)
class Told:
    """The report as the editor reads it."""

    to_do: list[Line]
    changed: list[Line]
    left_out: list[Line]

    def __bool__(self) -> bool:
        return bool(self.to_do or self.changed or self.left_out)


def told(*reports: Report) -> Told:
    """Return what reports say, sorted by what the editor has to do about it."""
    return Told(*([*_lines(kinds, reports)] for kinds in (_TO_DO, _CHANGED, _LEFT_OUT)))


def _lines(kinds: dict[StrEnum, str], reports: Iterable[Report]) -> Iterable[Line]:
    for kind, label in kinds.items():
        count = sum(report.counts[kind] for report in reports)
        places = [place_words(place) for report in reports for place in report.places.get(kind, ())]
        if count > 0:
            yield Line(str(label), count, [place for place in dict.fromkeys(places) if place][:PLACES_SHOWN])


def place_words(place: Place) -> str:
    """Return where something is in the file, as “page 5, table 3: “the words nearby””."""
    parts = []
    if place.page:
        parts.append(pgettext("place in a file", "page %(number)s") % {"number": place.page})
    if place.table:
        parts.append(pgettext("place in a file", "table %(number)s") % {"number": place.table})
    where = ", ".join(parts)
    if not place.words:
        return where
    words = pgettext("words of a file", "“%(words)s”") % {"words": place.words.strip()}
    return f"{where}: {words}" if where else words
