"""What each answer tells the browser to refuse."""

import pytest
from django.contrib.auth import get_user_model
from django.test import override_settings
from django.urls import reverse
from wagtail.models import Locale, Page, Site
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

from pages.models import HomePage

pytestmark = pytest.mark.django_db

PUBLIC_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "frame-src": "https://www.youtube-nocookie.com https://player.vimeo.com",
    "base-uri": "'none'",
    "frame-ancestors": "'self'",
    "object-src": "'none'",
}


@pytest.fixture(autouse=True)
def home():
    polish = Locale.objects.get_or_create(language_code="pl")[0]
    home = Page.get_first_root_node().add_child(instance=HomePage(title="Strona główna", slug="pl-home", locale=polish))
    Site.objects.update(root_page=home)
    return home


@pytest.fixture
def editor(client):
    client.force_login(get_user_model().objects.create_superuser("ada", "ada@example.org", "pass"))
    return client


def policy(response):
    parts = (part.strip().partition(" ") for part in response.headers["Content-Security-Policy"].split(";"))
    return {directive: sources for directive, _space, sources in parts if directive}


@pytest.mark.parametrize(
    "address",
    ["/pl/", "/pl/search/", "/pl/nope/", "/nope", "/admin/login/", "/admin/password_reset/", "/-/language/pl/"],
)
def test_public_answers_allow_our_own_files_only(client, address):
    assert policy(client.get(address)) == PUBLIC_POLICY


def test_a_nonce_is_for_one_answer_only(rf):
    from django.http import HttpResponse  # noqa: PLC0415

    from site_project.csp import ContentSecurityPolicy  # noqa: PLC0415

    serve = ContentSecurityPolicy(lambda request: HttpResponse(str(request.csp_nonce)))
    first, second = serve(rf.get("/pl/")), serve(rf.get("/pl/"))

    assert first.content != second.content
    assert policy(first)["script-src"] == f"'self' 'nonce-{first.content.decode()}'"


def test_the_admin_allows_its_inline_scripts_but_no_other_handler_and_no_stranger(editor):
    admin = policy(editor.get("/admin/"))

    assert admin == PUBLIC_POLICY | {
        "script-src": "'self'",
        "script-src-elem": "'self' 'unsafe-inline'",
        "script-src-attr": "'unsafe-hashes' 'sha256-i+qr4lq34KgNHiW62lWi9aInEBwiEOrfCzaNPCvkqD8='",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "frame-src": "'self'",
        "worker-src": "'self' blob:",
    }


@pytest.mark.parametrize("address", ["/pl/", "/admin/login/", "/nope"])
def test_every_answer_refuses_devices_and_strangers(client, address):
    headers = client.get(address).headers

    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_pictures_may_be_shown_by_newsletters(client):
    assert client.get("/media/nope.jpg").headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_the_preview_panel_may_frame_a_page_under_the_public_policy(editor, home):
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[home.pk])
    form = editor.get(reverse("wagtailadmin_pages:edit", args=[home.pk])).content.decode()
    filled_in = querydict_from_html(form, form_id="page-edit-form")
    # The body is written into the form by a script.
    filled_in.update(nested_form_data({"body": streamfield([])}))
    assert editor.post(address, filled_in).json() == {"is_valid": True, "is_available": True}

    response = editor.get(address)

    assert response.status_code == 200
    assert "Strona główna" in response.content.decode()
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert policy(response) == PUBLIC_POLICY


def test_the_preview_of_a_block_is_a_public_answer_too(editor):
    from pages.body import BodyBlock  # noqa: PLC0415

    block = next(iter(BodyBlock().child_blocks.values()))

    response = editor.get("/admin/block-preview/", {"id": block.definition_prefix})

    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert policy(response) == PUBLIC_POLICY


@override_settings(
    SESSION_COOKIE_NAME="__Host-session",
    CSRF_COOKIE_NAME="__Host-csrf",
    SESSION_COOKIE_SECURE=True,
    CSRF_COOKIE_SECURE=True,
)
def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client):
    get_user_model().objects.create_superuser("eva", "eva@example.org", "pass")
    client.get("/admin/login/", secure=True)
    response = client.post("/admin/login/", {"username": "eva", "password": "pass"}, secure=True)

    cookies = response.client.cookies
    assert set(cookies) == {"__Host-session", "__Host-csrf"}
    for cookie in cookies.values():
        assert (bool(cookie["secure"]), bool(cookie["httponly"])) == (True, True)
        assert (cookie["samesite"], cookie["path"], cookie["domain"]) == ("Lax", "/", "")


def test_readers_get_no_cookie(client):
    for address in ("/", "/pl/", "/pl/search/?q=a", "/nope"):
        assert not client.get(address).cookies
