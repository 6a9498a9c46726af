from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction, Site

from media import renditions
from media.models import Rendition, SiteDocument, SiteImage
from pages.models import (
    Attachment,
    AttachmentGroup,
    Gallery,
    GalleryPhoto,
    NewsPage,
    Person,
    SiteSettings,
    Track,
    TrackPerson,
    WorkshopIndexPage,
    WorkshopPage,
)
from tests.factories import SiteDocumentFactory, SiteImageFactory


@pytest.fixture
def image(db):
    image = SiteImageFactory()
    renditions.make(image)
    return image


@pytest.fixture
def document(db):
    return SiteDocumentFactory()


@pytest.fixture
def news(news_index, image, document, committed):
    """A draft with a lead picture and one attached document."""
    with committed():
        page = NewsPage(title="Workshop", slug="workshop", live=False, lead_image=image)
        page.attachment_groups = [
            AttachmentGroup(title="Summary", attachments=[Attachment(document=document)]),
        ]
        return news_index.add_child(instance=page)


def publish(page):
    page.save_revision().publish()


def open_to_all(client, file):
    """Tell whether a reader gets the file: of an image, a rendition."""
    url = file.url if isinstance(file, SiteDocument) else file.renditions.first().url
    status = client.get(url).status_code
    assert status in {200, 404}
    return status == 200


def test_files_open_when_their_page_is_published_and_close_when_it_goes(client, news, image, document, committed):
    seen = [(open_to_all(client, image), open_to_all(client, document))]

    for change in (publish, NewsPage.unpublish, publish, NewsPage.delete):
        with committed():
            change(NewsPage.objects.get(pk=news.pk))
        seen.append((open_to_all(client, image), open_to_all(client, document)))

    assert seen == [(False, False), (True, True), (False, False), (True, True), (False, False)]


def test_public_files_are_those_of_published_pages(news, image, document, committed):
    SiteImageFactory()
    SiteDocumentFactory()
    with committed():
        publish(news)

    assert list(SiteImage.objects.public()) == [image]
    assert list(SiteDocument.objects.public()) == [document]


def test_the_original_is_for_editors_only(client, editor, news, image, committed):
    with committed():
        publish(news)

    assert client.get(image.file.url).status_code == 404
    client.force_login(editor)
    assert client.get(image.file.url).status_code == 200


def test_editors_see_what_is_not_published_and_no_cache_keeps_it(admin, image, document):
    picture, text = admin.get(image.renditions.first().url), admin.get(document.url)

    assert (picture.status_code, text.status_code) == (200, 200)
    assert picture["Cache-Control"] == text["Cache-Control"] == "private, no-store"


def test_a_file_dropped_from_a_page_closes_with_the_next_publication(client, news, image, document, committed):
    with committed():
        publish(news)
    assert open_to_all(client, image)

    with committed():
        news.lead_image = None
        news.attachment_groups = []
        news.save_revision()
    assert open_to_all(client, image)

    with committed():
        news.get_latest_revision().publish()
    assert not open_to_all(client, image)
    assert not open_to_all(client, document)


def test_a_draft_of_a_published_page_opens_nothing(client, news, committed):
    with committed():
        publish(news)
    secret = SiteImageFactory()
    renditions.make(secret)

    with committed():
        news.lead_image = secret
        news.save_revision()
    assert not open_to_all(client, secret)

    with committed():
        news.get_latest_revision().publish()
    assert open_to_all(client, secret)


def test_a_file_shown_twice_stays_open_until_the_last_page_goes(client, news, news_index, image, committed):
    with committed():
        publish(news)
        second = news_index.add_child(instance=NewsPage(title="Second", slug="second", lead_image=image))
    with committed():
        NewsPage.objects.get(pk=news.pk).unpublish()
    assert open_to_all(client, image)

    with committed():
        second.unpublish()
    assert not open_to_all(client, image)


def test_a_photo_of_a_gallery_opens_with_its_page(client, news, committed):
    photo = SiteImageFactory()
    renditions.make(photo)
    news.galleries = [Gallery(title="Day one", photos=[GalleryPhoto(image=photo)])]

    with committed():
        publish(news)

    assert open_to_all(client, photo)


def test_the_photo_of_a_person_opens_when_a_published_page_shows_the_person(client, news_index, image, committed):
    with committed():
        person = Person.objects.create(name="Hanna Gill-Piątek", photo=image)
        index = news_index.get_parent().add_child(instance=WorkshopIndexPage(title="Workshops", slug="workshops"))
    assert not open_to_all(client, image)

    workshop = WorkshopPage(title="Workshop", slug="july", starts_on=date(2018, 7, 18))
    workshop.tracks = [Track(title="Participation", people=[TrackPerson(person=person, role="Expert")])]
    with committed():
        index.add_child(instance=workshop)
    assert open_to_all(client, image)

    with committed():
        person.photo = None
        person.save()
    assert not open_to_all(client, image)


def test_the_logo_of_the_site_is_open(client, image, committed):
    with committed():
        SiteSettings.objects.create(site=Site.objects.get(is_default_site=True), logo=image)

    assert open_to_all(client, image)


def test_a_restriction_on_a_page_above_closes_the_files(client, news, news_index, image, document, committed):
    with committed():
        publish(news)
    with committed():
        rule = PageViewRestriction.objects.create(page=news_index, restriction_type=PageViewRestriction.LOGIN)
    assert not open_to_all(client, image)
    assert not open_to_all(client, document)

    with committed():
        rule.delete()
    assert open_to_all(client, image)
    assert open_to_all(client, document)


def test_readers_of_a_restricted_page_see_its_files(client, django_user_model, news, news_index, image, committed):
    with committed():
        publish(news)
        rule = PageViewRestriction.objects.create(page=news_index, restriction_type=PageViewRestriction.GROUPS)
        rule.groups.add(Group.objects.create(name="Experts"))
    client.force_login(django_user_model.objects.create_user("jan"))
    assert not open_to_all(client, image)

    reader = django_user_model.objects.create_user("ewa")
    reader.groups.add(Group.objects.get(name="Experts"))
    client.force_login(reader)
    assert open_to_all(client, image)


def test_a_page_moved_below_a_restriction_takes_its_files_along(client, news, news_index, image, committed):
    home = news_index.get_parent()
    with committed():
        publish(news)
        closed = home.add_child(instance=type(news_index)(title="Closed", slug="closed"))
        PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    assert open_to_all(client, image)

    with committed():
        news.move(closed, pos="last-child")

    assert not open_to_all(client, image)


def test_a_restricted_collection_closes_its_pictures(client, news, image, committed):
    with committed():
        publish(news)
        collection = Collection.get_first_root_node().add_child(name="Internal")
        CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    assert open_to_all(client, image)

    with committed():
        image.collection = collection
        image.save()

    assert not open_to_all(client, image)


def test_all_files_can_be_recomputed(news, image, committed):
    with committed():
        publish(news)
    SiteImage.objects.update(is_public=False)

    call_command("refresh_file_privacy")

    assert list(SiteImage.objects.public()) == [image]


def test_a_published_picture_is_served_with_one_query(client, news, image, committed, django_assert_num_queries):
    with committed():
        publish(news)
    url = image.renditions.get(filter_spec="width-480|format-avif").url

    with django_assert_num_queries(1):
        response = client.get(url)

    assert response["Content-Type"] == "image/avif"
    assert response["Cache-Control"] == "public, max-age=3600"
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert int(response["Content-Length"]) == len(b"".join(response.streaming_content))


def test_a_browser_that_has_the_picture_gets_it_only_once(client, news, image, committed):
    with committed():
        publish(news)
    url = image.renditions.first().url
    first = client.get(url)

    assert client.get(url, headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    "path", ["../manage.py", "..%2f..%2fmanage.py", "images/../../manage.py", "/etc/passwd", "%00", "documents/"]
)
def test_no_address_leads_out_of_the_folder(admin, path):
    assert admin.get(f"/media/{path}").status_code == 404


def test_a_document_has_no_second_address(client, news, document, committed):
    with committed():
        publish(news)

    assert client.get(f"/media/{document.file.name}").status_code == 404


def test_a_picture_whose_file_is_lost_is_not_an_error(client, news, image, committed):
    with committed():
        publish(news)
    lost = image.renditions.first()
    lost.file.storage.delete(lost.file.name)

    assert client.get(lost.url).status_code == 404


def test_a_reader_never_makes_a_rendition(client, news, image, committed):
    image.renditions.all().delete()
    with committed():
        publish(news)
    news.refresh_from_db()

    response = client.get(news.get_url())

    assert response.status_code == 200
    assert "picture-placeholder" in response.content.decode()
    assert not Rendition.objects.exists()


def test_a_published_document_may_be_cached(client, news, document, committed):
    with committed():
        publish(news)

    response = client.get(reverse("wagtaildocs_serve", args=[document.pk, document.filename]))

    assert response["Cache-Control"] == "public, max-age=3600"
    assert response["Content-Disposition"].startswith("attachment")
