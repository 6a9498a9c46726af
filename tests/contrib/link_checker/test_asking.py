import datetime

import pytest

from pages.contrib.link_checker.asking import Visitor
from tests.contrib.link_checker.bad_server import GatekeeperOfTests


@pytest.mark.parametrize(
    ("path", "problem", "status"),
    [
        ("fine", "", 200),
        ("nowhere", "http_not_found", 404),
        ("gone", "http_gone", 410),
        ("error", "http_error", 500),
        ("busy", "busy", 429),
        ("people-only", "refused", 403),
        ("no-head", "", 200),
        ("circle", "circle", None),
        ("endless", "circle", None),
        ("cookie-first", "", 200),
        ("breaks-off", "no_answer", None),
        ("breaks-off-on-head", "", 200),
        ("silent", "too_slow", None),
        ("drips", "too_slow", None),
        ("flood", "", 200),
        ("into-the-house", "private_network", None),
        ("file-scheme", "malformed", None),
    ],
)
def test_every_bad_server_gets_its_verdict(visitor, path, problem, status):
    answer = visitor.ask(f"http://far.test/{path}")

    assert (answer.problem, answer.status) == (problem, status)


def test_a_page_that_moved_for_good_is_told_with_its_new_address(visitor):
    assert visitor.ask("http://far.test/moved").moved_to == "http://far.test/fine"


@pytest.mark.parametrize("path", ["elsewhere-for-now", "mixed"])
def test_a_redirect_that_may_change_again_is_no_advice(visitor, path):
    answer = visitor.ask(f"http://far.test/{path}")

    assert (answer.problem, answer.moved_to) == ("", "")


def test_a_site_that_asks_for_a_day_gets_a_day(visitor):
    assert visitor.ask("http://far.test/busy").retry_after == datetime.timedelta(days=1)


def test_nobody_listens(bad_server):
    class NobodyThere(GatekeeperOfTests):
        def port(self, scheme):
            return 1

    visitor = Visitor("https://miasta.example.org", NobodyThere(1), timeout_seconds=0.5, pause_seconds=0)

    assert visitor.ask("http://far.test/").problem == "no_answer"


def test_a_certificate_that_nobody_signed_is_told(visitor):
    # The server speaks plain HTTP: whatever it is, it is not secure.
    assert visitor.ask("https://far.test/fine").problem == "not_secure"


def test_a_site_learns_who_asks_and_nothing_else(visitor, bad_server):
    visitor.ask("http://far.test/fine#part")

    method, host, path, headers = bad_server.requests[-1]
    assert (method, host, path) == ("HEAD", "far.test", "/fine")
    assert headers["User-Agent"] == "RynekLinkChecker/1.0 (+https://miasta.example.org)"
    assert set(headers) == {"Host", "User-Agent", "Accept", "Connection", "Accept-Encoding"}


def test_a_site_that_wants_no_programs_is_left_in_peace(visitor, bad_server):
    assert visitor.ask("http://closed.test/fine").problem == "robots"
    assert visitor.ask("http://partly.test/private").problem == "robots"
    assert visitor.ask("http://partly.test/fine").problem == ""

    assert [path for _method, _host, path, _headers in bad_server.requests].count("/robots.txt") == 2
    assert ("closed.test", "/fine") not in [(host, path) for _method, host, path, _headers in bad_server.requests]


def test_one_host_is_asked_slowly_and_another_meanwhile(bad_server):
    now, slept = [100.0], []

    def sleep(seconds):
        slept.append(round(seconds, 3))
        now[0] += seconds

    visitor = Visitor(
        "https://miasta.example.org",
        GatekeeperOfTests(bad_server.server_port),
        pause_seconds=2,
        clock=lambda: now[0],
        sleep=sleep,
    )

    visitor.ask("http://far.test/fine")  # robots.txt, a pause, the page
    visitor.ask("http://other.test/fine")
    visitor.ask("http://far.test/fine")  # two seconds have passed at the other host

    assert slept == [2, 2]
