"""A translator's hours at the editor: with a break, with a colleague, with a preview, without scripts.

The way by keys is in ``tests/journeys/test_translators_day.py``.
"""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from pages.contrib.translation.models import GlossaryTerm
from pages.contrib.translation.segments import accept, segments_of

from .conftest import by_path

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.usefixtures("in_english")]

BODY = [("text", "<p>Rewitalizacja <b>rynku</b> trwa.</p><p>Miasto odnowiło 12 kamienic.</p>")]


@pytest.fixture
def translation(transactional_db, desk, admin_user):
    """A page to translate, of which the memory knows a sentence and the glossary a word."""
    elsewhere = desk.send(desk.add_news("Inna", body=[("text", "<p>Miasto odnowiło 10 kamienic.</p>")]))
    known = next(segment for segment in segments_of(elsewhere) if "10" in segment.source)
    accept(elsewhere, [(known, "The town renewed 10 houses.")], admin_user)
    GlossaryTerm.objects.create(
        source_locale=desk.locale, target_locale=desk.english, term="rewitalizacja", target="revitalisation"
    )
    return desk.send(desk.add_news("Rynek na nowo", body=BODY))


def open_editor(page, translation):
    page.goto(reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk]))
    return page


def row_of(page, translation, part):
    segment = next(segment for segment in segments_of(translation) if part in segment.source)
    return page.locator(f"#segment-{segment.pk}")


def said(page, text):
    expect(page.locator("[data-said]")).to_contain_text(text)


def test_unfinished_words_are_there_when_one_comes_back(admin_page, translation):
    page = open_editor(admin_page, translation)
    row_of(page, translation, "Rynek").locator("[data-words]").fill("The mark")

    page.goto("/admin/")
    open_editor(page, translation)

    row = row_of(page, translation, "Rynek")
    expect(row.locator("[data-words]")).to_have_value("The mark")
    assert by_path(translation, "title").target == ""


def test_what_a_colleague_accepted_meanwhile_is_shown_and_kept(admin_page, translation):
    page = open_editor(admin_page, translation)
    accept(translation, [(by_path(translation, "title"), "Theirs")], None)

    row = row_of(page, translation, "Rynek")
    row.locator("[data-words]").fill("Mine")
    row.locator("[data-words]").press("Control+Enter")

    said(page, "Somebody else has changed this segment")
    row = row_of(page, translation, "Rynek")
    expect(row).to_contain_text("Theirs")
    expect(row.locator("[data-words]")).to_have_value("Mine")
    assert by_path(translation, "title").target == "Theirs"


def test_the_segment_in_work_is_marked_in_the_preview(admin_page, translation):
    page = open_editor(admin_page, translation)
    expect(page.frame_locator("[data-preview-frame]").locator("h1")).to_be_visible()

    row_of(page, translation, "Rewitalizacja").locator("[data-words]").focus()
    marked = """() => [...document.querySelector("[data-preview-frame]").contentWindow.CSS.highlights.get("segment") || []]
        .map(String).join()"""
    page.wait_for_function(f"({marked})() === 'Rewitalizacja rynku trwa.'")

    page.get_by_role("button", name="Hide the preview").click()
    expect(page.locator("[data-preview-pane]")).to_be_hidden()


def test_the_editor_works_without_scripts(admin_page, browser, live_server, translation):
    context = browser.new_context(
        java_script_enabled=False, base_url=live_server.url, storage_state=admin_page.context.storage_state()
    )
    page = open_editor(context.new_page(), translation)
    row = row_of(page, translation, "12")

    row.get_by_role("link", name="Look into the memory").click()
    row.get_by_role("button", name="Insert (match 1)").click()
    expect(row.locator("textarea[name=words]")).to_have_value("The town renewed 12 houses.")
    row.get_by_role("button", name="Accept").click()

    expect(page.locator(".messages")).to_contain_text("accepted.")
    expect(page.locator(".editor-progress")).to_contain_text("1 of 4")
    context.close()
