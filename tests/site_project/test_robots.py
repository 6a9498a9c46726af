"""What programs that read the site are told: robots.txt, llms.txt, security.txt."""

import datetime
import re
import urllib.robotparser

import pytest
from django.test import Client, override_settings
from wagtail.models import Page, PageViewRestriction

from pages.models import NewsPage
from tests.site_tree import SiteTree, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db):
    return SiteTree()


def robots(client):
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    parser = urllib.robotparser.RobotFileParser()
    parser.parse(response.content.decode().splitlines())
    return parser


def test_robots_may_read_pages_pictures_and_colours_but_not_the_admin(client, site):
    rules = robots(client)
    page = site.add_news()

    open_to_robots = [page.url, "/media/share/1.jpg", "/static/css/base.css", "/documents/1/a.pdf", "/llms.txt"]
    assert [address for address in open_to_robots if not rules.can_fetch("Anybot", address)] == []
    closed = ["/admin/", "/admin/pages/3/view_draft/", "/-/language/en/", "/-/preview_links/abc/"]
    assert [address for address in closed if rules.can_fetch("Anybot", address)] == []
    # The parser of the standard library reads rules in their order; robots of today (RFC 9309) the longest match.
    assert "Allow: /-/brand/" in client.get("/robots.txt").content.decode()


def test_robots_learn_the_whole_address_of_the_sitemap(client, site):
    assert robots(client).site_maps() == ["http://testserver/sitemap.xml"]
    assert client.get("/sitemap.xml").status_code == 200


def test_a_test_installation_asks_to_stay_unlisted_and_lets_robots_read_that(site):
    page = site.add_news()
    with override_settings(ROBOTS_NOINDEX=True):
        client = Client()  # reads the list of middleware anew
        answers = [client.get(address) for address in (page.url, "/nope/", "/robots.txt", "/sitemap.xml")]
        rules = robots(client)

    assert {answer.headers["X-Robots-Tag"] for answer in answers} == {"noindex, nofollow"}
    assert rules.site_maps() is None
    assert rules.can_fetch("Anybot", page.url)


def test_a_public_site_asks_for_nothing_of_the_kind(client, site):
    assert "X-Robots-Tag" not in client.get(site.news.url).headers


# --- llms.txt -------------------------------------------------------------------------------


def test_the_guide_for_language_models_has_the_form_of_its_proposal(client, site, django_capture_on_commit_callbacks):
    site.home.lead = "Wspieramy miasta w rewitalizacji."
    site.home.save_revision().publish()
    site.add_news("Nowe [ważne]\nmieszkania", slug="nowe", lead="Dwie\nlinie.")
    with django_capture_on_commit_callbacks(execute=True):
        translate(Page.objects.get(pk=site.home.pk).specific, "en")

    response = client.get("/llms.txt")
    lines = response.content.decode().splitlines()

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert lines[:3] == ["# Modelowa Rewitalizacja Miast", "", "> Wspieramy miasta w rewitalizacji."]
    assert [line for line in lines if line.startswith("## ")] == ["## Polski", "## English", "## Optional"]
    items = [line for line in lines if line.startswith("- ")]
    assert all(re.fullmatch(r"- \[[^\[\]]+\]\(http://testserver/\S*\)(: .+)?", item) for item in items)
    assert items == [
        f"- [Modelowa Rewitalizacja Miast]({site.home.full_url}): Wspieramy miasta w rewitalizacji.",
        f"- [Aktualności]({site.news.full_url})",
        f"- [Warsztaty]({site.workshops.full_url})",
        f"- [Nowe (ważne) mieszkania]({site.news.full_url}nowe/): Dwie linie.",
        "- [(en) Modelowa Rewitalizacja Miast](http://testserver/en/): [en] Wspieramy miasta w rewitalizacji.",
        "- [Sitemap](http://testserver/sitemap.xml)",
    ]


def test_the_guide_is_short_and_tells_nothing_private(client, site):
    for number in range(15):
        site.add_news(f"Wpis {number}", lead="słowo " * 90)
    site.news.add_child(instance=NewsPage(title="Szkic", live=False))
    secret = site.add_workshop("Dla zalogowanych")
    PageViewRestriction.objects.create(page=site.workshops, restriction_type="login")

    text = client.get("/llms.txt").content.decode()

    assert text.count("\n- ") == 1 + 1 + 10 + 1
    assert len(text) < 5000
    for private in ("Szkic", secret.title, "Warsztaty"):
        assert private not in text


def test_the_guide_is_not_sent_twice(client, site):
    first = client.get("/llms.txt")

    assert client.get("/llms.txt", headers={"if-none-match": first["ETag"]}).status_code == 304


def test_a_site_without_a_home_page_has_no_guide(client, db):
    Page.objects.filter(depth__gt=1).update(live=False)

    assert client.get("/llms.txt").status_code == 404


# --- security.txt ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("contact", "written"),
    [
        ("security@office.example", "mailto:security@office.example"),
        ("https://office.example/security", "https://office.example/security"),
    ],
)
def test_a_finder_of_a_weakness_learns_whom_to_tell(client, site, settings, contact, written):
    settings.SECURITY_CONTACT = contact

    lines = client.get("/.well-known/security.txt").content.decode().splitlines()
    fields = dict(line.split(": ", 1) for line in lines)

    assert fields["Contact"] == written
    assert fields["Canonical"] == "http://testserver/.well-known/security.txt"
    left = datetime.datetime.fromisoformat(fields["Expires"]) - datetime.datetime.now(datetime.UTC)
    assert datetime.timedelta(days=150) < left < datetime.timedelta(days=365)


def test_without_a_contact_there_is_no_such_file(client, site, settings):
    settings.SECURITY_CONTACT = ""

    assert client.get("/.well-known/security.txt").status_code == 404
