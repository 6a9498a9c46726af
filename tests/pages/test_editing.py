"""What an editor's form does before anybody reads the page: many files at once, fields that help."""

import json

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import Collection, GroupCollectionPermission

from media.choosers import MOST_FILES
from media.models import SiteDocument, SiteImage
from tests.factories import SiteImageFactory, docx_bytes
from tests.media.files import picture, truncated

PICTURES = "/admin/images/choose-many/create/?multiple=1"
DOCUMENTS = "/admin/documents/choose-many/create/?multiple=1"


def upload(client, address, *files, prefix="image-chooser-upload", **fields):
    data = {f"{prefix}-files": list(files)} | {f"{prefix}-{name}": value for name, value in fields.items()}
    return json.loads(client.post(address, data).content)


def test_many_pictures_uploaded_at_once_come_back_as_chosen(admin_client):
    answer = upload(
        admin_client, PICTURES, picture("sala.jpg"), picture("mapa.jpg", size=(901, 600)), credit="Fot. Urząd"
    )

    assert answer["step"] == "chosen"
    assert [item["title"] for item in answer["result"]] == ["sala", "mapa"]
    assert [item["default_alt_text"] for item in answer["result"]] == ["", ""]
    assert set(SiteImage.objects.values_list("title", "credit")) == {("sala", "Fot. Urząd"), ("mapa", "Fot. Urząd")}


def test_good_pictures_are_kept_while_the_refused_one_is_named(admin_client):
    answer = upload(admin_client, PICTURES, picture("sala.jpg"), truncated("uciete.png", "PNG"))

    kept = SiteImage.objects.get()
    assert answer["step"] == "reshow_creation_form"
    assert "uciete.png: " in answer["htmlFragment"]
    assert f'name="image-chooser-upload-kept" value="{kept.pk}"' in answer["htmlFragment"]
    assert [item["id"] for item in upload(admin_client, PICTURES, kept=[kept.pk])["result"]] == [str(kept.pk)]


def test_a_picture_that_the_library_has_is_taken_from_there(admin_client):
    first = upload(admin_client, PICTURES, picture("sala.jpg"))["result"][0]["id"]
    SiteImage.objects.update(description="Uczestnicy słuchają wykładu")

    again = upload(admin_client, PICTURES, picture("sala-kopia.jpg"), picture("jeszcze-raz.jpg"))["result"]

    assert [(item["id"], item["default_alt_text"]) for item in again] == [(first, "Uczestnicy słuchają wykładu")]
    assert SiteImage.objects.count() == 1


def test_many_documents_uploaded_at_once_get_their_kind_and_come_back_as_chosen(admin_client):
    files = [word_file("program.docx"), word_file("podsumowanie.docx")]

    answer = upload(admin_client, DOCUMENTS, *files, prefix="document-chooser-upload", kind="summary")

    assert [item["title"] for item in answer["result"]] == ["program", "podsumowanie"]
    assert set(SiteDocument.objects.values_list("kind", flat=True)) == {"summary"}


def word_file(name):
    return SimpleUploadedFile(name, docx_bytes(name))


def test_no_file_and_too_many_files_are_answered_with_a_sentence(admin_client):
    nothing = upload(admin_client, PICTURES)
    too_many = upload(admin_client, PICTURES, *(picture(f"{n}.jpg", size=(8 + n, 8)) for n in range(MOST_FILES + 1)))

    assert "Wybierz przynajmniej jeden plik." in nothing["htmlFragment"]
    assert f"Naraz można przesłać najwyżej {MOST_FILES} plików." in too_many["htmlFragment"]
    assert SiteImage.objects.count() == 0


@pytest.fixture
def photographer(django_user_model, client):
    """Somebody who may upload pictures into one collection only."""
    mine = Collection.get_first_root_node().add_child(name="Warsztaty")
    user = django_user_model.objects.create_user("fotografka", password="haslo")
    group = user.groups.create(name="Zdjęcia")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for name in ("add_image", "choose_image"):
        permission = Permission.objects.get(content_type__app_label="wagtailimages", codename=name)
        GroupCollectionPermission.objects.create(group=group, collection=mine, permission=permission)
    client.force_login(user)
    return client


def test_who_may_not_choose_a_picture_cannot_smuggle_it_in_as_kept(photographer):
    foreign = SiteImageFactory()

    answer = upload(photographer, PICTURES, kept=[foreign.pk])

    assert answer["step"] == "reshow_creation_form"
    assert [item["title"] for item in upload(photographer, PICTURES, picture("sala.jpg"))["result"]] == ["sala"]
    assert SiteImage.objects.get(title="sala").collection.name == "Warsztaty"


def test_the_chooser_of_one_picture_still_uploads_one(admin_client):
    html = json.loads(admin_client.get("/admin/images/choose-many/").content)["html"]

    assert 'name="image-chooser-upload-title"' in html
    assert "multiple" not in html.partition('name="image-chooser-upload-file"')[0].rpartition("<input")[2]
