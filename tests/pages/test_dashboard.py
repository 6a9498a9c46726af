"""The editor's first screen: what waits, and nothing that a person may not act on."""

import pytest
from django.test import RequestFactory
from django.utils import translation

from pages.dashboard import WaitingPanel, WaitingRow


class Errands(WaitingPanel):
    name = "errands"
    heading = "Errands"

    def __init__(self, *rows):
        self._rows = list(rows)

    def rows(self, request):
        return self._rows


class LongErrands(Errands):
    def all_url(self, request):
        return "/errands/"


def render(panel):
    with translation.override("en"):
        return panel.render_html({"request": RequestFactory().get("/admin/")})


def test_a_panel_without_rows_shows_nothing():
    assert render(Errands()).strip() == ""


def test_a_panel_names_each_row_with_its_note_and_language():
    html = render(Errands(WaitingRow("Мистецтво міста", "/edit/1/", "for a week", "uk")))

    assert "Errands (1)" in html
    assert '<a class="waiting__link" href="/edit/1/" lang="uk">Мистецтво міста</a>' in html
    assert '<span class="waiting__note">for a week</span>' in html


def test_a_title_cannot_bring_markup():
    assert "<b>" not in render(Errands(WaitingRow("<b>bold</b>", "/edit/1/")))


@pytest.mark.parametrize(("panel", "rest"), [(Errands, "and 2 more"), (LongErrands, '<a href="/errands/">Show all 12')])
def test_a_long_list_is_cut_and_says_so(panel, rest):
    html = render(panel(*(WaitingRow(f"Row {number}", "/") for number in range(12))))

    assert html.count('class="waiting__row"') == 10
    assert "Errands (12)" in html
    assert rest in html
