"""A page as an outline: what its readers see, in their order, without the look of the site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from media import renditions
from media.models import SiteImage
from pages import formats
from pages.models import BasePage, WorkshopPage
from pages.models.galleries import Gallery
from pages.models.workshops import EventStatus, Track
from pages.templatetags.page_tags import galleries_of_page, hours

from .body_outline import Telling, contact, labelled
from .outline import Aside, Block, Heading, Inline, Item, ItemList, Outline, Paragraph, Role, Text

#: The width, in pixels, of a picture that fills the text of a printed page.
PICTURE_WIDTH = 960


@dataclass
class PageText:
    """A page's outline and its pictures, by the names that the outline calls them."""

    outline: Outline
    images: dict[str, SiteImage] = field(default_factory=dict)

    def read(self, name: str) -> bytes | None:
        """Return a picture as JPEG or PNG of a width for paper, or None if the image cannot be read."""
        image = self.images[name]
        made = _printable(image) or (renditions.make(image) and _printable(image))
        if not made:
            return None
        try:
            with made.file.open("rb") as file:
                return file.read()
        except OSError:
            return None


def _printable(image: SiteImage):
    """Return the made rendition nearest to the width of a printed page."""
    made = [item for item in renditions.existing(image) if renditions.format_of(item) in {"jpeg", "png"}]
    return min(made, key=lambda item: abs(item.width - PICTURE_WIDTH), default=None)


def outline_of(page: BasePage) -> PageText:
    """Return what a page says in its own language, with complete addresses and all its pictures.

    Works for a draft in memory too. Blocks of plugins tell themselves (docs/plugins.md).
    """
    language = page.locale.language_code
    with translation.override(language):
        telling = Telling(page.full_url or "", language)
        blocks = [*_opening(page, telling), *_middle(page, telling), *_closing(page, telling)]
    renditions.prefetch_renditions(telling.images.values())
    author = getattr(page, "author_unit", None)
    properties = {"title": page.title, "author": author.name if author else "", "description": page.lead}
    return PageText(Outline(blocks, telling.notes, language, properties), telling.images)


# --- the parts of a page ------------------------------------------------------------------------


def _opening(page, telling: Telling) -> Iterator[Block]:
    yield Paragraph([Text(page.title)], Role.TITLE)
    if page.lead:
        yield Paragraph([Text(page.lead)], Role.SUBTITLE)
    yield from event_facts(page, telling)
    if image := getattr(page, "lead_image", None):
        yield from telling.picture(image, page.lead_image_alt_text, page.lead_image_caption)


def event_facts(page, telling: Telling) -> Iterator[Block]:
    """Yield what stands below the lead: when and where something takes place, or the day of publication."""
    if isinstance(page, WorkshopPage):
        yield from _event(page, telling)
    elif hasattr(page, "display_date"):
        yield labelled(_("Published"), Text(formats.long_date(page.display_date)))


def _middle(page, telling: Telling) -> Iterator[Block]:
    if isinstance(page, WorkshopPage):
        if page.body:
            yield _part(_("About the workshop"))
            yield from telling.body(page.body, 2)
        yield from _tracks(page, telling)
    else:
        yield from telling.body(getattr(page, "body", None), 1)


def _closing(page, telling: Telling) -> Iterator[Block]:
    if galleries := galleries_of_page(page):
        yield _part(_("Photos"))
        for gallery in galleries:
            yield from _gallery(gallery, telling, level=2 if len(galleries) > 1 else 0)
    if groups := page.attachment_groups_to_show:
        yield _part(_("Documents"))
        for group in groups:
            documents = [(row.document, row.title) for row in group.attachments.all()]
            yield from telling.document_group(group.title, 2, documents, group.expected_note)
    ways = {"email": page.contact_email, "phone": page.contact_phone}
    if page.contact_name or any(ways.values()):
        yield _part(_("Contact"))
        yield contact(telling, [Text(page.contact_name)] if page.contact_name else [], ways)
    if page.full_url:
        yield _source(page, telling)


def _part(words: str) -> Heading:
    return Heading(1, [Text(words)])


def _source(page, telling: Telling) -> Paragraph:
    moment = page.latest_revision_created_at or page.last_published_at or timezone.now()
    day = formats.long_date(timezone.localdate(moment))
    return Paragraph([Text(_("State of %(day)s.") % {"day": day} + " "), telling.link(_("This page on the site"), "")])


# --- workshops ----------------------------------------------------------------------------------


def _event(page: WorkshopPage, telling: Telling) -> Iterator[Block]:
    if not page.takes_place:
        said = {
            EventStatus.CANCELLED: _("This workshop is cancelled."),
            EventStatus.POSTPONED: _("This workshop is postponed. It does not take place on the announced date."),
        }[EventStatus(page.event_status)]
        yield Aside([Paragraph([Text(said, bold=True), Text(f" {page.status_note}".rstrip())])])
    between = pgettext("between parts of a list", ", ")
    when = between.join(filter(None, [formats.range_text(page.starts_on, page.ends_on), hours(page)]))
    yield labelled(_("When"), Text(when))
    if where := between.join(filter(None, [page.venue, page.city])):
        yield labelled(_("Where"), Text(where))
    for label, body in ((_("Organiser"), page.organiser), (_("Programme"), page.programme)):
        if body:
            yield labelled(label, telling.link(body.name, body.url) if body.url else Text(body.name))
    if audiences := between.join(audience.name for audience in page.audiences.all()):
        yield labelled(_("For whom"), Text(audiences))


def _tracks(page: WorkshopPage, telling: Telling) -> Iterator[Block]:
    tracks = page.tracks_with_people
    if tracks:
        yield _part(_("Subject areas"))
    for number, track in enumerate(tracks, start=1):
        yield Heading(2, [Text(track.title)])
        yield from _people(track, telling)
        yield from telling.rich_text(track.summary)
        yield from _outcomes(track, telling)
        for gallery in page.galleries_with_photos:
            if gallery.track_number == number:
                yield from _gallery(gallery, telling, level=3)


def _people(track: Track, telling: Telling) -> Iterator[Block]:
    items = []
    for member in track.people.all():
        person = member.person
        role: list[Inline] = [Text(f"{member.role}: ")] if member.role else []
        position: list[Inline] = [Text(f", {person.position}")] if person.position else []
        name = Text(person.full_name, bold=True, language=telling.foreign(person.name_language))
        items.append(Item([Paragraph([*role, name, *position])]))
    if items:
        yield ItemList(False, items)


def _outcomes(track: Track, telling: Telling) -> Iterator[Block]:
    items = [
        Item([Paragraph(telling.document(row.document, row.name) if row.document else [Text(row.name)])])
        for row in track.outcomes.all()
    ]
    if items:
        yield Heading(3, [Text(_("Outcomes"))])
        yield ItemList(False, items)


def _gallery(gallery: Gallery, telling: Telling, level: int) -> Iterator[Block]:
    if level and gallery.title:
        yield Heading(level, [Text(gallery.title)])
    for photo in gallery.photos.all():
        yield from telling.picture(photo.image, photo.alt_text, photo.caption, photo.is_decorative)
