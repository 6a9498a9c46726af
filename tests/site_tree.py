"""A small site for tests: home, news, workshops in Polish, and what a full workshop page holds."""

import datetime

from wagtail.models import Locale, Page, Site
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from media import renditions
from pages.models import (
    Attachment,
    AttachmentGroup,
    Footer,
    Gallery,
    GalleryPhoto,
    Header,
    HomePage,
    NewsIndexPage,
    NewsPage,
    Organisation,
    PageTopic,
    Person,
    Programme,
    Topic,
    Track,
    TrackOutcome,
    TrackPerson,
    WorkshopAudience,
    WorkshopIndexPage,
    WorkshopPage,
)
from tests.factories import SiteDocumentFactory, SiteImageFactory


class SiteTree:
    """The default site with a Polish home page, a list of news and a list of workshops, all published."""

    def __init__(self):
        self.locale = Locale.objects.get_or_create(language_code="pl")[0]
        Page.objects.filter(depth=2).delete()
        root = Page.objects.get(depth=1)
        self.home = root.add_child(instance=HomePage(title="Modelowa Rewitalizacja Miast", slug="start"))
        Site.objects.update_or_create(
            is_default_site=True, defaults={"hostname": "testserver", "port": 80, "root_page": self.home}
        )
        Site.clear_site_root_paths_cache()
        Header.objects.create(site_name="Modelowa Rewitalizacja Miast", locale=self.locale)
        Footer.objects.create(heading="Kontakt", locale=self.locale)
        self.news = self.home.add_child(instance=NewsIndexPage(title="Aktualności", slug="aktualnosci"))
        self.workshops = self.home.add_child(instance=WorkshopIndexPage(title="Warsztaty", slug="warsztaty"))

    def add_news(self, title="Nowe domy", **fields) -> NewsPage:
        return self._publish(self.news, NewsPage(title=title, **fields))

    def add_many_news(self, *articles: dict) -> list[NewsPage]:
        """Add articles that are live without revisions, as an import leaves them: four times as fast."""
        return [self.news.add_child(instance=NewsPage(live=True, **fields)) for fields in articles]

    def add_workshop(self, title="Warsztaty dla miast", **fields) -> WorkshopPage:
        fields.setdefault("starts_on", datetime.date(2018, 7, 18))
        return self._publish(self.workshops, WorkshopPage(title=title, **fields))

    def _publish(self, parent, page):
        page = parent.add_child(instance=page)
        page.save_revision().publish()
        return type(page).objects.get(pk=page.pk)


def full_workshop(site: SiteTree, *, photos=5, tracks=3, documents=4, **fields) -> WorkshopPage:
    """A published workshop with everything that readers can meet on one; pictures have their renditions."""
    organiser = Organisation.objects.create(name="Departament Programów Pomocowych")
    programme = Programme.objects.create(name="Modelowa Rewitalizacja Miast", organisation=organiser)
    fields = {
        "lead": "Trzy dni rozmów o rewitalizacji.",
        "starts_on": datetime.date(2018, 7, 18),
        "ends_on": datetime.date(2018, 7, 20),
        "city": "Warszawa",
        "organiser": organiser,
        "author_unit": organiser,
        "programme": programme,
        "body": [
            ("heading", {"text": "O warsztatach", "level": "2"}),
            ("text", "<p>Miasta wymieniły doświadczenia.</p>"),
        ],
        "page_topics": [PageTopic(topic=Topic.objects.create(name="Mieszkalnictwo"))],
        "audiences": [WorkshopAudience(name="miasta modelowe", sort_order=0)],
        "galleries": [Gallery(title="Sala", sort_order=0, photos=[_photo(number) for number in range(photos)])],
        "attachment_groups": [
            AttachmentGroup(title="Podsumowanie", sort_order=0, attachments=[_attachment(n) for n in range(documents)]),
            AttachmentGroup(title="Prezentacje", sort_order=1, is_expected=True),
        ],
        "tracks": [_track(number) for number in range(tracks)],
    } | fields
    return site.add_workshop(**fields)


def _photo(number):
    # Narrower than every width of the set: one small rendition in each format.
    image = SiteImageFactory(file__width=60, file__height=40)
    renditions.make(image)
    return GalleryPhoto(image=image, alt=f"Uczestnicy słuchają, zdjęcie {number}", sort_order=number)


def _attachment(number):
    return Attachment(document=SiteDocumentFactory(title=f"Dokument {number}"), sort_order=number)


def _track(number):
    person = Person.objects.create(prefix="dr", name=f"Anna Nowak-Kowalska {number}")
    return Track(
        title=f"Obszar {number}",
        summary="<p>O czym rozmawiano.</p>",
        sort_order=number,
        people=[TrackPerson(person=person, role="opieka ekspercka", sort_order=0)],
        outcomes=[TrackOutcome(name="Minikatalog porad", sort_order=0)],
    )


def translate(instance, language_code, publish=True):
    """Translate an object with Localize: every segment becomes ``[code] text``.

    A page goes live when the transaction commits; see ``tests/conftest.py``.
    """
    locale = Locale.objects.get_or_create(language_code=language_code)[0]
    source, _created = TranslationSource.update_or_create_from_instance(instance)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    for segment in StringSegment.objects.filter(source=source).select_related("string", "context"):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            defaults={"data": f"[{language_code}] {segment.string.data}"},
        )
    translation.save_target(publish=publish)
    return translation
