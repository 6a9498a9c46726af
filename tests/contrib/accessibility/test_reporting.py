"""A reader reports a problem: without a script, without a cookie, in the language of the page."""

import datetime
import re
import time

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from pages.contrib.accessibility import limits, report_form
from pages.contrib.accessibility.models import ProblemReport
from pages.models import SiteSettings

REPORT = "/-/accessibility/report/"


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    cache.clear()
    # Nobody waits for two seconds in a test, but the form must have been open for a moment.
    monkeypatch.setattr(report_form, "FASTEST_SECONDS", -1)


@pytest.fixture
def news(site):
    return site.add_news("Nowe domy")


def stamp_of(response):
    return re.search(r'name="stamp" value="([^"]+)"', response.content.decode()).group(1)


def send(client, address, *, description="Film nie ma napisów.", headers=None, **fields):
    stamp = fields.pop("stamp", None) or stamp_of(client.get(address))
    return client.post(address, {"description": description, "stamp": stamp, **fields}, headers=headers or {})


def test_a_report_is_kept_with_its_page_and_the_reader_is_thanked(client, news):
    response = send(client, f"{REPORT}?page={news.pk}", email="anna@poczta.example")

    assert (response.status_code, response.url) == (303, f"{REPORT}sent/?page={news.pk}")
    assert "Dziękujemy za zgłoszenie" in client.get(response.url).content.decode().replace("\u00a0", " ")
    report = ProblemReport.objects.get()
    kept = (report.page_id, report.address, report.language, report.description, report.email, report.state)
    assert kept == (news.pk, f"http://testserver{news.url}", "pl", "Film nie ma napisów.", "anna@poczta.example", "new")


def test_a_reader_gets_no_cookie(client, news):
    response = send(client, f"{REPORT}?page={news.pk}")
    client.get(response.url)

    assert not client.cookies


def test_the_form_speaks_the_language_of_the_page(client, news, in_language):
    english = in_language(news, "en")

    response = client.get(f"{REPORT}?page={english.pk}", headers={"Accept-Language": "pl"})

    assert response.headers["Content-Language"] == "en"
    assert '<html lang="en"' in response.content.decode()
    assert "What does not work on the page “Nowe domy”?" in response.content.decode()


@pytest.mark.parametrize("page", ["", "0", "x", "-1", "99999", "9" * 30, "1%00", "²"])
def test_an_unknown_page_leaves_a_form_for_the_whole_site(client, site, page):
    response = client.get(f"{REPORT}?page={page}")

    assert response.status_code == 200
    assert "What does not work?" in response.content.decode() or "Co nie działa?" in response.content.decode()


def test_a_page_that_a_reader_may_not_see_is_not_named(client, site, news):
    PageViewRestriction.objects.create(page=news, restriction_type="login")

    assert "Nowe domy" not in client.get(f"{REPORT}?page={news.pk}").content.decode()


def test_an_empty_report_is_refused_with_its_reason_and_keeps_what_was_typed(client, news):
    response = send(client, f"{REPORT}?page={news.pk}", description="  ", email="bez małpy")

    html = response.content.decode()
    assert response.status_code == 422
    assert html.count('aria-invalid="true"') == 2
    assert 'value="bez małpy"' in html.replace("\u00a0", " ")
    assert '<a href="#id_description">' in html
    assert not ProblemReport.objects.exists()


@pytest.mark.parametrize("description", ["x" * 4001, "a\x00b"])
def test_a_report_that_cannot_be_kept_is_refused(client, news, description):
    assert send(client, f"{REPORT}?page={news.pk}", description=description).status_code == 422


def test_a_report_of_markup_is_only_words(client, news):
    response = send(client, f"{REPORT}?page={news.pk}", description="<script>x</script>", email="x")

    assert "<script>x" not in response.content.decode()


def test_a_program_that_fills_in_everything_is_thanked_and_nothing_is_kept(client, news):
    response = send(client, f"{REPORT}?page={news.pk}", website="https://spam.example")

    assert response.status_code == 303
    assert not ProblemReport.objects.exists()


@pytest.mark.parametrize("stamp", ["forged", "report:1vT:forged"])
def test_a_form_without_our_signature_is_refused(client, news, stamp):
    assert send(client, f"{REPORT}?page={news.pk}", stamp=stamp).status_code == 422


def test_a_form_that_was_open_for_too_long_or_not_at_all_can_be_sent_again(client, news, monkeypatch):
    address = f"{REPORT}?page={news.pk}"
    old = stamp_of(client.get(address))
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 2 * report_form.LONGEST_OPEN_SECONDS)
    late = send(client, address, stamp=old)
    monkeypatch.setattr(time, "time", real)
    monkeypatch.setattr(report_form, "FASTEST_SECONDS", 60)
    early = send(client, address)
    monkeypatch.setattr(report_form, "FASTEST_SECONDS", -1)

    assert (late.status_code, early.status_code) == (422, 422)
    assert send(client, address, stamp=stamp_of(early)).status_code == 303


@pytest.mark.parametrize(
    ("origin", "status"), [("http://testserver", 303), ("https://evil.example", 422), ("null", 422)]
)
def test_a_form_of_another_site_is_refused(client, news, origin, status):
    assert send(client, f"{REPORT}?page={news.pk}", headers={"Origin": origin}).status_code == status


def test_a_sixth_report_within_the_hour_is_refused_and_one_of_another_visitor_is_not(client, news):
    address = f"{REPORT}?page={news.pk}"
    answers = [send(client, address).status_code for _ in range(limits.FROM_ONE_VISITOR + 1)]
    client.defaults["REMOTE_ADDR"] = "192.0.2.7"

    assert answers == [303] * limits.FROM_ONE_VISITOR + [429]
    assert send(client, address).status_code == 303


def test_the_coordinator_gets_a_letter(client, news, django_capture_on_commit_callbacks):
    SiteSettings.objects.create(site=Site.objects.get(), accessibility_email="dostepnosc@urzad.example")

    with django_capture_on_commit_callbacks(execute=True):
        send(client, f"{REPORT}?page={news.pk}", email="anna@poczta.example")

    letter = mail.outbox[0]
    assert (letter.to, letter.reply_to) == (["dostepnosc@urzad.example"], ["anna@poczta.example"])
    assert "Film nie ma napisów." in letter.body
    assert f"http://testserver{news.url}" in letter.body
    assert reverse("problem_reports:edit", args=[ProblemReport.objects.get().pk]) in letter.body


def test_a_mail_server_that_is_away_loses_no_report(client, news, letters_go_to, django_capture_on_commit_callbacks):
    letters_go_to(port=1)
    SiteSettings.objects.create(site=Site.objects.get(), accessibility_email="dostepnosc@urzad.example")

    with django_capture_on_commit_callbacks(execute=True):
        response = send(client, f"{REPORT}?page={news.pk}")

    assert response.status_code == 303
    assert ProblemReport.objects.count() == 1


def test_an_answer_is_due_within_seven_days(news):
    report = ProblemReport.objects.create(description="x", language="pl")
    ProblemReport.objects.update(created_at=datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC))
    report.refresh_from_db()

    assert report.due_on == datetime.date(2026, 3, 8)


# --- the admin ------------------------------------------------------------------------------


def test_a_report_is_marked_as_answered_in_the_admin(admin_client, news):
    report = ProblemReport.objects.create(description="Film nie ma napisów.", language="pl", page=news)

    listed = admin_client.get(reverse("problem_reports:index")).content.decode()
    answer = admin_client.post(
        reverse("problem_reports:edit", args=[report.pk]), {"state": "answered", "answer": "Dodano napisy."}
    )

    assert "Film nie ma napisów." in listed
    assert answer.status_code == 302
    report.refresh_from_db()
    assert (report.state, report.answer) == ("answered", "Dodano napisy.")
    assert abs(timezone.now() - report.answered_at) < datetime.timedelta(minutes=5)


def test_nobody_adds_a_report_in_the_admin_or_changes_the_words_of_a_reader(admin_client, news):
    report = ProblemReport.objects.create(description="Film nie ma napisów.", language="pl")

    admin_client.post(
        reverse("problem_reports:edit", args=[report.pk]),
        {"state": "new", "answer": "", "description": "Wszystko działa."},
    )

    assert admin_client.get(reverse("problem_reports:add")).status_code == 302
    report.refresh_from_db()
    assert report.description == "Film nie ma napisów."


def test_reports_are_closed_to_those_without_the_right(client, django_user_model, news):
    user = django_user_model.objects.create_user("redaktor", password="x")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)

    assert client.get(reverse("problem_reports:index")).status_code == 302
