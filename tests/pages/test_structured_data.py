"""JSON-LD, read by a real parser and held against what schema.org and search engines ask for."""

import datetime
import json

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pyld import jsonld

from media import renditions
from pages.models import NewsPage, SiteSettings, WorkshopPage
from tests.factories import SiteImageFactory
from tests.site_tree import full_workshop, translate

pytestmark = pytest.mark.django_db

SCHEMA = "https://schema.org/"
MOMENT = "a moment or a day"
ADDRESS = "a whole address"
#: What must be said of each type, and of what kind a value is: text, a moment, an address, or another type.
REQUIRED = {
    "BreadcrumbList": {"itemListElement": {"ListItem"}},
    "CollectionPage": {"url": ADDRESS, "name": str, "isPartOf": None},
    "Event": {"name": str, "startDate": MOMENT, "location": {"Place", "VirtualLocation"}, "eventStatus": ADDRESS},
    "EventSeries": {"name": str},
    "ImageObject": {"url": ADDRESS},
    "ListItem": {"position": int, "name": str, "item": ADDRESS},
    "NewsArticle": {"headline": str, "datePublished": MOMENT, "author": None, "publisher": None, "inLanguage": str},
    "Organization": {"name": str},
    "Person": {"name": str},
    "Place": {"name": str, "address": {"PostalAddress"}},
    "PostalAddress": {"addressLocality": str},
    "VirtualLocation": {"url": ADDRESS},
    "WebPage": {"url": ADDRESS, "name": str, "isPartOf": None},
    "WebSite": {"url": ADDRESS, "name": str, "publisher": None},
}


def load_context(url, _options):
    """Stand in for schema.org, which a test does not ask: every name is a word of its vocabulary."""
    assert url == "https://schema.org"
    document = {"@context": {"@vocab": SCHEMA}}
    return {"contextUrl": None, "documentUrl": url, "document": document, "contentType": "application/ld+json"}


def graph(client, page):
    """Return the facts of a page by type, after a JSON-LD processor read them and every rule was held."""
    html = client.get(page.url).content.decode()
    scripts = BeautifulSoup(html, "html.parser").find_all("script", type="application/ld+json")
    assert len(scripts) == 1
    data = json.loads(scripts[0].string)
    expanded = jsonld.expand(data, {"documentLoader": load_context})
    assert len(jsonld.to_rdf(data, {"documentLoader": load_context})["@default"]) > 10
    for node in expanded:
        check(node)
    return {fact["@type"]: fact for fact in data["@graph"]}


def check(node):
    """Hold the rules for a thing and for everything it is told to have."""
    if list(node) == ["@id"]:
        return
    kind = node["@type"][0].removeprefix(SCHEMA)
    for name, wanted in REQUIRED[kind].items():
        values = node.get(f"{SCHEMA}{name}", [])
        assert values, f"{kind} without {name}"
        for value in values:
            assert is_a(value, wanted), f"{name} of {kind}: {value}"
    for name, values in node.items():
        for value in values if name.startswith(SCHEMA) else []:
            assert value.get("@value") != "", f"{name} of {kind} is empty"
            if "@value" not in value:
                check(value)


def is_a(value, wanted):
    said = value.get("@value")
    if wanted is None:
        return True
    if wanted == MOMENT:
        return datetime.datetime.fromisoformat(said).tzinfo is not None or len(said) == len("2018-07-18")
    if wanted == ADDRESS:
        return said.startswith(("http://testserver/", SCHEMA))
    if isinstance(wanted, set):
        return bool({f"{SCHEMA}{kind}" for kind in wanted} & set(value["@type"]))
    return isinstance(said, wanted)


def test_a_workshop_tells_days_place_people_and_tracks(client, site, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        workshop = full_workshop(site, tracks=2, venue="ul. Wspólna 2/4")

    facts = graph(client, workshop)
    event = facts["Event"]

    assert set(facts) == {"Organization", "WebSite", "WebPage", "Event", "BreadcrumbList"}
    assert (event["startDate"], event["endDate"]) == ("2018-07-18", "2018-07-20")
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert event["location"] == {
        "@type": "Place",
        "name": "ul. Wspólna 2/4",
        "address": {"@type": "PostalAddress", "streetAddress": "ul. Wspólna 2/4", "addressLocality": "Warszawa"},
    }
    assert event["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert event["organizer"]["name"] == "Departament Programów Pomocowych"
    assert [person["name"] for person in event["performer"]] == [
        "dr Anna Nowak-Kowalska 0",
        "dr Anna Nowak-Kowalska 1",
    ]
    assert [part["name"] for part in event["subEvent"]] == ["Obszar 0", "Obszar 1"]
    assert event["image"] == [f"http://testserver{workshop.share_picture.file.url}"]
    assert [step["item"] for step in facts["BreadcrumbList"]["itemListElement"]] == [
        site.home.full_url,
        site.workshops.full_url,
        workshop.full_url,
    ]


@pytest.mark.parametrize(
    ("day", "zone", "start", "end"),
    [
        (datetime.date(2026, 7, 1), "Europe/Warsaw", "2026-07-01T10:00+02:00", "2026-07-01T13:30+02:00"),
        (datetime.date(2026, 12, 1), "Europe/Warsaw", "2026-12-01T10:00+01:00", "2026-12-01T13:30+01:00"),
        (datetime.date(2026, 3, 29), "Europe/Warsaw", "2026-03-29T10:00+02:00", "2026-03-29T13:30+02:00"),
        (datetime.date(2026, 7, 1), "America/New_York", "2026-07-01T10:00-04:00", "2026-07-01T13:30-04:00"),
    ],
)
def test_hours_carry_the_offset_of_their_zone_on_that_day(client, site, day, zone, start, end):
    hours = {"starts_at": datetime.time(10), "ends_at": datetime.time(13, 30)}
    workshop = site.add_workshop(starts_on=day, time_zone=zone, city="Łódź", **hours)

    event = graph(client, workshop)["Event"]

    assert (event["startDate"], event["endDate"]) == (start, end)


def test_an_end_that_nobody_knows_is_not_told(client, site):
    workshop = site.add_workshop(starts_at=datetime.time(10), city="Łódź")

    assert "endDate" not in graph(client, workshop)["Event"]


@pytest.mark.parametrize("venue", ["Online", "Spotkanie przez internet", "Зустріч онлайн", "عبر الإنترنت"])
def test_a_meeting_online_has_a_virtual_place(client, site, venue):
    event = graph(client, site.add_workshop(venue=venue))["Event"]

    assert event["location"]["@type"] == "VirtualLocation"
    assert event["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"


@pytest.mark.parametrize(
    ("status", "told"),
    [("planned", "EventScheduled"), ("postponed", "EventPostponed"), ("cancelled", "EventCancelled")],
)
def test_whether_a_workshop_takes_place_is_told(client, site, status, told):
    event = graph(client, site.add_workshop(city="Łódź", event_status=status))["Event"]

    assert event["eventStatus"] == f"https://schema.org/{told}"


def test_every_state_of_a_workshop_has_a_word():
    from pages.structured_data import EVENT_STATES  # noqa: PLC0415

    states = [value for value, _label in WorkshopPage._meta.get_field("event_status").choices]
    assert [str(state) for state in EVENT_STATES] == states


def test_news_tell_who_wrote_when_with_which_picture(client, site):
    image = SiteImageFactory()
    renditions.make(image)
    article = site.add_news("Nowe domy", lead="O domach.", lead_image=image, display_date=datetime.date(2018, 7, 24))

    told = graph(client, article)["NewsArticle"]

    assert (told["headline"], told["description"]) == ("Nowe domy", "O domach.")
    assert told["datePublished"] == "2018-07-24"
    assert datetime.datetime.fromisoformat(told["dateModified"]).tzinfo
    picture = told["image"][0]
    assert (picture["width"], picture["height"]) == (1000, 667)
    assert client.get(picture["url"]).status_code == 200
    assert told["author"] == told["publisher"] == {"@id": "http://testserver/#publisher"}


def test_news_of_today_tell_their_hour(client, site):
    article = site.add_news("Dziś")

    published = graph(client, article)["NewsArticle"]["datePublished"]

    assert datetime.datetime.fromisoformat(published).date() == timezone.localdate()
    assert len(published) > len("2018-07-24")


def test_home_and_lists_tell_of_site_and_institution(client, site):
    logo = SiteImageFactory(file__width=300, file__height=100)
    renditions.make(logo)
    settings = SiteSettings.for_site(site.home.get_site())
    settings.logo = logo
    settings.save()

    home, listing = graph(client, site.home), graph(client, site.news)

    assert home["Organization"] == listing["Organization"]
    assert home["Organization"]["logo"]["width"] == 300
    assert home["WebSite"]["name"] == "Modelowa Rewitalizacja Miast"
    assert "BreadcrumbList" not in home
    assert listing["CollectionPage"]["url"] == site.news.full_url


def test_a_translation_tells_its_own_language_and_addresses(client, site, django_capture_on_commit_callbacks):
    article = site.add_news("Nowe domy")
    with django_capture_on_commit_callbacks(execute=True):
        for page in (site.home, site.news, article):
            translate(page, "en")
    english = NewsPage.objects.get(locale__language_code="en")

    told = graph(client, english)

    assert told["NewsArticle"]["inLanguage"] == "en"
    assert told["BreadcrumbList"]["itemListElement"][0]["item"] == "http://testserver/en/"


def test_nothing_an_editor_types_ends_the_script(client, site):
    nasty = 'A</script><script>alert("1")</script><!-- & " \u2028 \\'
    article = site.add_news(nasty, slug="a", lead=nasty)

    facts = graph(client, article)["NewsArticle"]

    assert facts["headline"] == nasty
    assert b"<script>alert" not in client.get(article.url).content


def test_facts_cost_no_query(client, site, monkeypatch):
    workshop = full_workshop(site)
    client.get(workshop.url)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(workshop.url)
        return len(captured)

    with_facts = queries()
    monkeypatch.setattr("pages.structured_data.of_page", lambda shared: {})

    assert with_facts == queries()


@pytest.mark.browser
def test_the_browser_lets_the_data_stand_under_the_strict_policy(page, no_complaints, site):
    article = site.add_news("Nowe domy")

    page.goto(article.url)

    data = page.locator('script[type="application/ld+json"]').text_content()
    assert json.loads(data)["@context"] == "https://schema.org"
