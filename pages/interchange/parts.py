"""A page as an outline whose pieces have names, so that what somebody else makes of them can come back.

A piece of the page's data is a ``Slot``: where it stands, how it is written, what it is called. The words around it
that the page itself says ("Where:", "Outcomes") are slots too, of a kind that is never brought back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from media.models import SiteImage
from pages.body import UNAVAILABLE
from pages.models import BasePage, WorkshopPage
from pages.templatetags.page_tags import galleries_of_page

from .body_outline import DEEPEST, Telling
from .body_parts import tell_block
from .outline import Block, Heading, Item, ItemList, Origin, Outline, Paragraph, Part, Picture, Role, Text
from .page_outline import PageText, event_facts
from .slots import Kind, Path, Slot, paragraphs


@dataclass
class PageInParts:
    """What a page says, and by their names the slots that the parts of its outline mean, in their order."""

    text: PageText
    slots: dict[str, Slot] = field(default_factory=dict)
    #: The level of a heading that an editor calls 2.
    body_level: int = 1

    @property
    def outline(self) -> Outline:
        return self.text.outline


def in_parts(page: BasePage, revision: int = 0) -> PageInParts:
    """Return what a page says in its own language, every piece with its name."""
    language = page.locale.language_code
    with translation.override(language):
        return _Teller(page, revision).told()


class _Teller:
    def __init__(self, page: BasePage, revision: int):
        self.page = page
        self.telling = Telling(page.full_url or "", page.locale.language_code)
        self.blocks: list[Block] = []
        self.slots: dict[str, Slot] = {}
        self.origin = Origin(page.pk or 0, str(page.translation_key), page.locale.language_code, revision)
        self.body_level = 2 if isinstance(page, WorkshopPage) else 1

    def told(self) -> PageInParts:
        self._opening()
        self._body()
        if isinstance(self.page, WorkshopPage):
            self._tracks()
        self._galleries()
        self._documents()
        self._contact()
        properties = {"title": self.page.title, "description": self.page.lead}
        outline = Outline(self.blocks, language=self.telling.language, properties=properties, origin=self.origin)
        return PageInParts(PageText(outline, self.telling.images), self.slots, self.body_level)

    # --- how pieces are told --------------------------------------------------------------------

    def add(self, slot: Slot, *blocks: Block) -> None:
        """Tell a slot; one without words is not in the file."""
        if blocks:
            self.slots[slot.name] = slot
            self.blocks.append(Part(slot.name, list(blocks)))

    def fixed(self, *blocks: Block, owner: Path = (), label: Any = "") -> None:
        """Tell what is not brought back; what belongs to no block or row is known by its place."""
        place = str(sum(not slot.owner[0] for slot in self.slots.values()))
        self.add(Slot(owner or ("", place), ("told",) if owner else (), Kind.FIXED, label), *blocks)

    def line(self, words: str, slot: Slot, role: Role = Role.BODY) -> None:
        if words:
            self.add(slot, Paragraph([Text(words + slot.rest)], role))

    def lines(self, words: str, slot: Slot, role: Role = Role.BODY) -> None:
        self.add(slot, *(Paragraph(content, role) for content in paragraphs(words)))

    def heading(self, words: str, level: int, slot: Slot, language: str = "") -> None:
        if words:
            self.add(slot, Heading(min(level, DEEPEST), [Text(words, language=language)]))

    def picture(self, image: SiteImage | None, alt: str, is_decorative: bool, slot: Slot) -> None:
        if image is not None:
            name = f"image-{image.pk}"
            self.telling.images[name] = image
            shown = Picture(name, "" if is_decorative else alt, is_decorative or not alt, "jpeg")
            self.add(slot, Paragraph([shown]))

    def items(self, told: list[tuple[Slot, list[Any]]]) -> None:
        """Tell a list each of whose items is a slot."""
        self.slots |= {slot.name: slot for slot, _content in told}
        if told:
            self.blocks.append(ItemList(False, [Item([Paragraph(content)], name=slot.name) for slot, content in told]))

    # --- the parts of a page --------------------------------------------------------------------

    def _field(self, name: str, kind: Kind = Kind.LINE) -> Slot:
        label = self.page._meta.get_field(name).verbose_name
        return Slot((name,), (), kind, label)

    def _opening(self) -> None:
        page = self.page
        self.line(page.title, self._field("title"), Role.TITLE)
        self.lines(page.lead, self._field("lead", Kind.LINES), Role.SUBTITLE)
        self.fixed(*event_facts(page, self.telling))
        if image := getattr(page, "lead_image", None):
            slot = self._field("lead_image_alt", Kind.PICTURE)
            self.picture(image, page.lead_image_alt_text, not page.lead_image_alt_text, slot)
            self.line(page.lead_image_caption, self._field("lead_image_caption"), Role.CAPTION)

    def _body(self) -> None:
        body = getattr(self.page, "body", None) or ()
        if body and self.body_level > 1:
            self.fixed(Heading(1, [Text(_("About the workshop"))]))
        current = self.body_level - 1
        for block in body:
            if block.block_type == "heading":
                current = max(self.body_level, min(int(block.value["level"]) - 2 + self.body_level, current + 1))
            if block.block_type != UNAVAILABLE:
                tell_block(self, block, current if block.block_type == "heading" else min(current + 1, DEEPEST))

    def _tracks(self) -> None:
        tracks = list(self.page.tracks_with_people)
        if tracks:
            self.fixed(Heading(1, [Text(_("Subject areas"))]))
        for number, track in enumerate(tracks, start=1):
            owner = row_path("tracks", track)
            label = track._meta.verbose_name
            self.heading(track.title, 2, Slot(owner, ("title",), Kind.LINE, label, field_label(track, "title")))
            self._people(track, owner)
            summary = Slot(owner, ("summary",), Kind.RICH, label, field_label(track, "summary"))
            self.add(summary, *self.telling.rich_text(track.summary))
            self._outcomes(track, owner)
            for gallery in self.page.galleries_with_photos:
                if gallery.track_number == number:
                    self._gallery(gallery, 3)

    def _people(self, track: Any, above: Path) -> None:
        told = []
        for member in track.people.all():
            person = member.person
            owner = (*above, *row_path("people", member))
            position = f", {person.position}" if person.position else ""
            label = member._meta.verbose_name
            if member.role:
                rest = f": {person.full_name}{position}"
                slot = Slot(owner, ("role",), Kind.LINE, label, field_label(member, "role"), rest=rest, needs_rest=True)
                told.append((slot, [Text(member.role + rest)]))
            else:
                told.append((Slot(owner, ("person",), Kind.FIXED, label), [Text(person.full_name + position)]))
        self.items(told)

    def _outcomes(self, track: Any, above: Path) -> None:
        rows = list(track.outcomes.all())
        if rows:
            self.fixed(Heading(3, [Text(_("Outcomes"))]))
        self.items([self._document_row(row, "name", row.name, (*above, *row_path("outcomes", row))) for row in rows])

    def _document_row(self, row: Any, name: str, words: str, owner: Path) -> tuple[Slot, list[Any]]:
        content = self.telling.document(row.document, words) if row.document else [Text(words)]
        told = "".join(piece.text for piece in content)
        words = words or row.document.title
        rest = told[len(words) :] if told.startswith(words) else ""
        label = row._meta.verbose_name
        return Slot(owner, (name,), Kind.LINE, label, field_label(row, name), rest=rest), list(content)

    def _galleries(self) -> None:
        if galleries := galleries_of_page(self.page):
            self.fixed(Heading(1, [Text(_("Photos"))]))
            for gallery in galleries:
                self._gallery(gallery, 2)

    def _gallery(self, gallery: Any, level: int) -> None:
        owner = row_path("galleries", gallery)
        title = Slot(owner, ("title",), Kind.LINE, gallery._meta.verbose_name, field_label(gallery, "title"))
        self.heading(gallery.title, level, title)
        for photo in gallery.photos.all():
            at = (*owner, *row_path("photos", photo))
            label = photo._meta.verbose_name
            slot = Slot(at, ("alt",), Kind.PICTURE, label, field_label(photo, "alt"))
            self.picture(photo.image, photo.alt_text, photo.is_decorative, slot)
            caption = Slot(at, ("caption",), Kind.LINE, label, field_label(photo, "caption"))
            self.line(photo.caption, caption, Role.CAPTION)

    def _documents(self) -> None:
        groups = list(self.page.attachment_groups_to_show)
        if groups:
            self.fixed(Heading(1, [Text(_("Documents"))]))
        for group in groups:
            owner = row_path("attachment_groups", group)
            label = group._meta.verbose_name
            self.heading(group.title, 2, Slot(owner, ("title",), Kind.LINE, label, field_label(group, "title")))
            rows = list(group.attachments.all())
            if not rows:
                note = Slot(owner, ("expected_note",), Kind.LINE, label, field_label(group, "expected_note"))
                self.line(group.expected_note, note)
            at = [(row, (*owner, *row_path("attachments", row))) for row in rows]
            self.items([self._document_row(row, "title", row.title, path) for row, path in at])

    def _contact(self) -> None:
        names = [name for name in ("contact_name", "contact_email", "contact_phone") if getattr(self.page, name)]
        if names:
            self.fixed(Heading(1, [Text(_("Contact"))]))
        for name in names:
            self.line(getattr(self.page, name), self._field(name))


def row_path(relation: str, row: Any) -> Path:
    """Return the steps to a row: its relation, and the key that it keeps in every state of the page."""
    return (relation, str(row.translation_key))


def field_label(row: Any, name: str) -> Any:
    return row._meta.get_field(name).verbose_name
