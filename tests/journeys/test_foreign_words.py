"""An editor says with the keyboard alone in which language a few words are, and takes it back."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.admin import act, add_block, expect_message

pytestmark = pytest.mark.browser


def test_an_editor_marks_words_of_another_language_and_readers_get_it(town, work_as, page):
    news = town.add_news("Hasła", slug="hasla")
    editor = work_as("administrator")
    editor.goto(f"/admin/pages/{news.pk}/edit/")
    add_block(editor, "Text")
    text = editor.locator("[data-contentpath=body] .public-DraftEditor-content")
    text.click()
    editor.keyboard.type("Hasło: місто. Тепер")
    mark(editor, "uk")
    expect(text.locator("[style*=--language]")).to_have_text("Тепер")
    # What is written behind the mark is outside of it.
    editor.keyboard.type(" i tu")
    for _letter in " i tu":
        editor.keyboard.press("Shift+ArrowLeft")
    button = editor.get_by_role("button", name="Language of the words")
    button.click()
    choose(editor, "en")
    expect(text.locator("[style*=--language]")).to_have_count(2)
    # Taken back where the cursor stands.
    mark(editor, "")
    expect(text.locator("[style*=--language]")).to_have_text("Тепер")
    # The text goes into the form a moment later.
    stored = editor.locator("[name=body-0-value]")
    expect(stored).to_have_value(re.compile(r'^(?!.*"@en").*"@uk"', re.DOTALL))
    act(editor, "Publish")
    expect_message(editor, "has been published")

    page.goto(news.url)
    expect(page.locator("main span[lang=uk]")).to_have_text("Тепер")
    assert page.complaints == []


def mark(editor, language):
    editor.keyboard.press("Control+Alt+KeyJ")
    choose(editor, language)


def choose(editor, language):
    dialog = editor.get_by_role("dialog", name="Language of the words")
    dialog.get_by_label("Language", exact=True).select_option(language)
    editor.keyboard.press("Tab")
    editor.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
