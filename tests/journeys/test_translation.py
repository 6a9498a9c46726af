"""The translator's story: a page submitted, translated by hand and by PO file, published, brought up to date."""

import re

import polib
import pytest
from playwright.sync_api import expect

from pages.models import WorkshopPage
from tests.journeys.admin import act, expect_message
from tests.site_tree import full_workshop

pytestmark = pytest.mark.browser


@pytest.fixture
def workshop(town) -> WorkshopPage:
    return full_workshop(town, photos=2, tracks=1, documents=1)


def test_a_page_goes_to_the_translator_comes_back_in_english_and_is_brought_up_to_date(workshop, work_as, page):
    editor, translator, moderator = work_as("editor"), work_as("translator"), work_as("moderator")
    submit_for_translation(editor, workshop)
    english = english_of(workshop)

    open_from_report(translator, workshop)
    translate(translator, "Warsztaty dla miast", "Workshop for cities")
    expect(translator.locator("[data-finish]").get_by_role("button", name="Publish")).to_have_count(0)
    translate_in_another_program(translator)
    publish_translation(moderator, english)
    walk_between_languages(page, workshop)

    change_lead(moderator, workshop, "Cztery dni rozmów o wodzie.")
    send_changes_to_translations(moderator, workshop)
    open_from_report(translator, workshop)
    translate(translator, "Cztery dni rozmów o wodzie.", "Four days of talk about water.")
    publish_translation(moderator, english)
    page.reload()

    expect(page.locator("h1")).to_have_text("Workshop for cities")
    expect(page.locator("main")).to_contain_text("Four days of talk about water.")
    assert page.complaints == []


def submit_for_translation(editor, workshop):
    open_menu(editor, workshop, "Translate this page")
    editor.get_by_label("English").check()
    editor.get_by_role("button", name="Submit").click()
    expect_message(editor, "successfully submitted for translation into English")


def open_menu(person, page, item):
    person.goto(f"/admin/pages/{page.pk}/edit/")
    person.get_by_role("button", name="Actions", exact=True).first.click()
    person.get_by_role("link", name=item).click()


def english_of(workshop):
    english = WorkshopPage.objects.get(translation_key=workshop.translation_key, locale__language_code="en")
    assert not english.live
    return english


def open_from_report(translator, workshop):
    """What waits stands in the report, the page among the organisations and topics that it names."""
    translator.get_by_role("button", name="Reports").click()
    translator.get_by_role("link", name="Translations").click()
    row = translator.locator("tr").filter(has_text="Waiting for translations").filter(has_text=workshop.title)
    row.get_by_role("link", name=re.compile(r"\(English\)")).click()


def translate(translator, words, translation):
    segment = translator.locator("[data-segment]").filter(has_text=words).first
    segment.get_by_role("textbox", name="English").fill(translation)
    segment.get_by_role("button", name="Accept").click()
    expect(translator.locator("[data-said]")).to_contain_text("accepted")


def translate_in_another_program(translator):
    translator.locator("summary", has_text="More").click()
    translator.get_by_role("link", name="Pictures, files and links").click()
    with translator.expect_download() as download:
        translator.get_by_role("link", name="Download PO file").click()
    po = polib.pofile(download.value.path().read_text(encoding="utf-8"))
    for entry in po:
        if entry.msgctxt != "slug":
            entry.msgstr = entry.msgstr or f"EN {entry.msgid}"
    with translator.expect_file_chooser() as chooser:
        translator.get_by_role("button", name="Upload PO file").click()
    chooser.value.set_files({"name": "en.po", "mimeType": "text/x-gettext", "buffer": str(po).encode()})
    expect_message(translator, "Successfully imported translations from PO File")


def publish_translation(moderator, english):
    moderator.goto(f"/admin/pages/{english.pk}/edit/")
    moderator.locator("[data-finish]").get_by_role("button", name="Publish").click()
    moderator.get_by_role("button", name="Publish all the same").or_(moderator.locator(".messages li")).first.wait_for()
    if moderator.get_by_role("button", name="Publish all the same").count():
        moderator.get_by_role("button", name="Publish all the same").click()
    expect_message(moderator, "is published")


def walk_between_languages(page, workshop):
    page.goto(f"/pl/warsztaty/{workshop.slug}/")
    page.locator(".site-langs").get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_have_text("Workshop for cities")
    expect(page.locator("main")).to_contain_text("EN Obszar 0")
    page.locator(".site-langs").get_by_role("link", name="Polski").click()
    expect(page.locator("h1")).to_have_text("Warsztaty dla miast")
    page.go_back()


def change_lead(moderator, workshop, words):
    moderator.goto(f"/admin/pages/{workshop.pk}/edit/")
    moderator.fill("[name=lead]", words)
    act(moderator, "Publish")
    expect_message(moderator, "published")


def send_changes_to_translations(moderator, workshop):
    open_menu(moderator, workshop, "Sync translated pages")
    moderator.get_by_role("button", name="Submit").click()
    expect_message(moderator, "Successfully updated translations")
