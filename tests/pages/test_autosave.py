"""A page saves itself while it is written; answers that get lost make nothing twice."""

import uuid

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from pages.models import NewsPage
from pages.models.open_forms import OpenForm
from tests.factories import SiteImageFactory

KEY = str(uuid.UUID(int=1))
LISTS = ("galleries", "attachment_groups", "page_topics", "related_links", "comments")


def form(**changes):
    """The data of the form of a news article that stands open in one tab of a browser."""
    fields = {"form_key": KEY, "title": "Otwarcie", "slug": "otwarcie", "display_date": "2018-07-24"}
    return nested_form_data(fields | {"body": streamfield([])} | {name: inline_formset([]) for name in LISTS} | changes)


def gallery(*photos):
    return inline_formset([{"id": "", "title": "Sala", "photos": inline_formset(photos)}])


@pytest.fixture
def photos(db):
    return [{"id": "", "image": str(SiteImageFactory().pk), "alt": f"Zdjęcie {number}"} for number in range(3)]


@pytest.fixture
def add_url(site):
    return f"/admin/pages/add/pages/newspage/{site.news.pk}/"


@pytest.fixture
def edit_url(site):
    page = site.add_news("Otwarcie")
    page.unpublish()
    return f"/admin/pages/{page.pk}/edit/"


def autosave(client, url, data, **more):
    response = client.post(url, data | more, headers={"Accept": "application/json"})
    answer = response.json()
    assert answer.get("success"), answer
    return answer


def drafted():
    """What the editor sees next time: the alternative texts of each gallery in the newest draft."""
    page = NewsPage.objects.get().get_latest_revision_as_object()
    return [[photo.alt for photo in row.photos.all()] for row in page.galleries.all()]


def test_an_autosave_that_is_sent_again_makes_its_rows_once(admin_client, edit_url, photos):
    first = autosave(admin_client, edit_url, form(galleries=gallery(*photos)))
    again = form(galleries=gallery(*photos)) | {"overwrite_revision_id": first["revision_id"]}

    assert autosave(admin_client, edit_url, again)["field_updates"] == {}
    assert drafted() == [["Zdjęcie 0", "Zdjęcie 1", "Zdjęcie 2"]]


def test_what_was_written_after_the_lost_answer_is_kept(admin_client, edit_url, photos):
    autosave(admin_client, edit_url, form(galleries=gallery(*photos[:2])))
    reworded = [photos[0] | {"alt": "Mównica"}, photos[1] | {"DELETE": "on"}, photos[2]]

    admin_client.post(edit_url, form(galleries=gallery(*reworded)))

    assert drafted() == [["Mównica", "Zdjęcie 2"]]


def test_a_row_taken_out_stays_out(admin_client, edit_url, photos):
    without = form(galleries=gallery(photos[0], photos[1] | {"DELETE": "on"}, photos[2]))
    autosave(admin_client, edit_url, form(galleries=gallery(*photos)))
    autosave(admin_client, edit_url, without)
    admin_client.post(edit_url, without)

    assert drafted() == [["Zdjęcie 0", "Zdjęcie 2"]]


def test_a_new_page_is_made_once(admin_client, add_url, photos):
    first = autosave(admin_client, add_url, form(galleries=gallery(*photos)))
    again = autosave(admin_client, add_url, form(galleries=gallery(*photos)))

    page = NewsPage.objects.get()
    assert again["pk"] == first["pk"] == page.pk
    assert (again["url"], again["hydrate_url"]) == (first["url"], first["hydrate_url"])
    published = admin_client.post(add_url, form(galleries=gallery(*photos)) | {"action-publish": "on"})
    assert published.status_code == 302
    assert NewsPage.objects.get().live
    assert drafted() == [["Zdjęcie 0", "Zdjęcie 1", "Zdjęcie 2"]]


def test_a_form_opened_anew_and_somebody_elses_make_rows_of_their_own(admin_client, edit_url, photos):
    colleague = Client()
    colleague.force_login(get_user_model().objects.create_superuser("kolega", "kolega@example.org", "x"))
    mine = form(galleries=gallery(photos[0]))
    autosave(admin_client, edit_url, mine)

    colleague.post(edit_url, mine)
    admin_client.post(edit_url, mine | {"form_key": str(uuid.UUID(int=2))})

    assert drafted() == [["Zdjęcie 0"]] * 3


@pytest.mark.parametrize("key", ["", "nie-klucz", "\0"])
def test_a_form_without_a_key_is_saved_as_it_is(admin_client, edit_url, photos, key):
    admin_client.post(edit_url, form(galleries=gallery(photos[0])) | {"form_key": key})

    assert drafted() in ([["Zdjęcie 0"]], [])
    assert not OpenForm.objects.exists()


def test_every_opened_form_has_a_key_of_its_own(admin_client, edit_url):
    first, second = (admin_client.get(edit_url).context["form"]["form_key"].value() for _ in range(2))

    assert first != second
