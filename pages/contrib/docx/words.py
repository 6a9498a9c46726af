"""What the editor reads: what became of what a file held."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy

from pages.interchange.bodies import Change
from pages.interchange.outline import Notice, Report
from pages.interchange.places import place_words

PLACES_SHOWN = 5

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
    Change.MERGED_CELLS: gettext_lazy(
        "Tables with merged cells that a page cannot show so: their words are repeated in each cell"
    ),
    Change.TABLE_UNWRAPPED: gettext_lazy("Tables of one cell: their text stands without a frame"),
    Change.CELL_CONTENT: gettext_lazy("Cells with links or lists: they are plain words now, addresses in parentheses"),
    Change.LIST_LABELS: gettext_lazy("Lists numbered as “§ 1.” or “a)”: they are numbered 1, 2, 3 now"),
    Change.NOTES: gettext_lazy("Footnotes and endnotes stand in a list at the end of the page"),
    Change.EQUATION: gettext_lazy("Equations are written as plain characters"),
    Change.LONG_HEADING: gettext_lazy("Headings longer than 200 characters are paragraphs now"),
    Change.DEEP_HEADING: gettext_lazy("Headings deeper than the fourth level are of the fourth now"),
    Change.LONG_LEAD: gettext_lazy("The subtitle is too long for a lead and stands in the text"),
}
_TO_DO = {
    Change.OTHER_LANGUAGE: gettext_lazy(
        "The text seems to be in another language than the page; if it belongs to another language's part of the site, "
        "put the file away and start from a section there"
    ),
    Notice.PICTURE_WITHOUT_ALT: gettext_lazy("Pictures without alternative text: say what they show"),
    Change.TABLE_WITHOUT_CAPTION: gettext_lazy("Tables without a caption: say what they are about"),
    Change.TABLE_WITHOUT_HEADER: gettext_lazy("Tables without headings: name the columns"),
}


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
