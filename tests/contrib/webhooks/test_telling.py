"""What a message says, after the contract; and of what readers cannot open nothing but its number."""

import pytest
from django.core.files.base import ContentFile
from jsonschema import Draft202012Validator
from wagtail.models import PageViewRestriction

from media.models import SiteDocument
from pages.contrib.webhooks.models import Delivery
from pages.models import SectionPage
from tests.factories import SiteDocumentFactory, docx_bytes
from tests.site_tree import translate


def lock(page):
    return PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")


@pytest.fixture
def contract(client):
    """Checks that a message is what the document of the API announces."""
    document = client.get("/api/v1/openapi.json").json()

    def check(message):
        body = document["webhooks"][message["type"]]["post"]["requestBody"]
        schema = body["content"]["application/json"]["schema"] | {"components": document["components"]}
        Draft202012Validator(schema).validate(message)

    return check


def test_every_event_is_told_as_the_contract_announces(
    hooks, site, client, contract, django_capture_on_commit_callbacks
):
    hooks.receiver()
    with django_capture_on_commit_callbacks(execute=True):
        news = site.add_news("Nowe domy", slug="nowe-domy")
        section = site._publish(site.home, SectionPage(title="Archiwum", slug="archiwum"))
    with django_capture_on_commit_callbacks(execute=True):
        translate(site.home, "en")
    english = site.home.get_translations().get()
    hooks.send()
    with django_capture_on_commit_callbacks(execute=True):
        news.move(section, pos="last-child")
        news.refresh_from_db()
        news.slug = "domy"
        news.save_revision().publish()
    hooks.send()
    with django_capture_on_commit_callbacks(execute=True):
        news.refresh_from_db()
        news.unpublish()
        news.delete()
        document = SiteDocumentFactory(is_public=True)
        document.file = ContentFile(docx_bytes("Nowa treść"), name="nowa.docx")
        document.save()
        hooks.send()
        SiteDocument.objects.get().delete()

    hooks.send()

    for message in hooks.messages:
        contract(message)
    told = [(message["type"], message["data"]["id"]) for message in hooks.messages]
    assert told == [
        ("page.published", news.pk),
        ("page.published", section.pk),
        ("page.published", english.pk),
        ("translation.published", english.pk),
        ("page.moved", news.pk),
        ("page.published", news.pk),
        ("page.moved", news.pk),
        ("page.unpublished", news.pk),
        ("page.deleted", news.pk),
        ("document.replaced", document.pk),
        ("document.deleted", document.pk),
    ]
    data = [message["data"] for message in hooks.messages]
    assert data[0]["title"] == "Nowe domy"
    assert data[0]["url"] == "http://testserver/pl/aktualnosci/nowe-domy/"
    assert client.get(data[1]["api_url"]).json()["title"] == "Archiwum"
    assert (data[3]["original_id"], data[3]["original_language"]) == (site.home.pk, "pl")
    assert data[4]["previous_url"] == data[0]["url"]
    assert data[4]["url"] == data[6]["previous_url"] == "http://testserver/pl/archiwum/nowe-domy/"
    assert data[6]["url"] == data[7]["url"] == "http://testserver/pl/archiwum/domy/"
    assert not data[7]["is_public"]
    assert data[7]["title"] is data[7]["api_url"] is data[8]["url"] is None
    assert len(data[9]["checksum"]) == 64


def test_drafts_and_reordering_are_told_to_nobody(hooks, site):
    hooks.receiver()
    draft = site.news.add_child(instance=site.news.specific_class(title="Szkic", live=False))
    draft.save_revision()
    draft.move(site.home, pos="first-child")
    site.workshops.move(site.home, pos="first-child")
    draft.delete()

    assert not Delivery.objects.exists()


def test_of_a_locked_page_only_its_number_is_told(hooks, site, contract):
    hooks.receiver()
    lock(site.news)
    page = site.add_news("Tajne", slug="tajne")
    for parent in (site.workshops, site.news):
        parent.refresh_from_db()
        page.move(parent, pos="last-child")
        hooks.send()
        page = type(page).objects.get(pk=page.pk)
    page.unpublish()
    page.delete()
    SiteDocumentFactory(title="Tajne").delete()

    hooks.send()

    published, out, back, unpublished, deleted, document = hooks.messages
    for message in hooks.messages:
        contract(message)
    assert out["data"]["title"] == "Tajne"  # there everybody could read it
    assert out["data"]["previous_url"] is None
    assert back["data"]["previous_url"] == out["data"]["url"]
    for message in (published, unpublished, deleted, document):
        assert "ajne" not in str(message)
    assert not back["data"]["is_public"]
    assert back["data"]["title"] is None


def test_what_was_locked_before_it_was_sent_is_taken_back(hooks, site, contract):
    hooks.receiver()
    page = site.add_news("Tajne", slug="tajne")
    lock(page)

    hooks.send()

    (message,) = hooks.messages
    contract(message)
    assert (message["data"]["id"], message["data"]["is_public"]) == (page.pk, False)
    assert "ajne" not in str(message)


def test_a_receiver_hears_only_what_it_asked_for(hooks, site):
    hooks.receiver("page.deleted")
    hooks.receiver("page.published", is_active=False)
    page = site.add_news()
    page.delete()

    hooks.send()

    assert hooks.told == ["page.deleted"]
