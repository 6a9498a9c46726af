"""Merged cells and several rows of headings: from Word into a page, and back into Word."""

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from pages.blocks import TableBlock
from pages.contrib.docx.reading import read
from pages.contrib.docx.told import Told, reading
from pages.contrib.docx.words import told
from pages.interchange.bodies import Choices, body_of

from .word_files import docx, tbl, tc, tr

TWO = '<w:gridSpan w:val="2"/>'
BEGINS, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
LOOKS_HEADED = '<w:tblPr><w:tblLook w:firstRow="1"/></w:tblPr>'
HEADINGS = (
    tr(tc("Miasto", BEGINS), tc("2026", TWO), heads=True),
    tr(tc("", GOES_ON), "Plan", "Wykonanie", heads=True),
)
LODZ = tr("Łódź", "10", "9")


def made(*rows, choices=None):
    """Return the value of the one table that a page gets, and what the editor is told."""
    body = body_of(read(docx(tbl(*rows))), page_at=lambda address: None, choices=choices)
    (block,) = body.blocks
    with override("en"):
        return block["value"], [line.label for line in told(body.report).changed]


def cells(value):
    """Return the cells that readers see, as (words, rows, columns) where they span more than one."""
    return [
        [
            (cell.words, cell.row_span, cell.column_span) if cell.row_span * cell.column_span > 1 else cell.words
            for cell in row
        ]
        for row in TableBlock().to_python(value).shown.rows
    ]


def test_rows_of_headings_and_merged_headings_are_kept():
    value, changed = made(*HEADINGS, LODZ)

    assert value["table"]["columns"] == [{"type": "text", "heading": words} for words in ("Miasto", "2026", "2026")]
    assert [row["values"] for row in value["table"]["rows"]] == [["Miasto", "Plan", "Wykonanie"], ["Łódź", "10", "9"]]
    assert (value["further_heading_rows"], value["joined_cells"]) == (1, "headings")
    assert cells(value) == [[("Miasto", 2, 1), ("2026", 1, 2)], ["Plan", "Wykonanie"], ["Łódź", "10", "9"]]
    assert changed == []


@pytest.mark.parametrize(
    ("rows", "joined"),
    [
        ([tr("Łódź", "tak", "tak"), tr("Łódź", "nie", "nie")], "no"),
        ([tr(tc("Łódź", BEGINS), "tak"), tr(tc("", GOES_ON), "tak")], "first_column"),
        ([tr(tc("Łódź", BEGINS), tc("tak", BEGINS)), tr(tc("", GOES_ON), tc("", GOES_ON))], "down"),
        ([tr("Łódź", tc("tak", TWO)), tr("Łódź", tc("tak", TWO))], "across"),
        ([tr(tc("Łódź", BEGINS), tc("tak", TWO)), tr(tc("", GOES_ON), "1", "2")], "both"),
    ],
)
def test_the_choice_shows_the_cells_as_they_are_merged_in_the_file(rows, joined):
    width = max(row.count("<w:tc>") + row.count("gridSpan") for row in rows)
    value, changed = made(tr(*"ABC"[:width], heads=True), *rows)

    assert value["joined_cells"] == joined
    assert changed == []


def test_words_are_repeated_and_told_where_no_choice_shows_the_file():
    value, changed = made(
        *HEADINGS,
        tr(tc("Łódź", BEGINS), "tak", "tak"),
        tr(tc("", GOES_ON), tc("nie", TWO)),
    )

    # "tak" stands twice by itself and "nie" once for both, which no rule tells apart; the headings are kept.
    assert (value["further_heading_rows"], value["joined_cells"]) == (1, "headings")
    assert [row["values"] for row in value["table"]["rows"]][1:] == [["Łódź", "tak", "tak"], ["Łódź", "nie", "nie"]]
    assert changed == ["Tables with merged cells that a page cannot show so: their words are repeated in each cell"]


def test_merged_cells_without_words_are_empty_cells_and_nothing_is_lost():
    value, changed = made(tr("A", "B", heads=True), tr(tc("", BEGINS), "1"), tr(tc("", GOES_ON), "2"))

    assert cells(value) == [["A", "B"], ["", "1"], ["", "2"]]
    assert changed == []


def test_a_heading_that_reaches_down_takes_its_rows_with_it():
    value, _changed = made(LOOKS_HEADED, *(row.replace("<w:tblHeader/>", "") for row in HEADINGS), LODZ)

    assert (value["further_heading_rows"], value["joined_cells"]) == (1, "headings")


def test_a_row_whose_cells_reach_to_the_end_heads_nothing():
    rows = LOOKS_HEADED, tr(tc("Łódź", BEGINS), "1"), tr(tc("", GOES_ON), "2")

    value, changed = made(*rows)

    assert [column["heading"] for column in value["table"]["columns"]] == ["", ""]
    assert cells(value)[1:] == [[("Łódź", 2, 1), "1"], ["2"]]
    assert changed == []


def test_the_editor_may_say_that_the_first_row_heads_nothing():
    value, _changed = made(LOOKS_HEADED, tr("Łódź", "1"), tr("Bytom", "2"), choices=Choices(first_row_heads=False))

    assert [row["values"] for row in value["table"]["rows"]] == [["Łódź", "1"], ["Bytom", "2"]]


def test_more_rows_of_headings_than_a_page_has_are_joined_to_the_first():
    rows = [tr(f"A{number}", f"B{number}", heads=True) for number in range(5)]

    value, _changed = made(*rows, tr("1", "2"))

    assert [column["heading"] for column in value["table"]["columns"]] == ["A0 – A1", "B0 – B1"]
    assert value["further_heading_rows"] == 3


@pytest.mark.django_db
def test_the_preview_shows_the_cells_that_readers_will_see():
    kept = reading(docx(tbl(*HEADINGS, LODZ)), "pl").told().as_data()

    (block,) = Told(**kept).shown_blocks  # as it waits in the database for the editor
    shown = render_to_string("docx/_block.html", block)

    assert '<th scope="col" rowspan="2">Miasto</th><th scope="colgroup" colspan="2">2026</th>' in shown
    assert '<th scope="col">Plan</th>' in shown
    assert '<th scope="row">Łódź</th><td>10</td>' in shown


def test_a_group_of_rows_under_one_name_has_row_headings():
    named, _changed = made(tr("A", "B", heads=True), tr(tc("Łódź", BEGINS), "1"), tr(tc("", GOES_ON), "2"))
    unnamed, _changed = made(tr("A", "B", heads=True), tr("Łódź", "1"), tr("Łódź", "2"))

    assert (named["has_row_headings"], unnamed["has_row_headings"]) == (True, False)
