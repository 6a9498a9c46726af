"""Workshops: dates and states, series, and what the editor's form refuses."""

import datetime

import pytest
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield
from wagtail.users.models import UserProfile

from pages.models import Programme, WorkshopPage
from tests.factories import SiteImageFactory

TODAY = datetime.date(2026, 5, 20)


@pytest.fixture
def noon(monkeypatch):
    """It is noon in Warsaw on the twentieth of May 2026."""
    now = datetime.datetime(2026, 5, 20, 10, 0, tzinfo=datetime.UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "status"),
    [
        (datetime.date(2026, 5, 21), None, "upcoming"),
        (TODAY, None, "under_way"),
        (datetime.date(2026, 5, 19), datetime.date(2026, 5, 21), "under_way"),
        (datetime.date(2026, 5, 17), datetime.date(2026, 5, 19), "past"),
    ],
)
def test_upcoming_under_way_and_past_follow_from_the_dates(noon, starts_on, ends_on, status):
    assert WorkshopPage(starts_on=starts_on, ends_on=ends_on).status == status


def test_times_count_in_the_time_zone_of_the_workshop(noon):
    in_kyiv = {
        "starts_on": TODAY,
        "starts_at": datetime.time(9),
        "ends_at": datetime.time(12, 30),
        "time_zone": "Europe/Kyiv",
    }

    assert WorkshopPage(**in_kyiv).status == "past"
    assert WorkshopPage(**in_kyiv | {"time_zone": "Europe/Warsaw"}).status == "under_way"


def test_the_previous_and_the_next_workshop_come_from_the_same_programme(site):
    programme = Programme.objects.create(name="Modelowa Rewitalizacja Miast")
    first = site.add_workshop("Pierwsze", starts_on=datetime.date(2018, 3, 1), programme=programme)
    second = site.add_workshop("Drugie", starts_on=datetime.date(2018, 7, 18), programme=programme)
    third = site.add_workshop("Trzecie", starts_on=datetime.date(2018, 11, 5), programme=programme)
    site.add_workshop("Inne", starts_on=datetime.date(2018, 8, 1))
    draft = site.add_workshop("Szkic", starts_on=datetime.date(2018, 9, 1), programme=programme)
    draft.unpublish()

    assert (second.previous_in_series, second.next_in_series) == (first, third)
    assert (first.previous_in_series, third.next_in_series) == (None, None)


def test_a_workshop_without_a_programme_stands_in_no_series(site):
    site.add_workshop("Pierwsze", starts_on=datetime.date(2018, 3, 1))

    assert site.add_workshop("Drugie").previous_in_series is None


def test_the_list_shows_what_comes_first_then_what_is_past(site):
    today = timezone.localdate()
    for title, days in [("dawno", -400), ("niedawno", -10), ("za rok", 365), ("jutro", 1)]:
        site.add_workshop(title, starts_on=today + datetime.timedelta(days=days))

    assert [page.title for page in site.workshops.read(site.workshops.entries()).entries] == [
        "jutro",
        "za rok",
        "niedawno",
        "dawno",
    ]


def form(**changes):
    """The data of the editor's form for a new workshop."""
    fields = {
        "title": "Warsztaty dla miast",
        "slug": "warsztaty-dla-miast",
        "event_status": "planned",
        "starts_on": "2018-07-18",
        "ends_on": "2018-07-20",
        "time_zone": "Europe/Warsaw",
        "display_date": "2018-07-24",
        "body": streamfield([]),
        "audiences": inline_formset([]),
        "tracks": inline_formset([]),
        "galleries": inline_formset([]),
        "attachment_groups": inline_formset([]),
        "page_topics": inline_formset([]),
        "related_links": inline_formset([]),
        "comments": inline_formset([]),
    }
    return nested_form_data(fields | changes)


def track(title):
    return {
        "title": title,
        "summary": rich_text("<p>O czym.</p>"),
        "people": inline_formset([]),
        "outcomes": inline_formset([]),
    }


@pytest.fixture
def add_url(site):
    return f"/admin/pages/add/pages/workshoppage/{site.workshops.pk}/"


def test_an_editor_creates_a_workshop_with_tracks(admin_client, add_url):
    response = admin_client.post(add_url, form(tracks=inline_formset([track("Mieszkalnictwo"), track("Partycypacja")])))

    assert response.status_code == 302
    assert [row.title for row in WorkshopPage.objects.get().tracks.all()] == ["Mieszkalnictwo", "Partycypacja"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends_on": "2018-07-17"}, "The last day is before the first day. Check both dates."),
        ({"ends_on": "", "starts_at": "12:00", "ends_at": "11:00"}, "It ends before it begins. Check both times."),
        ({"ends_at": "11:00"}, "Give the time it begins too, or leave both empty for the whole day."),
        (
            {"tracks": inline_formset([track("Mieszkalnictwo"), track(" mieszkalnictwo ")])},
            "Another track has this title. Give each track its own.",
        ),
        ({"slug": "taken"}, "The slug &#x27;taken&#x27; is already in use"),
        ({"starts_on": ""}, "This field is required."),
    ],
)
def test_a_mistake_is_refused_with_a_sentence_and_nothing_is_saved(
    admin_client, admin_user, site, add_url, changes, sentence
):
    site.add_workshop("Zajęte", slug="taken")
    UserProfile.objects.create(user=admin_user, preferred_language="en")

    response = admin_client.post(add_url, form(**changes))

    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert WorkshopPage.objects.count() == 1


def test_a_picture_of_a_track_that_does_not_exist_is_refused(admin_client, site, add_url):
    gallery = {"title": "Sala", "track_number": "2", "photos": inline_formset([])}

    response = admin_client.post(
        add_url, form(tracks=inline_formset([track("Mieszkalnictwo")]), galleries=inline_formset([gallery]))
    )

    assert response.status_code == 200
    assert WorkshopPage.objects.count() == 0


def photo_without_words(**changes):
    photo = {
        "image": SiteImageFactory(description="").pk,
        "alt": "",
        "caption": "",
        "is_decorative": "",
        "track_number": "",
    }
    return inline_formset([{"title": "Sala", "track_number": "", "photos": inline_formset([photo | changes])}])


def test_a_draft_may_wait_for_the_words_of_a_picture(admin_client, add_url):
    response = admin_client.post(add_url, form(galleries=photo_without_words()))

    assert response.status_code == 302
    assert WorkshopPage.objects.get().galleries.get().photos.get().alt_text == ""


def test_a_picture_is_not_published_without_words_unless_it_is_decorative(admin_client, add_url):
    refused = admin_client.post(add_url, form(galleries=photo_without_words()) | {"action-publish": "1"})
    accepted = admin_client.post(
        add_url, form(galleries=photo_without_words(is_decorative="on")) | {"action-publish": "1"}
    )

    assert (refused.status_code, accepted.status_code) == (200, 302)
    assert WorkshopPage.objects.get().live
