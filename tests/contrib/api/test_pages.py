"""One request tells all that is needed to show a page, and the contract says exactly what."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pydantic import TypeAdapter
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from media.models import SiteDocument
from pages.contrib.api.page_types import any_page
from pages.models import NewsPage, RelatedPage, Topic
from tests.factories import SiteDocumentFactory, SiteImageFactory
from tests.site_tree import full_workshop, translate


def body_with_everything(page, image, document):
    link = f'<p><a linktype="page" id="{page.pk}">a</a> <a linktype="document" id="{document.pk}">b</a> <a href="/x">c</a></p>'
    return [
        ("heading", {"text": "Wnioski", "level": "3"}),
        ("text", link),
        ("picture", {"image": image, "alt": "Mapa", "caption": "Plan"}),
        ("gallery", {"title": "Sala", "pictures": [{"image": image, "alt": "Sala", "caption": ""}]}),
        ("attachments", {"title": "Pliki", "documents": [{"document": document, "title": "Inny tytuł"}]}),
        ("embed", {"title": "Nagranie", "url": "https://vimeo.com/123456", "transcript": ""}),
        ("links", {"title": "", "items": [{"page": page, "url": "", "text": ""}]}),
        ("quote", {"text": "Tak.", "author": "Anna", "language": ""}),
        ("callout", {"kind": "info", "title": "", "text": "<p>Uwaga</p>"}),
        ("accordion", {"title": "", "items": [{"title": "Kto?", "text": link}]}),
        ("abbreviations", {"title": "", "items": [{"abbreviation": "BGK", "expansion": "Bank"}]}),
        ("contact", {"name": "Biuro", "role": "", "email": "a@example.org", "phone": "", "address": ""}),
        (
            "table",
            {
                "has_row_headings": True,
                "table": {
                    "caption": "Miasta",
                    "columns": [{"type": "text", "heading": "Miasto"}, {"type": "number", "heading": "Ile"}],
                    "rows": [{"values": ["Łódź", 12]}],
                },
            },
        ),
    ]


@pytest.fixture
def news(site, committed):
    """A published article with every block, beside the page it links to."""
    with committed():
        target = site.add_news("Cel", slug="cel")
        image, document = SiteImageFactory(credit="Fot. Anna"), SiteDocumentFactory()
        body = NewsPage._meta.get_field("body").stream_block.normalize(body_with_everything(target, image, document))
        return site.add_news("Nowe domy", slug="nowe-domy", lead="Krótko.", body=body, lead_image=image)


def block(page, name):
    return next(block["value"] for block in page["body"] if block["type"] == name)


def test_a_page_is_told_exactly_as_its_schema_says(api, site, news, committed):
    with committed():
        workshop = full_workshop(site)
        outcome = workshop.tracks.first().outcomes.first()
        outcome.document = SiteDocumentFactory()
        outcome.save()

    for page in (news, workshop, site.home, site.news):
        TypeAdapter(any_page()).validate_json(api.response(f"/pages/{page.pk}/").content, strict=False)


def test_addresses_in_a_text_are_absolute_and_lead_to_pages(api, news):
    page = api.get("/pages/by-path/?path=/pl/aktualnosci/nowe-domy/")

    document = SiteDocument.objects.get()
    assert block(page, "text") == (
        '<p><a href="http://testserver/pl/aktualnosci/cel/">a</a> '
        f'<a href="http://testserver{document.url}">b</a> <a href="http://testserver/x">c</a></p>'
    )


def test_pictures_and_files_come_with_all_that_shows_them(api, news):
    page = api.get(f"/pages/{news.pk}/")

    picture = block(page, "picture")["image"]
    assert (picture["alt"], picture["caption"], picture["credit"]) == ("Mapa", "Plan", "Fot. Anna")
    assert {one["format"] for one in picture["renditions"]} == {"avif", "webp", "jpeg"}
    assert [one["image"]["alt"] for one in block(page, "gallery")["pictures"]] == ["Sala"]
    assert page["lead_image"]["alt"] == "Participants listen to a talk in the plenary hall"
    file = block(page, "attachments")["documents"][0]
    assert (file["document"]["format"], file["title"]) == ("DOCX", "Inny tytuł")
    assert file["document"]["text_url"] == f"http://testserver/-/readable/{file['document']['id']}/"
    assert api.get(f"/documents/{file['document']['id']}/") == file["document"]
    assert block(page, "embed")["player_url"] == "https://player.vimeo.com/video/123456?dnt=1"
    assert block(page, "links")["items"][0]["page"]["title"] == "Cel"
    assert block(page, "table")["table"]["rows"] == [["Łódź", 12.0]]
    # The article was stored as before tables had these.
    assert (block(page, "table")["further_heading_rows"], block(page, "table")["joined_cells"]) == (0, "no")


def test_a_translation_links_to_its_own_language(api, site, news, committed):
    for page in (site.home, site.news, news.get_children().first() or NewsPage.objects.get(slug="cel"), news):
        with committed():
            translate(page.specific, "en")
    english = news.get_translation(news.get_siblings().first().locale.__class__.objects.get(language_code="en"))

    page = api.get(f"/pages/{news.pk}/?language=en")

    assert page["id"] == english.pk
    assert "/en/" in block(page, "text")
    assert [(one["language"], one["state"]) for one in page["translations"]] == [("pl", "current"), ("en", "current")]
    assert [crumb["url"] for crumb in page["breadcrumbs"]] == [
        "http://testserver/en/",
        f"http://testserver{english.get_parent().url}",
    ]


def test_a_missing_translation_is_told_only_on_request_and_says_so(api, news):
    api.get(f"/pages/{news.pk}/?language=en", status=404)
    assert api.get(f"/pages/{news.pk}/?language=en&fallback=true")["is_fallback"] is True


def test_an_old_address_is_answered_with_where_it_leads(api, news):
    Redirect.objects.create(old_path="/stary-adres", redirect_page=news, is_permanent=True)

    assert api.get("/pages/by-path/?path=/stary-adres/") == {
        "type": "redirect",
        "location": "http://testserver/pl/aktualnosci/nowe-domy/",
        "is_permanent": True,
    }


def test_what_stands_beside_a_workshop_is_told(api, site, committed):
    with committed():
        first = full_workshop(site, title="Pierwszy")
        topic = Topic.objects.get()
        series = {"programme": first.programme, "topic": topic}
        second = site.add_workshop("Drugi", starts_on="2019-01-01", programme=series["programme"])
        third = site.add_workshop("Trzeci", starts_on="2020-01-01", programme=series["programme"])
        second.related_links = [RelatedPage(target=third)]
        second.save_revision().publish()

    page = api.get(f"/pages/{second.pk}/")

    assert (page["previous"]["title"], page["next"]["title"]) == ("Pierwszy", "Trzeci")
    assert [card["title"] for card in page["related"]] == ["Trzeci"]


@pytest.mark.parametrize("name", ["draft", "locked"])
def test_what_readers_cannot_open_is_nowhere(api, site, news, committed, name):
    """Drafts, private pages and what they alone show stay hidden, also where other pages point at them."""
    target = NewsPage.objects.get(slug="cel")
    with committed():
        if name == "draft":
            target.unpublish()
        else:
            PageViewRestriction.objects.create(page=target, restriction_type="login")
        Redirect.objects.create(old_path="/dawny", redirect_page=target)

    api.get(f"/pages/{target.pk}/", status=404)
    api.get("/pages/by-path/?path=/pl/aktualnosci/cel/", status=404)
    api.get("/pages/by-path/?path=/dawny", status=404)
    page = api.get(f"/pages/{news.pk}/")
    assert block(page, "links")["items"][0]["page"] is None
    assert "Cel" not in str(page)


def test_a_private_file_is_not_told_of(api, news):
    SiteDocument.objects.update(is_public=False)

    page = api.get(f"/pages/{news.pk}/")

    assert block(page, "attachments")["documents"][0]["document"] is None
    assert "summary" not in str(page)


def queries(api, path):
    api.get(path)
    with CaptureQueriesContext(connection) as captured:
        api.get(path)
    return len(captured)


def test_a_page_is_read_in_at_most_eight_queries_whatever_it_holds(api, site, news, committed):
    with committed():
        one = full_workshop(site, photos=1, tracks=1, documents=1, title="Jeden")
        three = full_workshop(site, photos=3, tracks=3, documents=3, title="Trzy")

    assert queries(api, f"/pages/{three.pk}/") == queries(api, f"/pages/{one.pk}/") <= 8
    assert queries(api, f"/pages/by-path/?path={news.url}") <= 8


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/pages/99999999/", 404),
        ("/pages/abc/", 422),
        ("/pages/99999999999999999999/", 422),
        ("/nothing/", 404),
        ("/pages/by-path/?path=/nie/ma/", 404),
        ("/pages/by-path/?path=/%00/", 400),
        ("/pages/by-path/", 400),
        ("/pages/by-path/?path=/&nosuch=1", 400),
        ("/pages/1/?language=xx", 400),
    ],
)
def test_errors_are_problems_and_never_redirects(api, site, path, status):
    response = api.response(path)

    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == status
