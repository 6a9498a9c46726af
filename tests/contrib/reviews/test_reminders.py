import datetime
from email import message_from_bytes, policy

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.users.models import UserProfile

from pages.contrib.reviews.models import Reminder, ReviewSettings
from pages.contrib.reviews.reminders import letters, send_reminders

from .conftest import day


def told(mailbox):
    """Return whom each letter went to, with its subject and text."""
    found = []
    for envelope in mailbox.letters:
        letter = message_from_bytes(envelope.content, policy=policy.default)
        found.append((envelope.rcpt_tos, letter["Subject"].strip(), letter.get_content()))
    return found


def speaks(user, language):
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = language
    profile.save()


def send_again_after(days):
    Reminder.objects.update(sent_at=timezone.now() - datetime.timedelta(days=days))
    return send_reminders()


def test_one_letter_for_each_person_however_many_pages(site, mailbox):
    anna, jan = site.add_person("anna", "change"), site.add_person("jan", "change")
    for number in range(3):
        site.add_section(f"Strona {number}", owner=anna, review_on=day(-number))
    site.add_section("Strona Jana", owner=jan, review_on=day(-400))
    site.add_section("Na razie dobra", owner=jan, review_on=day(5))

    call_command("send_review_reminders")

    (first, second) = sorted(told(mailbox))
    assert first[0] == ["anna@example.org"]
    assert first[1] == "3 strony czekają na przejrzenie"
    assert [title in first[2] for title in ("Strona 0", "Strona 1", "Strona 2", "Strona Jana")] == [True] * 3 + [False]
    assert second[0] == ["jan@example.org"]
    assert "Strona Jana" in second[2]
    assert "Na razie dobra" not in second[2]


def test_a_letter_is_in_the_language_of_its_reader_and_leads_to_the_page(site, mailbox, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://miasta.example.org"
    people = {language: site.add_person(language, "change") for language in ("pl", "en", "uk")}
    for language, user in people.items():
        speaks(user, language)
        site.add_section(f"O nas & «{language}»", owner=user, review_on=day(-1))

    send_reminders()

    letters = {recipients[0][:2]: (subject, text) for recipients, subject, text in told(mailbox)}
    assert letters["pl"][0] == "1 strona czeka na przejrzenie"
    assert letters["en"][0] == "1 page is waiting for your review"
    assert letters["uk"][0] == "1 сторінка чекає на ваш перегляд"
    assert "O nas & «en» (Polski)" in letters["en"][1]
    assert "https://miasta.example.org/admin/pages/" in letters["en"][1]
    assert "https://miasta.example.org/admin/reports/pages-to-review/" in letters["en"][1]


def test_a_letter_says_that_a_program_wrote_it(site, mailbox):
    site.add_section(owner=site.add_person("anna", "change"), review_on=day(-1))

    send_reminders()

    letter = message_from_bytes(mailbox.letters[0].content, policy=policy.default)
    assert letter["Auto-Submitted"] == "auto-generated"


def test_nobody_is_told_twice_within_two_weeks(site, mailbox):
    site.add_section(owner=site.add_person("anna", "change"), review_on=day(-1))

    counts = [send_reminders().sent, send_reminders().sent, send_again_after(13).sent, send_again_after(15).sent]

    assert counts == [1, 0, 0, 1]
    assert Reminder.objects.count() == 1


def test_a_new_date_is_told_at_once(site, mailbox):
    page = site.add_section(owner=site.add_person("anna", "change"), review_on=day(-5))
    send_reminders()
    page.review_on = day(-1)
    page.save()

    assert send_reminders().sent == 1


def test_without_an_owner_the_last_editor_is_told_and_else_those_who_publish(site, mailbox):
    owner, editor = site.add_person("wlascicielka", "change"), site.add_person("redaktor", "change")
    site.add_person("wydawca", "publish")
    site.add_person("gdzie_indziej", "publish", page=site.news)
    page = site.add_section("Strona", owner=owner, review_on=day(-1))
    page.save_revision(user=editor)

    def responsible():
        return [user.username for user, _pages in letters(day(0))]

    found = [responsible()]
    User.objects.filter(pk=owner.pk).update(is_active=False)
    found.append(responsible())
    editor.groups.clear()
    found.append(responsible())

    assert found == [["wlascicielka"], ["redaktor"], ["wydawca"]]


def test_a_page_that_nobody_cares_for_is_named_by_the_command(site, mailbox, capsys):
    page = site.add_section("Sierota", owner=None, review_on=day(-1))

    call_command("send_review_reminders")

    assert f"Nobody is responsible for page {page.pk}, Sierota." in capsys.readouterr().out


def test_a_letter_that_is_refused_is_tried_again_and_holds_up_nobody(site, mailbox):
    for name in ("anna", "jan"):
        site.add_section(owner=site.add_person(name, "change"), review_on=day(-1))
    mailbox.refused.add("anna@example.org")

    with pytest.raises(CommandError, match="1 letters could not be sent"):
        call_command("send_review_reminders")
    mailbox.refused.clear()
    call_command("send_review_reminders")

    assert [recipients for recipients, _subject, _text in told(mailbox)] == [["jan@example.org"], ["anna@example.org"]]


def test_a_mail_server_that_is_away_loses_nothing(site, letters_go_to):
    letters_go_to(port=1)
    site.add_section(owner=site.add_person("anna", "change"), review_on=day(-1))

    with pytest.raises(CommandError):
        call_command("send_review_reminders")

    assert not Reminder.objects.exists()


def test_reminders_can_be_switched_off(site, mailbox):
    site.add_section(owner=site.add_person("anna", "change"), review_on=day(-1))
    ReviewSettings.objects.update_or_create(pk=1, defaults={"sends_reminders": False})

    assert send_reminders().sent == 0
    assert mailbox.letters == []


def test_a_long_list_is_cut_and_says_so(site, mailbox):
    anna = site.add_person("anna", "change")
    for number in range(53):
        site.add_section(f"Strona {number}", owner=anna, review_on=day(-1))

    send_reminders()

    ((_to, subject, text),) = told(mailbox)
    assert subject == "53 strony czekają na przejrzenie"
    assert text.count("/edit/") == 50
    assert "i jeszcze 3 strony." in text


@pytest.mark.parametrize("number", [3, 30])
def test_more_pages_cost_no_more_queries(site, number):
    anna = site.add_person("anna", "change")

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert list(letters(day(0)))
        return len(captured)

    site.add_section(owner=anna, review_on=day(-1))
    queries()
    with_one = queries()
    for each in range(1, number):
        site.add_section(f"Strona {each}", owner=anna, review_on=day(-1))

    assert queries() == with_one
