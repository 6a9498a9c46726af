"""What every test stands on: the database, a folder for files, a browser.

Tests use SQLite in memory; ``DATABASE_URL`` points them at a PostgreSQL server, which
``tests/run.py`` starts for the time of a run. The first migrations of Wagtail leave a root page, a welcome
page, the default site and one locale; factories build on those.

Localize publishes when the transaction commits, and the transaction of a test never does:
wrap such a call in ``with django_capture_on_commit_callbacks(execute=True):``.
"""

import os
from collections import Counter

import pytest
from django.core.cache import cache
from django.db import connection, connections
from django.test import override_settings

from site_project.settings.mail import mail_settings
from tests.machine import chromium

CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


# Their tests share one site that takes long to make, so each file stays in one process. Other files may
# not stay whole: pytest-django sorts tests that commit to the end. (pytest-xdist 3.8 has groups for this,
# but with pytest 9.2 they have no effect.)
IN_ONE_PROCESS = (
    "tests/contrib/api/test_conformance.py",
    "tests/plugins/test_socket.py",
    "tests/site_project_demo/test_loaded.py",
)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Spread the tests over the processes one by one, but keep some files whole."""
    from xdist.scheduler import LoadScopeScheduling  # noqa: PLC0415 -- absent where tests run in one process

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            path = nodeid.partition("::")[0]
            return path if path in IN_ONE_PROCESS else nodeid

    return Scheduling(config, log)


def pytest_addoption(parser):
    parser.addoption(
        "--pages", type=int, default=30, metavar="N", help="so many generated pages go to Word and back (docs/word.md)"
    )
    parser.addoption(
        "--fuzz", type=int, default=4, metavar="N", help="ask each operation of the API N times (make fuzz)"
    )
    parser.addoption(
        "--cases",
        type=int,
        metavar="N",
        help="run N cases at most of each parametrized test, but all of those marked every_case: for a second database",
    )


def pytest_collection_modifyitems(config, items):
    _leave_out_cases(config, items)
    _arrange(items)


def _leave_out_cases(config, items):
    """Another database or Django changes what a test meets, hardly ever in its twentieth case only."""
    if not (most := config.getoption("--cases")):
        return
    seen = Counter()
    left_out = []
    for item in items:
        test = item.nodeid.partition("[")[0]
        seen[test] += 1
        if seen[test] > most and not item.get_closest_marker("every_case"):
            left_out.append(item)
    config.hook.pytest_deselected(items=left_out)
    gone = set(left_out)
    items[:] = [item for item in items if item not in gone]


def _arrange(items):
    """Restore the database after each test that commits, and put browser tests last.

    A flush would otherwise take Wagtail's root page and site away for good: they come from migrations.
    """
    for item in items:
        marker = item.get_closest_marker("django_db")
        commits = {"transactional_db", "live_server", "browser"} & set(item.fixturenames)
        if commits or (marker and marker.kwargs.get("transaction")):
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)
    items.sort(key=lambda item: bool(item.get_closest_marker("browser")))


@pytest.fixture(autouse=True)
def _needs_postgresql(request):
    if request.node.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("holds on PostgreSQL only")


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """A test that is rolled back leaves ids to the next one, and with them keys of the cache."""
    cache.clear()


@pytest.fixture
def letters_go_to(settings):
    """A function that points the site at a mail server on this machine, by its port."""

    def point_at(port: int) -> None:
        for name, value in mail_settings(host="127.0.0.1", port=port).items():
            setattr(settings, name, value)

    return point_at


@pytest.fixture(autouse=True, scope="session")
def _files_in_a_folder_that_goes_away(tmp_path_factory):
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, request, tmp_path_factory):
    """Keep SQLite in a file when a browser is among the guests: several connections then write in turn."""
    if connection.vendor == "sqlite" and any(item.get_closest_marker("browser") for item in request.session.items):
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "tests.sqlite3")


@pytest.fixture
def browser(transactional_db, live_server, monkeypatch):
    """A Chromium for one test; the test is left out where there is none.

    Playwright keeps an event loop running in this thread as long as it lives. Django then
    refuses to query unless told otherwise, and opens a second connection: so Playwright
    starts after the database has been filled and stops before it is emptied.
    """
    executable = chromium()
    if not executable:
        pytest.skip("Chromium is absent")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- only browser tests need it

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()
        connections.close_all()


def is_complaint(message):
    # Wagtail's advice to editors about a page's content goes to the console as an error too.
    return message.type == "error" and not message.text.startswith("axe.run results")


@pytest.fixture
def open_page(browser, live_server):
    """Return a function that opens a blank page in a browser profile of its own.

    Addresses are relative to the live server. What the page complained about is in
    ``page.complaints``, refusals of the content security policy among them.
    """
    contexts = []

    def open_page(**options):
        usual = {"base_url": live_server.url, "locale": "pl-PL", "viewport": {"width": 1280, "height": 900}}
        context = browser.new_context(**usual | options)
        contexts.append(context)
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: is_complaint(message) and page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page):
    """A blank page in a browser profile of its own, as ``open_page`` opens it."""
    return open_page()


@pytest.fixture
def no_complaints(page):
    """Fail the test when the browser reported an error or a breach of the content security policy."""
    yield
    assert page.complaints == []


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The loaded demo, served; loaded once for all processes of the run."""
    from tests.site_project_demo.loaded_demo import LoadedDemo  # noqa: PLC0415 -- few tests need it

    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demo"
    folder.mkdir(exist_ok=True)
    with LoadedDemo(folder).served() as demo:
        yield demo
