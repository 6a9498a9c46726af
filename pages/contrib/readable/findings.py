"""What the editor reads of a document: what is inaccessible in it, each with the way to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages.interchange.outline import Place
from pages.interchange.package import Reason, Refused
from pages.interchange.places import place_words
from pages.interchange.refusals import refusal

from .audit import Kind
from .models import Reading, State

NAMES = {
    Kind.NO_TITLE: (
        gettext_lazy("The document has no title"),
        gettext_lazy("In Word: File, Info, Properties, write the title into the field “Title”."),
    ),
    Kind.NO_LANGUAGE: (
        gettext_lazy("The document does not say in which language it is"),
        gettext_lazy("In Word: select all (Ctrl+A), then Review, Language, Set Proofing Language."),
    ),
    Kind.NO_HEADINGS: (
        gettext_lazy("The text has no headings"),
        gettext_lazy("In Word: put the cursor into each heading and choose Home, Styles, Heading 1, 2 or 3."),
    ),
    Kind.PICTURE_WITHOUT_ALT: (
        gettext_lazy("Pictures without alternative text"),
        gettext_lazy(
            "In Word: right-click the picture, View Alt Text, say in a sentence what it shows or mark it as decorative."
        ),
    ),
    Kind.TABLE_WITHOUT_HEADER: (
        gettext_lazy("Tables whose first row is not marked as a heading"),
        gettext_lazy("In Word: put the cursor into the first row and choose Table Layout, Repeat Header Rows."),
    ),
    Kind.EMPTY_LINK: (
        gettext_lazy("Links without words"),
        gettext_lazy("In Word: right-click the link, Edit Hyperlink, write into “Text to display” where it leads."),
    ),
    Kind.SLIDE_WITHOUT_TITLE: (
        gettext_lazy("Slides without a title"),
        gettext_lazy("In PowerPoint: View, Outline View, type a title of its own beside the number of each slide."),
    ),
    Kind.PICTURE_OF_TEXT: (
        gettext_lazy("Pages seem to be pictures of text, as from a scanner"),
        gettext_lazy(
            "In Word: put the text itself in the place of the pictures; Word can open a scanned PDF and take its text."
        ),
    ),
}


@dataclass(frozen=True)
class Told:
    """One kind of barrier as the editor reads it."""

    name: str
    mend: str
    count: int
    places: list[str]


def told(reading: Reading) -> list[Told]:
    """Return what is inaccessible in a document, in the language of the admin."""
    return list(_told(reading))


def _told(reading: Reading) -> Iterator[Told]:
    for finding in reading.findings:
        if finding["kind"] in NAMES:
            name, mend = NAMES[Kind(finding["kind"])]
            places = [place_words(Place(*place)) for place in finding["places"]]
            yield Told(str(name), str(mend), finding["count"], [place for place in places if place])


def why_not(reading: Reading) -> str:
    """Return why a document has no page to be read; empty where it has or will have one."""
    if reading.state != State.REFUSED:
        return ""
    if reading.reason not in set(Reason):
        return _("The file could not be read. Open it in the program it comes from, save it again and upload that.")
    return refusal(Refused(Reason(reading.reason), reading.reason_detail))
