"""A table with merged cells goes to Word, is edited there and comes back."""

import io
import zipfile

import pytest
from lxml import etree

from pages.contrib.docx.coming_back import compared, state_of
from pages.contrib.docx.files import open_file
from pages.contrib.docx.shown import groups
from pages.contrib.docx.writing import write
from pages.interchange.comparing import State
from pages.interchange.parts import in_parts
from pages.interchange.stored import data_of, page_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
COLUMNS = (("text", "Dzień"), ("number", "Liczba osób"), ("text", "Sala"))
ROWS = [["Dzień", None, "piętro"], ["środa", 7, "duża"], ["środa", 9, "mała"], ["czwartek", 5, "mała"]]
TABLE = {
    "caption": "Plan",
    "columns": [{"type": kind, "heading": words} for kind, words in COLUMNS],
    "rows": [{"values": row} for row in ROWS],
}


@pytest.fixture
def plan(site):
    """An article with a timetable: two rows of headings, and the days of the week as merged cells."""
    value = {"table": TABLE, "has_row_headings": True, "further_heading_rows": 1, "joined_cells": "first_column"}
    return site.add_news("Plan warsztatów", body=[{"type": "table", "value": value}])


def file_of(page):
    told = in_parts(page)
    return write(told.outline, told.text.read)


def rows_in(root):
    return root.findall(f".//{W}tbl/{W}tr")


def returned(page, change, base=None):
    """Return what becomes of a file of the page in which its rows were changed."""
    file = file_of(page)
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    root = etree.fromstring(parts["word/document.xml"])
    change(rows_in(root))
    parts["word/document.xml"] = etree.tostring(root)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return compared(page, open_file(made.getvalue(), parts=True), base or state_of(page), state_of(page))


def write_over(row, old, new):
    next(text for text in row.iter(W + "t") if text.text == old).text = new


def table_with(back):
    """Return the block's value once everything is taken."""
    value = back.bringing.data_with(back.comparison.proposals)["body"][0]["value"]
    return [row["values"] for row in value["table"]["rows"]], value["further_heading_rows"]


def test_cells_are_merged_and_rows_of_headings_repeated_in_word(plan):
    with zipfile.ZipFile(io.BytesIO(file_of(plan))) as archive:
        rows = rows_in(etree.fromstring(archive.read("word/document.xml")))

    merges = [[merge.get(W + "val") for merge in row.iter(W + "vMerge")] for row in rows]
    assert merges == [["restart", "restart"], ["continue", "continue"], ["restart"], ["continue"], []]
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, True, False, False, False]


def test_a_word_in_a_merged_cell_is_one_question_about_all_of_its_rows(plan):
    back = returned(plan, lambda rows: write_over(rows[2], "środa", "piątek"))

    (group,) = groups(back)
    (entry,) = group.entries
    assert entry.title == "Tabela: „Plan”, wiersz „środa”, w jednej komórce z wierszami poniżej"
    assert len(entry.lines) == 1
    rows, _further = table_with(back)
    assert [row[0] for row in rows] == ["Dzień", "piątek", "piątek", "czwartek"]


def test_a_merged_cell_and_another_of_its_rows_are_two_questions(plan):
    def change(rows):
        write_over(rows[2], "środa", "piątek")
        write_over(rows[3], "9", "10")

    back = returned(plan, change)

    assert [proposal.state for proposal in back.comparison.proposals] == [State.CHANGED, State.CHANGED]
    assert [row[:2] for row in table_with(back)[0]][1:3] == [["piątek", "7"], ["piątek", "10"]]


def test_a_heading_that_reaches_into_an_empty_cell_leaves_it_empty(plan):
    back = returned(plan, lambda rows: write_over(rows[0], "Liczba osób", "Ile osób"))

    (proposal,) = back.comparison.proposals
    assert proposal.is_suggested
    assert back.bringing.problem(plan, proposal) == ""
    value = back.bringing.data_with([proposal])["body"][0]["value"]
    assert value["table"]["columns"][1] == {"type": "number", "heading": "Ile osób"}
    assert value["table"]["rows"][0]["values"] == ["Dzień", None, "piętro"]


def test_the_same_rows_stay_headings_when_others_come_and_go(plan):
    def without_heading(rows):
        for merge in rows[0].iter(W + "vMerge"):
            merge.set(W + "val", "continue")
        rows[1].getparent().remove(rows[1])

    rows, further = table_with(returned(plan, without_heading))
    assert ([row[0] for row in rows], further) == (["środa", "środa", "czwartek"], 0)

    rows, further = table_with(returned(plan, lambda rows: rows[2].addprevious(rows[4])))
    assert ([row[0] for row in rows], further) == (["Dzień", "czwartek", "środa", "środa"], 1)


def test_what_is_left_of_a_merged_cell_keeps_its_words_when_their_row_goes(plan):
    # So LibreOffice leaves it: the words were in the row that is deleted.
    def without_first_row(rows):
        merge = next(rows[3].iter(W + "vMerge"))
        merge.getparent().remove(merge)
        rows[2].getparent().remove(rows[2])

    back = returned(plan, without_first_row)

    (proposal,) = back.comparison.proposals
    assert proposal.state is State.DELETED
    assert [row[0] for row in table_with(back)[0]] == ["Dzień", "środa", "czwartek"]


def test_a_table_stored_before_it_had_these_settings_has_not_changed_on_the_site(site):
    value = {"table": {**TABLE, "rows": [{"values": ["środa", 7, "duża"]}]}, "has_row_headings": True}
    page = site.add_news("Plan", body=[{"type": "table", "value": value}])
    base = state_of(page)
    data = data_of(page)
    data["body"][0]["value"] |= {"further_heading_rows": 0, "joined_cells": "no"}
    saved = page_of(page, data)

    def change(rows):
        caption = rows[0].getparent().getprevious()
        write_over(caption, "Plan", "Plan dnia")

    (proposal,) = returned(saved, change, base).comparison.proposals

    assert proposal.state is State.CHANGED
