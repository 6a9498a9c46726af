"""A preview shows what is written in the form, although none of it is in the database yet."""

import datetime

import pytest

from pages.models import (
    Attachment,
    AttachmentGroup,
    Gallery,
    GalleryPhoto,
    Person,
    Programme,
    Track,
    TrackOutcome,
    TrackPerson,
    WorkshopPage,
)
from tests.factories import SiteDocumentFactory, SiteImageFactory


@pytest.fixture
def rows(db):
    person = Person.objects.create(name="Anna Nowak-Kowalska")
    return {
        "tracks": [
            Track(title="Woda", people=[TrackPerson(person=person)], outcomes=[TrackOutcome(name="Minikatalog")])
        ],
        "galleries": [Gallery(photos=[GalleryPhoto(image=SiteImageFactory(), alt="Ogród deszczowy")])],
        "attachment_groups": [
            AttachmentGroup(title="Materiały", attachments=[Attachment(document=SiteDocumentFactory())])
        ],
    }


def test_a_page_is_previewed_before_it_is_first_saved(site, rows):
    programme = Programme.objects.create(name="Modelowa Rewitalizacja Miast")
    earlier = site.add_workshop("Wcześniejsze", programme=programme)
    page = WorkshopPage(title="Nowe", starts_on=earlier.starts_on, programme=programme, locale=site.locale, **rows)

    assert shown(page) == (["Woda"], ["Anna Nowak-Kowalska"], ["Minikatalog"], ["Ogród deszczowy"], ["Materiały"], 1)
    assert (page.previous_in_series, page.next_in_series) == (earlier, None)


def test_a_saved_page_is_previewed_with_rows_that_are_not_saved(site, rows):
    page = site.add_workshop(starts_on=datetime.date(2030, 3, 10))
    for name, children in rows.items():
        setattr(page, name, children)

    assert shown(page) == (["Woda"], ["Anna Nowak-Kowalska"], ["Minikatalog"], ["Ogród deszczowy"], ["Materiały"], 1)


def shown(page):
    tracks = page.tracks_with_people
    return (
        [track.title for track in tracks],
        [row.person.name for track in tracks for row in track.people.all()],
        [outcome.name for track in tracks for outcome in track.outcomes.all()],
        [photo.alt for photo in page.photos],
        [group.title for group in page.attachment_groups_to_show],
        page.document_count,
    )


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("", ["Materiały", "Minikatalog"]),
        ("list", ["10 marca 2030", "Nowe domy nad rzeką", "Trzy dni rozmów."]),
        ("share", ["data:image/jpeg;base64,", "Nowe domy nad rzeką", "Trzy dni rozmów."]),
        ("print", ["Minikatalog", "print-on-screen"]),
    ],
)
def test_an_unsaved_page_is_previewed_in_every_mode(site, rows, rf, mode, words):
    page = WorkshopPage(
        title="Nowe domy nad rzeką",
        lead="Trzy dni rozmów.",
        starts_on=datetime.date(2030, 3, 10),
        locale=site.locale,
        **rows,
    )

    html = page.make_preview_request(rf.get("/admin/"), mode).content.decode().replace("\N{NO-BREAK SPACE}", " ")

    assert [word for word in words if word not in html] == []
    assert mode in dict(page.preview_modes)


def test_what_an_editor_left_empty_is_named_in_the_preview_only(site, rf, client):
    empty = {"attachment_groups": [AttachmentGroup(title="Prezentacje")], "galleries": [Gallery(title="Sala")]}
    page = site.add_news(**empty)

    preview = page.get_latest_revision_as_object().make_preview_request(rf.get("/admin/")).content.decode()
    public = client.get(page.url).content.decode()

    assert preview.count("data-empty-group") == 2
    assert "Prezentacje" in preview
    assert "Prezentacje" not in public
