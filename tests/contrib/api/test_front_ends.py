"""Front ends in the editor's preview: registered by an administrator, shown what is being edited, framed and nothing else."""

import html
import re

import pytest
from django.urls import reverse
from wagtail.admin.models import FormState
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

from pages.contrib.api.models import FrontEnd
from pages.models import NewsPage
from tests.people import person

ADDRESS = "https://app.example.org/preview?token={token}"


@pytest.fixture
def news(site):
    return site.add_news("Nowe domy", lead="Krótko.")


@pytest.fixture
def editor(client, site):
    editor = person("anna", {site.home: ("add", "change")})
    client.force_login(editor)
    return editor


@pytest.fixture
def front_end(db):
    return FrontEnd.objects.create(name="Aplikacja", address=ADDRESS, page_types=["pages.NewsPage"])


def modes(client, address):
    """The choices of the preview panel."""
    page = client.get(address).content.decode()
    chooser = re.search(r'<select id="id_preview_mode".*?</select>', page, re.DOTALL)[0]
    return re.findall(r'<option value="([^"]*)"', chooser)


def filled_in(client, address, **typed):
    """The form of a page as a browser would send it."""
    form = querydict_from_html(client.get(address).content.decode(), form_id="page-edit-form")
    # The body is written into the form by a script.
    body = nested_form_data({"body": streamfield([("heading", {"text": "W trakcie", "level": "2"})])})
    for name, value in (body | typed).items():
        form[name] = value
    return form


def previewed(client, page, front_end, **typed):
    """Type into the form of a page, as the panel posts it; return what the panel then shows."""
    form = filled_in(client, reverse("wagtailadmin_pages:edit", args=[page.pk]), **typed)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert client.post(address, form).json() == {"is_valid": True, "is_available": True}
    return client.get(address, {"mode": f"front-end-{front_end.pk}", "in_preview_panel": "true"})


def token_in(response):
    address = html.unescape(re.search(r'<iframe src="([^"]+)"', response.content.decode())[1])
    assert address.startswith("https://app.example.org/preview?token=")
    return address.partition("token=")[2]


def test_the_panel_shows_what_is_being_edited_in_the_front_end(client, api, news, editor, front_end):
    shown = previewed(client, news, front_end, title="Jeszcze nie zapisane", lead="Inaczej.")

    policy = dict(part.split(" ", 1) for part in shown["Content-Security-Policy"].split("; ") if " " in part)
    assert policy["frame-src"] == "https://app.example.org"
    assert policy["script-src"] == "'self'"
    assert shown["X-Frame-Options"] == "SAMEORIGIN"
    token = token_in(shown)
    client.logout()
    told = api.get(f"/preview/?token={token}")
    assert (told["title"], told["lead"], told["is_draft"]) == ("Jeszcze nie zapisane", "Inaczej.", True)
    assert [block["value"]["text"] for block in told["body"]] == ["W trakcie"]
    assert api.response(f"/preview/?token={token}")["Cache-Control"] == "private, no-store"
    assert NewsPage.objects.get(pk=news.pk).get_latest_revision_as_object().title == "Nowe domy"
    assert api.get(f"/pages/{news.pk}/")["title"] == "Nowe domy"


def test_once_nothing_is_being_edited_the_latest_draft_is_shown(client, api, news, editor, front_end):
    token = token_in(previewed(client, news, front_end, title="Jeszcze nie zapisane"))
    editor.groups.clear()
    assert api.get(f"/preview/?token={token}")["title"] == "Nowe domy"
    FormState.objects.all().delete()

    assert api.get(f"/preview/?token={token}")["title"] == "Nowe domy"
    api.get(f"/preview/?token={token}x", status=401)


def test_a_front_end_stands_beside_the_page_types_it_shows(client, site, news, editor, front_end):
    mode = f"front-end-{front_end.pk}"

    for_news = modes(client, reverse("wagtailadmin_pages:edit", args=[news.pk]))
    for_home = modes(client, reverse("wagtailadmin_pages:edit", args=[site.home.pk]))

    assert for_news == ["", "list", "share", "print", mode]
    assert mode not in for_home
    add = reverse("wagtailadmin_pages:add", args=["pages", "newspage", site.news.pk])
    assert mode in modes(client, add)
    new = reverse("wagtailadmin_pages:preview_on_add", args=["pages", "newspage", site.news.pk])
    client.post(new, filled_in(client, add))
    assert b"once it has been saved for the first time" in client.get(new, {"mode": mode}).content


def test_a_front_end_of_this_machine_is_framed_with_its_port(client, news, editor, front_end):
    FrontEnd.objects.update(address="http://localhost:3000/{token}")

    shown = previewed(client, news, front_end)

    assert "frame-src http://localhost:3000;" in shown["Content-Security-Policy"] + ";"


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("address", "problem"),
    [
        (ADDRESS, ""),
        ("http://127.0.0.1:3000/{token}", ""),
        ("https://app.example.org/preview", "Write {token} once"),
        ("https://app.example.org/{token}/{token}", "Write {token} once"),
        ("http://app.example.org/{token}", "must not travel openly"),
        ("https://{token}.example.org/", "plain letters"),
        ("https://a:b@app.example.org/{token}", "plain letters"),
        ("https://*; script-src https://x.example/{token}", "no address of a site"),
        ("javascript:{token}", "no address of a site"),
    ],
)
def test_an_administrator_registers_one_and_is_told_what_is_wrong(client, site, address, problem):
    client.force_login(person("administrator", is_superuser=True))

    page = client.post(
        "/admin/front-ends/new/", {"name": "Aplikacja", "address": address, "page_types": ["pages.NewsPage"]}
    )

    assert (page.status_code, FrontEnd.objects.count()) == ((200, 0) if problem else (302, 1))
    assert problem in html.unescape(page.content.decode())


def test_editors_register_none(client, editor):
    assert client.get("/admin/front-ends/new/").status_code == 302
    assert "front-ends" not in client.get("/admin/").content.decode()
