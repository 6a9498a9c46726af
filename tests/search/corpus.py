"""The pages of ``corpus_<language>.toml`` as a site, and the queries with what should come first."""

import tomllib
from pathlib import Path

from django.core.files.base import ContentFile
from wagtail.models import Locale

from media.models import SiteDocument
from pages.models import (
    Attachment,
    AttachmentGroup,
    HomePage,
    NewsIndexPage,
    NewsPage,
    Person,
    SectionPage,
    Track,
    TrackPerson,
    WorkshopIndexPage,
    WorkshopPage,
)
from tests.factories import docx_bytes

LANGUAGES = ("pl", "en", "uk")
HERE = Path(__file__).parent


def read(language: str) -> dict:
    return tomllib.loads((HERE / f"corpus_{language}.toml").read_text(encoding="utf-8"))


def queries() -> list[tuple[str, dict]]:
    """Return (language, query) for every query of the files."""
    return [(language, query) for language in LANGUAGES for query in read(language)["query"]]


class Corpus:
    """Plant the pages of a language below a home page of their own."""

    def __init__(self, root, language: str):
        self.language = language
        self.locale = Locale.objects.get_or_create(language_code=language)[0]
        self.home = root.add_child(instance=HomePage(title="Start", slug=f"start-{language}", locale=self.locale))
        self.news = self.home.add_child(instance=NewsIndexPage(title="News", slug="n", locale=self.locale))
        self.workshops = self.home.add_child(instance=WorkshopIndexPage(title="Meetings", slug="w", locale=self.locale))
        self.documents = {}
        pages = read(language)["page"]
        for told in sorted(pages, key=lambda told: told["kind"] != "document"):
            getattr(self, f"add_{told['kind']}")(told)

    def add_document(self, told):
        self.documents[told["title"]] = SiteDocument.objects.create(
            title=told["title"],
            file=ContentFile(docx_bytes(told["title"]), name="file.docx"),
            language=self.language,
            published_on=told["day"],
            is_public=True,
        )

    def add_section(self, told):
        self._add(self.home, SectionPage, told)

    def add_news(self, told):
        self._add(self.news, NewsPage, told, display_date=told["day"])

    def add_workshop(self, told):
        tracks = [Track(title=title, sort_order=number) for number, title in enumerate(told["tracks"])]
        for track, name in zip(tracks * 3, told["people"], strict=False):
            person = Person.objects.get_or_create(name=name, locale=self.locale)[0]
            track.people.add(TrackPerson(person=person))
        dates = {"starts_on": told["day"], "ends_on": told.get("last_day"), "city": told["city"]}
        self._add(self.workshops, WorkshopPage, told, tracks=tracks, display_date=told["day"], **dates)

    def _add(self, parent, model, told, **fields):
        body = [("text", f"<p>{text}</p>") for text in told["body"]]
        attachments = [Attachment(document=self.documents[title]) for title in told.get("documents", ())]
        groups = [AttachmentGroup(title="–", attachments=attachments)] if attachments else []
        page = model(
            title=told["title"], lead=told["lead"], locale=self.locale, body=body, attachment_groups=groups, **fields
        )
        parent.add_child(instance=page)
