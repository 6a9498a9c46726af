"""What every test stands on: the database, a folder for files, a browser.

Tests use SQLite in memory; ``DATABASE_URL`` points them at a PostgreSQL server, which
``tests/run.py`` starts for the time of a run. The first migrations of Wagtail leave a root page, a welcome
page, the default site and one locale; factories build on those.

Localize publishes when the transaction commits, and the transaction of a test never does:
wrap such a call in ``with django_capture_on_commit_callbacks(execute=True):``.
"""

import os

import pytest
from django.db import connection
from django.test import override_settings

from tests.machine import chromium

CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items):
    """Put browser tests last and give them a committed database that is restored after each test."""
    for item in items:
        if item.get_closest_marker("browser"):
            # A flush would take Wagtail's root page and site away for good: they come from migrations.
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True))
    items.sort(key=lambda item: bool(item.get_closest_marker("browser")))


@pytest.fixture(autouse=True)
def _needs_postgresql(request):
    if request.node.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("holds on PostgreSQL only")


@pytest.fixture(autouse=True, scope="session")
def _files_in_a_folder_that_goes_away(tmp_path_factory):
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield


@pytest.fixture(scope="session")
def browser(django_db_setup):
    """A Chromium for the whole run; the test is left out where there is none."""
    executable = chromium()
    if not executable:
        pytest.skip("Chromium is absent")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- only browser tests need it

    # Playwright keeps an event loop running in this thread, where Django then refuses to query.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=executable, args=CHROMIUM_OPTIONS)
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser, live_server):
    """A blank page in a browser profile of its own; addresses are relative to the live server.

    What the page complained about is in ``page.complaints``, refusals of the content
    security policy among them.
    """
    context = browser.new_context(base_url=live_server.url, locale="pl-PL", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    context.close()


@pytest.fixture
def no_complaints(page):
    """Fail the test when the browser reported an error or a breach of the content security policy."""
    yield
    assert page.complaints == []
