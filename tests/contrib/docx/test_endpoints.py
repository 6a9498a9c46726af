"""A Word file over the API: the same rights, guard and report as in the admin."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import APIToken

from media.models import SiteImage
from pages.models import NewsPage, WorkshopPage
from tests.people import person

from .test_importing import whole_document

API = "/api/v1/imports/"


@pytest.fixture
def send(client, site):
    """Send a file with a token of somebody who may add news and workshops."""
    editor = person("program", {site.news: ["add"], site.workshops: ["add"]})

    def sent(content=None, status=200, user=editor, parent=site.news, **fields):
        headers = {}
        if user:
            headers["Authorization"] = f"Bearer {APIToken.create_token(user=user, name='import')[1]}"
        file = SimpleUploadedFile("Opis_dziedzińca.docx", whole_document() if content is None else content)
        data = {"file": file, "parent": parent.pk, **fields}
        response = client.post(API, data, headers=headers)
        assert response.status_code == status, response.content
        return json.loads(response.content)

    return sent


def test_a_file_is_told_of_and_nothing_is_kept(send):
    report = send()

    assert (report["title"], report["lead"]) == ("Dziedziniec w pięciu krokach", "Jak zacząć.")
    assert report["bold_lines"] == ["Kto może?"]
    assert any("deleted with tracked changes" in line["label"] for line in report["left_out"])
    assert report["page"] is None
    assert not NewsPage.objects.exists()
    assert not SiteImage.objects.exists()


def test_the_draft_is_the_one_that_the_report_tells_of(send):
    report = send(create="true", title="Inny tytuł", headings=["0"], status=201)

    page = NewsPage.objects.get(pk=report["page"]["id"])
    assert (page.title, page.lead, page.live) == ("Inny tytuł", "Jak zacząć.", False)
    assert page.owner.get_username() == "program"
    assert len(page.body) == report["blocks"]
    assert any("you may not add to the library" in line["label"] for line in report["left_out"])
    assert report["page"]["edit_url"].endswith(f"/pages/{page.pk}/edit/")
    assert "Kto może?" in [block.value["text"] for block in page.body if block.block_type == "heading"]


def test_a_workshop_needs_its_day(send, site):
    assert "starts_on" in send(parent=site.workshops, type="workshop", status=422)["detail"]

    send(parent=site.workshops, type="workshop", starts_on="2026-12-01", create="true", status=201)

    assert WorkshopPage.objects.get().starts_on.isoformat() == "2026-12-01"


def test_what_the_admin_refuses_is_refused(send, site):
    assert "no Word file" in send(b"%PDF-1.7", create="true", status=422)["detail"]
    assert send(b"", status=422)
    assert send(type="workshop", status=422)
    assert send(user=None, status=401)
    assert send(user=person("obcy"), status=403)
    assert send(parent=site.home, status=403)
    assert send(headings=["7"], status=422)
    assert not NewsPage.objects.exists()
