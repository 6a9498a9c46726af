"""What we add to Wagtail's admin is open to editors who use a screen reader or only the keyboard."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from wagtail.models import Site

from tests.accessibility import axe
from tests.site_tree import full_workshop

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: axe's rules for WCAG; its best practices are Wagtail's business on Wagtail's pages.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
#: Wagtail 8.0 gives the box of its text editor no name, on pages that hold nothing of ours as well.
OF_WAGTAIL = ".Draftail-Editor [role=textbox]"
OURS = [
    "wagtailadmin_home",
    "all_news:index",
    "all_workshops:index",
    "schedule",
    "preview_links",
    "link_checker:report",
    "reviews:report",
]


def violations(page):
    page.evaluate(axe.source())
    answer = page.evaluate(
        "([exclude, tags]) => axe.run({ exclude: [exclude] }, { runOnly: { type: 'tag', values: tags } })",
        [OF_WAGTAIL, TAGS],
    )
    return axe.complaints(answer)


@pytest.fixture
def desk(town, work_as):
    """An administrator's browser, and a full workshop to look at."""
    workshop = full_workshop(town, photos=2, tracks=1, documents=1)
    return work_as("administrator"), workshop


def test_the_pages_we_add_have_no_barriers(desk):
    page, _workshop = desk

    found = {name: _visited(page, reverse(name)) for name in OURS}

    assert {name: complaints for name, complaints in found.items() if complaints} == {}


def test_the_forms_of_our_page_types_have_no_barriers(desk, town):
    page, workshop = desk
    pages = {"home": town.home, "news": town.add_news(), "list": town.news, "workshop": workshop}

    found = {name: _visited(page, reverse("wagtailadmin_pages:edit", args=[kind.pk])) for name, kind in pages.items()}

    assert {name: complaints for name, complaints in found.items() if complaints} == {}


def test_the_settings_of_a_site_have_no_barriers(desk):
    page, _workshop = desk

    complaints = _visited(page, reverse("wagtailsettings:edit", args=["pages", "sitesettings", Site.objects.get().pk]))

    expect(page.get_by_role("img", name="to 1").first).to_be_visible()
    assert complaints == []


def _visited(page, address):
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return violations(page)
