"""Calendars of workshops, read by two programs that have nothing in common: icalendar and vobject."""

import datetime
from zoneinfo import ZoneInfo, available_timezones

import icalendar
import pytest
import vobject
from bs4 import BeautifulSoup
from django.utils import timezone
from wagtail.models import Locale, PageViewRestriction

from pages.models import Programme, WorkshopPage
from pages.time_zones import rule_of
from tests.pages.test_queries import queries
from tests.site_tree import translate

day, time = datetime.date, datetime.time


def events(client, address):
    """Return the events of a calendar as each of the two programs understands them."""
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert_is_well_written(response.content)
    ours = icalendar.Calendar.from_ical(response.content)
    other = vobject.readOne(response.content.decode())
    other.validate()
    return ours.events, other.contents.get("vevent", [])


def assert_is_well_written(content):
    """Lines end with CRLF, are at most 75 octets long and break no letter (RFC 5545, 3.1)."""
    assert content.endswith(b"END:VCALENDAR\r\n")
    for line in content.split(b"\r\n"):
        assert b"\n" not in line
        assert len(line) <= 75
        line.decode("utf-8")


def both(ours, other):
    """Return (begin, end) of an event as moments in UTC; both programs must agree."""
    first = (ours.start, ours.end)
    second = (other.dtstart.value, other.dtend.value)
    found = [tuple(moment.astimezone(datetime.UTC) for moment in moments) for moments in (first, second)]
    assert found[0] == found[1]
    return found[0]


AROUND_THE_CHANGES_OF_THE_CLOCK = [
    *(day(2018, month, 18) for month in (1, 7)),
    # New York in March, Europe in March, Europe in October, New York in November.
    *(day(2026, 3, number) for number in (7, 8, 9, 28, 29, 30)),
    *(day(2026, 10, number) for number in (24, 25, 26, 31)),
    *(day(2026, 11, number) for number in (1, 2)),
    # New York still had another law.
    day(2006, 3, 28),
]


@pytest.mark.parametrize(
    "zone", ["Europe/Warsaw", "America/New_York", "Australia/Sydney", "Asia/Kathmandu", "Africa/Cairo", "UTC"]
)
def test_both_programs_see_the_right_hour_in_every_zone_and_season(client, site, zone):
    expected = set()
    for starts_on in AROUND_THE_CHANGES_OF_THE_CLOCK:
        ends_on = starts_on + datetime.timedelta(days=1)
        fields = {"starts_on": starts_on, "ends_on": ends_on, "starts_at": time(9), "ends_at": time(15, 30)}
        site.workshops.add_child(instance=WorkshopPage(title="Warsztaty", time_zone=zone, **fields))
        hours = (starts_on, time(9)), (ends_on, time(15, 30))
        expected.add(tuple(datetime.datetime.combine(*hour, tzinfo=ZoneInfo(zone)) for hour in hours))

    ours, others = events(client, f"{site.workshops.url}calendar.ics")

    assert {both(*pair) for pair in zip(ours, others, strict=True)} == expected


def test_a_zone_with_a_rule_keeps_the_hours_of_its_place(client, site):
    page = site.add_workshop("Warsztaty", starts_at=time(9), ends_at=time(15, 30))

    text = client.get(f"{page.url}calendar.ics").content.decode()

    assert "DTSTART;TZID=Europe/Warsaw:20180718T090000\r\n" in text
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\n" in text
    assert text.count("BEGIN:DAYLIGHT") == text.count("BEGIN:STANDARD") == 1
    assert "RDATE" not in text


def test_rules_are_true_wherever_they_are_given():
    checked = 0
    for zone in sorted(available_timezones() - {"localtime", "Factory"}):
        if rule := rule_of(zone, [2026]):
            checked += 1
            component = rule.as_component().to_tz()
            for month in range(1, 13):
                noon = datetime.datetime(2026, month, 20, 12)
                assert noon.replace(tzinfo=component).utcoffset() == noon.replace(tzinfo=ZoneInfo(zone)).utcoffset()
    assert checked > 500


def test_a_rule_is_not_given_for_years_in_which_clocks_went_otherwise():
    assert rule_of("America/New_York", [2026])
    assert rule_of("America/New_York", [2006, 2026]) is None
    assert rule_of("Europe/Warsaw", [1990]) is None
    assert rule_of("Mars/Olympus", [2026]) is None


def test_a_workshop_without_hours_lasts_whole_days(client, site):
    page = site.add_workshop("Warsztaty", starts_on=day(2018, 7, 18), ends_on=day(2018, 7, 20))

    [ours], [other] = events(client, f"{page.url}calendar.ics")

    assert (ours.start, ours.end) == (other.dtstart.value, other.dtend.value) == (day(2018, 7, 18), day(2018, 7, 21))


def test_an_event_says_what_where_and_whom_to_ask(client, site):
    programme = Programme.objects.create(name="Miasta, razem; i osobno", locale=site.locale)
    page = site.add_workshop(
        "Zażółć gęślą jaźń: " + "żółw, jeż; " * 12,
        lead="Pierwszy wiersz\nDrugi\x0b wiersz",
        venue="Sala A, ul. Wspólna 2/4",
        city="Łódź",
        contact_name="Anna Nowak",
        contact_email="anna@urzad.example",
        programme=programme,
    )

    [ours], [other] = events(client, f"{page.url}calendar.ics")

    assert ours["summary"] == other.summary.value == page.title
    assert ours["location"] == other.location.value == "Sala A, ul. Wspólna 2/4, Łódź"
    assert ours["description"] == f"Pierwszy wiersz\nDrugi  wiersz\n\n{page.full_url}"
    assert ours["contact"] == "Anna Nowak, anna@urzad.example"
    assert ours.categories == ["Miasta, razem; i osobno"]
    assert (ours["url"], ours["status"], ours["sequence"]) == (page.full_url, "CONFIRMED", 0)
    assert ours.last_modified == ours.stamp == page.last_published_at.replace(microsecond=0)


def test_a_change_keeps_the_name_of_the_event_and_raises_its_number(client, site, monkeypatch):
    page = site.add_workshop("Warsztaty")
    [before], _other = events(client, f"{page.url}calendar.ics")
    later = timezone.now() + datetime.timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)

    page.event_status, page.status_note = "cancelled", "Powód: remont sali."
    page.save_revision().publish()
    [after], _other = events(client, f"{page.url}calendar.ics")

    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert (before["status"], after["status"]) == ("CONFIRMED", "CANCELLED")
    assert after["summary"] == "Odwołane: Warsztaty"
    assert after["description"].startswith("Powód: remont sali.")


def test_translations_are_one_event(client, site, django_capture_on_commit_callbacks):
    page = site.add_workshop("Warsztaty", starts_at=time(9), ends_at=time(12))
    Locale.objects.get_or_create(language_code="en")
    with django_capture_on_commit_callbacks(execute=True):
        for source in (site.home, site.workshops, page):
            translate(source, "en")
    english = WorkshopPage.objects.get(locale__language_code="en")

    [[ours], _], [[theirs], _] = (events(client, f"{one.url}calendar.ics") for one in (page, english))

    assert theirs["summary"] == "[en] Warsztaty"
    assert theirs["summary"].params["LANGUAGE"] == "en"
    assert (theirs["uid"], theirs.start) == (ours["uid"], ours.start)


def test_a_list_is_a_calendar_to_subscribe_to_with_its_filters(client, site):
    programme = Programme.objects.create(name="Modelowa Rewitalizacja Miast", locale=site.locale)
    today = timezone.localdate()
    site.add_workshop("Było", starts_on=today - datetime.timedelta(days=30), programme=programme)
    site.add_workshop("Będzie", starts_on=today + datetime.timedelta(days=30), starts_at=time(9), programme=programme)
    site.add_workshop("Inny program", starts_on=today, starts_at=time(9), time_zone="America/New_York")
    query = f"?programme={programme.translation_key.hex[:8]}"

    every, _ = events(client, f"{site.workshops.url}calendar.ics")
    ours, other = events(client, f"{site.workshops.url}calendar.ics{query}")
    calendar = icalendar.Calendar.from_ical(client.get(f"{site.workshops.url}calendar.ics{query}").content)

    assert [event["summary"] for event in every] == ["Inny program", "Będzie", "Było"]
    assert [event["summary"] for event in ours] == [event.summary.value for event in other] == ["Będzie", "Było"]
    assert calendar["x-wr-calname"] == calendar["name"] == "Warsztaty, Modelowa Rewitalizacja Miast"
    assert calendar["refresh-interval"].to_ical() == b"PT12H"
    assert len({event["uid"] for event in every}) == 3


def test_an_empty_list_is_an_empty_calendar(client, site):
    response = client.get(f"{site.workshops.url}calendar.ics")

    assert icalendar.Calendar.from_ical(response.content).events == []


def test_pages_lead_to_their_calendars(client, site):
    page = site.add_workshop("Warsztaty", starts_on=timezone.localdate() + datetime.timedelta(days=3))
    past = site.add_workshop("Minione")

    listing = BeautifulSoup(client.get(site.workshops.url).content, "html.parser")
    links = [link["href"] for link in listing.select(".subscribe a")]
    of_page = BeautifulSoup(client.get(page.url).content, "html.parser").select_one('.facts a[type="text/calendar"]')

    address = f"{site.workshops.full_url}calendar.ics"
    assert links == [f"{site.workshops.full_url}feed.atom", address.replace("http:", "webcal:"), address]
    assert (of_page["href"], " ".join(of_page.text.split())) == (f"{page.url}calendar.ics", "Dodaj do kalendarza")
    assert "calendar.ics" not in client.get(past.url).content.decode()


def test_drafts_and_private_workshops_are_in_no_calendar(client, site):
    site.add_workshop("Jawne")
    draft, private = site.add_workshop("Szkic"), site.add_workshop("Prywatne")
    draft.unpublish()
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)

    ours, _other = events(client, f"{site.workshops.url}calendar.ics")

    assert [event["summary"] for event in ours] == ["Jawne"]
    assert client.get(f"{draft.url}calendar.ics").status_code == 404
    assert client.get(f"{private.url}calendar.ics").status_code == 302


def test_a_calendar_is_sent_once_and_as_a_file_only_where_it_is_one(client, site):
    page = site.add_workshop("Warsztaty", slug="warsztaty-łódź")
    one = client.get(f"{page.url}calendar.ics")
    listing = client.get(f"{site.workshops.url}calendar.ics")

    again = client.get(f"{page.url}calendar.ics", headers={"If-None-Match": one["ETag"]})

    assert again.status_code == 304
    assert one["Content-Disposition"] == 'attachment; filename="warsztaty-odz.ics"'
    assert "Content-Disposition" not in listing


def test_a_calendar_needs_as_many_queries_with_three_workshops_as_with_one(client, site):
    address = f"{site.workshops.url}calendar.ics"
    site.add_workshop("Pierwsze")
    one = queries(client, address)
    site.add_workshop("Drugie")
    site.add_workshop("Trzecie")

    assert queries(client, address) == one <= 15


@pytest.mark.parametrize(
    ("status", "tag", "sentence"),
    [
        ("cancelled", "Odwołane", "Te warsztaty zostały odwołane."),
        ("postponed", "Przełożone", "Te warsztaty zostały przełożone. Nie odbędą się w zapowiedzianym terminie."),
    ],
)
def test_readers_learn_that_a_workshop_does_not_take_place(client, site, status, tag, sentence):
    starts_on = timezone.localdate() + datetime.timedelta(days=3)
    page = site.add_workshop("Warsztaty", starts_on=starts_on, event_status=status, status_note="Powód: remont sali.")

    html = BeautifulSoup(client.get(page.url).content, "html.parser")
    listing = BeautifulSoup(client.get(site.workshops.url).content, "html.parser")

    notice = [part.text.replace("\N{NO-BREAK SPACE}", " ") for part in html.select(".event-notice p")]
    assert notice == [sentence, "Powód: remont sali."]
    assert html.select_one(".page-head .tag").text == listing.select_one(".result .tag").text == tag
    assert html.select('.facts a[type="text/calendar"]') == []
