"""A small site with the demo's groups and accounts, and a browser for each person who works on it."""

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import expect
from wagtail.models import Page, Site
from wagtail.users.models import UserProfile

from pages.models import Footer, Header, Organisation, Person
from site_project.demo import accounts, words
from tests.accessibility.visitor import Visitor
from tests.conftest import CHROMIUM_OPTIONS
from tests.journeys.admin import sign_in
from tests.machine import chromium
from tests.site_tree import SiteTree, translate

# A machine that does several things at once takes its time.
expect.set_options(timeout=30_000)


@pytest.fixture
def town(live_server) -> SiteTree:
    """The site in Polish and English, with the demo's editor, moderator and translator.

    Their admin is in English: the journeys name buttons as the sources do.
    """
    site = SiteTree()
    Page.objects.filter(pk=site.home.pk).update(translation_key=words.identity("page", "home"))
    Site.objects.update(hostname="localhost", port=live_server.thread.port)
    for page in (site.home, site.news, site.workshops):
        translate(Page.objects.get(pk=page.pk).specific, "en")
    for snippet in (Header.objects.get(), Footer.objects.get()):
        translate(snippet, "en")
    Organisation.objects.create(name="Departament Programów Pomocowych")
    Person.objects.create(prefix="dr", name="Anna Nowak-Kowalska")
    accounts.add_groups()
    accounts.add_accounts()
    for user in get_user_model().objects.all():
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "en"})
    return site


@pytest.fixture
def work_as(town, open_page):
    """Return a function that opens the admin as one of the demo's accounts."""
    people = []

    def work_as(name):
        page = open_page(locale="en-GB", viewport={"width": 1280, "height": 1400})
        people.append(page)
        return sign_in(page, name)

    yield work_as
    # Saving a half-written page by itself is refused with 400: Wagtail then waits for the next change.
    complaints = [line for page in people for line in page.complaints if "status of 400" not in line]
    assert complaints == []


@pytest.fixture(scope="module")
def visitor(demo):
    """One browser for all these tests: they need no database of their own."""
    if not chromium():
        pytest.skip("Chromium is absent")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- only browser tests need it

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_OPTIONS)
        yield Visitor(browser, demo.address)
        browser.close()
