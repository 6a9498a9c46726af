import pytest
from django.urls import reverse
from wagtail.models import Page, PageLogEntry, PageViewRestriction

from pages.contrib.reviews.models import ReviewSettings
from pages.contrib.reviews.reviewing import mark_reviewed
from pages.models import SectionPage
from pages.navigation import Frame
from tests.site_tree import translate

from .conftest import day, days_ago

pytestmark = pytest.mark.usefixtures("in_english")


def address(page):
    return reverse("reviews:reviewed", args=[page.pk])


def fresh(page):
    return SectionPage.objects.get(pk=page.pk)


def test_a_reviewed_page_keeps_everything_but_its_date(site, admin_user):
    page = site.add_section(days_old=400)
    before = {field.name: getattr(page, field.attname) for field in SectionPage._meta.fields}

    mark_reviewed(page, admin_user, day(365))

    after = {field.name: getattr(fresh(page), field.attname) for field in SectionPage._meta.fields}
    assert {name for name in before if before[name] != after[name] and name != "body"} == {"review_on"}
    assert after["review_on"] == day(365)
    assert page.revisions.count() == 1


def test_a_waiting_draft_brings_no_old_date_back(site, admin_user):
    page = site.add_section(review_on=day(-5))
    page.title = "Nowy tytuł"
    draft = page.save_revision()

    mark_reviewed(fresh(page), admin_user, day(365))
    fresh(page).get_latest_revision().publish()

    assert (fresh(page).title, fresh(page).review_on) == ("Nowy tytuł", day(365))
    assert fresh(page).latest_revision_id == draft.pk


def test_a_scheduled_version_brings_no_old_date_back(site, admin_user):
    page = site.add_section(review_on=day(-5))
    page.go_live_at = days_ago(-3)
    page.save_revision().publish()
    page = fresh(page)
    scheduled = page.scheduled_revision
    page.save_revision()  # a newer draft

    mark_reviewed(fresh(page), admin_user, day(365))

    scheduled.refresh_from_db()
    assert scheduled.content["review_on"] == day(365).isoformat()
    assert scheduled.approved_go_live_at


def test_a_translation_does_not_become_older_than_its_original(
    site, admin_user, rf, django_capture_on_commit_callbacks
):
    page = site.add_section()
    with django_capture_on_commit_callbacks(execute=True):
        translate(site.home, "en")
        translate(page, "en")
    english = SectionPage.objects.get(translation_key=page.translation_key, locale__language_code="en")

    mark_reviewed(fresh(page), admin_user, day(365))

    assert Frame(rf.get("/en/"), english).newer_original is None


def test_the_history_tells_who_reviewed_the_page(site, admin_user, admin_client):
    page = site.add_section()

    mark_reviewed(page, admin_user, day(365))

    entry = PageLogEntry.objects.filter(page=page, action="reviews.reviewed").get()
    assert (entry.user, entry.data) == (admin_user, {"next_on": day(365).isoformat()})
    history = admin_client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert "Reviewed: still true. Next review on" in history


def test_one_click_in_the_report_is_enough(site, admin_client):
    page = site.add_section(review_on=day(-5))
    report = reverse("reviews:report")

    answer = admin_client.post(address(page), {"next": f"{report}?when=all"})

    assert answer.url == f"{report}?when=all"
    assert fresh(page).review_on == ReviewSettings.load().next_review()


def test_the_editor_may_choose_another_day(site, admin_client):
    page = site.add_section(review_on=day(-5))

    shown = admin_client.get(address(page)).content.decode()
    answer = admin_client.post(address(page), {"next_on": day(30).isoformat()}, follow=True)

    assert "Readers see no change" in shown
    assert fresh(page).review_on == day(30)
    assert "is reviewed. It is due again on" in answer.content.decode()


@pytest.mark.parametrize("typed", ["", "jutro", "2020-01-01", "0000-00-00", "99999-01-01", "\0"])
def test_a_day_that_cannot_be_is_asked_for_again(site, admin_client, typed):
    page = site.add_section(review_on=day(-5))

    answer = admin_client.post(address(page), {"next_on": typed})

    assert answer.status_code == 200
    assert fresh(page).review_on == day(-5)


def test_nobody_is_led_away_from_the_site(site, admin_client):
    page = site.add_section()

    answer = admin_client.post(address(page), {"next": "https://evil.example.org/"})

    assert answer.url == reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_only_who_may_edit_a_page_may_say_it_is_true(site, client):
    page = site.add_section(review_on=day(-5))
    client.force_login(site.add_person("obca", "change", page=site.news))

    client.post(address(page))

    assert fresh(page).review_on == day(-5)


@pytest.mark.parametrize("pk", [999999, 10**30])
def test_a_page_that_is_not_there_is_a_404(site, admin_client, pk):
    assert admin_client.get(f"/admin/reports/pages-to-review/{pk}/reviewed/").status_code == 404


def test_the_editor_of_a_page_offers_the_button(site, admin_client):
    page = site.add_section()

    html = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    assert address(page) in html
    page.unpublish()
    assert address(page) not in admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


def test_a_review_opens_nothing_to_readers(site, admin_user):
    page = site.add_section()
    PageViewRestriction.objects.create(page=page, restriction_type="login")

    mark_reviewed(page, admin_user, day(365))

    assert Page.objects.get(pk=page.pk).get_view_restrictions().exists()
