"""Every reader gets a language; every missing address stays missing."""

import pytest
from django.test import override_settings
from wagtail.models import Locale, Page, Site

pytestmark = pytest.mark.django_db


@pytest.fixture
def homes(db):
    """Live home pages in Polish and English, and a draft in Ukrainian."""
    polish = Site.objects.get().root_page
    polish.locale = Locale.objects.get_or_create(language_code="pl")[0]
    polish.save()
    english = polish.copy_for_translation(Locale.objects.get_or_create(language_code="en")[0])
    english.save_revision().publish()
    polish.copy_for_translation(Locale.objects.get_or_create(language_code="uk")[0])
    return polish, Page.objects.get(pk=english.pk)


@pytest.mark.parametrize(
    "address",
    [
        "/nope",
        "/nope/",
        "/api/v1/nope/",
        "/admin/nope/",
        "/documents/999999/nope.pdf",
        "/media/nope.jpg",
        "/static/nope.css",
        "/-/nope/",
        "/-/language/xx/",
        "/de/",
    ],
)
def test_a_missing_address_outside_the_languages_is_not_found(client, homes, address):
    client.force_login(_administrator())

    response = client.get(address)

    assert response.status_code == 404
    assert response.headers["Content-Language"]


@pytest.mark.parametrize("address", ["/en/nope/", "/uk/", "/ar/"])
def test_a_missing_page_of_a_language_is_not_found(client, homes, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("accepted", "home"),
    [
        ("en-GB,en;q=0.9,pl;q=0.5", "/en/"),
        ("uk,en;q=0.3", "/en/"),
        ("de,fr", "/pl/"),
        ("*", "/pl/"),
        ("", "/pl/"),
    ],
)
def test_the_front_door_leads_to_the_best_language_that_has_a_live_home_page(client, homes, accepted, home):
    response = client.get("/", headers={"accept-language": accepted})

    assert (response.status_code, response.url) == (302, home)
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in response.headers["Vary"].split(",")}
    assert not response.cookies


def test_a_chosen_language_is_remembered(client, homes):
    chosen = client.get("/-/language/en/", {"next": "/en/search/?q=weaving"})

    assert (chosen.status_code, chosen.url) == (302, "/en/search/?q=weaving")
    assert client.get("/", headers={"accept-language": "pl"}).url == "/en/"
    cookie = chosen.cookies["language"]
    assert (cookie.value, cookie["samesite"], bool(cookie["httponly"])) == ("en", "Lax", True)


@pytest.mark.parametrize("next_address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_choosing_a_language_never_leads_away_from_the_site(client, homes, next_address):
    assert client.get("/-/language/uk/", {"next": next_address}).url == "/uk/"


@override_settings(LANGUAGE_COOKIE_SECURE=True, LANGUAGE_COOKIE_NAME="__Host-language")
def test_the_remembered_language_is_a_host_cookie_in_production(client, homes):
    cookie = client.get("/-/language/en/").cookies["__Host-language"]

    assert (bool(cookie["secure"]), cookie["path"], cookie["domain"]) == (True, "/", "")


def _administrator():
    from django.contrib.auth import get_user_model  # noqa: PLC0415

    return get_user_model().objects.create_superuser("ada", "ada@example.org", "long enough password")
