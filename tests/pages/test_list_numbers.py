"""Numbers of items that an editor has set are stored, and readers get them."""

import json
import re

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from pages.blocks import TEXT_FEATURES
from pages.contrib.accessibility.models.statement import FEATURES

KEYS = re.compile(r' data-block-key="\w+"')


def opened(html, features=TEXT_FEATURES):
    """Return the blocks of a text as the editor gets them: kind, depth, words and number."""
    state = json.loads(ContentstateConverter(features).from_database_format(html))
    return [
        (block["type"][:2], block["depth"], block["text"], block.get("data", {}).get("value"))
        for block in state["blocks"]
    ]


def saved(html, features=TEXT_FEATURES):
    """Return what is stored when an editor opens a text and saves it."""
    converter = ContentstateConverter(features)
    return KEYS.sub("", converter.to_database_format(converter.from_database_format(html)))


def stored(*items):
    """Return what is stored of items as Draft.js writes them: kind, depth, words and number."""
    kinds = {"or": "ordered-list-item", "un": "unordered-list-item", "p": "unstyled"}
    blocks = [
        {"key": f"a{place}", "type": kinds[kind], "depth": depth, "text": text, "data": {"value": number},
         "inlineStyleRanges": [], "entityRanges": []}
        for place, (kind, depth, text, number) in enumerate(items)
    ]  # fmt: skip
    html = ContentstateConverter(TEXT_FEATURES).to_database_format(json.dumps({"blocks": blocks, "entityMap": {}}))
    return KEYS.sub("", html)


@pytest.mark.parametrize(
    "html",
    [
        '<ol><li value="3">a</li><li>b</li></ol>',
        '<ol><li>a</li><li>b</li></ol><p>c</p><ol><li value="3">d</li></ol>',
        '<ol><li>a</li><li value="7">b</li><li>c</li></ol>',
        '<ol><li value="0">a</li><li value="32767">b</li></ol>',
        '<ol><li>a<ol><li value="4">b</li><li>c</li></ol></li><li>d</li><li value="9">e</li></ol>',
        '<ul><li>a<ol><li value="4"><b>b</b></li></ol></li></ul>',
    ],
)
def test_a_save_keeps_the_number_of_an_item(db, html):
    assert saved(html) == html
    assert saved(html, FEATURES) == html


@pytest.mark.parametrize("value", ["-1", "32768", "99999999999", "1.5", "x", "", "٣", '3" onclick="x'])
def test_what_is_no_number_of_an_item_is_dropped(db, value):
    assert saved(f"<ol><li value='{value}'>a</li></ol>") == "<ol><li>a</li></ol>"


def test_only_items_of_numbered_lists_have_one(db):
    assert saved('<p value="3">a</p><ul><li value="3">b</li></ul>') == "<p>a</p><ul><li>b</li></ul>"
    assert stored(("p", 0, "a", 3), ("un", 0, "b", 3)) == "<p>a</p><ul><li>b</li></ul>"
    assert stored(*((("or", 0, "a", number)) for number in ("3", -1, 32768, 1.5, True, None))) == (
        '<ol><li value="3">a</li><li>a</li><li>a</li><li>a</li><li>a</li><li>a</li></ol>'
    )


def test_a_number_that_the_list_counts_anyway_does_not_stick_to_its_item(db):
    html = '<ol><li value="1">a</li><li value="2">b</li><li value="4">c</li><li value="5">d</li></ol>'
    assert [number for *_rest, number in opened(html)] == [None, None, 4, None]
    assert saved(html) == '<ol><li>a</li><li>b</li><li value="4">c</li><li>d</li></ol>'


def test_a_numbered_list_goes_on_after_bullets_inside_it(db):
    """The exporter ends the list there and begins a new one, which would begin with 1."""
    kept = '<ol><li>a<ul><li>x</li></ul></li></ol><ol><li value="2">b</li><li>c</li></ol>'
    assert saved("<ol><li>a<ul><li>x</li></ul></li><li>b</li><li>c</li></ol>") == kept
    assert saved(kept) == kept
    # So an item more above it moves it.
    assert [number for *_rest, number in opened(kept)] == [None] * 4


def test_a_list_that_begins_deeper_and_one_of_another_kind_count_as_browsers_do(db):
    assert stored(("or", 1, "a", None), ("or", 0, "b", None)) == "<ol><li><ol><li>a</li></ol></li><li>b</li></ol>"
    assert stored(("or", 0, "a", None), ("un", 0, "b", None), ("or", 0, "c", None)) == (
        "<ol><li>a</li></ol><ul><li>b</li></ul><ol><li>c</li></ol>"
    )
    assert stored(("or", 0, "a", 0), ("or", 1, "b", None), ("or", 0, "c", None)) == (
        '<ol><li value="0">a<ol><li>b</li></ol></li><li>c</li></ol>'
    )


def test_readers_get_the_number(site, client):
    words = '<ol><li>a</li></ol><p>b</p><ol><li value="2">c w Łodzi</li></ol>'
    page = site.add_news("Regulamin", slug="regulamin", body=[("text", words)])

    html = client.get(page.url).content.decode()

    assert '<ol><li value="2">c w\u00a0Łodzi</li></ol>' in html
