"""The report of pages to review, as an editor meets it."""

import pytest
from django.urls import reverse

from tests.accessibility import axe

from .conftest import day

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.usefixtures("in_english")]

REPORT = reverse("reviews:report")


@pytest.fixture
def old_pages(transactional_db, site, admin_user):
    site.add_section("Regulamin naboru " + "bardzo długi " * 8, owner=admin_user, review_on=day(-400))
    site.add_section("Контакти", review_on=day(0))
    return site.add_section("O nas", owner=admin_user, review_on=day(-3))


@pytest.mark.parametrize("width", [1280, 360])
def test_the_report_has_no_barriers(admin_page, old_pages, width):
    admin_page.set_viewport_size({"width": width, "height": 900})
    admin_page.goto(REPORT)

    assert admin_page.get_by_role("row").count() == 4
    assert axe.complaints(axe.run(admin_page, "main")) == []
    assert admin_page.complaints == []


def test_a_page_leaves_the_report_with_one_click(admin_page, old_pages):
    admin_page.goto(REPORT)

    admin_page.get_by_role("button", name="Reviewed: O nas").click()

    admin_page.get_by_text("“O nas” is reviewed. It is due again on").wait_for()
    assert admin_page.get_by_role("row").count() == 3


def test_the_page_that_asks_for_the_next_day_has_no_barriers(admin_page, old_pages):
    admin_page.goto(reverse("wagtailadmin_pages:edit", args=[old_pages.pk]))
    admin_page.get_by_role("button", name="Actions", exact=True).first.click()
    admin_page.get_by_role("link", name="Reviewed: still true").click()

    admin_page.get_by_label("Next review on").wait_for()
    assert axe.complaints(axe.run(admin_page, "main")) == []
    admin_page.get_by_role("button", name="Reviewed: still true").click()

    admin_page.get_by_text("“O nas” is reviewed.").wait_for()
    assert admin_page.complaints == []
