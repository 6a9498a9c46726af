"""A page as a Word file: who gets it, and that everything readers see is in it."""

import io

import pytest
from docx import Document
from wagtail.models import PageViewRestriction

from pages.contrib.docx.reading import read
from pages.interchange.body_outline import TELL, Telling
from pages.interchange.html import document as as_html
from pages.interchange.outline import Heading, Text, pictures, plain
from pages.interchange.page_outline import outline_of
from pages.models import NewsPage
from tests.factories import SiteDocumentFactory
from tests.site_tree import SiteTree, full_workshop, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return SiteTree()


def address(page):
    return f"/-/download/{page.pk}/{page.slug}.docx"


def headings(outline):
    return [(block.level, plain(block.content)) for block in outline.blocks if isinstance(block, Heading)]


def test_readers_are_offered_the_file_and_get_the_whole_workshop(client, site):
    page = full_workshop(site, photos=2, tracks=1, documents=1, venue="Sala Kolumnowa")
    assert f'href="{address(page)}"' in client.get(page.url).content.decode()

    response = client.get(address(page))
    again = read(response.content)

    assert response["Content-Disposition"] == f'attachment; filename="{page.slug}.docx"'
    assert (again.title, again.lead, again.language) == (page.title, page.lead, "pl-PL")
    assert headings(again) == [
        (1, "O warsztatach"),
        (2, "O warsztatach"),
        (1, "Obszary tematyczne"),
        (2, "Obszar 0"),
        (3, "Rezultaty"),
        (1, "Zdjęcia"),
        (1, "Dokumenty"),
        (2, "Podsumowanie"),
        (2, "Prezentacje"),
    ]
    html = as_html(again)
    for words in ("18–20 lipca 2018", "Sala Kolumnowa, Warszawa", "dr Anna Nowak-Kowalska 0", "Minikatalog porad"):
        assert words in html
    assert [picture.alt for picture in pictures(again)] == [
        "Uczestnicy słuchają, zdjęcie 0",
        "Uczestnicy słuchają, zdjęcie 1",
    ]
    assert 'href="http://testserver/' in html
    assert "Dokument 0 (" in html


def test_every_block_of_a_body_is_told():
    untold = set(NewsPage._meta.get_field("body").stream_block.child_blocks) - set(TELL) - {"heading", "unavailable"}

    assert all("_" in name for name in untold), "Only the blocks of plugins tell themselves."


def test_blocks_keep_their_words_and_headings_leave_no_level_out(client, site):
    document = SiteDocumentFactory(title="Katalog porad")
    page = site.add_news(
        body=[
            ("heading", {"text": "Zaczynamy od szczegółu", "level": "4"}),
            ("text", f'<p>Zobacz <a linktype="page" id="{site.news.pk}">listę</a>.</p>'),
            ("quote", {"text": "Wszyscy mają podwórko.", "author": "Mieszkanka", "language": ""}),
            ("callout", {"kind": "info", "title": "Zapisy", "text": "<p>Do 12 maja.</p>"}),
            ("accordion", {"title": "Pytania", "items": [{"title": "Kto?", "text": "<p>Każdy.</p>"}]}),
            ("abbreviations", {"title": "", "items": [{"abbreviation": "BGK", "expansion": "Bank"}]}),
            ("embed", {"title": "Debata", "url": "https://vimeo.com/123456789", "transcript": "<p>Mowa.</p>"}),
            ("attachments", {"title": "", "is_expected": False, "documents": [{"document": document, "title": ""}]}),
            ("contact", {"name": "Biuro", "role": "", "email": "biuro@example.org", "phone": "", "address": "Ul. 1\nMiasto"}),
            ("links", {"title": "", "items": [{"page": None, "url": "https://example.org/r", "text": "Regulamin"}]}),
        ]
    )  # fmt: skip

    again = read(client.get(address(page)).content)
    html = as_html(again)

    assert headings(again) == [(1, "Zaczynamy od szczegółu"), (2, "Pytania"), (3, "Kto?")]
    for words in (
        f'<a href="{site.news.full_url}">listę</a>',
        "<blockquote>",
        "<strong>Zapisy</strong><br>Do 12 maja.",
        "<strong>BGK</strong> – Bank",
        "https://vimeo.com/123456789",
        "Katalog porad (",
        "mailto:biuro@example.org",
        "Ul. 1<br>Miasto",
        '<a href="https://example.org/r">Regulamin</a>',
    ):
        assert words in html


def test_a_translation_speaks_its_own_language(client, site, django_capture_on_commit_callbacks):
    for page in (site.home, site.news):
        translate(page, "en")
    source = site.add_news(lead="Trzy miasta.")
    with django_capture_on_commit_callbacks(execute=True):
        translate(source, "en")
    page = source.get_translation(source.get_translations().get().locale)

    again = read(client.get(address(page)).content)

    assert (again.title, again.language) == ("[en] Nowe domy", "en-GB")
    assert "Published" in as_html(again)


def test_nobody_downloads_what_he_may_not_read(client, site):
    hidden = site.add_news("Szkic")
    hidden.unpublish()
    private = site.add_news("Prywatna")
    PageViewRestriction.objects.create(page=private, restriction_type="login")

    for url in (
        address(hidden),
        address(private),
        address(site.news),
        "/-/download/999999/x.docx",
        address(site.add_news()).replace(".docx", ".exe"),
    ):
        assert client.get(url).status_code == 404


def test_an_editor_gets_the_draft_and_a_reader_what_is_published(client, admin_client, site):
    page = site.add_news("Nowe domy")
    page.title = "Nowsze domy"
    page.save_revision()
    url = f"/admin/download/{page.pk}/draft.docx"

    assert f'href="{url}"' in admin_client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    response = admin_client.get(url)
    assert read(response.content).title == "Nowsze domy"
    assert "no-store" in response["Cache-Control"]
    assert read(client.get(address(page)).content).title == "Nowe domy"
    assert client.get(url).status_code == 302


def test_nothing_is_made_for_who_has_the_file_already(client, site):
    page = site.add_news()
    first = client.get(address(page))

    assert client.get(address(page), headers={"if-none-match": first["ETag"]}).status_code == 304
    page.title = "Inny tytuł"
    page.save_revision().publish()
    assert client.get(address(page), headers={"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("many", [1, 3])
def test_a_longer_page_needs_no_more_queries(site, django_assert_max_num_queries, many):
    page = full_workshop(site, photos=many, tracks=many, documents=many)
    page = type(page).objects.get(pk=page.pk)

    with django_assert_max_num_queries(16):
        outline_of(page)


def test_the_file_carries_who_wrote_it_and_numbered_pages(client, site):
    file = Document(io.BytesIO(client.get(address(full_workshop(site))).content))

    assert file.core_properties.author == "Departament Programów Pomocowych"
    section = file.sections[0]
    assert section.header.paragraphs[0].text == "Modelowa Rewitalizacja Miast"
    assert "Strona" in section.footer.paragraphs[0].text
    assert "NUMPAGES" in section.footer._element.xml


class Poll:
    """What a page's body holds of a plugin's block, as far as an outline is concerned."""

    block_type = "poll_poll"

    def __init__(self, block):
        self.block = block
        self.value = "Który dzień?"

    def render(self, context):
        return f"<{context['heading']}>{self.value}</{context['heading']}><form>…</form>"


class Paper:
    def get_outline(self, value, telling, level):
        return [Heading(level, [Text(value)]), *telling.rich_text("<p>Na papierze.</p>")]


@pytest.mark.parametrize(
    ("block", "words"), [(object(), ["Który dzień?", "…"]), (Paper(), ["Który dzień?", "Na papierze."])]
)
def test_the_block_of_a_plugin_tells_itself_or_is_told_by_its_html(block, words):
    told = Telling("https://example.org/pl/", "pl").body([Poll(block)], 1)

    assert [plain(piece.content) for piece in told] == words
    assert told[0].level == 1
