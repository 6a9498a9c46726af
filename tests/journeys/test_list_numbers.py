"""An editor lets a list go on with 3 after a paragraph, with the keyboard alone, and readers see it."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.journeys.admin import act, expect_message

pytestmark = pytest.mark.browser

TEXT = "<ol><li>gmina</li><li>powiat</li></ol><p>Oraz:</p><ol><li>miasto<ul><li>Łódź</li></ul></li><li>wieś</li></ol>"


def test_an_editor_sets_the_number_from_which_a_list_goes_on(town, work_as, page):
    news = town.add_news("Regulamin", slug="regulamin", body=[("text", TEXT)])
    editor = work_as("administrator")
    editor.goto(f"/admin/pages/{news.pk}/edit/")
    text = editor.locator("[data-contentpath=body] .public-DraftEditor-content")
    items = text.locator("li")
    stored = editor.locator("[name=body-0-value]")
    # A list goes on after bullets inside it.
    assert counters(items) == {"gmina": 0, "miasto": 0, "wieś": 1}

    items.filter(has_text="miasto").click()
    editor.keyboard.press("End")
    number(editor, "3")
    expect(stored).to_have_value(re.compile('"value":3'))
    assert counters(items) == {"gmina": 0, "miasto": 2, "wieś": 3}

    # An item that is split off counts on.
    editor.keyboard.press("Enter")
    editor.keyboard.type("osada")
    expect(items).to_have_count(6)
    expect_numbers(stored, {"miasto": 3})
    for _letter in "osada.":
        editor.keyboard.press("Backspace")
    expect(items).to_have_count(5)
    expect_numbers(stored, {"miasto": 3})

    act(editor, "Publish")
    expect_message(editor, "has been published")
    page.goto(news.url)
    expect(page.locator("main li[value]")).to_have_count(2)
    assert [item.get_attribute("value") for item in page.locator("main li[value]").all()] == ["3", "4"]

    editor.goto(f"/admin/pages/{news.pk}/edit/")
    assert counters(items) == {"gmina": 0, "miasto": 2, "wieś": 3}
    items.filter(has_text="miasto").dblclick()
    button = editor.get_by_role("button", name="Number of the item")
    expect(button).to_have_text("3.")
    button.click()
    editor.get_by_role("button", name="Count automatically").click()
    expect_numbers(stored, {})
    assert counters(items) == {"gmina": 0, "miasto": 0, "wieś": 1}
    assert page.complaints == []


def number(editor, value):
    editor.keyboard.press("Control+Alt+KeyG")
    dialog = editor.get_by_role("dialog", name="Number of the item")
    expect(dialog.get_by_label("This item has the number")).to_be_focused()
    editor.keyboard.type(value)
    editor.keyboard.press("Enter")
    expect(dialog).to_be_hidden()


def counters(items):
    """Return what the editor counts from, of the items where it begins anew."""
    expect(items.first).to_be_visible()
    resets = items.evaluate_all(
        "all => all.filter((item) => item.tagName === 'LI' && item.parentNode.tagName === 'OL')"
        ".map((item) => [item.textContent, getComputedStyle(item).counterReset])"
    )
    return {words: int(reset.split()[1]) for words, reset in resets if reset != "none"}


def expect_numbers(stored, expected):
    """Wait until the form, which gets the text a moment later, holds these numbers."""
    for _attempt in range(100):
        if (found := numbers(stored)) == expected:
            break
        stored.page.wait_for_timeout(100)
    assert found == expected


def numbers(stored):
    blocks = json.loads(stored.input_value())["blocks"]
    return {block["text"]: block["data"]["value"] for block in blocks if "value" in block.get("data", {})}


def test_words_pasted_into_an_item_leave_it_its_number(town, work_as):
    text = "<p>gmina</p><ol><li>wieś</li><li>osada</li></ol><ol><li value='7'>miasto</li></ol>"
    news = town.add_news("Regulamin", slug="regulamin", body=[("text", text)])
    editor = work_as("administrator")
    editor.goto(f"/admin/pages/{news.pk}/edit/")
    content = editor.locator("[data-contentpath=body] .public-DraftEditor-content")
    stored = editor.locator("[name=body-0-value]")
    content.get_by_text("wieś").dblclick()
    expect(editor.get_by_role("button", name="Number of the item")).to_have_text("1.")
    editor.keyboard.press("Control+C")

    content.get_by_text("miasto").dblclick()
    expect(editor.get_by_role("button", name="Number of the item")).to_have_text("7.")
    editor.keyboard.press("ArrowRight")
    editor.keyboard.press("Control+V")

    expect(content).to_contain_text("miastowieś")
    expect_numbers(stored, {"miastowieś": 7})
