"""Wagtail's own APIs beside ours: off until they are wanted, every language found, nothing private told, no half-saved page."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import APIToken, GroupPagePermission, Locale, Page, PageViewRestriction

from pages.models import NewsPage
from tests.factories import SiteDocumentFactory, SiteImageFactory
from tests.site_tree import translate

V2, V3 = "/api/v2", "/api/v3-preview"


@pytest.fixture
def both(settings):
    settings.API_V2 = settings.API_V3_PREVIEW = True


class Client:
    """A program with the token of a user."""

    def __init__(self, client, user):
        self.client = client
        self.headers = {"Authorization": f"Bearer {APIToken.create_token(user=user, name='robot')[1]}"}

    def get(self, path, status=200):
        response = self.client.get(V3 + path, headers=self.headers)
        assert response.status_code == status, response.content[:400]
        return response.json()

    def send(self, path, status, method="post", **data):
        response = getattr(self.client, method)(
            V3 + path, json.dumps(data), content_type="application/json", headers=self.headers
        )
        assert response.status_code == status, response.content[:600]
        return response.json()


@pytest.fixture
def integration(client, both, site):
    """A program whose user writes in the list of news, and may publish nothing."""
    group = Group.objects.create(name="Robots")
    GroupPagePermission.objects.create(group=group, page=site.news, permission_type="add")
    user = get_user_model().objects.create_user("robot", "robot@example.org", "x")
    user.groups.add(group)
    return Client(client, user)


@pytest.fixture
def administrator(client, both, site):
    return Client(client, get_user_model().objects.create_superuser("admin", "admin@example.org", "x"))


def get(client, path, status=200, **headers):
    response = client.get(path, headers=headers)
    assert response.status_code == status, (path, response.status_code, response.content[:300])
    return response.json()


@pytest.mark.parametrize("address", [f"{V2}/pages/", f"{V3}/pages/", f"{V3}/openapi.json", f"{V3}/nothing/"])
def test_without_their_settings_nothing_is_there(client, site, address):
    response = client.get(address)

    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


@pytest.fixture
def world(site, committed):
    """A published article in two languages, beside everything that must not be told."""
    with committed():
        target = site.add_news("Cel", slug="cel")
        draft, secret = site.add_news("Szkic", slug="szkic"), site.add_news("Tajne", slug="tajne")
        alias = draft.create_alias(update_slug="alias-szkicu", parent=site.news)
        text = f'<p><a linktype="page" id="{target.pk}">a</a></p>'
        site.home.featured_workshop = workshop = site.add_workshop("Ukryte warsztaty")
        site.home.save_revision().publish()
        news = site.add_news("Nowe domy", slug="nowe-domy", body=[("text", text)])
        image, document = SiteImageFactory(), SiteDocumentFactory()
        secret.lead_image = image
        secret.save_revision().publish()
        news.lead_image = SiteImageFactory()
        news.save_revision().publish()
    with committed():
        draft.unpublish()
        workshop.unpublish()
        Page.objects.filter(pk=alias.pk).update(live=True)
        PageViewRestriction.objects.create(page=secret, restriction_type="login")
        for page in (site.home, site.news, target, news):
            translate(page, "en")
    english = news.get_translation(Locale.objects.get(language_code="en"))
    return {
        "news": news,
        "english": english,
        "hidden": [draft, secret, alias.specific, workshop],
        "image": image,
        "document": document,
    }


def test_version_2_finds_pages_in_every_language_and_links_within_it(client, both, world):
    for page in (world["news"], world["english"]):
        for address in (page.url, page.full_url):
            found = client.get(f"{V2}/pages/find/", {"html_path": address})
            assert found.status_code == 302
            told = get(client, found["Location"] + "rich_text_format=html")
            assert told["id"] == page.pk
        assert get(client, f"{V2}/pages/find/?html_path={page.url_path}", 404)
        language = page.locale.language_code
        assert told["meta"]["html_url"].endswith(page.url)
        assert told["meta"]["locale"] == language
        assert f'href="/{language}/' in told["body"][0]["value"]
    together = get(client, f"{V2}/pages/?type=pages.NewsPage&fields=body&rich_text_format=html&limit=20")["items"]
    links = {one["meta"]["locale"]: one["body"][0]["value"] for one in together if one["body"]}
    assert all(f'href="/{language}/' in text for language, text in links.items())
    assert set(links) == {"pl", "en"}


def test_version_2_tells_nothing_private_and_knows_no_cookie(client, both, world):
    client.force_login(get_user_model().objects.create_superuser("admin", "admin@example.org", "x"))
    response = client.get(f"{V2}/pages/?fields=*&type=pages.NewsPage&limit=20")
    told = response.content.decode() + client.get(f"{V2}/pages/?fields=*&type=pages.HomePage").content.decode()

    assert not response.cookies
    assert "cookie" not in response["Vary"].lower()
    assert world["news"].title in told
    for page in world["hidden"]:
        assert page.title not in told
        get(client, f"{V2}/pages/{page.pk}/", 404)
        get(client, f"{V2}/pages/find/?html_path={page.url}", 404)
    assert world["image"].pk not in [one["id"] for one in get(client, f"{V2}/images/")["items"]]
    get(client, f"{V2}/images/{world['image'].pk}/", 404)
    get(client, f"{V2}/images/find/?id={world['image'].pk}", 404)
    assert get(client, f"{V2}/images/")["meta"]["total_count"] == 1
    assert get(client, f"{V2}/documents/")["items"] == []
    get(client, f"{V2}/documents/{world['document'].pk}/", 404)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing/", 404),
        ("/pages/99999999/", 404),
        ("/pages/abc/", 404),
        ("/pages/?offset=99999999999999999999", 400),
        ("/pages/?slug=%00", 400),
        ("/pages/find/?id=x", 400),
        ("/pages/?nosuch=1", 400),
    ],
)
def test_version_2_answers_errors_as_data_without_redirects(client, both, site, path, status):
    get(client, V2 + path, status)


def test_version_2_counts_requests_and_takes_no_writing(client, both, site, settings):
    assert client.post(f"{V2}/pages/").status_code == 405
    settings.API_REQUESTS_PER_MINUTE = 1

    assert client.get(f"{V2}/pages/").status_code == 429


def test_a_page_whose_plugin_is_gone_breaks_neither(client, administrator, site):
    page = site.add_news("Ankieta", slug="ankieta")
    gone = ContentType.objects.create(app_label="gone_plugin", model="pollpage")
    Page.objects.filter(pk=page.pk).update(content_type=gone)

    get(client, f"{V2}/pages/")
    get(client, f"{V2}/pages/{page.pk}/")
    administrator.get("/pages/")
    administrator.get(f"/pages/{page.pk}/")


def test_version_3_answers_to_tokens_only_and_describes_itself(client, both, administrator):
    get(client, f"{V3}/images/", 401)
    get(client, f"{V3}/openapi.json", 401)
    get(client, f"{V3}/pages/", 401, Authorization="Bearer nonsense")
    client.force_login(get_user_model().objects.get(username="admin"))
    get(client, f"{V3}/pages/", 401)

    # Wagtail's own document is invalid for one way to show who one is that has no scheme.
    assert all("scheme" in one for one in administrator.get("/openapi.json")["components"]["securitySchemes"].values())
    assert {one["language_code"] for one in administrator.get("/locales/")["items"]} >= {"pl"}
    administrator.get("/nothing/", 404)
    administrator.get("/pages/99999999/", 404)


def test_version_3_knows_every_language_and_tells_files_to_who_may_use_them(integration, administrator, world):
    for page in (world["news"], world["english"]):
        found = administrator.client.get(f"{V3}/pages/find/?html_path={page.url}", headers=administrator.headers)
        told = administrator.get(found["Location"].removeprefix(V3) + "?rich_text_format=html")
        assert told["id"] == page.pk
        assert f'href="/{page.locale.language_code}/' in told["body"][0]["value"]
    administrator.get("/pages/find/?html_path=/en/nothing/", 404)
    hidden, document = world["image"], world["document"]
    assert hidden.pk not in [one["id"] for one in integration.get("/images/")["items"]]
    integration.get(f"/images/{hidden.pk}/", 404)
    integration.get(f"/documents/{document.pk}/", 404)
    assert hidden.pk in [one["id"] for one in administrator.get("/images/")["items"]]
    administrator.get(f"/documents/{document.pk}/")


def news_in(site, **changes):
    body = [{"type": "heading", "value": {"text": "Wnioski", "level": "2"}}, {"type": "text", "value": "<p>Tak.</p>"}]
    meta = {"type": "pages.NewsPage", "parent_id": site.news.pk} | changes.pop("meta", {})
    return {"title": "Z programu", "lead": "Krótko.", "body": body, "meta": meta} | changes


def test_version_3_writes_a_whole_draft_with_the_rights_of_its_user(integration, site):
    told = integration.send("/pages/", 201, **news_in(site))

    page = NewsPage.objects.get(pk=told["id"])
    assert (page.live, page.owner.username, page.body[0].value["text"]) == (False, "robot", "Wnioski")
    integration.send(f"/pages/{page.pk}/", 200, "patch", lead="Inaczej.")
    assert NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object().lead == "Inaczej."
    integration.send(f"/pages/{page.pk}/actions/publish/", 403)
    integration.send(f"/pages/{site.home.pk}/", 403, "patch", title="Nasze")
    assert Page.objects.get(pk=site.home.pk).title == "Modelowa Rewitalizacja Miast"


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"meta": {"action": "publish"}}, 403),
        ({"meta": {"type": "pages.HomePage"}}, 403),
        ({"title": ""}, 422),
        ({"body": [{"type": "heading", "value": {"text": "", "level": "9"}}]}, 422),
        ({"body": [{"type": "nosuch", "value": 1}]}, 422),
        ({"body": [{"kind": "heading"}]}, 422),
        ({"body": [{"type": "picture", "value": {"image": "abc"}}]}, 422),
        ({"body": [{"type": "table", "value": {"table": 7}}]}, 422),
        ({"title": "a\0b"}, 422),
    ],
)
def test_version_3_saves_nothing_of_what_it_refuses(integration, site, changes, status):
    before = Page.objects.count()

    integration.send("/pages/", status, **news_in(site, **changes))

    assert Page.objects.count() == before


def test_version_3_publishes_only_what_an_editor_could(administrator, site):
    empty = {"type": "heading", "value": {"text": "", "level": "2"}}

    administrator.send("/pages/", 422, **news_in(site, body=[empty], meta={"action": "publish"}))
    administrator.send(
        "/pages/", 422, title="Warsztaty", starts_on="2018-07-20", ends_on="2018-07-18",
        meta={"type": "pages.WorkshopPage", "parent_id": site.workshops.pk},
    )  # fmt: skip
    assert administrator.send("/pages/", 201, **news_in(site, meta={"action": "publish"}))["meta"]["html_url"]
    assert NewsPage.objects.live().filter(title="Z programu").count() == 1
    assert not Redirect.objects.exists()
