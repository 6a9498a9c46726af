"""What readers do: leaf through photos with the keyboard, open the menu of a phone, filter, read from right to left."""

from datetime import date

import pytest
from playwright.sync_api import expect
from wagtail.models import Page

from pages.models import WorkshopPage
from tests.site_tree import SiteTree, full_workshop, translate

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def site(transactional_db) -> SiteTree:
    return SiteTree()


@pytest.fixture
def workshop(site) -> WorkshopPage:
    return full_workshop(site, photos=3, tracks=1, documents=1)


@pytest.fixture
def address(workshop):
    return f"/pl/warsztaty/{workshop.slug}/"


def test_a_reader_leafs_through_the_photos_with_the_keyboard_and_opens_the_menu_of_a_phone(address, page):
    page.goto(address)
    photos = page.locator("a[data-full]")
    photos.nth(1).focus()

    page.keyboard.press("Enter")
    viewer = page.locator("dialog.lightbox")
    count = viewer.get_by_role("status")
    expect(viewer).to_be_visible()
    expect(viewer.get_by_role("button", name="Zamknij")).to_be_focused()
    expect(count).to_have_text("2 z 3")
    for key, place in (("ArrowRight", "3 z 3"), ("ArrowRight", "3 z 3"), ("Home", "1 z 3"), ("ArrowLeft", "1 z 3")):
        page.keyboard.press(key)
        expect(count).to_have_text(place)
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    expect(photos.nth(1)).to_be_focused()

    page.set_viewport_size(PHONE)
    search = page.get_by_role("searchbox")
    expect(search).to_be_hidden()
    page.get_by_role("button", name="Menu", exact=True).click()
    expect(search).to_be_visible()
    page.keyboard.press("Escape")
    expect(search).to_be_hidden()
    assert page.complaints == []


def test_everything_a_reader_needs_works_without_scripts(address, open_page):
    page = open_page(java_script_enabled=False)

    assert page.goto(address).status == 200
    photo = page.locator("a[data-full]").first.get_attribute("href")
    document = page.locator("main a[href^='/documents/']").first.get_attribute("href")
    assert [page.request.get(one).status for one in (photo, document)] == [200, 200]
    page.get_by_role("searchbox").fill("warsztaty dla miast")
    page.keyboard.press("Enter")
    page.locator("main").get_by_role("link", name="Warsztaty dla miast").click()
    expect(page.locator("h1")).to_have_text("Warsztaty dla miast")
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Menu", exact=True).click()
    expect(page.get_by_role("searchbox")).to_be_visible()


def test_a_filter_narrows_a_list_in_place_and_the_way_back_widens_it(site, page):
    site.add_news("Nowe podwórko", display_date=date(2026, 3, 2))
    site.add_news("Stary rynek", display_date=date(2019, 5, 6))
    page.goto("/pl/aktualnosci/")
    page.evaluate("document.body.dataset.kept = 'yes'")

    page.get_by_label("2019").check()
    page.get_by_role("button", name="Pokaż wyniki").click()

    expect(page.locator("#results h3")).to_have_text(["Stary rynek"])
    expect(page.locator("#results-h")).to_be_focused()
    assert page.url.endswith("/pl/aktualnosci/?year=2019")
    assert page.evaluate("document.body.dataset.kept") == "yes"
    page.go_back()
    expect(page.locator("#results h3")).to_have_text(["Nowe podwórko", "Stary rynek"])
    assert page.complaints == []


def test_arabic_runs_from_right_to_left(workshop, site, page):
    for source in (site.home, site.workshops, workshop):
        translate(Page.objects.get(pk=source.pk).specific, "ar")
    arabic = WorkshopPage.objects.get(locale__language_code="ar")

    page.goto(f"/pl/warsztaty/{workshop.slug}/")
    page.locator(".site-langs").get_by_role("link", name="العربية").click()

    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.locator("h1")).to_have_text(arabic.title)
    assert page.locator(".brand").bounding_box()["x"] > page.viewport_size["width"] / 2
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("a[data-full]").first.click()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("dialog.lightbox").get_by_role("status")).to_contain_text("2")
    assert page.complaints == []
