"""Every block can be seen in the chooser as readers will see it."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from wagtail.blocks import StructBlock
from wagtail.models import Site

from pages.body import UNAVAILABLE, BodyBlock
from pages.models import NewsPage

BLOCKS = [name for name in BodyBlock().child_blocks if name != UNAVAILABLE]


@pytest.fixture
def stream(db):
    return NewsPage._meta.get_field("body").stream_block


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_has_a_description_and_a_preview_with_the_styles_of_the_site(admin_client, stream, name):
    block = stream.child_blocks[name]

    response = admin_client.get("/admin/block-preview/", {"id": block.definition_prefix})

    assert block.is_previewable
    assert block.get_description()
    assert response.status_code == 200
    assert "css/components/prose" in response.content.decode()
    # The order of the directives is not fixed.
    assert "style-src 'self'" in response["Content-Security-Policy"].split("; ")


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("picture", ["street.png"]),
        ("gallery", ["street.png", "river.png", "estate.png", "town.png"]),
        ("attachments", ["water-in-the-courtyard.pptx", "summary.pdf"]),
    ],
)
def test_a_preview_of_files_is_full_while_the_library_is_empty(admin_client, stream, name, files):
    block = stream.child_blocks[name]

    with CaptureQueriesContext(connection) as asked:
        response = admin_client.get("/admin/block-preview/", {"id": block.definition_prefix})

    shown = re.findall(r'(?:<img src|<a href)="[^"]*/([\w-]+\.(?:png|pptx|pdf))"', response.content.decode())
    assert list(dict.fromkeys(shown)) == files
    assert [query["sql"] for query in asked if 'FROM "media_' in query["sql"]] == []
    pictures = [file for file in files if file.endswith(".png")]
    assert all(finders.find(f"media/samples/{picture}") for picture in pictures)


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_reads_as_plain_data(rf, stream, name):
    block = stream.child_blocks[name]
    request = rf.get("/")
    Site.find_for_request(request)

    data = block.get_api_representation(block.get_preview_value(), context={"request": request})

    assert isinstance(data, dict if isinstance(block, StructBlock) else str)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("callout", {"kind": "warning", "title": "Uwaga", "text": ""}, ["Uwaga"]),
        ("quote", {"text": "Tak.", "author": "Anna", "language": "uk"}, ["Tak.", "Anna"]),
        (
            "table",
            {
                "has_row_headings": True,
                "joined_cells": "both",
                "table": {"caption": "Miasta", "columns": [], "rows": []},
            },
            ["Miasta"],
        ),
    ],
)
def test_the_search_finds_the_words_of_a_block_and_not_its_settings(stream, name, value, words):
    block = stream.child_blocks[name]

    found = block.get_searchable_content(block.to_python(value))

    assert [text for text in found if text] == words


def test_a_table_tells_its_caption_its_headings_and_its_rows(stream):
    block = stream.child_blocks["table"]
    columns = [{"type": "text", "heading": "Miasto"}, {"type": "number", "heading": "Projekty"}]
    rows = [{"values": ["Łódź", 12]}]
    table = {"caption": "Miasta w programie", "columns": columns, "rows": rows}
    # As it was stored before a table had rows of headings and joined cells.
    value = block.to_python({"has_row_headings": True, "table": table})

    assert block.get_api_representation(value) == {
        "has_row_headings": True,
        "table": table,
        "further_heading_rows": 0,
        "joined_cells": "no",
    }


def test_a_table_shows_cells_with_the_same_words_as_one(stream):
    block = stream.child_blocks["table"]
    columns = [
        {"type": kind, "heading": words}
        for kind, words in (("text", "Miasto"), ("number", "Projekty"), ("number", "Projekty"))
    ]
    rows = [["", 2025, 2026], ["Łódź", 1200.5, 7], ["Łódź", 4, None]]
    table = {"caption": "Miasta & gminy", "columns": columns, "rows": [{"values": row} for row in rows]}
    more = {"has_row_headings": True, "further_heading_rows": 1, "joined_cells": "first_column"}

    with override("pl"):
        html = block.render(block.to_python({"table": table, **more}))

    assert "".join(html.split("<table>")[1].split("</table>")[0].split("\n")) == (
        "<caption>Miasta &amp; gminy</caption>"
        '<colgroup span="1"></colgroup><colgroup span="2"></colgroup>'
        # A heading reaches into the empty cell below it; a year is not written as a number.
        '<thead><tr><th scope="col" rowspan="2">Miasto</th>'
        '<th scope="colgroup" colspan="2" class="num">Projekty</th></tr>'
        '<tr><th scope="col" class="num">2025</th><th scope="col" class="num">2026</th></tr></thead>'
        '<tbody><tr><th scope="rowgroup" rowspan="2">Łódź</th><td class="num">1200,5</td><td class="num">7</td></tr>'
        '<tr><td class="num">4</td><td class="num"></td></tr></tbody>'
    )
