"""Footnotes of a page: their marks lead to them and back, and are footnotes in the Word file of the page."""

import re

import pytest

from pages.contrib.docx.reading import read
from pages.contrib.docx.writing import write
from pages.interchange.outline import NoteMark, every_inline, plain
from pages.interchange.page_outline import outline_of

TEXT = "<p>Miasta<sup>1</sup> mają 12 m<sup>2</sup> zieleni, w 2026<sup>2</sup> więcej<sup>1</sup>.</p>"
NOTES = '<ol><li data-block-key="a">Dziesięć miast.</li><li><i>Plan</i> na rok.</li></ol>'


def body(text=TEXT, notes=NOTES):
    return [
        ("text", text),
        ("heading", {"text": "Przypisy", "level": "2"}),
        ("text", notes),
    ]


def article(client, site, **body_of):
    return client.get(site.add_news(body=body(**body_of)).get_url()).content.decode().split("<main")[1]


def test_a_mark_leads_to_its_note_and_the_note_back_to_its_first_mark(client, site):
    html = article(client, site)

    assert re.findall(r'<sup><a href="#note-(\d)"( id="to-note-\d")? role="doc-noteref">\d</a></sup>', html) == [
        ("1", ' id="to-note-1"'),
        ("2", ' id="to-note-2"'),
        ("1", ""),
    ]
    assert "m<sup>2</sup>" in html
    notes = re.findall(
        r'<li[^>]* id="(note-\d)">(.*?) <a href="#(to-note-\d)" role="doc-backlink">.*?hidden">([^<]+)</span>', html
    )
    assert [(id_, words, back) for id_, words, back, _label in notes] == [
        ("note-1", "Dziesięć miast.", "to-note-1"),
        ("note-2", "<i>Plan</i> na rok.", "to-note-2"),
    ]
    assert notes[1][3].endswith("2")


@pytest.mark.parametrize(
    "other",
    [
        {"text": "<p>Miasta<sup>1</sup> i tyle.</p>", "notes": NOTES.replace("</ol>", "<li>Trzeci.</li></ol>")},
        {"text": TEXT.replace("<sup>1</sup>", "<sup>3</sup>")},
        {"text": "<p>E=mc<sup>2</sup>.</p>"},
        {"text": "<p>Drugi<sup>2</sup>, pierwszy<sup>1</sup>.</p>"},
        {"notes": NOTES.replace("<li>", '<li value="7">')},
        {"notes": NOTES + "<p>Koniec.</p>"},
        {"notes": NOTES.replace("Plan", "<ul><li>Plan</li></ul>")},
    ],
    ids=["few marks", "a mark more", "a formula", "another order", "other numbers", "words behind", "lists inside"],
)
def test_raised_numbers_that_fit_no_list_stay_as_they_are(client, site, other):
    html = article(client, site, **other)

    assert "doc-noteref" not in html
    assert 'id="note-1"' not in html
    assert outline_of(site.add_news(slug="drugi", body=body(**other))).outline.notes == []


def test_a_note_whose_mark_is_in_a_table_has_no_way_back_and_the_others_do(client, site):
    notes = NOTES.replace("</ol>", "<li>Tabela.</li></ol>")

    html = article(client, site, notes=notes)

    assert html.count("doc-backlink") == 2
    assert "<li>Tabela.</li>" in html
    assert outline_of(site.add_news(slug="drugi", body=body(notes=notes))).outline.notes == []


def test_a_mark_inside_a_link_is_led_to_and_does_not_break_the_link(client, site):
    html = article(client, site, text='<p><a href="https://example.org">Miasta<sup>1</sup></a> rosną<sup>2</sup>.</p>')

    assert '<a href="https://example.org">Miasta<sup id="to-note-1">1</sup></a>' in html
    assert html.count("doc-noteref") == 1


def test_the_word_file_of_a_page_has_real_footnotes(site):
    page = outline_of(site.add_news("Zieleń", body=body()))

    again = read(write(page.outline, page.read))

    marks = [piece.number for piece in every_inline(again.blocks) if isinstance(piece, NoteMark)]
    assert marks == [1, 2]
    assert [plain(note.blocks[0].content) for note in again.notes] == ["Dziesięć miast.", "Plan na rok."]
    assert "Przypisy" not in [plain(getattr(block, "content", ())) for block in again.blocks]
