"""What the parts of a reading share: the file, its styles and lists, the choices made, and what is told afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from pages.interchange.outline import Note, Notice, Place, Report
from pages.interchange.package import MAX_PICTURES, Package, Reason, Refused, Relation

from .names import W
from .numbering import Numbering
from .styles import Styles

#: What becomes of tracked changes: the text as if all were accepted, or as it was before them.
Changes = Literal["accepted", "rejected"]


@dataclass(slots=True)
class Context:
    package: Package
    main: str
    styles: Styles
    numbering: Numbering
    changes: Changes = "accepted"
    #: Whether parts of a page that the file was made of are told as such.
    keeps_parts: bool = False
    #: Whether the words of diagrams are said; who makes a page puts a picture in their place.
    says_diagrams: bool = False
    language: str = ""
    report: Report = field(default_factory=Report)
    notes: list[Note] = field(default_factory=list)
    #: The words that each comment is about, by the comment's id, in the order of the text.
    commented: dict[str, str] = field(default_factory=dict)
    #: Names of places that a link of the text leads to.
    targets: set[str] = field(default_factory=set)
    has_contents: bool = False
    picture_formats: dict[str, str] = field(default_factory=dict)
    pictures: int = 0
    page: int = 0
    tables: int = 0
    #: Where the reading is: inside which table, and under which heading.
    table: int = 0
    heading: str = ""

    def note(self, notice: Notice, words: str = "") -> None:
        """Tell the editor about something at the place that has just been reached."""
        self.report.note(notice, Place(self.page, self.table, (words or self.heading)[:80]))

    def count_picture(self) -> None:
        self.pictures += 1
        if self.pictures > MAX_PICTURES:
            raise Refused(Reason.TOO_MANY_PICTURES)

    @property
    def gone(self) -> frozenset[str]:
        """Wrappers whose content is not in the text that was asked for."""
        return _DELETIONS if self.changes == "accepted" else _INSERTIONS

    def paragraph_properties(self, paragraph: etree._Element) -> etree._Element | None:
        """Return how a paragraph is set, or was before somebody set it otherwise."""
        properties = paragraph.find(W + "pPr")
        if properties is None or self.changes == "accepted":
            return properties
        former = properties.find(f"{W}pPrChange/{W}pPr")
        return properties if former is None else former

    def is_gone_row(self, properties: etree._Element | None) -> bool:
        mark = W + ("del" if self.changes == "accepted" else "ins")
        return properties is not None and properties.find(mark) is not None


_DELETIONS = frozenset((W + "del", W + "moveFrom"))
_INSERTIONS = frozenset((W + "ins", W + "moveTo"))

Relations = dict[str, Relation]
