"""Guessing a password stops at the fifth try, whatever the door."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction, Site

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery staple"


@pytest.fixture(autouse=True)
def editor():
    return get_user_model().objects.create_superuser("editor", "editor@example.org", PASSWORD)


def log_in(client, password, username="editor", **headers):
    return client.post("/admin/login/", {"username": username, "password": password}, headers=headers)


def fail(client, times, **kwargs):
    return [log_in(client, "wrong", **kwargs).status_code for _ in range(times)]


def test_the_fifth_wrong_password_locks_the_door_and_the_right_one_does_not_open_it(client):
    assert fail(client, 5) == [200, 200, 200, 200, 429]

    response = log_in(client, PASSWORD)

    assert response.status_code == 429
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(("language", "words"), [("en", "for 15 minutes"), ("pl", "15"), ("uk", "15")])
def test_the_page_says_how_long_to_wait_in_the_visitors_language(client, language, words):
    fail(client, 5)

    response = log_in(client, PASSWORD, accept_language=language)

    page = response.content.decode()
    assert f'<html lang="{language}"' in page
    assert words in page
    assert 890 <= int(response.headers["Retry-After"]) <= 900


def test_waiting_opens_the_door_again_even_if_somebody_kept_knocking(client):
    fail(client, 8)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))

    assert log_in(client, PASSWORD).status_code == 302


def test_a_stranger_does_not_lock_the_editor_out_from_elsewhere(client, settings):
    settings.TRUSTED_PROXIES = 1
    fail(client, 6, x_forwarded_for="203.0.113.9")

    assert log_in(client, PASSWORD, x_forwarded_for="198.51.100.4").status_code == 302


def test_a_forged_address_does_not_give_more_tries(client, settings):
    settings.TRUSTED_PROXIES = 1

    tries = [log_in(client, "wrong", x_forwarded_for=f"10.0.0.{n}, 203.0.113.9").status_code for n in range(6)]

    assert tries == [200, 200, 200, 200, 429, 429]


def test_a_login_that_succeeds_forgets_the_failures(client):
    fail(client, 4)
    log_in(client, PASSWORD)
    client.logout()

    assert fail(client, 4) == [200, 200, 200, 200]


def test_readers_of_restricted_pages_log_in_where_editors_do(client):
    response = client.get("/pl/_util/login/", {"next": "/pl/"})

    assert (response.status_code, response.url) == (302, "/admin/login/?next=%2Fpl%2F")


def test_guessing_the_password_of_a_page_stops_too(client):
    page = Site.objects.get().root_page
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="sesame"
    )
    address = f"/pl/_util/authenticate_with_password/{restriction.pk}/{page.pk}/"

    tries = [client.post(address, {"password": "wrong", "return_url": "/pl/"}).status_code for _ in range(5)]

    assert tries == [200, 200, 200, 200, 429]
    assert client.post(address, {"password": "sesame", "return_url": "/pl/"}).status_code == 429


def test_the_password_of_a_page_opens_that_page_only(client):
    page = Site.objects.get().root_page
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="sesame"
    )

    assert client.get(f"/pl/_util/authenticate_with_password/{restriction.pk}/1/").status_code == 404
    right = client.post(
        f"/pl/_util/authenticate_with_password/{restriction.pk}/{page.pk}/",
        {"password": "sesame", "return_url": "/pl/"},
    )
    assert (right.status_code, right.url) == (302, "/pl/")


def test_a_page_asks_for_its_password_without_a_cookie_and_on_this_site_only():
    page = Site.objects.get().root_page
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="sesame"
    )
    address = f"/pl/_util/authenticate_with_password/{restriction.pk}/{page.pk}/"
    right = {"password": "sesame", "return_url": "/pl/"}
    browser = Client(enforce_csrf_checks=True)

    asked = browser.get(address)
    assert (asked.status_code, dict(asked.cookies)) == (200, {})
    assert browser.post(address, right, headers={"origin": "https://elsewhere.example"}).status_code == 403
    assert browser.post(address, right, headers={"origin": "http://testserver"}).status_code == 302


def test_guessing_the_password_of_a_folder_of_documents_stops_too(client):
    restriction = CollectionViewRestriction.objects.create(
        collection=Collection.get_first_root_node(),
        restriction_type=CollectionViewRestriction.PASSWORD,
        password="sesame",
    )
    address = f"/documents/authenticate_with_password/{restriction.pk}/"

    for _ in range(5):
        client.post(address, {"password": "wrong", "return_url": "/"})

    assert client.post(address, {"password": "sesame", "return_url": "/"}).status_code == 429


def test_every_door_with_a_password_is_known():
    doors = {address for address in _addresses(get_resolver()) if "login" in address or "authenticate" in address}

    # A new one belongs here only together with a test above.
    assert doors == {
        "admin/login/",
        "documents/authenticate_with_password/<int:restriction_id>/",
        "pl/_util/login/",
        "pl/_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
    }


def _addresses(resolver: URLResolver, before=""):
    for pattern in resolver.url_patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield address
        else:
            yield from _addresses(pattern, address)
