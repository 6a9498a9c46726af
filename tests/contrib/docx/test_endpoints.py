"""A Word file over the API: the same rights, guard and report as in the admin."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import APIToken

from media.models import SiteImage
from pages.contrib.api.contract import build
from pages.contrib.docx import importing, lengths, steps, works
from pages.contrib.docx.models import WaitingFile, Work
from pages.models import NewsPage, WorkshopPage
from tests.people import person

from .test_importing import whole_document

API = "/api/v1/imports/"


def token_of(user):
    return {"Authorization": f"Bearer {APIToken.create_token(user=user, name='import')[1]}"}


@pytest.fixture
def send(client, site):
    """Send a file with a token of somebody who may add news and workshops."""
    editor = person("program", {site.news: ["add"], site.workshops: ["add"]})

    def sent(content=None, status=200, user=editor, parent=site.news, **fields):
        headers = token_of(user) if user else {}
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


@pytest.fixture
def ask(client):
    """Ask for the state of an import, or take it back, with the token of its user or of somebody else."""

    def asked(number, status=200, method="get", user="program"):
        headers = token_of(get_user_model().objects.get(username=user))
        response = getattr(client, method)(f"{API}{number}/", headers=headers)
        assert response.status_code == status, response.content
        return json.loads(response.content) if response.content else None

    return asked


@pytest.fixture
def _everything_is_long(monkeypatch):
    monkeypatch.setattr(lengths, "LONG_TEXT_BYTES", 0)


def work_on(state):
    works.do.func(state["id"])


@pytest.mark.usefixtures("_everything_is_long")
def test_the_answer_to_a_long_file_has_the_address_of_its_state(client, send, site):
    headers = token_of(person("inny program", {site.news: ["add"]}))
    data = {"file": SimpleUploadedFile("Opis.docx", whole_document()), "parent": site.news.pk}

    response = client.post(API, data, headers=headers)
    state = client.get(response["Location"], headers=headers)

    assert (response.status_code, state.json()) == (202, response.json())
    declared = build().get_openapi_schema()["paths"][API]["post"]["responses"][202]["headers"]
    assert declared["Location"]["schema"] == {"type": "string", "format": "uri"}


@pytest.mark.usefixtures("_everything_is_long")
def test_a_long_file_is_worked_on_after_the_answer(send, ask, site, monkeypatch):
    monkeypatch.setattr(steps, "REST", 0)
    usual = {"step": "", "percent": None, "reason": "", "report": None}
    state = send(create="true", title="Inny tytuł", headings=["0"], status=202)
    assert state == ask(state["id"]) == {"id": state["id"], "state": "waiting", **usual}
    read, seen = importing.reading, []

    def looked_at(*args, **kwargs):
        found = read(*args, **kwargs)
        with translation.override("en"):  # a request changes the language of its thread
            seen.append(ask(state["id"]))
        return found

    monkeypatch.setattr(importing, "reading", looked_at)
    work_on(state)

    assert [(one["state"], one["step"]) for one in seen] == [("working", "2 of 3: turning it into parts of a page")]
    assert 0 <= seen[0]["percent"] <= 100
    done = ask(state["id"])
    page = NewsPage.objects.get(pk=done["report"]["page"]["id"])
    assert (done["state"], page.title, page.live, page.owner.username) == ("done", "Inny tytuł", False, "program")
    assert len(page.body) == done["report"]["blocks"]
    assert any("you may not add to the library" in line["label"] for line in done["report"]["left_out"])
    assert not WaitingFile.objects.exists()
    work_on(state)  # a task that is done twice does nothing twice
    assert NewsPage.objects.count() == 1
    assert "made already" in ask(state["id"], 409, "delete")["detail"]


@pytest.mark.usefixtures("_everything_is_long")
def test_a_long_file_is_only_told_of_where_no_page_is_wanted(send, ask):
    state = send(status=202)
    work_on(state)

    done = ask(state["id"])
    assert (done["state"], done["report"]["page"]) == ("done", None)
    assert done["report"]["title"] == "Dziedziniec w pięciu krokach"
    assert not NewsPage.objects.exists()
    ask(state["id"], 204, "delete")
    ask(state["id"], 404)


@pytest.mark.usefixtures("_everything_is_long")
def test_only_who_has_sent_a_long_file_sees_it(client, send, ask):
    person("obcy", is_superuser=True)
    state = send(create="true", status=202)

    for method in ("get", "delete"):
        ask(state["id"], 404, method, user="obcy")
        assert getattr(client, method)(f"{API}{state['id']}/").status_code == 401
    # What a program has sent does not stand in anybody's admin.
    client.force_login(get_user_model().objects.get(username="program"))
    assert client.get(reverse("word_files:preview", args=[state["id"]])).status_code == 404
    work_on(state)
    for method in ("get", "delete"):
        ask(state["id"], 404, method, user="obcy")


@pytest.mark.usefixtures("_everything_is_long")
def test_a_long_file_that_is_taken_back_makes_no_page_although_the_work_has_begun(send, ask, monkeypatch):
    state = send(create="true", status=202)
    read = importing.reading

    def cancelled_meanwhile(*args, **kwargs):
        ask(state["id"], 204, "delete")
        return read(*args, **kwargs)

    monkeypatch.setattr(importing, "reading", cancelled_meanwhile)
    work_on(state)

    assert not NewsPage.objects.exists()
    ask(state["id"], 404)


@pytest.mark.usefixtures("_everything_is_long")
def test_why_nothing_becomes_of_a_long_file_is_told(send, ask, site):
    assert "no Word file" in send(b"%PDF-1.7", create="true", status=422)["detail"]
    without_a_day = send(parent=site.workshops, type="workshop", create="true", status=202)
    killed = send(create="true", status=202)
    work_on(without_a_day)
    long_ago = timezone.now() - 2 * Work.SILENCE
    Work.objects.filter(pk=killed["id"]).update(runner="gone", begun_at=long_ago)

    refused = ask(without_a_day["id"])
    assert (refused["state"], refused["report"]) == ("refused", None)
    assert "starts_on: This field is required." in refused["reason"]
    assert ask(killed["id"])["state"] == "interrupted"
    works.do.func(killed["id"])
    assert ask(killed["id"])["state"] == "done"
