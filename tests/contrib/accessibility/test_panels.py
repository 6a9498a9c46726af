"""The dashboard says what waits: a statement to write or to review, reports to answer."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import timezone

from pages.contrib.accessibility import panels
from pages.contrib.accessibility.models import ProblemReport
from pages.contrib.accessibility.panels import ReportsPanel, StatementPanel

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def on_day(monkeypatch):
    def set_day(text):
        real = timezone.localdate
        today = datetime.date.fromisoformat(text)
        monkeypatch.setattr(timezone, "localdate", lambda *moment: real(*moment) if moment else today)

    return set_day


def rows(panel, user):
    request = RequestFactory().get("/admin/")
    request.user = user
    return [(row.title, row.note) for row in panel().rows(request)]


def test_a_language_without_a_statement_waits_for_one(site, admin_user, in_language):
    in_language(site.home, "en")

    assert [title for title, _note in rows(StatementPanel, admin_user)] == [
        "Write the statement (Polish)",
        "Write the statement (English)",
    ]


def test_a_draft_waits_for_its_publication(add_statement, admin_user):
    add_statement().unpublish()

    assert rows(StatementPanel, admin_user) == [("Publish the statement (Polish)", "It is still a draft.")]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2027-02-28", []),
        ("2027-03-01", [("Review the statement (Polish)", "By 31 March 2027; looked at last on 20 March 2026.")]),
        ("2027-04-01", [("Review the statement (Polish)", "Overdue: looked at last on 20 March 2026.")]),
    ],
)
def test_a_review_waits_from_march(add_statement, admin_user, on_day, today, expected):
    add_statement(reviewed_on=datetime.date(2026, 3, 20))
    on_day(today)

    assert rows(StatementPanel, admin_user) == expected


def test_a_statement_that_was_reviewed_does_not_wait(add_statement, admin_user, on_day):
    on_day("2026-11-23")
    add_statement(reviewed_on=datetime.date(2026, 3, 20))

    assert rows(StatementPanel, admin_user) == []


def test_nothing_waits_for_somebody_who_may_not_write_it(site, django_user_model):
    user = django_user_model.objects.create_user("gosc", password="x")

    assert rows(StatementPanel, user) == []


def test_new_reports_wait_the_oldest_first_until_they_are_answered(db, admin_user, on_day):
    for number, day in ((1, 20), (2, 10)):
        report = ProblemReport.objects.create(description=f"Problem {number}", language="pl")
        moment = datetime.datetime(2026, 11, day, 12, tzinfo=datetime.UTC)
        ProblemReport.objects.filter(pk=report.pk).update(created_at=moment)
    ProblemReport.objects.create(description="Problem 3", language="pl", state="answered")
    on_day("2026-11-23")

    expected = [("Problem 2", "Overdue since 17 November 2026"), ("Problem 1", "Answer by 27 November 2026")]
    assert rows(ReportsPanel, admin_user) == expected
    assert rows(ReportsPanel, AnonymousUser()) == []
    assert panels.ReportsPanel.order < panels.StatementPanel.order
