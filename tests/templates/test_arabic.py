"""A reader of Arabic meets Arabic words, written from right to left, on every page of the site."""

import datetime
import re
from html.parser import HTMLParser

import pytest
from wagtail.models import Site

from pages import formats
from pages.models import FundingSigns, SiteSettings
from tests import arabic_site
from tests.site_tree import SiteTree

#: Formats of files and the abbreviations that stand on the signs themselves.
LATIN_IN_ARABIC = {"DOCX", "ETR", "PJM", "BIP"}


@pytest.fixture
def workshop(db):
    """An Arabic workshop with everything that readers can meet on one; its words are Arabic, its expert is Polish."""
    site = SiteTree()
    SiteSettings.objects.create(
        site=Site.objects.get(),
        easy_read_url="/etr",
        sign_language_url="/pjm",
        bip_url="/bip",
        accessibility_email="dostepnosc@instytucja.example",
        funding=FundingSigns.objects.create(name="MRM"),
    )
    arabic_site.add_frame()
    arabic_site.in_arabic(site.home, arabic_site.SITE_NAME)
    arabic_site.in_arabic(site.workshops, "ورش العمل")
    return arabic_site.add_workshop(site.workshops)


class _Words(HTMLParser):
    """Gather what a page says in its own language, to the eye and to the ear; parts in another one are left out."""

    SAID_BY = {"alt", "aria-label", "placeholder", "title", "data-title", "data-close", "data-prev", "data-next"}
    VOID = {"img", "input", "link", "meta", "br", "source", "use", "path"}

    def __init__(self):
        super().__init__()
        self.open, self.said = [], []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        # A person's initials are a drawing: hidden from screen readers, as icons are.
        is_silent = tag in {"script", "style"} or attributes.get("aria-hidden") == "true"
        is_silent = is_silent or attributes.get("lang", "ar") != "ar" or (bool(self.open) and self.open[-1])
        if tag not in self.VOID:
            self.open.append(is_silent)
        if not is_silent:
            self.said += [attributes[name] or "" for name in self.SAID_BY & attributes.keys()]

    def handle_startendtag(self, tag, attrs):
        """Pass over a drawing's closed elements: they hold no text."""

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            self.open.pop()

    def handle_data(self, data):
        if not (self.open and self.open[-1]):
            self.said.append(data)


def said_in_arabic(html):
    words = _Words()
    words.feed(html)
    return re.sub(r"\S+@\S+", "", " ".join(words.said))


def foreign_words(html):
    return set(re.findall(r"[^\W\d_]{2,}", re.sub(r"[\u0600-\u06ff]+", " ", said_in_arabic(html))))


@pytest.mark.parametrize("address", ["", "/ar/", "/ar/nie-ma/", "/ar/search/", "/ar/search/?q=ورش", "/ar/search/?q=لا"])
def test_every_word_of_a_page_is_arabic_or_marked(client, workshop, address):
    html = client.get(address or workshop.url).content.decode()

    assert '<html lang="ar" dir="rtl">' in html
    assert foreign_words(html) <= LATIN_IN_ARABIC


def test_a_word_that_is_not_translated_is_found():
    html = '<p>القائمة <b>Menu</b> <bdi lang="pl">dr Anna</bdi><img alt="Zdjęcie"></p>'

    assert foreign_words(html) == {"Menu", "Zdjęcie"}


@pytest.mark.parametrize(
    "words",
    [
        "انتقل إلى المحتوى",
        "اختيار اللغة",
        "المجالات",
        "المخرجات",
        "انتهت",
        "الجهة المنظِّمة",
        "اطلب صيغة ميسّرة",
        "صورتان، وثيقة واحدة",
    ],
)
def test_a_workshop_speaks_arabic(client, workshop, words):
    assert words in said_in_arabic(client.get(workshop.url).content.decode())


def test_foreign_parts_keep_their_language_and_direction(client, workshop):
    html = client.get(workshop.url).content.decode()

    assert '<bdi lang="pl" dir="ltr">dr Alina Muzioł-Węcławowicz</bdi>' in html
    assert '<span lang="pl" dir="ltr">Podsumowanie warsztatów</span>' in html
    assert '<span lang="pl" dir="ltr">Polski</span>' in html
    assert 'class="funding__signs" lang="pl" dir="ltr"' in html


def test_facts_of_a_file_stand_apart_from_each_other(client, workshop):
    html = client.get(workshop.url).content.decode()
    facts = html.split('<span class="doc__meta">')[1].split("</span>")[0]

    format_, size, language = re.findall("<bdi>(.*?)</bdi>", facts)
    assert (format_, language) == ("DOCX", "باللغة البولندية")
    assert re.fullmatch("\\d+\u00a0كيلوبايت", size)


def test_days_and_hours_are_written_as_in_arabic(client, workshop):
    html = client.get(workshop.url).content.decode()

    assert '<time datetime="2018-07-18">18</time>–<time datetime="2018-07-20">20 يوليو 2018</time>' in html
    assert "10:00 ص – 3:30 م (توقيت وسط أوروبا الصيفي)" in html


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ((2018, 7, 18), None, "18 يوليو 2018"),
        ((2018, 6, 30), (2018, 7, 2), "30 يونيو – 2 يوليو 2018"),
        ((2018, 12, 30), (2019, 1, 2), "30 ديسمبر 2018 – 2 يناير 2019"),
    ],
)
def test_a_range_says_once_what_its_ends_share(start, end, words):
    assert formats.range_text(datetime.date(*start), end and datetime.date(*end), "ar") == words


def test_sizes_are_spelled_out_alike():
    assert [formats.file_size(size, "ar") for size in (24_500, 2_450_000)] == ["24\u00a0كيلوبايت", "2.3\u00a0ميغابايت"]
