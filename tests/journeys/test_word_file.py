"""An editor makes an article of a Word file: chooses it, looks at the preview, puts things right, has a draft."""

import re

import pytest
from playwright.sync_api import expect

from pages.models import NewsPage
from tests.contrib.docx.word_files import BULLET, docx, p, picture, png, r, relation

pytestmark = [pytest.mark.browser]

DOCUMENT = docx(
    p("Dziedziniec w pięciu krokach", "Title")
    + p("Wstęp", "H1")
    + p("raz", list_id=BULLET)
    + p(picture("i"))
    + p(r("Kto może?", "<w:b/>"))
    + p(r("Do 12 maja.") + '<w:del w:id="1"><w:r><w:delText>Do kwietnia.</w:delText></w:r></w:del>'),
    relations=relation("i", "image", "media/a.png"),
    parts={"word/media/a.png": png()},
)


def test_an_editor_makes_a_draft_of_a_word_file(town, work_as, live_server):
    page = work_as("editor")
    page.goto(f"{live_server.url}/admin/pages/{town.news.pk}/")
    page.get_by_role("button", name="Actions", exact=True).first.click()
    page.get_by_role("link", name="New page from a Word file…").click()
    page.get_by_label("Word file").set_input_files({"name": "opis.docx", "mimeType": "", "buffer": DOCUMENT})
    page.get_by_role("button", name="Upload and show the preview").click()

    expect(page.get_by_text("Text that was deleted with tracked changes: 1")).to_be_visible()
    expect(page.get_by_text("No alternative text yet")).to_be_visible()
    page.get_by_label("Kto może?").check()
    page.get_by_label("Title", exact=False).fill("Nasz dziedziniec")
    page.get_by_role("button", name="Make the draft").click()

    expect(page).to_have_url(re.compile(r"/admin/pages/\d+/edit/"))
    expect(page.get_by_text("Pictures without alternative text: say what they show (1)")).to_be_visible()
    article = NewsPage.objects.get(title="Nasz dziedziniec")
    assert [block.block_type for block in article.body] == ["heading", "text", "picture", "heading", "text"]
    assert not article.live
