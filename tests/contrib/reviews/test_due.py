import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.contrib.reviews.due import due, with_due_dates
from pages.contrib.reviews.models import ReviewSettings
from pages.models import NewsPage

from .conftest import day


def titles(pages):
    return [page.title for page in pages]


def rule(**fields):
    rules = ReviewSettings.load()
    for name, value in fields.items():
        setattr(rules, name, value)
    rules.save()


def test_a_page_is_due_on_its_own_date(site):
    site.add_section("Wczoraj", review_on=day(-1))
    site.add_section("Dzisiaj", review_on=day(0))
    site.add_section("Jutro", review_on=day(1))

    assert titles(due()) == ["Wczoraj", "Dzisiaj"]


def test_a_page_without_a_date_is_due_a_year_after_it_was_published(site):
    site.add_section("Stara", days_old=366)
    site.add_section("Nowa", days_old=360)

    (page,) = due()

    assert (page.title, page.review_on, page.due_on) == ("Stara", None, day(-1))


def test_an_own_date_to_come_outweighs_the_rule(site):
    site.add_section("Stara", days_old=4000, review_on=day(10))

    assert titles(due()) == []


def test_the_rule_can_be_changed_and_switched_off(site):
    site.add_section("Pół roku", days_old=200)
    site.add_section("Własna data", review_on=day(0))

    rule(months=6)
    shorter = titles(due())
    rule(months=0)

    assert shorter == ["Pół roku", "Własna data"]
    assert titles(due()) == ["Własna data"]


def test_news_are_due_only_with_a_date_of_their_own(site):
    old = site.add_news("Stara wiadomość")
    site.add_news("Z datą", review_on=day(-3))
    NewsPage.objects.filter(pk=old.pk).update(last_published_at="2018-01-01T12:00Z")

    usually = titles(due())
    rule(includes_dated=True)

    assert usually == ["Z datą"]
    assert titles(due()) == ["Stara wiadomość", "Z datą"]


def test_drafts_and_aliases_are_not_due(site):
    page = site.add_section("Strona", review_on=day(-1))
    page.create_alias(parent=site.home, update_slug="alias")
    draft = site.add_section("Szkic", review_on=day(-1))
    draft.unpublish()

    assert titles(due()) == ["Strona"]


def test_the_longest_overdue_comes_first(site):
    for days in (5, 50, 20):
        site.add_section(f"{days}", review_on=day(-days))

    assert titles(due()) == ["50", "20", "5"]


def test_a_date_far_away_does_no_harm(site):
    site.add_section("Koniec świata", review_on=datetime.date.max)
    site.add_section("Początek", review_on=datetime.date(1, 1, 1))

    assert titles(due()) == ["Początek"]


def test_pages_of_all_types_take_one_query(site):
    site.add_section(review_on=day(-1))
    site.add_news(review_on=day(-1))
    site.add_workshop(review_on=day(-1))
    rules = ReviewSettings.load()
    list(with_due_dates(rules))  # content types are remembered

    with CaptureQueriesContext(connection) as captured:
        assert len(due(rules=rules)) == 3

    assert len(captured) == 1


@pytest.mark.parametrize(
    ("today", "months", "expected"),
    [
        ("2026-11-23", 12, "2027-11-23"),
        ("2026-11-23", 0, "2027-11-23"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-12-01", 1, "2027-01-01"),
        ("2026-11-30", 1, "2026-12-28"),
    ],
)
def test_the_next_review_is_a_day_that_exists(today, months, expected):
    rules = ReviewSettings(months=months)

    assert rules.next_review(datetime.date.fromisoformat(today)) == datetime.date.fromisoformat(expected)
