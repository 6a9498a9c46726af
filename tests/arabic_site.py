"""A site in Arabic for tests: the demo has none, and only Arabic shows what mirroring breaks."""

import datetime

from wagtail.models import Locale, Page, Site

from pages.models import (
    Attachment,
    AttachmentGroup,
    Footer,
    Gallery,
    GalleryPhoto,
    Header,
    NewsPage,
    Organisation,
    PageTopic,
    Person,
    Topic,
    Track,
    TrackOutcome,
    TrackPerson,
    WorkshopAudience,
    WorkshopPage,
)
from tests.factories import SiteDocumentFactory, SiteImageFactory

SITE_NAME = "التجديد الحضري النموذجي"
TITLE = "ورش عمل للمدن"


def arabic() -> Locale:
    return Locale.objects.get_or_create(language_code="ar")[0]


def add_frame():
    """Add header and footer of the language."""
    Header.objects.create(site_name=SITE_NAME, locale=arabic())
    Footer.objects.create(heading="اتصل بنا", locale=arabic())


def in_arabic(page, title, **fields):
    """Publish a copy of a page in Arabic; ``fields`` replace words that stay as they are otherwise."""
    copy = page.copy_for_translation(arabic())
    # The short title of the original would stand in menus, in Polish.
    for name, value in {"title": title, "short_title": "", **fields}.items():
        setattr(copy, name, value)
    copy.save_revision().publish()
    Site.clear_site_root_paths_cache()
    return Page.objects.get(pk=copy.pk).specific


def add_workshop(parent: Page) -> WorkshopPage:
    """Publish a workshop with everything that readers can meet on one; its words are Arabic, its expert is Polish."""
    workshop = parent.add_child(
        instance=WorkshopPage(title="Warsztaty dla miast", slug="po-arabsku", **_held(), **_shown())
    )
    workshop.save_revision().publish()
    return in_arabic(WorkshopPage.objects.get(pk=workshop.pk), TITLE)


def add_article(parent: Page) -> NewsPage:
    """Publish an article with headings, a quotation and a table."""
    body = [
        ("heading", {"text": "لماذا الآن", "level": "2"}),
        ("text", "<p>تجتمع المدن مرتين في السنة. يبدأ اللقاء القادم في 12 مايو.</p><ul><li>الإسكان</li><li>المشاركة</li></ul>"),
        ("quote", {"text": "المدينة لسكانها.", "author": "إدارة البرامج", "language": ""}),
        ("callout", {"kind": "warning", "title": "انتبهوا", "text": "<p>ينتهي التسجيل يوم الجمعة.</p>"}),
    ]  # fmt: skip
    news = parent.add_child(instance=NewsPage(title="Po arabsku", slug="po-arabsku", body=body, lead="خبر قصير."))
    news.save_revision().publish()
    return in_arabic(NewsPage.objects.get(pk=news.pk), "اختاروا معنا المواضيع")


def _held():
    organiser = Organisation.objects.create(name="إدارة برامج المساعدة")
    return {
        "lead": "ثلاثة أيام من الحوار.",
        "starts_on": datetime.date(2018, 7, 18),
        "ends_on": datetime.date(2018, 7, 20),
        "starts_at": datetime.time(10),
        "ends_at": datetime.time(15, 30),
        "city": "وارسو",
        "organiser": organiser,
        "author_unit": organiser,
        "audiences": [WorkshopAudience(name="المدن النموذجية")],
        "page_topics": [PageTopic(topic=Topic.objects.create(name="الإسكان"))],
        "contact_phone": "+48 22 000 00 01",
    }


def _shown():
    document = SiteDocumentFactory(title="Podsumowanie warsztatów", language="pl")
    photos = [GalleryPhoto(image=SiteImageFactory(), alt=f"القاعة {number}") for number in (1, 2)]
    person = Person.objects.create(prefix="dr", name="Alina Muzioł-Węcławowicz")
    track = Track(
        title="الإسكان",
        people=[TrackPerson(person=person, role="بإشراف")],
        outcomes=[TrackOutcome(name="دليل النصائح", document=document)],
    )
    return {
        "body": [("heading", {"text": "ما اتفقت عليه المدن", "level": "2"})],
        "tracks": [track],
        "galleries": [Gallery(photos=photos)],
        "attachment_groups": [
            AttachmentGroup(title="الملخّص", attachments=[Attachment(document=document)]),
            AttachmentGroup(title="العروض", is_expected=True),
        ],
    }
