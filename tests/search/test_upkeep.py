"""What editors do is found, or no longer found, as soon as it is done."""

import pytest
from django.core.management import call_command
from wagtail.models import ReferenceIndex

from media.models import SiteDocument
from pages.models import NewsPage, Person, SectionPage
from pages.search.finding import find
from pages.search.models import Entry
from tests.factories import SiteDocumentFactory
from tests.site_tree import SiteTree, full_workshop, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db):
    return SiteTree()


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Return a context in which what waits for the commit is done."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def titles(query, language="pl"):
    return [result.title for result in find(query, language).results]


def test_a_published_page_is_found_and_an_unpublished_one_is_not(site, committed):
    with committed():
        page = site.add_news("Podwórka", lead="Zieleń między kamienicami.")
    assert titles("kamienice") == ["Podwórka"]

    with committed():
        page.unpublish()

    assert titles("kamienice") == []
    assert not Entry.objects.filter(page=page).exists()


def test_a_draft_changes_nothing_until_it_is_published(site, committed):
    with committed():
        page = site.add_news("Podwórka")
    page.title = "Skwery"
    with committed():
        revision = page.save_revision()
    assert (titles("podwórko"), titles("skwer")) == (["Podwórka"], [])

    with committed():
        revision.publish()

    assert (titles("podwórko"), titles("skwer")) == ([], ["Skwery"])


def test_a_deleted_page_leaves_nothing(site, committed):
    with committed():
        page = site.add_news("Podwórka")
    assert titles("podwórko") == ["Podwórka"]

    page.delete()

    assert titles("podwórko") == []


def test_a_renamed_person_is_found_by_the_new_name(site, committed):
    with committed():
        workshop = full_workshop(site, tracks=1, photos=0, documents=0)
    ReferenceIndex.create_or_update_for_object(workshop)
    assert titles("Kowalskiej") == [workshop.title]
    person = Person.objects.get()
    person.name = "Anna Zielińska"

    with committed():
        person.save()

    assert (titles("Kowalskiej"), titles("Zielińskiej")) == ([], [workshop.title])


def test_a_document_is_found_in_its_own_language_or_in_all(site, committed):
    translate(site.home, "en")
    with committed():
        SiteDocumentFactory(title="Mapa problemów", language="pl", is_public=True)
        SiteDocumentFactory(title="Karte der Stadt", language="de", is_public=True)
        renamed = SiteDocumentFactory(title="Szkic", language="pl", is_public=True)
    renamed.title = "Raport"
    with committed():
        renamed.save()
    # No page shows them, so the commit has closed them.
    SiteDocument.objects.update(is_public=True)

    assert (titles("mapa"), titles("mapa", "en")) == (["Mapa problemów"], [])
    assert (titles("stadt"), titles("stadt", "en")) == (["Karte der Stadt"], ["Karte der Stadt"])
    assert (titles("szkic"), titles("raporty")) == ([], ["Raport"])


def test_an_alias_in_the_same_language_is_not_found_twice(site, committed):
    with committed():
        page = site.add_news("Podwórka")
    with committed():
        page.create_alias(update_slug="lustro", parent=site.news)

    assert NewsPage.objects.filter(title="Podwórka", live=True).count() == 2
    assert titles("podwórko") == ["Podwórka"]


def test_the_index_can_be_built_anew(site, capsys):
    site.add_news("Podwórka")
    site.home.add_child(instance=SectionPage(title="O nas"))
    Entry.objects.all().delete()

    call_command("rebuild_search")

    assert titles("podwórko") == ["Podwórka"]
    assert "Pages and documents in the index: 5." in capsys.readouterr().out


def test_parked_blocks_say_nothing(site, committed):
    with committed():
        page = site.add_news("Podwórka", body=[("text", "<p>Zieleń</p>")])
    stream = [*page.body.raw_data, {"type": "gone_block", "value": "tajemnica", "id": "7"}]
    page.body = page.body.stream_block.to_python(list(stream))

    with committed():
        page.save()

    assert [block.block_type for block in page.body] == ["text", "unavailable"]
    assert (titles("zieleń"), titles("tajemnica")) == (["Podwórka"], [])
