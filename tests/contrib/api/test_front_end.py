"""The front end that docs/api.md shows works as it stands there."""

import re
from pathlib import Path

import pytest

from media import renditions
from pages.models import NewsPage
from tests.factories import SiteImageFactory
from tests.site_tree import SiteTree

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "api.md"


@pytest.mark.browser
def test_the_page_in_the_documentation_lists_news_and_shows_one(transactional_db, live_server, page, no_complaints):
    site = SiteTree()
    image = SiteImageFactory()
    renditions.make(image)
    body = [("heading", {"text": "Wnioski", "level": "2"}), ("picture", {"image": image, "alt": "Mapa", "caption": ""})]
    news = site.add_news("Nowe domy", body=NewsPage._meta.get_field("body").stream_block.normalize(body))
    assert news.live
    html = re.search(r"```html\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)[1]
    front_end = html.replace("https://www.example.org", live_server.url)
    page.route("**/front-end.html", lambda route: route.fulfill(body=front_end, content_type="text/html"))

    page.goto("/front-end.html")
    page.get_by_role("button", name="Nowe domy").click()

    page.get_by_role("heading", name="Wnioski", level=2).wait_for()
    assert page.get_by_role("img", name="Mapa").evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
