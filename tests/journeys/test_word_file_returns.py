"""An editor takes a page to Word, a colleague changes it, and the editor takes the change into a draft."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from pages.models import NewsPage
from tests.accessibility import axe
from tests.contrib.docx.test_returning import edited

pytestmark = [pytest.mark.browser]


def test_an_editor_takes_what_a_colleague_changed_in_word(town, work_as, live_server):
    article = town.add_news("Nowe podwórka", lead="Trzy miasta.", body=[("text", "<p>Podwórka będą zielone.</p>")])
    page = work_as("editor")
    file = page.request.get(live_server.url + reverse("draft_file", args=[article.pk, "docx"])).body()
    file = edited(file, ("zielone.", "zielone i ciche."), ("Trzy miasta.", "Cztery miasta."))

    page.goto(f"{live_server.url}/admin/pages/{article.pk}/edit/")
    page.get_by_role("button", name="Actions", exact=True).first.click()
    page.get_by_role("link", name="Bring back a Word file…").click()
    page.get_by_label("Word file").set_input_files({"name": "opis.docx", "mimeType": "", "buffer": file})
    page.get_by_role("button", name="Upload and compare").click()

    expect(page.locator("ins", has_text="Cztery")).to_be_visible()
    assert axe.complaints(axe.run(page, "main")) == []
    page.get_by_role("checkbox", name="Lead").uncheck()
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Take what is ticked into a new draft").click()

    expect(page).to_have_url(re.compile(rf"/admin/pages/{article.pk}/edit/"))
    draft = NewsPage.objects.get(pk=article.pk).get_latest_revision_as_object()
    assert (draft.lead, draft.body[0].value.source) == ("Trzy miasta.", "<p>Podwórka będą zielone i ciche.</p>")
