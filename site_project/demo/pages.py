"""Build the pages of the demo from their words, in any language."""

import datetime
import json

from django.utils import timezone
from wagtail.models import Locale, Page

from pages import models
from site_project.demo import snippets, words
from site_project.demo.bodies import Body
from site_project.demo.library import Library
from site_project.demo.richtext import rich_text

PLAIN_FACTS = ("starts_at", "ends_at")
DATES = ("starts_on", "ends_on", "display_date")


def plans():
    """Return the plan of each page, parents before children."""
    return words.plan()["pages"]


def find(key, language=None):
    """Return a page of the demo in one language, the source language if none is named."""
    language = language or words.source_language()
    return Page.objects.get(translation_key=words.identity("page", key), locale__language_code=language).specific


def page_id(key, language=None):
    """Return the number of a page in one language, the source language if none is named.

    Texts link to the source language: Wagtail leads from there to the page in the reader's language.
    """
    return Page.objects.values_list("pk", flat=True).get(
        translation_key=words.identity("page", key), locale__language_code=language or words.source_language()
    )


def bare(plan):
    """Return an unsaved page with its titles only: others can link to it before its own links can be made."""
    said = words.of_page(plan["key"], words.source_language())
    model = getattr(models, plan["type"])
    page = model(
        translation_key=words.identity("page", plan["key"]),
        locale=Locale.objects.get(language_code=words.source_language()),
        live=False,
        **{name: said[name] for name in ("title", "short_title", "slug", "lead")},
    )
    for name, value in _dates(plan).items():
        setattr(page, name, value)
    return page


def fill(page, plan, language):
    """Give a page all its words of one language, its relations, rows and body; return it unsaved.

    The rows and blocks have the same identities in every language, which is how a translation is matched
    with its source. Relations are those of the source language: Localize puts the translated ones in.
    """
    said = words.of_page(plan["key"], language)
    library = Library(language)
    for name in ("title", "short_title", "slug", "lead", "venue", "city", "lead_image_caption"):
        if name in said:
            setattr(page, name, said[name])
    for name in PLAIN_FACTS:
        if name in plan:
            setattr(page, name, plan[name])
    if "body" in said:
        page.body = body_of(plan, said["body"], language)
    _relate(page, plan)
    _show(page, plan, library)
    if plan.get("contact"):
        _name_contact(page, language)
    Rows(page, plan, said, library).add()
    return page


def body_of(plan, blocks, language):
    """Return a page's body as its field takes it."""
    return json.dumps(Body(plan["key"], Library(language), page_id).stream(blocks))


def _dates(plan):
    return {name: _day(plan[name]) for name in DATES if name in plan}


def _day(value):
    """Return a date as it is, or one told by its week and weekday from now."""
    if not isinstance(value, dict):
        return value
    monday = timezone.localdate() - datetime.timedelta(days=timezone.localdate().weekday())
    return monday + datetime.timedelta(weeks=value["week"], days=value["weekday"] - 1)


def _relate(page, plan):
    if "programme" in plan:
        page.programme = snippets.find("programmes", plan["programme"])
    for name in ("organiser", "author_unit"):
        if name in plan:
            setattr(page, name, snippets.find("organisations", plan[name]))
    if "featured_workshop" in plan:
        page.featured_workshop_id = page_id(plan["featured_workshop"])


def _show(page, plan, library):
    if "picture" in plan:
        page.lead_image = library.picture(plan["picture"])
        page.lead_image_alt = library.alt(plan["picture"])


def _name_contact(page, language):
    shared = words.shared(language)
    page.contact_name = shared["organisations"]["department"]["name"]
    page.contact_email = shared["footer"]["email"]
    page.contact_phone = "+48 22 000 00 01"


class Rows:
    """The ordered rows of one page: tracks, galleries, attachments, topics."""

    def __init__(self, page, plan, said, library):
        self.page, self.plan, self.said, self.library = page, plan, said, library

    def add(self):
        self.page.page_topics = self._topics()
        self.page.related_links = self._related()
        self.page.galleries = self._galleries()
        self.page.attachment_groups = self._groups()
        if isinstance(self.page, models.WorkshopPage):
            self.page.audiences = self._audiences()
            self.page.tracks = self._tracks()

    def _row(self, model, *path, **fields):
        identity = words.identity("row", self.plan["key"], model.__name__, *path)
        return model(translation_key=identity, locale=self.page.locale, sort_order=path[-1], **fields)

    def _topics(self):
        found = [snippets.find("topics", key) for key in self.plan.get("topics", [])]
        return [self._row(models.PageTopic, n, topic=topic) for n, topic in enumerate(found)]

    def _related(self):
        keys = self.plan.get("related", [])
        return [self._row(models.RelatedPage, n, target_id=page_id(key)) for n, key in enumerate(keys)]

    def _audiences(self):
        return [self._row(models.WorkshopAudience, n, name=name) for n, name in enumerate(self.said["audiences"])]

    def _galleries(self):
        planned = self.plan.get("galleries", [])
        return [self._gallery(n, gallery, self.said["galleries"][n]) for n, gallery in enumerate(planned)]

    def _gallery(self, number, planned, said):
        photos = [
            self._row(
                models.GalleryPhoto,
                number,
                n,
                image=self.library.picture(key),
                track_number=planned["tracks"][n] if "tracks" in planned else None,
                **said["photos"][n],
            )
            for n, key in enumerate(planned["pictures"])
        ]
        return self._row(models.Gallery, number, title=said["title"], photos=photos)

    def _groups(self):
        planned = self.plan.get("attachments", [])
        return [self._group(n, group, self.said["attachments"][n]) for n, group in enumerate(planned)]

    def _group(self, number, planned, said):
        attachments = [
            self._row(models.Attachment, number, n, document=self.library.document(key))
            for n, key in enumerate(planned["documents"])
        ]
        is_expected = planned.get("is_expected", False)
        return self._row(models.AttachmentGroup, number, is_expected=is_expected, attachments=attachments, **said)

    def _tracks(self):
        return [self._track(number, track) for number, track in enumerate(self.said.get("tracks", []))]

    def _track(self, number, said):
        return self._row(
            models.Track,
            number,
            title=said["title"],
            short_title=said["short_title"],
            subject=self.plan["track_subjects"][number],
            summary=rich_text(said["summary"], page_id),
            people=self._people(number, said),
            outcomes=self._outcomes(number, said),
        )

    def _people(self, track, said):
        planned = self.plan.get("track_people", [])
        people = [snippets.find("people", key) for key in (planned[track] if planned else [])]
        return [
            self._row(models.TrackPerson, track, n, person=person, role=said["role"]) for n, person in enumerate(people)
        ]

    def _outcomes(self, track, said):
        keys = dict(enumerate(self.plan.get("track_documents", [])))
        documents = dict(enumerate(self.library.document(key) for key in keys.get(track, [])))
        return [
            self._row(models.TrackOutcome, track, n, name=name, document=documents.get(n))
            for n, name in enumerate(said["outcomes"])
        ]
