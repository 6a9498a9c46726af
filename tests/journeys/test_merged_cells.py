"""An editor merges cells of a table by writing the same words into them, and readers see one cell."""

import pytest

from tests.journeys.admin import act

pytestmark = pytest.mark.browser

COLUMNS = [{"type": "text", "heading": words} for words in ("Zadanie", "2026", "2026")]
ROWS = [["Zadanie", "Plan", "Wykonanie"], ["Podwórka", "120", "118"], ["Podwórka", "30", "12"]]
#: As it was stored before tables had these settings.
TABLE = {
    "table": {"caption": "Budżet", "columns": COLUMNS, "rows": [{"values": row} for row in ROWS]},
    "has_row_headings": True,
}


def test_an_editor_merges_cells_of_a_table(town, work_as, page):
    news = town.add_news("Budżet", slug="budzet", lead="Plan i wykonanie.", body=[{"type": "table", "value": TABLE}])
    editor = work_as("administrator")
    editor.goto(f"/admin/pages/{news.pk}/edit/")
    joined = editor.get_by_label("Show neighbouring cells with the same words as one")
    assert joined.input_value() == "no"
    assert editor.get_by_label("Rows of headings below the first").input_value() == "0"

    editor.get_by_label("Rows of headings below the first").fill("1")
    joined.select_option("In the headings, and one below the other in the first column")
    with editor.expect_navigation():
        act(editor, "Publish")
    page.goto(news.url)

    cells = page.locator("th").evaluate_all("all => all.map((cell) => [cell.textContent, cell.rowSpan, cell.colSpan])")
    assert cells == [
        ["Zadanie", 2, 1],
        ["2026", 1, 2],
        ["Plan", 1, 1],
        ["Wykonanie", 1, 1],
        ["Podwórka", 2, 1],
    ]
    assert editor.complaints == page.complaints == []
