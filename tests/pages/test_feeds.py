"""Atom feeds of lists: read by a real parser, and sent only to those who do not have them yet."""

import datetime
from pathlib import Path

import feedparser
import pytest
from bs4 import BeautifulSoup
from lxml import etree
from wagtail.models import Locale, PageViewRestriction

from pages.models import NewsIndexPage, Organisation, PageTopic, Programme, Topic
from tests.pages.test_queries import queries
from tests.site_tree import translate

ATOM = "{http://www.w3.org/2005/Atom}"
RULES = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))


@pytest.fixture
def programme(site):
    return Programme.objects.create(name="Modelowa Rewitalizacja Miast", locale=site.locale)


def read(client, address):
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    feed = feedparser.parse(response.content)
    assert not feed.bozo, feed.bozo_exception
    assert_keeps_the_rules(etree.fromstring(response.content))
    return feed


def assert_keeps_the_rules(feed):
    """What RFC 4287 demands of a feed and of each entry: the grammar, and what a grammar cannot count (4.1.1, 4.1.2)."""
    RULES.assertValid(feed)
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        links = [(link.get("rel"), link.get("type"), link.get("hreflang")) for link in element.findall(f"{ATOM}link")]
        assert len(links) == len(set(links))
    assert [link.get("rel") for link in feed.findall(f"{ATOM}link")] == ["alternate", "self"]
    ids = [element.text for element in feed.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("rule", "right", "wrong"),
    [
        ("an entry has an id", b"<id>urn:uuid:", b"<id>"),
        ("a moment has a time zone", b"+00:00</updated>", b"</updated>"),
        ("a link leads somewhere", b"<link href=", b"<link title="),
        ("a category has a term", b"<category term=", b"<category label="),
        ("nothing else stands in a feed", b"<subtitle>", b"<subtitle/><subtitle>"),
    ],
)
def test_a_feed_that_breaks_a_rule_is_refused(client, site, programme, rule, right, wrong):
    site.add_news(programme=programme)
    site.news.lead = "Relacje i porady."
    site.news.save_revision().publish()
    feed = client.get(f"{site.news.url}feed.atom").content
    assert right in feed

    assert RULES.validate(etree.fromstring(feed))
    assert not RULES.validate(etree.fromstring(feed.replace(right, wrong))), rule


def test_the_feed_of_a_list_tells_what_is_new(client, site, programme):
    topic = Topic.objects.create(name="Mieszkalnictwo", locale=site.locale)
    unit = Organisation.objects.create(name="Departament Programów Pomocowych", locale=site.locale)
    site.add_news("Starsza", display_date=datetime.date(2018, 7, 1))
    page = site.add_news(
        "Żółw & jeż <b>",
        lead="Cudzysłów „polski” & <znak>\x0b",
        display_date=datetime.date(2018, 7, 24),
        programme=programme,
        author_unit=unit,
        page_topics=[PageTopic(topic=topic)],
    )

    feed = read(client, f"{site.news.url}feed.atom")

    assert (feed.feed.title, feed.feed.language, feed.feed.author) == (
        "Aktualności",
        "pl",
        "Modelowa Rewitalizacja Miast",
    )
    assert (feed.feed.link, feed.feed.links[1].href) == (site.news.full_url, f"{site.news.full_url}feed.atom")
    entry = feed.entries[0]
    assert [entry.title for entry in feed.entries] == ["Żółw & jeż <b>", "Starsza"]
    assert (entry.link, entry.author) == (page.full_url, unit.name)
    assert BeautifulSoup(entry.summary, "html.parser").text.strip() == "Cudzysłów „polski” & <znak>"
    assert [tag.term for tag in entry.tags] == [programme.name, topic.name]
    assert datetime.datetime.fromisoformat(entry.updated) == page.last_published_at


def test_an_empty_list_has_an_empty_feed(client, site):
    feed = read(client, f"{site.workshops.url}feed.atom")

    assert feed.entries == []


def test_a_feed_keeps_the_filters_of_its_list(client, site, programme):
    site.add_workshop("W programie", programme=programme, starts_on=datetime.date(2018, 7, 18))
    site.add_workshop("W innym roku", programme=programme, starts_on=datetime.date(2019, 7, 18))
    site.add_workshop("Poza programem")
    query = f"?programme={programme.translation_key.hex[:8]}&year=2018"

    feed = read(client, f"{site.workshops.url}feed.atom{query}&city=Nigdzie")

    assert [entry.title for entry in feed.entries] == ["W programie"]
    assert feed.feed.title == "Warsztaty, Modelowa Rewitalizacja Miast, 2018"
    assert feed.feed.links[1].href == f"{site.workshops.full_url}feed.atom{query}"
    assert feed.feed.id != read(client, f"{site.workshops.url}feed.atom").feed.id


def test_each_language_has_its_feed_with_names_of_its_own(client, site, django_capture_on_commit_callbacks):
    page = site.add_news("Nowe domy")
    Locale.objects.get_or_create(language_code="en")
    with django_capture_on_commit_callbacks(execute=True):
        for source in (site.home, site.news, page):
            translate(source, "en")
    english = NewsIndexPage.objects.get(locale__language_code="en")

    polish, translated = (read(client, f"{listing.url}feed.atom") for listing in (site.news, english))

    assert (translated.feed.language, translated.entries[0].title) == ("en", "[en] Nowe domy")
    assert translated.entries[0].id != polish.entries[0].id
    assert translated.feed.id != polish.feed.id


def test_a_list_and_its_feed_find_each_other(client, site):
    site.add_news("Nowe domy")
    page = BeautifulSoup(client.get(site.news.url).content, "html.parser")

    announced = page.select_one('link[rel="alternate"][type="application/atom+xml"]')["href"]
    shown = page.select_one('.subscribe a[type="application/atom+xml"]')["href"]

    assert announced == shown == f"{site.news.full_url}feed.atom"
    assert read(client, shown).feed.link == site.news.full_url


def test_drafts_and_private_pages_are_in_no_feed(client, site):
    site.add_news("Jawna")
    site.add_news("Szkic").unpublish()
    private = site.add_news("Prywatna")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)

    feed = read(client, f"{site.news.url}feed.atom")

    assert [entry.title for entry in feed.entries] == ["Jawna"]


def test_who_may_not_see_a_list_gets_no_feed_of_it(client, site):
    site.add_news("Tajna")
    restriction = PageViewRestriction.objects.create(
        page=site.news, restriction_type=PageViewRestriction.PASSWORD, password="Rewitalizacja1!"
    )
    assert restriction.page.live

    response = client.get(f"{site.news.url}feed.atom")

    assert "Tajna" not in response.content.decode()
    assert response["Content-Type"].startswith("text/html")


def test_nothing_is_sent_twice(client, site):
    site.add_news("Pierwsza")
    address = f"{site.news.url}feed.atom"
    first = client.get(address)

    by_mark = client.get(address, headers={"If-None-Match": first["ETag"]})
    by_date = client.get(address, headers={"If-Modified-Since": first["Last-Modified"]})
    site.add_news("Druga")
    afterwards = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert [(answer.status_code, answer.content) for answer in (by_mark, by_date)] == [(304, b""), (304, b"")]
    assert afterwards.status_code == 200
    assert "no-cache" in first["Cache-Control"]


def test_a_feed_from_which_something_was_taken_away_is_sent_anew(client, site):
    site.add_news("Zostaje")
    gone = site.add_news("Znika")
    address = f"{site.news.url}feed.atom"
    first = client.get(address)

    gone.unpublish()

    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200
    assert first["Last-Modified"] <= client.get(address)["Last-Modified"]


@pytest.mark.parametrize("name", ["feed.rss", "calendar.ics", "feed.atom/", "feed.atom/feed.atom", ".", "%00.atom"])
def test_what_a_list_of_news_does_not_offer_is_not_found(client, site, name):
    assert client.get(f"{site.news.url}feed.atom").status_code == 200
    assert client.get(f"{site.news.url}{name}").status_code in (404, 301)


def test_a_feed_is_only_read(client, site):
    assert client.post(f"{site.news.url}feed.atom").status_code == 405


def test_a_feed_needs_as_many_queries_with_three_entries_as_with_one(client, site):
    topic = Topic.objects.create(name="Mieszkalnictwo", locale=site.locale)
    site.add_news("Pierwsza", page_topics=[PageTopic(topic=topic)])
    one = queries(client, f"{site.news.url}feed.atom")
    site.add_news("Druga", page_topics=[PageTopic(topic=topic)])
    site.add_news("Trzecia")

    assert queries(client, f"{site.news.url}feed.atom") == one <= 15
