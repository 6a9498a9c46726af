"""The report as an editor meets it: readable for everybody, and one click away from the place to mend."""

import pytest
from django.urls import reverse

from pages.contrib.link_checker.asking import Answer
from pages.contrib.link_checker.keeping import keep
from pages.contrib.link_checker.models import Address, Link
from pages.models import Track
from tests.accessibility import axe

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.usefixtures("in_english")]

REPORT = reverse("link_checker:report")


@pytest.fixture
def broken_pages(transactional_db, site):
    filler = [
        ("text", f"<p>Akapit {number}. " + "Miasta wymieniły doświadczenia. " * 30 + "</p>") for number in range(8)
    ]
    links = [{"page": None, "url": "https://example.org/" + "a" * 300, "text": "Wyniki"}]
    news = site.add_news(
        "Konkurs dla miast",
        body=[
            *filler,
            ("text", '<p>Zob. <a href="/pl/nie-ma/">zasady konkursu</a>.</p>'),
            ("links", {"title": "", "items": links}),
        ],
    )
    tracks = [
        Track(title="Jeden", sort_order=0),
        Track(title="Dwa", summary='<p><a href="mailto:zly">Napisz</a></p>', sort_order=1),
    ]
    workshop = site.add_workshop("Майстерня міст", tracks=tracks)
    keep([news, workshop])
    Address.objects.get().note(Answer("http_gone", 410))
    Address.objects.get().note(Answer("http_gone", 410))
    return news, workshop


@pytest.mark.parametrize("width", [1280, 360])
def test_the_report_has_no_barriers(admin_page, broken_pages, width):
    admin_page.set_viewport_size({"width": width, "height": 900})
    admin_page.goto(REPORT)

    assert admin_page.get_by_role("row").count() == 4
    assert axe.complaints(axe.run(admin_page, "main")) == []
    assert admin_page.complaints == []


def test_the_setting_has_no_barriers(admin_page, broken_pages):
    admin_page.goto(reverse("wagtailsettings:edit", args=["link_checker", "linkchecksettings"]))

    admin_page.get_by_role("checkbox", name="Ask other sites").check()

    assert axe.complaints(axe.run(admin_page, "main")) == []


def test_the_editor_opens_at_the_block_of_the_link(admin_page, broken_pages):
    admin_page.goto(REPORT)

    admin_page.locator("tr", has_text="zasady konkursu").get_by_role("link", name="Konkurs dla miast").click()

    block = admin_page.locator(f"#{Link.objects.get(href='/pl/nie-ma/').anchor}")
    block.wait_for()
    admin_page.wait_for_function(
        "id => document.getElementById(id).getBoundingClientRect().top < innerHeight", arg=block.get_attribute("id")
    )
    assert "zasady konkursu" in block.inner_text()


def test_the_editor_has_the_row_that_the_report_names(admin_page, broken_pages):
    admin_page.goto(REPORT)

    admin_page.locator("tr", has_text="Napisz").get_by_role("link", name="Майстерня міст").click()

    row = admin_page.locator(f"#{Link.objects.get(kind='mail').anchor}")
    row.wait_for()
    assert row.locator("[name$='-title']").first.input_value() == "Dwa"


def test_a_button_looks_again_and_stays_in_the_report(admin_page, broken_pages):
    admin_page.goto(REPORT + "?verdict=broken")

    admin_page.get_by_role("button", name="Check again: zasady konkursu, on Konkurs dla miast").click()

    admin_page.locator(".messages").get_by_text("There is no page at this address.").wait_for()
    assert admin_page.url.endswith("?verdict=broken")
