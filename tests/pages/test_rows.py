"""Rows of rows survive whatever Wagtail does to their page: copying, aliasing, translating twice."""

import pytest
from wagtail.models import Locale

from pages.models import Track, TrackPerson, WorkshopPage
from tests.site_tree import full_workshop, translate


@pytest.fixture
def workshop(site):
    return full_workshop(site, photos=1, tracks=2, documents=1)


def people(page):
    return [[row.role for row in track.people.all()] for track in WorkshopPage.objects.get(pk=page.pk).tracks.all()]


def test_a_copied_page_has_rows_of_its_own_and_the_original_keeps_its(workshop):
    copy = workshop.copy(update_attrs={"slug": "kopia"})
    copy.get_latest_revision().publish()

    assert people(copy) == people(workshop) == [["opieka ekspercka"], ["opieka ekspercka"]]
    assert TrackPerson.objects.count() == 4


def test_an_alias_has_rows_of_its_own(workshop):
    alias = workshop.create_alias(update_slug="alias")

    assert people(alias) == [["opieka ekspercka"], ["opieka ekspercka"]]


def test_rows_follow_their_page_into_another_language_each_time_it_is_translated(
    workshop, django_capture_on_commit_callbacks
):
    for _round in (1, 2):
        workshop.tracks.add(Track(title="Nowy obszar", sort_order=9))
        workshop.save_revision().publish()
        workshop = WorkshopPage.objects.get(pk=workshop.pk)
        with django_capture_on_commit_callbacks(execute=True):
            for ancestor in (workshop.get_parent().get_parent(), workshop.get_parent()):
                translate(ancestor.specific, "en")
            translate(workshop, "en")
    english = workshop.get_translation(Locale.objects.get(language_code="en"))

    assert english.live
    assert [row.title for row in english.tracks.all()] == [f"[en] {row.title}" for row in workshop.tracks.all()]
    assert people(english) == [["[en] opieka ekspercka"], ["[en] opieka ekspercka"], [], []]
    assert {row.locale.language_code for track in english.tracks.all() for row in track.people.all()} == {"en"}
