"""What readers meet on the pages: languages, states, parts in other languages."""

import datetime
import re

import pytest
from wagtail import hooks
from wagtail.models import Locale, PageViewRestriction, Site

from pages.models import (
    Attachment,
    AttachmentGroup,
    Gallery,
    GalleryPhoto,
    Person,
    SiteSettings,
    Track,
    TrackPerson,
)
from tests.factories import SiteDocumentFactory, SiteImageFactory
from tests.site_tree import SiteTree


@pytest.fixture
def site(db) -> SiteTree:
    return SiteTree()


def html_of(client, page) -> str:
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def translate_shell(page, code):
    """Publish a copy of a page in another language; the pages above it become aliases there."""
    locale = Locale.objects.get_or_create(language_code=code)[0]
    copy = page.copy_for_translation(locale, copy_parents=True)
    copy.save_revision().publish()
    copy.refresh_from_db()
    Site.clear_site_root_paths_cache()
    return copy


def language_links(html) -> list[tuple[str, str]]:
    """Address and words of each link of the language menu in the head."""
    menu = html.split('class="lang-list"')[1].split("</ul>")[0]
    links = re.findall(r'<a href="([^"]+)"[^>]*>(.*?)</a>', menu, re.DOTALL)
    return [(href, re.sub(r"<[^>]+>|\s+", " ", words).split()) for href, words in links]


def test_the_language_menu_leads_to_the_same_page_where_it_is_translated(client, site):
    workshop = site.add_workshop()
    ukrainian = translate_shell(workshop, "uk")

    links = dict(language_links(html_of(client, workshop)))

    assert list(links) == [workshop.url, ukrainian.url]
    assert links[ukrainian.url] == ["Українська"]


def test_the_language_menu_says_where_a_page_is_not_translated_and_offers_the_home_page(client, site):
    workshop = site.add_workshop()
    translate_shell(site.home, "en")

    links = dict(language_links(html_of(client, workshop)))

    assert links["/en/"][0] == "English"
    assert len(links["/en/"]) > 2


def test_a_draft_translation_is_not_offered(client, site):
    workshop = site.add_workshop()
    english = translate_shell(workshop, "en")
    english.unpublish()

    links = dict(language_links(html_of(client, workshop)))

    assert english.url not in links
    assert f'hreflang="en" href="http://testserver{english.url}"' not in html_of(client, workshop)


def test_an_arabic_page_is_written_from_right_to_left(client, site):
    html = html_of(client, translate_shell(site.home, "ar"))

    assert '<html lang="ar" dir="rtl">' in html
    assert '<span lang="pl" dir="ltr">Polski</span>' in html


def test_a_polish_name_is_marked_on_a_ukrainian_page(client, site):
    person = Person.objects.create(prefix="dr", name="Alina Muzioł-Węcławowicz")
    workshop = site.add_workshop(tracks=[Track(title="Mieszkalnictwo", people=[TrackPerson(person=person)])])

    assert "<bdi>dr Alina Muzioł-Węcławowicz</bdi>" in html_of(client, workshop)
    assert '<bdi lang="pl">dr Alina Muzioł-Węcławowicz</bdi>' in html_of(client, translate_shell(workshop, "uk"))


def test_a_document_keeps_the_language_of_its_title_on_a_translated_page(client, site):
    document = SiteDocumentFactory(title="Podsumowanie warsztatów", language="pl")
    group = AttachmentGroup(title="Podsumowanie", attachments=[Attachment(document=document)])
    english = translate_shell(site.add_workshop(attachment_groups=[group]), "en")

    html = html_of(client, english)

    assert '<span lang="pl">Podsumowanie warsztatów</span>' in html
    assert 'hreflang="pl" download' in html
    assert "language: Polish" in html


def test_an_expected_group_of_documents_says_that_files_will_come(client, site):
    group = AttachmentGroup(title="Prezentacje", is_expected=True, expected_note="Dodamy je po warsztatach.")
    html = html_of(client, site.add_workshop(attachment_groups=[group]))

    assert '<div class="empty mt-5">' in html
    assert "Dodamy je po warsztatach." in html


def test_an_empty_group_of_documents_is_hidden_unless_it_is_expected(client, site):
    html = html_of(client, site.add_workshop(attachment_groups=[AttachmentGroup(title="Prezentacje")]))

    assert "Prezentacje" not in html
    assert 'id="documents"' not in html


@pytest.mark.parametrize("list_name", ["news", "workshops"])
def test_a_list_without_entries_says_so(client, site, list_name):
    assert '<div class="empty mt-5">' in html_of(client, getattr(site, list_name))


def test_a_search_without_results_tells_what_to_do_next(client, site):
    html = client.get("/pl/search/", {"q": "nieistniejące"}).content.decode()

    assert '<div class="empty mt-5">' in html
    assert 'value="nieistniejące"' in html


def photo(number=0):
    return GalleryPhoto(image=SiteImageFactory(), alt=f"Uczestnicy przy stole {number}", sort_order=number)


def test_a_single_photo_is_a_figure_and_no_carousel(client, site):
    html = html_of(client, site.add_workshop(galleries=[Gallery(photos=[photo()])]))

    assert "figure--alone" in html
    assert "data-gallery" not in html


def test_several_photos_open_in_the_viewer(client, site):
    html = html_of(client, site.add_workshop(galleries=[Gallery(photos=[photo(0), photo(1)])]))

    assert html.count("data-gallery ") == 1
    assert "gallery__grid--2" in html


def test_a_gallery_of_a_track_stands_at_the_track_only(client, site):
    galleries = [Gallery(title="Grupa", track_number=1, photos=[photo()])]
    html = html_of(client, site.add_workshop(tracks=[Track(title="Mieszkalnictwo")], galleries=galleries))

    assert html.count("<figure") == 1
    assert 'id="photos"' not in html


@pytest.mark.parametrize(("offset", "tag"), [(-30, "tag--ended"), (0, "tag--now"), (30, "tag--accent")])
def test_a_workshop_says_whether_it_is_past_under_way_or_upcoming(client, site, offset, tag):
    day = datetime.date.today() + datetime.timedelta(days=offset)

    assert tag in html_of(client, site.add_workshop(starts_on=day, ends_on=day))


def test_the_outline_of_a_body_has_no_gap_whatever_levels_an_editor_chose(client, site):
    body = [
        ("heading", {"text": "Pierwszy", "level": "4"}),
        ("heading", {"text": "Drugi", "level": "4"}),
        ("accordion", {"title": "Pytania", "items": [{"title": "Kto?", "text": "<p>Każdy.</p>"}]}),
        ("heading", {"text": "Trzeci", "level": "2"}),
    ]
    article = html_of(client, site.add_news(body=body)).split("<main")[1]

    headings = re.findall(r"<h(\d)[^>]*>(Pierwszy|Drugi|Pytania|Trzeci)", article)
    assert headings == [("2", "Pierwszy"), ("3", "Drugi"), ("4", "Pytania"), ("2", "Trzeci")]


def test_a_table_that_has_no_caption_yet_is_no_landmark_without_a_name(client, site):
    table = {"caption": "", "columns": [{"type": "text", "heading": "Miasto"}], "rows": [{"values": ["Łódź"]}]}

    article = html_of(client, site.add_news(body=[("table", {"table": table})])).split("<main")[1]

    assert '<div class="table-wrap" tabindex="0"><table><thead>' in article


def test_a_heading_in_another_language_says_so_in_its_place_and_in_the_contents(client, site):
    body = [
        ("heading", {"text": "Open Call for Cities", "level": "2", "language": "en"}),
        ("heading", {"text": "مدينة", "level": "2", "language": "ar"}),
        ("heading", {"text": "Nabór miast", "level": "2", "language": "pl"}),
    ]

    article = html_of(client, site.add_news(body=body)).split("<main")[1]

    assert re.findall(r"<h2([^>]*) id=[^>]*>(Open|مدينة|Nabór)", article) == [
        (' lang="en"', "Open"),
        (' lang="ar" dir="rtl"', "مدينة"),
        ("", "Nabór"),
    ]
    assert re.findall(r'<a href="#part-[^"]*"([^>]*)>(Open|مدينة|Nabór)', article) == [
        (' lang="en"', "Open"),
        (' lang="ar" dir="rtl"', "مدينة"),
        ("", "Nabór"),
    ]


def test_what_an_editor_typed_is_never_markup(client, site):
    html = html_of(client, site.add_workshop("<script>alert(1)</script>", lead="<b>x</b>", city="<i>y</i>"))

    assert "<script>alert" not in html
    assert "<b>x</b>" not in html
    assert "<i>y</i>" not in html


def test_a_translation_older_than_its_original_says_so(client, site, monkeypatch):
    # As on a site without the translators' desk, which knows more than two dates: tests/contrib/translation.
    monkeypatch.setattr(hooks, "get_hooks", without(hooks.get_hooks, "find_newer_original"))
    workshop = site.add_workshop()
    english = translate_shell(workshop, "en")
    assert "outdated" not in html_of(client, english)

    workshop.save_revision().publish()

    assert 'class="notice notice--warning outdated"' in html_of(client, english)
    assert "outdated" not in html_of(client, workshop)


def without(get_hooks, name):
    """Wagtail's ``get_hooks`` where nobody answers one of them."""
    return lambda asked: [] if asked == name else get_hooks(asked)


def test_a_recording_loads_nothing_before_the_reader_asks(client, site):
    body = [("embed", {"title": "Debata", "url": "https://vimeo.com/123456789", "transcript": ""})]
    html = html_of(client, site.add_news(body=body))

    assert "<iframe" not in html
    assert 'data-embed="https://player.vimeo.com/video/123456789?dnt=1"' in html
    assert 'href="https://vimeo.com/123456789"' in html


def test_the_institution_has_its_own_colours_without_an_inline_style(client, site):
    settings = SiteSettings.for_site(Site.objects.get())
    settings.hue = 150
    settings.save()

    assert 'href="/-/brand/150-42.css"' in html_of(client, site.home)
    assert b"--hue: 150" in client.get("/-/brand/150-42.css").content
    assert client.get("/-/brand/999-42.css").status_code == 404


def test_a_missing_page_offers_search_and_the_way_home(client, site):
    response = client.get("/pl/nie-ma/")

    assert response.status_code == 404
    html = response.content.decode()
    assert 'action="/pl/search/"' in html
    assert '<a href="/pl/">' in html
    assert html.count("<h1") == 1


def test_a_preview_shows_pictures_that_are_not_saved_yet(site):
    workshop = site.add_workshop()
    workshop.galleries = [Gallery(photos=[photo(0), photo(1)])]

    response = workshop.make_preview_request()

    assert "gallery__grid--2" in response.content.decode()


def test_a_page_behind_a_password_tells_nothing_of_itself(client, site):
    article = site.add_news("Tajny tytuł", lead="Tajny lead")
    PageViewRestriction.objects.create(page=article, restriction_type="password", password="sesame")

    html = html_of(client, article)

    assert 'type="password"' in html
    assert "Tajny" not in html
