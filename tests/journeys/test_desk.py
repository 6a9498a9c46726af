"""The editor's desk in a browser: its screens have no barriers that a program finds, and its ways lead on."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from pages import patterns
from pages.contrib.preview_links import links
from tests.accessibility import axe

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(town):
    """Something of everything that the desk shows, and the addresses of its screens."""
    news = town.add_news("Spacer po rynku", review_on=timezone.localdate())
    town.add_workshop("Warsztaty", starts_on=timezone.localdate() + datetime.timedelta(days=1))
    patterns.make_pattern(news, title="Relacja", user=None)
    news.save_revision(user=get_user_model().objects.get(username="moderator"))
    links.make(news, user=get_user_model().objects.get(username="moderator"), recipient="Wydział")
    return {
        "first screen": "/admin/",
        "calendar": "/admin/schedule/",
        "all news": "/admin/all_news/",
        "explorer": f"/admin/pages/{town.news.pk}/",
        "new page": f"/admin/pages/{town.news.pk}/add_subpage/",
        "make a pattern": f"/admin/patterns/of/{news.pk}/",
        "share": f"/admin/preview-links/of/{news.pk}/",
        "links": "/admin/preview-links/",
    }


def test_the_screens_of_the_desk_have_no_barriers(desk, work_as):
    page = work_as("moderator")
    found = {}
    for name, address in desk.items():
        for width in (1280, 768):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(address)
            # The rest of an admin page is Wagtail's.
            found[name, width] = axe.complaints(axe.run(page, "main"))
            room = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert room <= 0, (name, width)

    assert {where: complaints for where, complaints in found.items() if complaints} == {}


def test_a_draft_is_shared_and_read_without_an_account(town, work_as, open_page):
    news = town.add_news("Spacer po rynku")
    news.title = "Spacer po nowym rynku"
    news.save_revision()
    page = work_as("moderator")
    page.goto(f"/admin/preview-links/of/{news.pk}/")
    page.get_by_label("For whom").fill("Wydział")
    page.get_by_role("button", name="Make a link").click()
    address = page.get_by_label("Address of the preview").input_value()

    reader = open_page(locale="pl-PL")
    reader.goto(address)

    assert reader.locator("h1").inner_text().replace("\u00a0", " ") == "Spacer po nowym rynku"
    assert "To jest szkic" in reader.get_by_role("complementary").first.inner_text()
    assert reader.context.cookies() == []
    assert axe.complaints(axe.run(reader)) == []


def test_a_page_is_started_from_a_pattern_with_the_keyboard(town, work_as):
    patterns.make_pattern(town.add_news("Spacer"), title="Relacja", user=None)
    page = work_as("editor")
    page.goto(f"/admin/pages/{town.news.pk}/add_subpage/")

    page.get_by_label("Title of the new page").focus()
    page.keyboard.type("Nowy spacer")
    page.keyboard.press("Enter")

    page.wait_for_url("**/edit/")
    assert page.locator("[name=title]").input_value() == "Nowy spacer"
