"""A preview link shows the newest draft, its private files too, until it expires or is withdrawn."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Page, PageLogEntry

from media import renditions
from media.models import SiteDocument
from pages.contrib.preview_links import links
from pages.contrib.preview_links.models import PreviewLink
from pages.models import Attachment, AttachmentGroup, NewsPage
from tests.factories import SiteDocumentFactory, SiteImageFactory
from tests.people import person
from tests.site_tree import translate


@pytest.fixture
def author(site):
    return person("ewa", {site.home: ("add", "change")})


@pytest.fixture
def draft(site):
    """A draft that nobody has published, with a private picture and a private document."""
    image = SiteImageFactory(file__width=60, file__height=40)
    renditions.make(image)
    group = AttachmentGroup(title="Pliki", attachments=[Attachment(document=SiteDocumentFactory(title="Plan"))])
    page = NewsPage(
        title="Szkic o rynku", live=False, lead_image=image, lead_image_alt="Rynek", attachment_groups=[group]
    )
    site.news.add_child(instance=page)
    page.save_revision()
    return page


@pytest.fixture
def shared(draft, author):
    """A link and its address."""
    link, token = links.make(draft, user=author, recipient="Wydział")
    return link, reverse("preview_link", args=[token])


def files_in(html, kind):
    return re.findall(rf'["\s,](/-/preview_links/[^"\s,]+/{kind}/[^"\s,]+)', html)


def test_whoever_has_the_link_reads_the_draft(client, draft, shared):
    assert client.get(draft.url).status_code == 404

    response = client.get(shared[1])

    assert response.status_code == 200
    assert "Szkic o rynku" in response.text
    assert "To jest szkic" in response.text
    assert client.cookies == {}


def test_the_newest_draft_is_shown(client, site, author):
    news = site.add_news("Stary tytuł")
    _link, token = links.make(news, user=author)
    news.title = "Nowszy tytuł"
    news.save_revision()

    html = client.get(reverse("preview_link", args=[token])).text

    assert "Nowszy tytuł" in html
    assert "Nowszy tytuł" not in client.get(news.url).text


def test_nobody_keeps_or_indexes_a_draft_or_learns_its_address(client, shared):
    response = client.get(shared[1])

    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert '<meta name="robots" content="noindex' in response.text


def test_readers_pages_hold_nothing_of_the_banner(client, site):
    html = client.get(site.add_news().url).text

    assert "To jest szkic" not in html
    assert 'name="robots"' not in html


def test_private_pictures_and_documents_are_open_below_the_link_only(client, draft, shared):
    rendition = draft.lead_image.renditions.first()
    assert client.get(rendition.url).status_code == 404
    html = client.get(shared[1]).text
    pictures, documents = files_in(html, "picture"), files_in(html, "document")
    assert len(set(pictures)) == draft.lead_image.renditions.count()
    assert len(set(documents)) == 1
    assert "/media/" not in html.replace("/media/privacy", "")

    picture = client.get(pictures[0])
    assert picture["Content-Type"].startswith("image/")
    assert picture["Cache-Control"] == "private, no-store"
    assert b"".join(picture.streaming_content)
    document = client.get(documents[0])
    assert document["Content-Disposition"].startswith("attachment")
    assert b"".join(document.streaming_content)[:2] == b"PK"
    assert client.get(rendition.url).status_code == 404


def test_public_pictures_keep_their_public_address(client, draft, shared):
    type(draft.lead_image).objects.update(is_public=True)

    html = client.get(shared[1]).text

    assert draft.lead_image.renditions.first().url in html
    assert files_in(html, "picture") == []


def test_a_signature_opens_one_file_of_one_link(client, draft, shared, author):
    other = SiteImageFactory(file__width=60, file__height=40)
    renditions.make(other)
    address = files_in(client.get(shared[1]).text, "picture")[0]
    own_name = draft.lead_image.renditions.values_list("file", flat=True)
    name = next(name for name in own_name if name in address)

    assert client.get(address).status_code == 200
    assert client.get(address.replace(name, other.renditions.first().file.name)).status_code == 404
    assert client.get(address.replace(name, draft.lead_image.file.name)).status_code == 404
    assert client.get(address.replace(name, f"../../{name}")).status_code == 404
    _link, token = links.make(draft, user=author)
    assert client.get(re.sub(r"preview_links/[\w-]+/", f"preview_links/{token}/", address)).status_code == 404


def test_a_document_of_a_restricted_collection_stays_closed(client, draft, shared):
    address = files_in(client.get(shared[1]).text, "document")[0]
    closed = Collection.get_first_root_node().add_child(instance=Collection(name="Zamknięta"))
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    SiteDocument.objects.update(collection=closed)

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("end", ["expire", "withdraw"])
def test_an_ended_link_shows_nothing_and_says_so(client, shared, author, end):
    link, address = shared
    picture = files_in(client.get(address).text, "picture")[0]
    if end == "expire":
        PreviewLink.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    else:
        links.withdraw(link, user=author)

    response = client.get(address)

    assert response.status_code == 410
    assert "Szkic o rynku" not in response.text
    assert "Ten podgląd już nie działa" in response.text
    assert response["Cache-Control"] == "private, no-store"
    assert client.get(picture).status_code == 404


@pytest.mark.parametrize("token", ["x" * 43, "x", "x" * 500, "%00" * 43, "ż" * 43])
def test_a_wrong_address_is_not_found(client, shared, token):
    assert client.get(f"/-/preview_links/{token}/").status_code == 404


def test_the_token_is_not_stored(shared):
    link, address = shared
    token = address.split("/")[3]
    link.refresh_from_db()

    assert len(token) == 43
    assert token not in str(vars(link))


def test_the_last_use_is_noted(client, shared):
    link, address = shared
    assert link.last_used_at is None

    client.get(address)

    link.refresh_from_db()
    assert timezone.now() - link.last_used_at < datetime.timedelta(minutes=1)


def test_a_link_goes_with_its_page(client, draft, shared):
    draft.delete()

    assert PreviewLink.objects.count() == 0
    assert client.get(shared[1]).status_code == 404


def test_a_draft_in_another_language_speaks_it(client, site, author, django_capture_on_commit_callbacks):
    news = site.add_news()
    with django_capture_on_commit_callbacks(execute=True):
        for page in (site.home, site.news, news):
            translate(page, "uk")
    ukrainian = Page.objects.get(translation_key=news.translation_key, locale__language_code="uk").specific
    _link, token = links.make(ukrainian, user=author)

    html = client.get(reverse("preview_link", args=[token])).text

    assert '<html lang="uk"' in html
    assert "Це чернетка" in html


# --- the desk -------------------------------------------------------------------------------


def test_an_editor_makes_a_link_and_sees_its_address_once(client, draft, author):
    client.force_login(author)
    url = reverse("preview_links_of_page", args=[draft.pk])

    response = client.post(url, {"recipient": "Wydział Mieszkalnictwa", "days": "14"})

    link = PreviewLink.objects.get()
    address = response.context["address"]
    assert f'value="{address}"' in response.text
    assert (link.recipient, link.created_by, link.page_id) == ("Wydział Mieszkalnictwa", author, draft.pk)
    assert link.last_day == timezone.localdate() + datetime.timedelta(days=14)
    client.logout()
    assert client.get(address).status_code == 200
    client.force_login(author)
    assert address not in client.get(url).text


@pytest.mark.parametrize("days", ["", "0", "365", "x"])
def test_a_link_is_not_made_for_longer_than_offered(client, draft, author, days):
    client.force_login(author)

    client.post(reverse("preview_links_of_page", args=[draft.pk]), {"days": days})

    assert PreviewLink.objects.count() == 0


def test_the_menu_of_a_page_offers_to_share_it(client, draft, author):
    client.force_login(author)

    html = client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).text

    assert reverse("preview_links_of_page", args=[draft.pk]) in html


def test_who_may_not_edit_a_page_neither_makes_nor_withdraws_its_links(client, site, draft, shared):
    client.force_login(person("obca", {site.workshops: ("add", "change")}))

    client.post(reverse("preview_links_of_page", args=[draft.pk]), {"days": "7"})
    client.post(reverse("withdraw_preview_link", args=[shared[0].pk]))

    assert [link.is_open for link in PreviewLink.objects.all()] == [True]
    assert "Szkic o rynku" not in client.get(reverse("preview_links")).text


def test_an_editor_withdraws_a_link_from_the_list(client, draft, shared, author):
    client.force_login(author)
    assert "Szkic o rynku" in client.get(reverse("preview_links")).text

    response = client.post(reverse("withdraw_preview_link", args=[shared[0].pk]), {"next": reverse("preview_links")})

    assert response.url == reverse("preview_links")
    client.logout()
    assert client.get(shared[1]).status_code == 410


def test_a_link_is_withdrawn_by_a_button_only(client, shared, author):
    client.force_login(author)

    assert client.get(reverse("withdraw_preview_link", args=[shared[0].pk])).status_code == 405


def test_the_log_of_the_page_tells_who_shared_and_who_withdrew(draft, shared, author):
    links.withdraw(shared[0], user=author)
    links.withdraw(shared[0], user=author)

    entries = PageLogEntry.objects.filter(page=draft.pk, action__startswith="preview_links").order_by("pk")
    assert [(entry.action, entry.user) for entry in entries] == [
        ("preview_links.make", author),
        ("preview_links.withdraw", author),
    ]
    assert entries[0].data["recipient"] == "Wydział"


@pytest.mark.parametrize("place", ["?p=99999", "?p=x", ""])
def test_the_list_answers_whatever_page_is_asked_for(client, draft, author, place):
    for number in range(31):
        links.make(draft, user=author, recipient=f"Nr {number}")
    client.force_login(author)

    assert client.get(reverse("preview_links") + place).status_code == 200


def test_the_list_costs_the_same_with_one_and_with_three_links(client, draft, author, site):
    client.force_login(author)
    counts = []
    for _round in range(2):
        links.make(draft, user=author)
        if counts:
            links.make(site.add_news("Inna"), user=author)
        client.get(reverse("preview_links"))
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("preview_links"))
        counts.append(len(captured))

    assert counts[0] == counts[1]
