import datetime

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from pages.contrib.link_checker import rounds
from pages.contrib.link_checker.asking import Answer
from pages.contrib.link_checker.keeping import due, keep
from pages.contrib.link_checker.models import Address, Link, LinkCheckSettings, Progress

NOT_FOUND = Answer("http_not_found", 404)
FINE = Answer(status=200)


class VisitorOfTests:
    """Answers from a table, and remembers what it was asked."""

    def __init__(self, answers=None, otherwise=FINE):
        self.answers, self.otherwise, self.asked = answers or {}, otherwise, []

    def ask(self, url):
        self.asked.append(url)
        return self.answers.get(url, self.otherwise)


@pytest.fixture
def switched_on(db):
    rules = LinkCheckSettings.load()
    rules.asks_other_sites = True
    rules.save()
    return rules


def page_with(site, *urls):
    links = " ".join(f'<a href="{url}">{url}</a>' for url in urls)
    page = site.add_news(body=[("text", f"<p>{links}</p>")])
    keep([page])
    return page


def everything_is_due():
    Address.objects.update(ask_after=timezone.now())


def test_nobody_is_asked_before_an_administrator_switches_it_on(site):
    page_with(site, "https://example.org/a")
    visitor = VisitorOfTests()

    outcome = rounds.ask_due(visitor)

    assert (outcome.reason, outcome.asked, visitor.asked) == ("off", 0, [])


def test_an_address_that_works_is_asked_once_a_week(site, switched_on):
    page_with(site, "https://example.org/a", "https://example.org/a")
    visitor = VisitorOfTests()

    rounds.ask_due(visitor)
    rounds.ask_due(visitor)

    assert visitor.asked == ["https://example.org/a"]
    assert not due(timezone.now() + datetime.timedelta(days=6)).exists()
    assert due(timezone.now() + datetime.timedelta(days=8)).exists()


def test_an_address_is_broken_only_after_it_failed_again(site, switched_on):
    page_with(site, "https://example.org/a", "https://other.example.org/b")
    visitor = VisitorOfTests({"https://example.org/a": NOT_FOUND, "https://other.example.org/b": Answer("busy", 503)})

    broken = []
    for _day in range(3):
        rounds.ask_due(visitor)
        broken.append([link.href for link in Link.objects.broken()])
        everything_is_due()

    assert broken == [
        [],
        ["https://example.org/a"],
        ["https://example.org/a", "https://other.example.org/b"],
    ]


def test_one_good_answer_makes_up_for_the_bad_ones(site, switched_on):
    page_with(site, "https://example.org/a")
    for _day in range(2):
        rounds.ask_due(VisitorOfTests(otherwise=NOT_FOUND))
        everything_is_due()
    assert Link.objects.broken().exists()

    rounds.ask_due(VisitorOfTests())

    assert not Link.objects.wanting().exists()
    assert Address.objects.get().failures == 0


def test_a_site_that_asks_for_a_day_is_left_alone_for_a_day(site, switched_on):
    page_with(site, "https://example.org/a")

    rounds.ask_due(VisitorOfTests(otherwise=Answer("busy", 429, retry_after=datetime.timedelta(days=1))))

    now = timezone.now()
    assert not due(now + datetime.timedelta(hours=23)).exists()
    assert due(now + datetime.timedelta(hours=25)).exists()


def test_a_wait_of_a_hundred_years_is_a_week(site, switched_on):
    page_with(site, "https://example.org/a")

    rounds.ask_due(VisitorOfTests(otherwise=Answer("busy", 429, retry_after=datetime.timedelta(days=36500))))

    assert due(timezone.now() + datetime.timedelta(days=8)).exists()


def test_a_way_into_the_house_is_broken_at_once(site, switched_on):
    page_with(site, "https://inside.example.org/")

    rounds.ask_due(VisitorOfTests(otherwise=Answer("private_network")))

    assert Link.objects.broken().get().told_problem == "private_network"


def test_what_nobody_can_tell_is_not_broken(site, switched_on):
    page_with(site, "https://example.org/a")

    rounds.ask_due(VisitorOfTests(otherwise=Answer("refused", 403)))

    assert not Link.objects.broken().exists()
    assert Link.objects.wanting().get().told_problem == "refused"


def test_a_site_on_the_list_is_never_asked(site, switched_on):
    switched_on.hosts_left_alone = "Intranet.example.org\n\n"
    switched_on.save()
    page_with(site, "https://a.intranet.example.org/", "https://notintranet.example.org/")
    visitor = VisitorOfTests()

    rounds.ask_due(visitor)

    assert visitor.asked == ["https://notintranet.example.org/"]


def test_a_server_without_a_way_out_holds_nothing_against_anybody(site, switched_on):
    page_with(site, *(f"https://site-{number}.example.org/" for number in range(9)))
    visitor = VisitorOfTests(otherwise=Answer("no_host"))

    outcome = rounds.ask_due(visitor)

    assert (outcome.reason, len(visitor.asked)) == ("no network", 3)
    assert set(Address.objects.values_list("state", "failures")) == {("unasked", 0)}


def test_one_answer_shows_that_the_network_is_there(site, switched_on):
    urls = [f"https://site-{number}.example.org/" for number in range(6)]
    page_with(site, *urls)

    outcome = rounds.ask_due(VisitorOfTests({urls[1]: NOT_FOUND}, otherwise=Answer("no_host")))

    assert (outcome.reason, outcome.asked) == ("", 6)
    assert set(Address.objects.values_list("failures", flat=True)) == {1}


def test_hosts_take_turns(site):
    page_with(site, "https://a.example.org/1", "https://a.example.org/2", "https://b.example.org/1")

    in_turn = rounds.hosts_in_turn(Address.objects.order_by("pk"))

    assert [address.url.removeprefix("https://") for address in in_turn] == [
        "a.example.org/1",
        "b.example.org/1",
        "a.example.org/2",
    ]


def test_two_processes_do_not_ask_at_the_same_time(site, switched_on):
    page_with(site, "https://example.org/a")
    assert Progress.claim(datetime.timedelta(minutes=5))
    visitor = VisitorOfTests()

    assert rounds.ask_due(visitor).reason == "busy"

    Progress.objects.update(busy_until=timezone.now() - datetime.timedelta(seconds=1))  # a killed one
    assert rounds.ask_due(visitor).asked == 1


def test_a_round_asks_at_most_so_many(site, switched_on):
    page_with(site, *(f"https://example.org/{number}" for number in range(5)))
    visitor = VisitorOfTests()

    counts = [rounds.ask_due(visitor, most=3).asked for _round in range(3)]

    assert counts == [3, 2, 0]
    assert len(set(visitor.asked)) == 5


def test_an_address_that_nobody_links_to_any_more_is_not_asked(site, switched_on):
    page = page_with(site, "https://example.org/a")
    page.body = []
    keep([page])
    visitor = VisitorOfTests()

    rounds.ask_due(visitor)

    assert visitor.asked == []


def test_the_command_says_that_it_is_off(site, capsys):
    call_command("check_links", external=True)

    assert "Other sites are not asked" in capsys.readouterr().out


def test_the_command_asks_a_real_server(site, switched_on, visitor, monkeypatch, capsys):
    monkeypatch.setattr(rounds, "visitor", lambda: visitor)
    page_with(site, "http://far.test/nowhere", "http://far.test/fine", "http://far.test/moved")

    for _day in range(2):
        call_command("check_links", external=True)
        everything_is_due()

    assert "Asked 3 addresses; 1 links to other sites are broken." in capsys.readouterr().out
    assert {link.href: link.told_problem for link in Link.objects.all()} == {
        "http://far.test/nowhere": "http_not_found",
        "http://far.test/fine": "",
        "http://far.test/moved": "moved",
    }


def test_the_command_refuses_a_bound_that_is_none(site):
    with pytest.raises(CommandError):
        call_command("check_links", limit=0)
