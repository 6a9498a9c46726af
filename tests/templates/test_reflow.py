"""On the narrowest phone nothing makes a page scroll sideways (WCAG 2.2, 1.4.10)."""

import pytest

from pages.models import NewsPage
from tests.site_tree import SiteTree

COLUMNS = [{"type": "text", "heading": f"Bardzo długi nagłówek kolumny {number}"} for number in range(6)]
ROWS = [{"values": ["Konstantynopolitańczykowianeczka"] * 6}]
TABLE = {"has_row_headings": True, "table": {"caption": "Szeroka tabela", "columns": COLUMNS, "rows": ROWS}}


@pytest.fixture
def article(browser) -> NewsPage:
    """An article with a wide table, a title of long words and a long address."""
    link = "<p><a href='https://example.org/'>https://example.org/" + "bardzo-dlugi-adres-" * 8 + "</a></p>"
    return SiteTree().add_news(
        "Konstantynopolitańczykowianeczka i dziewięćdziesięciokilkuletnia rewitalizacja",
        slug="szeroka",
        body=[("table", TABLE), ("text", link), ("heading", {"text": "Antykonstantynopolitański" * 2, "level": "2"})],
    )


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 360, 768])
def test_a_wide_table_and_long_words_do_not_make_the_page_scroll_sideways(article, page, width):
    page.set_viewport_size({"width": width, "height": 800})

    page.goto(article.url)

    assert page.evaluate("document.documentElement.scrollWidth") == width
