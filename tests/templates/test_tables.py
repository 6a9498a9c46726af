"""A table with merged cells and two rows of headings, as readers see and hear it."""

import pytest

from pages.models import NewsPage
from tests import arabic_site
from tests.accessibility import axe
from tests.site_tree import SiteTree

POLISH = (
    ("Zadanie", "2026", "2026", "Uwagi"),
    ("Zadanie", "Plan", "Wykonanie", "Uwagi"),
    ("Zieleń", "Zieleń", "Zieleń", "Zieleń"),
    ("Podwórka", "120", "118", "zakończone"),
    ("Podwórka", "30", "12", "w toku"),
    ("Drogi", "Drogi", "Drogi", "Drogi"),
    ("Chodniki", "b. d.", "b. d.", "w przygotowaniu"),
)
ARABIC = (
    ("المهمة", "2026", "2026", "ملاحظات"),
    ("المهمة", "الخطة", "التنفيذ", "ملاحظات"),
    ("المساحات الخضراء", "المساحات الخضراء", "المساحات الخضراء", "المساحات الخضراء"),
    ("الأفنية", "120", "118", "انتهى"),
    ("الأفنية", "30", "12", "جارٍ"),
)


def table(caption, words):
    head, *rows = words
    columns = [{"type": "text", "heading": heading} for heading in head]
    more = {"has_row_headings": True, "further_heading_rows": 1, "joined_cells": "both"}
    data = {"caption": caption, "columns": columns, "rows": [{"values": list(row)} for row in rows]}
    return [{"type": "table", "value": {"table": data, **more}}]


@pytest.fixture
def article(browser) -> NewsPage:
    return SiteTree().add_news("Budżet", slug="budzet", lead="Plan i wykonanie.", body=table("Budżet 2026", POLISH))


@pytest.fixture
def arabic_article(browser) -> NewsPage:
    site = SiteTree()
    arabic_site.add_frame()
    arabic_site.in_arabic(site.home, arabic_site.SITE_NAME)
    arabic_site.in_arabic(site.news, "الأخبار")
    article = site.add_news("Budżet", slug="budzet")
    # Localize would send the words of the table to a translator.
    body = NewsPage._meta.get_field("body").to_python(table("الميزانية", ARABIC))
    return arabic_site.in_arabic(article, "الميزانية", body=body)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_table_with_merged_cells_is_open_to_everybody(article, open_page, width, scheme):
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 900})

    page.goto(article.url)

    assert axe.complaints(axe.run(page)) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.complaints == []


@pytest.mark.browser
def test_headings_of_columns_and_rows_are_told_as_such_and_once(article, page):
    page.goto(article.url)

    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]

    roles = ("columnheader", "rowheader")
    told = [(node["role"]["value"], node["name"]["value"]) for node in tree if node["role"]["value"] in roles]
    assert sorted(told) == [
        *(("columnheader", words) for words in ("2026", "Plan", "Uwagi", "Wykonanie", "Zadanie")),
        *(("rowheader", words) for words in ("Chodniki", "Drogi", "Podwórka", "Zieleń")),
    ]


@pytest.mark.browser
def test_a_table_begins_at_the_right_in_arabic(arabic_article, page):
    page.goto(arabic_article.url)

    assert axe.complaints(axe.run(page)) == []
    first, last = (page.locator("thead th").nth(number).bounding_box() for number in (0, 2))
    assert first["x"] > last["x"]
    assert first["height"] > last["height"] / 2
    assert page.locator("th", has_text="الأفنية").get_attribute("rowspan") == "2"
