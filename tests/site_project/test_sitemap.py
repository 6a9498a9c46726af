"""The sitemap, held against the rules of sitemaps.org and of Google's extension for languages."""

import datetime
import re

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from lxml import etree
from wagtail.models import Locale, Page, PageViewRestriction

from pages.models import NewsPage
from site_project import sitemaps
from tests.pages.test_queries import grow
from tests.site_tree import SiteTree, translate

pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
#: What may stand in what, how often at least and at most, in this order.
CONTENTS = {
    f"{SITEMAP}urlset": [(f"{SITEMAP}url", 1, 50_000)],
    f"{SITEMAP}url": [
        (f"{SITEMAP}loc", 1, 1),
        (f"{SITEMAP}lastmod", 0, 1),
        (f"{XHTML}link", 0, 1000),
    ],
    f"{SITEMAP}sitemapindex": [(f"{SITEMAP}sitemap", 0, 50_000)],
    f"{SITEMAP}sitemap": [(f"{SITEMAP}loc", 1, 1), (f"{SITEMAP}lastmod", 0, 1)],
    f"{SITEMAP}loc": [],
    f"{SITEMAP}lastmod": [],
    f"{XHTML}link": [],
}


@pytest.fixture
def site(db):
    return SiteTree()


def read(client, address):
    """Return the root of a sitemap file that keeps all rules of the format."""
    response = client.get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/xml")
    assert len(response.content) < 50 * 1024 * 1024
    root = etree.fromstring(response.content)
    for element in root.iter():
        check(element)
    return root


def check(element):
    allowed = CONTENTS[element.tag]
    names = [child.tag for child in element]
    assert names == sorted(names, key=[tag for tag, _least, _most in allowed].index)
    assert all(least <= names.count(tag) <= most for tag, least, most in allowed)
    if element.tag == f"{SITEMAP}loc":
        assert re.fullmatch(r"http://testserver/[!-~]*", element.text)
        assert len(element.text) < 2048
    if element.tag == f"{SITEMAP}lastmod":
        assert datetime.datetime.fromisoformat(element.text).tzinfo
    if element.tag == f"{XHTML}link":
        assert element.get("rel") == "alternate"
        assert re.fullmatch(r"x-default|[a-z]{2,3}(-[A-Za-z0-9]+)*", element.get("hreflang"))
        assert element.get("href").startswith("http://testserver/")


def parts(client):
    return [loc.text for loc in read(client, "/sitemap.xml").iter(f"{SITEMAP}loc")]


def entries(client):
    """Return ``{address: {language: address}}`` of the whole sitemap."""
    found = {}
    for part in parts(client):
        for url in read(client, part.removeprefix("http://testserver")):
            links = {link.get("hreflang"): link.get("href") for link in url.iter(f"{XHTML}link")}
            found[url.find(f"{SITEMAP}loc").text] = links
    return found


def test_every_language_stands_in_it_with_its_translations(client, site, django_capture_on_commit_callbacks):
    only_polish = site.add_news("Tylko po polsku")
    with django_capture_on_commit_callbacks(execute=True):
        translate(site.home, "en")
        translate(site.news, "en")
    english = {page.translation_key: page for page in Page.objects.filter(locale__language_code="en")}
    en_home, en_news = english[site.home.translation_key], english[site.news.translation_key]

    home = {"en": en_home.full_url, "pl": site.home.full_url, "x-default": "http://testserver/"}
    news = {"en": en_news.full_url, "pl": site.news.full_url, "x-default": site.news.full_url}
    assert entries(client) == {
        site.home.full_url: home,
        en_home.full_url: home,
        site.news.full_url: news,
        en_news.full_url: news,
        site.workshops.full_url: {},
        only_polish.full_url: {},
    }


def test_what_not_everybody_may_read_or_what_repeats_a_page_is_left_out(client, site):
    site.add_news("Jawna")
    hidden = site.add_news("Cofnięta")
    hidden.unpublish()
    site.news.add_child(instance=NewsPage(title="Szkic", live=False))
    locked = site.add_workshop("Dla zalogowanych")
    PageViewRestriction.objects.create(page=site.workshops, restriction_type="login")
    english = Locale.objects.get_or_create(language_code="en")[0]
    site.home.copy_for_translation(english, alias=True)
    outside = Page.objects.get(depth=1).add_child(instance=Page(title="Bez witryny", slug="bez-witryny"))

    found = entries(client)

    assert set(found) == {site.home.full_url, site.news.full_url, f"{site.news.full_url}jawna/"}
    assert locked.full_url not in found
    assert outside.full_url is None


def test_a_restricted_translation_is_nobodys_alternate(client, site, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        translate(site.home, "en")
    english = Page.objects.get(locale__language_code="en", depth=2)
    PageViewRestriction.objects.create(page=english, restriction_type="login")

    assert entries(client)[site.home.full_url] == {}


def test_an_address_of_other_letters_is_escaped(client, site):
    page = site.add_news("Żółw", slug="żółw")

    assert f"{site.news.full_url}%C5%BC%C3%B3%C5%82w/" in entries(client)
    assert client.get(page.full_url).status_code == 200


def test_parts_follow_the_ids_and_a_missing_one_is_not_found(client, site, monkeypatch):
    monkeypatch.setattr(sitemaps, "IDS_IN_A_PART", 2)
    pages = [site.home, site.news, site.workshops, *(site.add_news(f"Wpis {number}") for number in range(5))]

    addresses = parts(client)

    assert addresses == [f"http://testserver/sitemap-{part}.xml" for part in sorted({page.pk // 2 for page in pages})]
    assert set(entries(client)) == {page.full_url for page in pages}
    for missing in ("/sitemap-999.xml", f"/sitemap-{10**30}.xml", "/sitemap-x.xml"):
        assert client.get(missing).status_code == 404


@pytest.mark.parametrize("address", ["/sitemap.xml", "/sitemap-0.xml"])
def test_a_thousand_pages_cost_no_query_more_than_three(client, site, address):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    for number in range(3):
        site.add_news(f"Wpis {number}")
    client.get(address)
    few = queries()
    grow(site.news, 1000)

    assert queries() == few
    assert few <= 6


def test_the_same_sitemap_is_not_sent_twice_and_a_new_page_is_noticed(client, site):
    site.add_news("Pierwszy")
    first = client.get("/sitemap.xml")
    again = client.get("/sitemap.xml", headers={"if-none-match": first["ETag"]})
    site.add_news("Drugi")
    later = client.get("/sitemap.xml", headers={"if-none-match": first["ETag"]})

    assert (again.status_code, later.status_code) == (304, 200)
    assert "max-age=3600" in first["Cache-Control"]


def test_a_site_without_a_page_has_an_empty_sitemap(client, db):
    Page.objects.filter(depth__gt=1).update(live=False)

    assert parts(client) == []


@override_settings(ALLOWED_HOSTS=["*"])
def test_addresses_are_those_of_the_site_whatever_host_was_asked(client, site):
    response = client.get("/sitemap.xml", headers={"host": "elsewhere.example"})

    assert b"elsewhere.example" not in response.content
