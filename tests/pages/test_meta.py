"""What the head of a page tells: its address, its languages, and how it looks where it is shared."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from wagtail.models import Locale, Page, PageViewRestriction

from pages.models import NewsIndexPage, NewsPage, SectionPage
from pages.sharing import open_graph_locale
from tests.site_tree import full_workshop, translate

pytestmark = pytest.mark.django_db


def head_of(client, address):
    return BeautifulSoup(client.get(address).content.decode(), "html.parser").head


def meta(head, name):
    """Return the values of the meta elements of this name or property."""
    return [tag["content"] for tag in head.find_all("meta") if name in (tag.get("name"), tag.get("property"))]


def links(head, rel):
    return {tag.get("hreflang", ""): tag["href"] for tag in head.find_all("link", rel=rel) if not tag.get("type")}


def test_a_shared_workshop_shows_title_lead_and_picture(client, site, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        workshop = full_workshop(site)

    head = head_of(client, workshop.url)

    told = {
        "description": "Trzy dni rozmów o rewitalizacji.",
        "og:type": "article",
        "og:title": workshop.title,
        "og:description": "Trzy dni rozmów o rewitalizacji.",
        "og:url": workshop.full_url,
        "og:site_name": "Modelowa Rewitalizacja Miast",
        "og:locale": "pl_PL",
        "og:image": f"http://testserver{workshop.share_picture.file.url}",
        "og:image:type": "image/jpeg",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "Warsztaty dla miast, 18–20 lipca 2018",
        "twitter:card": "summary_large_image",
    }
    assert {name: meta(head, name) for name in told} == {name: [value] for name, value in told.items()}
    assert links(head, "canonical") == {"": workshop.full_url}
    for name in ("article:published_time", "article:modified_time"):
        assert datetime.datetime.fromisoformat(meta(head, name)[0]).tzinfo
    assert client.get(meta(head, "og:image")[0]).headers["Content-Type"] == "image/jpeg"


def test_without_a_drawn_picture_none_is_promised(client, site):
    head = head_of(client, site.news.url)

    assert meta(head, "og:image") == meta(head, "twitter:card") == []
    assert meta(head, "og:type") == ["website"]
    assert meta(head, "article:published_time") == []


def test_languages_name_each_other_and_say_who_else_reads_which(client, site, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for page in (site.home, site.news):
            translate(page, "en")
    english = {page.translation_key: page.full_url for page in Page.objects.filter(locale__language_code="en")}
    news = {"pl": site.news.full_url, "en": english[site.news.translation_key]}
    home = {"pl": site.home.full_url, "en": english[site.home.translation_key]}

    for address in news.values():
        assert links(head_of(client, address), "alternate") == news | {"x-default": news["pl"]}
    for address in home.values():
        assert links(head_of(client, address), "alternate") == home | {"x-default": "http://testserver/"}
    assert meta(head_of(client, news["en"]), "og:locale:alternate") == ["pl_PL"]
    assert links(head_of(client, site.workshops.url), "alternate") == {}


def test_a_translation_behind_a_password_is_nobodys_alternate(client, site, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for code in ("en", "uk"):
            translate(site.home, code)
    english, ukrainian = (Page.objects.get(depth=2, locale__language_code=code) for code in ("en", "uk"))
    PageViewRestriction.objects.create(page=english, restriction_type="password", password="open sesame")

    assert set(links(head_of(client, site.home.url), "alternate")) == {"pl", "uk", "x-default"}
    assert set(links(head_of(client, ukrainian.url), "alternate")) == {"pl", "uk", "x-default"}


def test_a_page_without_a_polish_version_leads_everybody_to_the_first_language_it_has(
    client, site, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        for code in ("en", "uk"):
            translate(site.home, code)
            translate(site.news, code)
    NewsIndexPage.objects.get(pk=site.news.pk).unpublish()
    english, ukrainian = (NewsIndexPage.objects.get(locale__language_code=code) for code in ("en", "uk"))

    found = links(head_of(client, ukrainian.url), "alternate")

    assert found == {"en": english.full_url, "uk": ukrainian.full_url, "x-default": english.full_url}


def test_a_page_that_only_repeats_another_one_names_that(client, site, django_capture_on_commit_callbacks):
    english = Locale.objects.get_or_create(language_code="en")[0]
    alias = site.home.copy_for_translation(english, alias=True)

    head = head_of(client, alias.full_url)

    assert links(head, "canonical") == {"": site.home.full_url}
    assert links(head, "alternate") == {}


@pytest.mark.parametrize(
    ("fields", "described"),
    [
        ({"search_description": "Dla wyszukiwarek.", "lead": "Lead."}, "Dla wyszukiwarek."),
        ({"lead": "Lead."}, "Lead."),
        (
            {
                "body": [
                    ("heading", {"text": "Śródtytuł", "level": "2"}),
                    ("text", "<p>Pierwszy & akapit.</p><p>Drugi.</p>"),
                ]
            },
            "Pierwszy & akapit. Drugi.",
        ),
        ({}, ""),
    ],
)
def test_a_description_is_found_where_an_editor_wrote_none(client, site, fields, described):
    page = site.add_news("Nowe domy", **fields)

    assert meta(head_of(client, page.url), "description") == [described]


def test_a_long_description_ends_with_an_ellipsis(client, site):
    page = site.add_news("Nowe domy", lead="słowo " * 90)

    said = meta(head_of(client, page.url), "og:description")[0]

    assert len(said) <= 200
    assert said.endswith("…")


def test_what_an_editor_types_cannot_leave_its_attribute(client, site):
    title = '"><script>alert(1)</script>'
    page = site.add_news(title, slug="a", lead=title)

    head = head_of(client, page.url)

    assert meta(head, "og:title") == [title]
    assert "alert" not in "".join(script.text for script in head.find_all("script") if not script.get("type"))


def test_a_preview_asks_to_stay_unlisted_and_shares_no_facts(client, site):
    client.force_login(get_user_model().objects.create_superuser("ada", "ada@office.example", "a long password"))
    draft = site.home.add_child(instance=SectionPage(title="Szkic", slug="szkic", live=False))
    draft.save_revision()

    html = client.get(f"/admin/pages/{draft.pk}/view_draft/").content.decode()
    head = BeautifulSoup(html, "html.parser").head

    assert meta(head, "robots") == ["noindex"]
    assert "ld+json" not in html


@pytest.mark.parametrize("address", ["/pl/nope/", "/pl/search/?q=domy"])
def test_what_is_no_page_is_unlisted_and_has_no_address_of_its_own(client, site, address):
    head = head_of(client, address)

    assert meta(head, "robots") == ["noindex"]
    assert links(head, "canonical") == {}
    assert meta(head, "og:url") == []


def test_the_door_of_a_page_with_a_password_tells_nothing_of_it(client, site, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        secret = site.add_news("Poufne ustalenia", slug="x", lead="Nikomu ani słowa.", body=[("text", "<p>Cicho.</p>")])
    PageViewRestriction.objects.create(page=secret, restriction_type="password", password="open sesame")

    html = client.get(secret.url).content.decode()

    assert 'type="password"' in html
    told = ("Poufne", "Nikomu", "Cicho", "ld+json", "og:title", secret.share_picture.file.url)
    assert [words for words in told if words in html] == []


def test_published_pages_may_be_listed(client, site):
    assert meta(head_of(client, site.news.url), "robots") == []


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("pl", "pl_PL"),
        ("en", "en_GB"),
        ("uk", "uk_UA"),
        ("ar", "ar_AR"),
        ("de", "de_DE"),
        ("zh-hans", "zh_CN"),
        ("pt-br", "pt_BR"),
        ("tlh", "tlh"),
    ],
)
def test_open_graph_names_a_language_with_its_territory(language, told):
    assert open_graph_locale(language) == told


def test_an_unsaved_preview_is_no_error(site, rf):
    page = NewsPage(title="Szkic", slug="szkic", locale=site.locale)

    assert page.make_preview_request().status_code == 200
