"""Patterns: what a new page is started from, and what no reader ever sees."""

import datetime

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Locale, Page

from pages import patterns
from pages.models import GalleryPhoto, NewsPage, TrackPerson, WorkshopPage
from pages.models.patterns import PatternStaysDraft
from tests.people import person
from tests.site_tree import full_workshop, translate


@pytest.fixture
def editor(client, site):
    user = person("ewa", {site.home: ("add", "change")})
    client.force_login(user)
    return user


@pytest.fixture
def moderator(client, site):
    user = person("marta", {site.home: ("add", "change", "publish")})
    client.force_login(user)
    return user


def add_url(parent):
    return reverse("wagtailadmin_pages:add_subpage", args=[parent.pk])


def test_a_page_from_a_pattern_holds_rows_of_rows_and_files(site, editor):
    pattern = patterns.make_pattern(full_workshop(site, photos=2, tracks=2), title="Warsztaty", user=editor)

    page = patterns.begin(pattern, title="Warsztaty w Łodzi", user=editor)

    page = WorkshopPage.objects.get(pk=page.pk)
    assert [track.title for track in page.tracks.all()] == ["Obszar 0", "Obszar 1"]
    assert [row.person.name for track in page.tracks.all() for row in track.people.all()] == [
        "Anna Nowak-Kowalska 0",
        "Anna Nowak-Kowalska 1",
    ]
    assert [photo.alt for photo in page.photos] == [f"Uczestnicy słuchają, zdjęcie {n}" for n in range(2)]
    assert [group.title for group in page.attachment_groups.all()] == ["Podsumowanie", "Prezentacje"]
    assert page.body[0].value["text"] == "O warsztatach"


def test_the_pattern_and_the_page_it_was_made_of_keep_their_rows(site, editor):
    original = full_workshop(site, photos=2, tracks=2)
    pattern = patterns.make_pattern(original, title="Warsztaty", user=editor)

    patterns.begin(pattern, title="Warsztaty w Łodzi", user=editor)

    for page in (original, pattern):
        assert TrackPerson.objects.filter(track__page_id=page.pk).count() == 2
        assert GalleryPhoto.objects.filter(gallery__page_id=page.pk).count() == 2


def test_a_page_from_a_pattern_begins_anew(site, editor):
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    workshop = site.add_workshop(ends_on=datetime.date(2018, 7, 20), review_on=datetime.date(2019, 1, 1))
    WorkshopPage.objects.filter(pk=workshop.pk).update(expire_at=tomorrow)
    pattern = patterns.make_pattern(workshop, title="Trzy dni", user=None)

    page = patterns.begin(pattern, title="Rynek na nowo", user=editor)

    today = timezone.localdate()
    page = WorkshopPage.objects.get(pk=page.pk)
    assert (page.live, page.is_pattern, page.owner, page.slug) == (False, False, editor, "rynek-na-nowo")
    assert (page.starts_on, page.ends_on) == (today, today + datetime.timedelta(days=2))
    assert (page.display_date, page.review_on, page.expire_at) == (today, None, None)
    assert page.first_published_at is None
    assert page.current_workflow_state is None
    assert page.get_latest_revision_as_object().title == "Rynek na nowo"


def test_a_pattern_is_made_of_the_newest_draft(site, editor):
    news = site.add_news("Stary tytuł", lead="Stary lead")
    news.lead = "Nowy lead"
    news.save_revision()

    pattern = patterns.make_pattern(news, title="Wzór", user=editor)

    assert NewsPage.objects.get(pk=pattern.pk).lead == "Nowy lead"
    assert NewsPage.objects.get(pk=news.pk).lead == "Stary lead"


def test_two_pages_from_one_pattern_have_addresses_of_their_own(site, editor):
    pattern = patterns.make_pattern(site.add_news(), title="Wzór", user=editor)

    made = [patterns.begin(pattern, title="Мистецтво", user=editor).slug for _ in range(2)]

    assert made == ["mystetstvo", "mystetstvo-1"] or made[1] == f"{made[0]}-1"
    assert made[0].isascii()


def test_without_patterns_a_page_is_begun_at_once(client, site, editor):
    site.add_news()

    response = client.get(add_url(site.news))

    assert response.url == reverse("wagtailadmin_pages:add", args=["pages", "newspage", site.news.pk])


def test_patterns_are_offered_where_a_page_is_created(client, site, editor):
    patterns.make_pattern(site.add_news(), title="Notatka z wydarzenia", user=editor)

    response = client.get(add_url(site.news))

    assert [label for _value, label in response.context["form"]["pattern"].field.choices] == ["Notatka z wydarzenia"]
    assert reverse("wagtailadmin_pages:add", args=["pages", "newspage", site.news.pk]) in response.text


def test_an_editor_starts_a_page_from_a_pattern(client, site, editor):
    pattern = patterns.make_pattern(site.add_news(), title="Notatka", user=editor)

    response = client.post(add_url(site.news), {"pattern": pattern.pk, "title": "Spacer po rynku"})

    page = NewsPage.objects.get(title="Spacer po rynku")
    assert response.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert page.get_parent().pk == site.news.pk


@pytest.mark.parametrize(
    "data", [{}, {"title": "X"}, {"pattern": "9999", "title": "X"}, {"pattern": "\0", "title": "\0"}]
)
def test_a_wrong_choice_makes_nothing(client, site, editor, data):
    patterns.make_pattern(site.add_news(), title="Notatka", user=editor)
    count = Page.objects.count()

    response = client.post(add_url(site.news), data)

    assert response.status_code == 200
    assert response.context["form"].errors
    assert Page.objects.count() == count


def test_an_ordinary_page_cannot_be_taken_for_a_pattern(client, site, editor):
    patterns.make_pattern(site.add_news(), title="Notatka", user=editor)
    other = site.add_news("Zwykła")

    response = client.post(add_url(site.news), {"pattern": other.pk, "title": "X"})

    assert list(response.context["form"].errors) == ["pattern"]


def test_who_may_not_add_pages_gets_no_pattern(client, site):
    patterns.make_pattern(site.add_news(), title="Notatka", user=None)
    client.force_login(person("obca", {site.workshops: ("add", "change")}))

    assert "form" not in (client.get(add_url(site.news)).context or {})


def test_a_pattern_is_made_from_the_menu_of_a_page(client, site, editor):
    news = site.add_news("Spacer")

    assert (
        reverse("make_pattern", args=[news.pk]) in client.get(reverse("wagtailadmin_pages:edit", args=[news.pk])).text
    )
    client.post(reverse("make_pattern", args=[news.pk]), {"title": "Wzór spaceru"})

    pattern = NewsPage.objects.get(title="Wzór spaceru")
    assert (pattern.is_pattern, pattern.live) == (True, False)
    with translation.override("en"):
        assert pattern.get_admin_display_title() == "Pattern: Wzór spaceru"
    assert NewsPage.objects.get(pk=news.pk).live


def test_a_home_page_does_not_become_a_pattern(client, site, editor):
    response = client.get(reverse("make_pattern", args=[site.home.pk]))

    assert response.status_code in (302, 403)
    assert response.context is None or "form" not in response.context


def test_who_may_only_read_makes_no_pattern(client, site):
    news = site.add_news()
    client.force_login(person("obca", {site.workshops: ("add",)}))

    client.post(reverse("make_pattern", args=[news.pk]), {"title": "Wzór"})

    assert not NewsPage.objects.filter(is_pattern=True).exists()


def test_a_pattern_cannot_be_published_from_the_editor(client, site, moderator):
    pattern = patterns.make_pattern(site.add_news(), title="Wzór", user=moderator)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[pattern.pk])).text
    assert "action-publish" not in html
    assert "action-submit" not in html

    assert "action-publish" in client.get(reverse("wagtailadmin_pages:edit", args=[site.add_news("Inna").pk])).text


def test_a_pattern_cannot_be_published_by_any_other_way(site):
    pattern = NewsPage.objects.get(pk=patterns.make_pattern(site.add_news(), title="Wzór", user=None).pk)

    with pytest.raises(PatternStaysDraft):
        pattern.get_latest_revision().publish()

    assert not Page.objects.get(pk=pattern.pk).live


def test_publishing_in_bulk_leaves_patterns_out(client, site, moderator):
    pattern = patterns.make_pattern(site.add_news(), title="Wzór", user=moderator)
    draft = site.news.add_child(instance=NewsPage(title="Szkic", live=False))
    draft.save_revision()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    client.post(f"{address}?id={pattern.pk}&id={draft.pk}", {"include_descendants": ""})

    assert list(Page.objects.filter(pk__in=[pattern.pk, draft.pk], live=True)) == [Page(pk=draft.pk)]


def test_a_draft_revision_from_before_cannot_free_a_pattern(site):
    news = site.add_news()
    revision = news.get_latest_revision()
    NewsPage.objects.filter(pk=news.pk).update(is_pattern=True)

    page = NewsPage.objects.get(pk=news.pk).with_content_json(revision.content)

    assert page.is_pattern


def test_readers_never_meet_a_pattern(client, site):
    site.add_news("Zwykła wiadomość")
    pattern = patterns.make_pattern(site.add_news("Inna"), title="Wzór notatki", user=None)
    pattern = NewsPage.objects.get(pk=pattern.pk)
    call_command("rebuild_references_index", verbosity=0)

    listing = client.get(site.news.url).text

    assert "Zwykła wiadomość" in listing
    assert "Wzór notatki" not in listing
    assert client.get(pattern.url).status_code == 404


def test_a_pattern_in_another_language_is_a_pattern(site, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for page in (site.home, site.news):
            translate(page, "en")
    pattern = patterns.make_pattern(site.add_news(), title="Wzór", user=None)

    with django_capture_on_commit_callbacks(execute=True):
        translate(pattern, "en", publish=False)

    english = NewsPage.objects.get(translation_key=pattern.translation_key, locale__language_code="en")
    assert english.locale == Locale.objects.get(language_code="en")
    assert (english.is_pattern, english.live) == (True, False)
