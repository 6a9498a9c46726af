"""An attached file as a page: what readers get, and that nobody gets more than the file itself."""

import re

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import CollectionViewRestriction, Page

from media.models import SiteDocument
from pages.contrib.readable.models import Reading, ReadingPicture
from tests.contrib.docx.word_files import BULLET, docx, p, part, picture, r, relation, tbl, tr
from tests.media.files import picture as drawn

pytestmark = pytest.mark.django_db

NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
NOTES = part("footnotes", f'<w:footnote w:id="2">{p("Dziennik Ustaw 2015, poz. 1777.")}</w:footnote>')
PARTS = {
    "word/footnotes.xml": NOTES,
    "word/media/plan.png": drawn("plan.png", (60, 40), "PNG").read(),
}
RELATIONS = relation("f", "footnotes", "footnotes.xml") + relation("i", "image", "media/plan.png")
LINK = '<w:hyperlink r:id="l"><w:r><w:t>strona konkursu</w:t></w:r></w:hyperlink>'


def regulations(**more):
    body = "".join(
        [
            p("Regulamin konkursu", "Title"),
            p("Kto może startować", "H1"),
            p(r("Startują gminy miejskie.") + NOTE + r(" Więcej: ") + LINK),
            p("Terminy", "Nagwek3"),
            p("Nabór trwa do żniw.", list_id=BULLET),
            tbl(tr("Etap", "Dzień", heads=True), tr("Nabór", "24 lipca")),
            p(picture("i", "Plan rynku z fontanną")),
            p("Odwołania", "H1"),
            p("Odwołanie składa się w urzędzie."),
        ]
    )
    relations = RELATIONS + relation("l", "hyperlink", "https://example.org/konkurs", external=True)
    return docx(body, relations=relations, parts=PARTS, **more)


def get(client, document, status=200):
    response = client.get(f"/-/readable/{document.pk}/")
    assert response.status_code == status
    return response.content.decode() if status == 200 else response


def test_a_word_file_can_be_read_in_the_browser(client, attached):
    document = attached("regulamin.docx", regulations(), language="pl")

    html = get(client, document)

    assert re.findall(r"<h1[^>]*>(.*?)</h1>", html) == ["Regulamin konkursu"]
    article = html[html.index("<article") : html.index("</article>")]
    assert "składa się w\u00a0urzędzie" in article
    # The levels have no gap although the file goes from 1 to 3, and its title is not told twice.
    assert re.findall(r"<(h\d) id=[^>]*>(.*?)</h\d>", article) == [
        ("h2", "Kto może startować"),
        ("h3", "Terminy"),
        ("h2", "Odwołania"),
        ("h2", "Przypisy"),
    ]
    assert '<th scope="col"><p>Etap</p></th>' in article
    assert 'class="table-wrap" role="region" aria-label="Tabela 1" tabindex="0"' in article
    assert '<a href="https://example.org/konkurs">strona konkursu</a>' in article
    assert 'id="text-note-1"' in article
    assert 'role="doc-backlink" aria-label=' in article
    assert 'href="#text-section-3">Odwołania</a>' in html  # the contents
    assert document.url in html
    assert "Konkurs ogłoszony" in html  # the way back to where it is attached

    address = re.search(r'<img src="([^"]+)" alt="Plan rynku z fontanną" width="60" height="40"', article)[1]
    shown = client.get(address)
    assert shown["Content-Type"] == "image/webp"
    assert shown.content[8:12] == b"WEBP"


def test_its_line_on_a_page_offers_it_without_a_query_more(client, attached):
    document = attached("regulamin.docx", regulations())
    news = Page.objects.get(title="Konkurs ogłoszony").specific
    assert f'href="/-/readable/{document.pk}/"' in client.get(news.url).content.decode()

    with CaptureQueriesContext(connection) as with_it:
        client.get(news.url)
    SiteDocument.objects.update(text_checksum="")
    with CaptureQueriesContext(connection) as without:
        html = client.get(news.url).content.decode()
    assert "/-/readable/" not in html
    assert len(with_it) == len(without)


def test_it_is_found_by_a_passage_deep_in_its_text(client, attached):
    filling = "".join(p(f"Akapit {number} o zupełnie innych sprawach urzędu miasta.") for number in range(600))
    body = p("Wstęp", "H1") + filling + p("Rewitalizacja podwórek wymaga zgody konserwatora zabytków.")
    document = attached("raport.docx", docx(body), title="Raport", language="pl")

    html = client.get("/pl/search/", {"q": "konserwatorem podwórka"}).content.decode()

    assert f'href="/-/readable/{document.pk}/"' in html
    assert re.search(r"Rewitalizacja <mark>podwórek</mark> wymaga zgody <mark>konserwatora</mark>", html), html[-3000:]


def test_who_may_not_have_the_file_may_not_read_it(client, admin_client, upload):
    document = upload("projekt.docx", regulations())

    get(client, document, 404)
    number = ReadingPicture.objects.get()
    assert client.get(f"/-/readable/{document.pk}/{document.checksum[:12]}/{number.number}.webp").status_code == 404
    seen = admin_client.get(f"/-/readable/{document.pk}/")
    assert seen.status_code == 200
    assert seen["Cache-Control"] == "private, no-store"
    assert '<meta name="robots" content="noindex">' in seen.content.decode()


def test_a_collection_with_a_password_asks_for_it(client, attached):
    document = attached("projekt.docx", regulations())
    CollectionViewRestriction.objects.create(
        collection=document.collection, restriction_type="password", password="rynek"
    )
    html = get(client, document)

    assert "Startują gminy" not in html
    assert 'type="password"' in html


def test_a_page_taken_down_takes_the_text_along(client, attached, committed):
    document = attached("regulamin.docx", regulations())
    with committed():
        Page.objects.get(title="Konkurs ogłoszony").specific.unpublish()

    get(client, document, 404)


def test_a_replaced_file_is_read_anew(client, attached, committed):
    document = attached("regulamin.docx", regulations())
    with committed():
        document.file = ContentFile(docx(p("Zupełnie nowe zasady.")), name="regulamin.docx")
        document.save()
        # Until the new file is read, nobody is shown the old text under its name.
        assert get(client, document, 302)["Location"] == document.url

    html = get(client, document)
    assert "Zupełnie nowe zasady." in html
    assert "Startują gminy" not in html
    assert not ReadingPicture.objects.exists()


def test_a_file_that_cannot_be_read_keeps_its_reason_and_loses_nothing(client, admin_client, attached):
    document = attached("regulamin.docx", docx("<w:p/>" * 60_001))

    assert get(client, document, 302)["Location"] == document.url
    assert client.get(document.url).status_code == 200
    page = Page.objects.get(title="Konkurs ogłoszony")
    assert f"/-/readable/{document.pk}/" not in client.get(page.specific.url).content.decode()
    assert "60000 akapitów" in admin_client.get(f"/admin/documents/edit/{document.pk}/").content.decode()


def test_nothing_in_a_file_becomes_markup(client, attached):
    evil = "&lt;script&gt;alert(1)&lt;/script&gt;"
    body = (
        p(evil, "H1")
        + p(evil)
        + tbl(tr(evil, heads=True), tr(evil))
        + p(picture("i", "&quot;&gt;&lt;svg onload=x&gt;"))
    )
    links = relation("l", "hyperlink", "javascript:alert(1)", external=True)
    document = attached("zly.docx", docx(body + p(LINK), relations=RELATIONS + links, parts=PARTS), title="</title><b>")

    html = get(client, document)

    assert "<script>alert" not in html
    assert "<svg onload" not in html
    assert "javascript:" not in html
    assert "<b>" not in html


def test_an_arabic_text_is_set_from_right_to_left(client, attached):
    body = docx(p(r("نص عربي طويل عن المدينة", "<w:rtl/>"), more="<w:bidi/>"))
    assert '<html lang="ar" dir="rtl">' in get(client, attached("ar.docx", body, language="ar"))


def test_a_text_in_a_language_that_the_site_does_not_have_says_so(client, upload, admin_client):
    document = upload("fa.docx", docx(p(r("متنی دربارهٔ شهر", "<w:rtl/>"), more="<w:bidi/>")), language="fa")

    response = admin_client.get(f"/-/readable/{document.pk}/", headers={"accept-language": "uk"})

    html = response.content.decode()
    assert '<html lang="uk" dir="ltr">' in html
    assert re.search(r'<article [^>]*lang="fa" dir="rtl"', html)
    assert "Accept-Language" in response["Vary"]


def test_the_command_catches_up_and_is_idempotent(client, attached, capsys):
    document = attached("regulamin.docx", regulations())
    Reading.objects.all().delete()
    SiteDocument.objects.update(text_checksum="")

    call_command("read_documents")
    assert "1 documents can be read" in capsys.readouterr().out
    get(client, document)
    call_command("read_documents")
    assert "0 documents can be read" in capsys.readouterr().out


@pytest.mark.parametrize("address", ["999999999999999999999/", "0/", "1/aaaa/99999999999.webp", "%00/"])
def test_addresses_of_nothing_are_not_there(client, db, address):
    assert client.get(f"/-/readable/{address}").status_code == 404
