"""Neighbouring cells with the same words are one cell where the editor wants it."""

import pytest
from wagtail.models import Locale

from pages.joined_cells import Area, Joined, areas
from pages.shown_tables import shown_table
from tests.site_tree import translate

HEADINGS = [["Miasto", "2026", "2026"], ["Miasto", "Plan", "Wykonanie"]]
BUDGET = [
    *HEADINGS,
    ["Łódź", "tak", "tak"],
    ["Łódź", "tak", "nie"],
    ["Bytom", "", ""],
]


def merged(rows, heading_rows, joined):
    """Return what spans more than one row and column, as (words, rows, columns)."""
    found = [area for row in areas(rows, heading_rows, joined) for area in row]
    return [
        (rows[area.row][area.column], area.row_span, area.column_span)
        for area in found
        if (area.row_span, area.column_span) != (1, 1)
    ]


OF_HEADINGS = [("Miasto", 2, 1), ("2026", 1, 2)]


@pytest.mark.parametrize(
    ("joined", "expected"),
    [
        (Joined.NO, []),
        (Joined.HEADINGS, OF_HEADINGS),
        (Joined.FIRST_COLUMN, [*OF_HEADINGS, ("Łódź", 2, 1)]),
        (Joined.DOWN, [*OF_HEADINGS, ("Łódź", 2, 1), ("tak", 2, 1)]),
        (Joined.ACROSS, [*OF_HEADINGS, ("tak", 1, 2)]),
        (Joined.BOTH, [*OF_HEADINGS, ("Łódź", 2, 1), ("tak", 1, 2)]),
    ],
)
def test_each_choice_joins_what_it_says(joined, expected):
    assert merged(BUDGET, 2, joined) == expected


def test_the_cells_of_a_table_cover_each_place_once():
    for joined in Joined:
        taken = [
            (area.row + down, area.column + across)
            for row in areas(BUDGET, 2, joined)
            for area in row
            for down in range(area.row_span)
            for across in range(area.column_span)
        ]
        assert sorted(taken) == [(row, column) for row in range(5) for column in range(3)]


def test_a_heading_is_never_one_with_a_cell_below_the_headings():
    assert merged([["Łódź", "Bytom"], ["Łódź", "5"], ["Łódź", "6"]], 1, Joined.BOTH) == [("Łódź", 2, 1)]


def test_a_heading_with_nothing_below_it_reaches_down():
    rows = [["Miasto", "", "2026"], ["", "", "Plan"], ["Łódź", "", ""]]

    assert areas(rows, 2, Joined.HEADINGS)[0] == [Area(0, 0, 2, 1), Area(0, 1, 2, 1), Area(0, 2)]


def scopes(rows, heading_rows, joined):
    """Return the headings of a table, part by part, with what they head."""
    shown = shown_table("", rows, heading_rows, joined, has_row_headings=True)
    return [[(cell.words, cell.scope) for row in part.rows for cell in row if cell.scope] for part in shown.parts]


def test_a_heading_over_several_columns_heads_their_group():
    assert shown_table("", BUDGET, 2, Joined.HEADINGS).column_groups == [1, 2]
    assert shown_table("", BUDGET, 2, Joined.NO).column_groups == []
    assert scopes(BUDGET, 2, Joined.HEADINGS)[0] == [
        ("Miasto", "col"),
        ("2026", "colgroup"),
        ("Plan", "col"),
        ("Wykonanie", "col"),
    ]


def test_a_heading_inside_a_group_heads_only_its_own_columns():
    rows = [["Rok", "Rok", "Rok", "Rok"], ["2025", "2025", "2026", "2026"], ["1", "2", "3", "4"]]

    shown = shown_table("", rows, 2, Joined.HEADINGS)

    assert shown.column_groups == [4]
    # "colgroup" would make 2025 head the columns of 2026, too.
    assert [(cell.words, cell.column_span, cell.scope) for cell in shown.head[1]] == [
        ("2025", 2, "col"),
        ("2026", 2, "col"),
    ]


def test_a_name_of_several_rows_heads_a_group_of_them():
    rows = [["Dzień", "Godzina"], ["Wstęp", "8"], ["Środa", "9"], ["Środa", "10"], ["Czwartek", "9"], ["Piątek", "8"]]

    assert scopes(rows, 1, Joined.FIRST_COLUMN)[1:] == [
        [("Wstęp", "row")],
        [("Środa", "rowgroup")],
        [("Czwartek", "row"), ("Piątek", "row")],
    ]


def test_a_name_whose_rows_cannot_stand_alone_heads_each_of_them():
    rows = [["Dzień", "Sala"], ["Środa", "1"], ["Środa", "2"], ["Czwartek", "2"]]

    # Room 2 reaches into Thursday, so no group can end with Wednesday.
    assert scopes(rows, 1, Joined.DOWN)[1:] == [[("Środa", "row"), ("Czwartek", "row")]]


def test_a_table_may_still_be_nothing_but_headings():
    assert scopes([["Miasto", "Kwota"]], 1, Joined.BOTH) == [[("Miasto", "col"), ("Kwota", "col")]]


def test_a_row_of_one_cell_heads_the_rows_below_it():
    rows = [
        ["Zadanie", "Kwota"],
        ["Ogółem", "9"],
        ["Zieleń", "Zieleń"],
        ["Park", "5"],
        ["Drogi", "Drogi"],
        ["Most", "4"],
    ]
    note = ["Dane za 2025 r.", "Dane za 2025 r."]

    assert scopes([*rows, note], 1, Joined.ACROSS)[1:] == [
        [("Ogółem", "row")],
        [("Zieleń", "rowgroup"), ("Park", "row")],
        # The note below has nothing to head.
        [("Drogi", "rowgroup"), ("Most", "row")],
    ]


def test_a_translation_joins_the_same_cells(site, django_capture_on_commit_callbacks):
    head, *rows = BUDGET
    columns = [{"type": "text", "heading": heading} for heading in head]
    table = {"caption": "Budżet", "columns": columns, "rows": [{"values": row} for row in rows]}
    value = {"table": table, "has_row_headings": True, "further_heading_rows": 1, "joined_cells": "both"}
    article = site.add_news("Budżet", body=[{"type": "table", "value": value}])

    with django_capture_on_commit_callbacks(execute=True):
        translate(site.news, "en")
        translate(article, "en")

    english = article.get_translation(Locale.objects.get(language_code="en")).body[0].value
    assert (english["further_heading_rows"], english["joined_cells"]) == (1, "both")
    head = english.shown.head[0]
    assert [(cell.words, cell.row_span, cell.column_span) for cell in head] == [
        ("[en] Miasto", 2, 1),
        ("[en] 2026", 1, 2),
    ]
