"""The calendar of what is planned, in the time zone and with the rights of whoever looks."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from pages import schedule
from pages.models import NewsPage, WorkshopPage
from tests.people import person
from tests.site_tree import translate

UTC = datetime.UTC
MARCH = datetime.date(2027, 3, 1), datetime.date(2027, 3, 31)


@pytest.fixture
def moderator(client, site):
    user = person("marta", {site.home: ("add", "change", "publish")})
    client.force_login(user)
    return user


def planned(user, first=MARCH[0], last=MARCH[1]):
    return [(entry.day.day, entry.kind, entry.page.title) for entry in schedule.entries(user, first, last)]


def add_scheduled(site, title, moment):
    page = site.news.add_child(instance=NewsPage(title=title, live=False, go_live_at=moment))
    page.save_revision().publish()
    return page


def test_everything_planned_is_told_in_the_order_of_days(site, moderator):
    add_scheduled(site, "Nabór", datetime.datetime(2027, 3, 10, 9, tzinfo=UTC))
    leaving = site.add_news("Stary nabór")
    NewsPage.objects.filter(pk=leaving.pk).update(expire_at=datetime.datetime(2027, 3, 31, 12, tzinfo=UTC))
    site.add_workshop("Warsztaty", starts_on=datetime.date(2027, 3, 5), ends_on=datetime.date(2027, 3, 7))
    site.add_news("Przegląd", review_on=datetime.date(2027, 3, 1))
    site.add_news("Za rok", review_on=datetime.date(2028, 3, 1))
    pattern = WorkshopPage(title="Wzór", starts_on=datetime.date(2027, 3, 5), is_pattern=True, live=False)
    site.workshops.add_child(instance=pattern)

    assert planned(moderator) == [
        (1, "review", "Przegląd"),
        (5, "workshop", "Warsztaty"),
        (10, "live", "Nabór"),
        (31, "offline", "Stary nabór"),
    ]


def test_a_workshop_over_the_turn_of_the_month_is_in_both(site, moderator):
    site.add_workshop("Warsztaty", starts_on=datetime.date(2027, 3, 30), ends_on=datetime.date(2027, 4, 2))

    april = datetime.date(2027, 4, 1), datetime.date(2027, 4, 30)
    assert planned(moderator) == [(30, "workshop", "Warsztaty")]
    assert planned(moderator, *april) == [(1, "workshop", "Warsztaty")]


@pytest.mark.parametrize(("zone", "day"), [("Europe/Warsaw", 11), ("America/New_York", 10)])
def test_moments_are_in_the_time_zone_of_the_person(client, site, moderator, zone, day):
    add_scheduled(site, "Nabór", datetime.datetime(2027, 3, 10, 23, 30, tzinfo=UTC))
    UserProfile.objects.filter(user=moderator).update(current_time_zone=zone)

    response = client.get(reverse("schedule_of_month", args=[2027, 3]))

    assert [number.day for number, _planned in response.context["days"]] == [day]


def test_all_languages_are_shown_and_each_title_says_its_own(client, site, django_capture_on_commit_callbacks):
    client.force_login(person("admin", is_superuser=True))
    workshop = site.add_workshop("Warsztaty", starts_on=datetime.date(2027, 3, 5))
    with django_capture_on_commit_callbacks(execute=True):
        for page in (site.home, site.workshops, workshop):
            translate(page, "uk")

    html = client.get(reverse("schedule_of_month", args=[2027, 3])).text

    assert 'lang="pl">Warsztaty<' in html
    assert 'lang="uk">[uk] Warsztaty<' in html


def test_only_pages_that_one_may_explore_are_shown_and_only_editable_ones_are_links(client, site):
    mine = site.add_workshop("Moje", starts_on=datetime.date(2027, 3, 5))
    site.add_news("Cudze", review_on=datetime.date(2027, 3, 5))
    site.add_workshop("Cudze warsztaty", starts_on=datetime.date(2027, 3, 5))
    user = person("ola", {site.workshops: ("add",)})
    type(mine).objects.filter(pk=mine.pk).update(owner=user)
    client.force_login(user)

    response = client.get(reverse("schedule_of_month", args=[2027, 3]))

    told = {entry["title"]: entry["url"] for _day, entries in response.context["days"] for entry in entries}
    assert told == {"Moje": reverse("wagtailadmin_pages:edit", args=[mine.pk]), "Cudze warsztaty": ""}


def test_months_lead_to_each_other_by_their_addresses(client, site, moderator):
    context = client.get(reverse("schedule_of_month", args=[2027, 1])).context

    assert context["previous_url"] == reverse("schedule_of_month", args=[2026, 12])
    assert context["next_url"] == reverse("schedule_of_month", args=[2027, 2])


@pytest.mark.parametrize("year_and_month", ["2000/1", "2100/12"])
def test_the_calendar_has_two_ends(client, site, moderator, year_and_month):
    assert client.get(f"{reverse('schedule')}{year_and_month}/").status_code == 200


@pytest.mark.parametrize("wrong", ["2027/13", "2027/0", "99999/1", "0/1", "1999/12", "x/1"])
def test_a_month_that_is_none_is_not_found(client, site, moderator, wrong):
    assert client.get(f"{reverse('schedule')}{wrong}/").status_code == 404


def test_this_month_is_shown_first_and_says_when_nothing_is_planned(client, site, moderator):
    response = client.get(reverse("schedule"))

    assert response.context["month"] == timezone.localdate().replace(day=1)
    assert "Nothing is planned for this month" in response.text


def test_who_has_no_pages_has_no_calendar(client, site):
    client.force_login(person("nikt"))

    response = client.get(reverse("schedule"))

    assert response.status_code == 302
    assert reverse("schedule") not in client.get(reverse("wagtailadmin_home")).text


def test_the_calendar_costs_the_same_with_one_and_with_three_entries_of_each_kind(client, site, moderator):
    counts = []
    for number in (1, 2, 3):
        day = datetime.datetime(2027, 3, 10 + number, 9, tzinfo=UTC)
        add_scheduled(site, f"Nabór {number}", day)
        leaving = site.add_news(f"Koniec {number}", review_on=day.date())
        NewsPage.objects.filter(pk=leaving.pk).update(expire_at=day)
        site.add_workshop(f"Warsztaty {number}", starts_on=day.date())
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("schedule_of_month", args=[2027, 3]))
        counts.append(len(captured))

    assert counts[1] == counts[2]
