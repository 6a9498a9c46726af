"""From a Word file to a draft: in the admin, and for a whole folder."""

import json

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page

from media.models import SiteImage
from pages.contrib.docx.models import WaitingFile
from pages.contrib.docx.reading import read
from pages.contrib.docx.words import told
from pages.interchange.bodies import Choices
from pages.interchange.bodies import body_of as body_of_outline
from pages.models import NewsPage, SectionPage, WorkshopPage
from tests.people import person

from .word_files import BULLET, NUMBERED, NUMBERING, STYLES, docx, p, part, picture, png, r, relation, tbl, tc, tr

PICTURE = png()
ENGLISH = '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults>'
OTHER_LIST = 3


def whole_document(address="https://inna.example/"):
    """A document with a bit of everything."""
    return docx(
        p("Dziedziniec w pięciu krokach", "Title")
        + p("Jak zacząć.", "Subtitle")
        + p("Wstęp", "H1")
        + p(r("Zobacz ") + f'<w:hyperlink r:id="l">{r("stronę")}</w:hyperlink>' + r(" i ") + r("śmiało", "<w:u/>"))
        + p("raz", list_id=BULLET)
        + p("raz raz", list_id=BULLET, level=1)
        + p(picture("i", "Ludzie na dziedzińcu"))
        + p("Ryc. 1. Dziedziniec", "Caption")
        + p(picture("j"))
        + p("Tabela 1. Miasta", "Caption")
        + tbl(
            tr("Miasto", tc("Lata", '<w:gridSpan w:val="2"/>'), heads=True),
            tr("Łódź", "2025", "2026"),
        )
        + p(r("Kto może?", "<w:b/>"))
        + p("Cytowane słowa.", "Cytat")
        + p('<w:del w:id="1"><w:r><w:delText>tajne</w:delText></w:r></w:del>' + r("Koniec.")),
        relations=relation("l", "hyperlink", address, external=True)
        + relation("i", "image", "media/a.png")
        + relation("j", "image", "media/b.png"),
        parts={"word/media/a.png": PICTURE, "word/media/b.png": PICTURE},
    )


@pytest.fixture
def editor(site, client):
    user = person("redaktorka", is_superuser=True)
    client.force_login(user)
    return user


def upload(client, parent, content=None, page_type="pages.newspage", name="Opis dziedzińca.docx"):
    file = SimpleUploadedFile(name, whole_document() if content is None else content)
    return client.post(
        reverse("word_files:upload", args=[parent.pk]), {"file": file, "page_type": page_type}, follow=True
    )


def make(client, **fields):
    waiting = WaitingFile.objects.get()
    data = {"title": "Dziedziniec w pięciu krokach", "lead": "Jak zacząć.", "create": "1", **fields}
    return client.post(reverse("word_files:preview", args=[waiting.pk]), data, follow=True)


def with_other_list(body, start):
    """Return a file with a second list of the same look, which begins with another number."""
    begins = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
    num = f'<w:num w:numId="{OTHER_LIST}"><w:abstractNumId w:val="{NUMBERED}"/>{begins}</w:num>'
    return docx(body, parts={"word/numbering.xml": part("numbering", NUMBERING + num)})


def body_of(page):
    return [(block.block_type, block.value) for block in page.specific.body]


def test_a_document_becomes_a_draft_with_all_it_says(client, site, editor):
    site.home.refresh_from_db()
    target = site.add_news("Cel")
    content = whole_document(address=f"https://testserver{target.get_url()}")

    shown = upload(client, site.news, content)
    response = make(client)

    page = NewsPage.objects.get(title="Dziedziniec w pięciu krokach")
    assert (page.lead, page.live, page.owner, page.has_unpublished_changes) == ("Jak zacząć.", False, editor, True)
    assert page.slug == "dziedziniec-w-pieciu-krokach"
    assert response.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    blocks = body_of(page)
    assert [kind for kind, _ in blocks] == ["heading", "text", "picture", "picture", "table", "text", "quote", "text"]
    assert blocks[0][1]["text"] == "Wstęp"
    assert str(blocks[1][1].source) == (
        f'<p>Zobacz <a id="{target.pk}" linktype="page">stronę</a> i <i>śmiało</i></p>'
        "<ul><li>raz<ul><li>raz raz</li></ul></li></ul>"
    )
    assert (blocks[2][1]["alt"], blocks[2][1]["caption"]) == ("Ludzie na dziedzińcu", "Ryc. 1. Dziedziniec")
    table = blocks[4][1]["table"]
    assert [column["heading"] for column in table.columns] == ["Miasto", "Lata", "Lata"]
    assert (table.row_data, table.caption) == ([{"values": ["Łódź", "2025", "2026"]}], "Tabela 1. Miasta")
    assert blocks[6][1]["text"] == "Cytowane słowa."
    assert "Text that was deleted with tracked changes: <strong>1</strong>" in shown.text
    assert "tajne" not in shown.text
    assert not WaitingFile.objects.exists()


def test_one_picture_is_stored_once_and_its_missing_words_wait_for_the_editor(client, site, editor):
    upload(client, site.news)
    first = make(client)
    upload(client, site.news)
    make(client)

    assert SiteImage.objects.count() == 1
    assert "Pictures without alternative text: say what they show (1)" in first.text
    assert [value["alt"] for kind, value in body_of(NewsPage.objects.first()) if kind == "picture"][1] == ""


def test_choices_change_what_is_made(client, site, editor):
    upload(client, site.news)

    make(client, headings=["0"], changes="rejected")

    blocks = body_of(NewsPage.objects.get())
    assert [value["text"] for kind, value in blocks if kind == "heading"] == ["Wstęp", "Kto może?"]
    assert str(blocks[-1][1].source) == "<p>tajneKoniec.</p>"


def test_each_section_offers_the_pages_that_may_stand_in_it(client, site, editor):
    upload(client, site.workshops, page_type="pages.workshoppage")
    make(client, starts_on="2026-05-12")
    upload(client, site.home, page_type="pages.sectionpage")
    make(client)
    wrong = upload(client, site.home, page_type="pages.newspage")

    assert str(WorkshopPage.objects.get().starts_on) == "2026-05-12"
    assert SectionPage.objects.get().get_parent().pk == site.home.pk
    assert wrong.status_code == 400


def test_a_bad_file_is_refused_with_what_to_do_and_is_not_kept(client, site, editor):
    locked = upload(client, site.news, b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"))
    renamed = upload(client, site.news, b"%PDF-1.7")

    assert "The file is locked with a password." in locked.text
    assert "It is a PDF file." in renamed.text
    assert not WaitingFile.objects.exists()


def test_a_failure_leaves_neither_page_nor_picture_nor_a_lost_upload(client, site, editor, monkeypatch):
    storage = SiteImage._meta.get_field("file").storage
    default_storage.save("original_images/known.png", ContentFile(PICTURE))
    before = storage.listdir("original_images")
    upload(client, site.news)
    monkeypatch.setattr(NewsPage, "save_revision", lambda self, **_: 1 / 0)
    client.raise_request_exception = False

    assert make(client).status_code == 500

    assert not NewsPage.objects.exists()
    assert not SiteImage.objects.exists()
    assert WaitingFile.objects.count() == 1
    assert storage.listdir("original_images") == before


def test_only_who_uploaded_a_file_sees_it_and_only_where_they_may_add_pages(client, site, editor):
    upload(client, site.news)
    waiting = WaitingFile.objects.get()
    addresses = [reverse(f"word_files:{name}", args=[waiting.pk]) for name in ("preview", "picture")]
    client.force_login(person("inny", {site.news: ["add"]}))
    strangers = [client.get(address).status_code for address in addresses]
    client.force_login(person("bez-praw", {site.workshops: ["add"]}))
    client.get(reverse("word_files:upload", args=[site.news.pk]))

    assert strangers == [404, 404]
    assert client.get(reverse("word_files:upload", args=[site.news.pk])).status_code == 302
    assert "Word file…" not in client.get(reverse("wagtailadmin_explore", args=[site.news.pk])).text


def test_the_explorer_offers_it_and_forgotten_files_are_deleted(client, site, editor):
    upload(client, site.news)
    WaitingFile.objects.update(uploaded_at=timezone.now() - WaitingFile.KEPT * 2)
    upload(client, site.news, name="drugi.docx")

    assert [waiting.name for waiting in WaitingFile.objects.all()] == ["drugi.docx"]
    assert (
        reverse("word_files:upload", args=[site.news.pk])
        in client.get(reverse("wagtailadmin_explore", args=[site.news.pk])).text
    )


def test_the_preview_shows_pictures_and_nothing_else_of_the_file(client, site, editor):
    upload(client, site.news)
    address = reverse("word_files:picture", args=[WaitingFile.objects.get().pk])

    shown = client.get(address, {"name": "word/media/a.png"})

    assert (shown.content, shown["Content-Type"], shown["X-Content-Type-Options"]) == (PICTURE, "image/png", "nosniff")
    assert [client.get(address, {"name": name}).status_code for name in ("word/document.xml", "../x", "\0")] == [
        404
    ] * 3


def test_a_picture_that_boasts_of_its_pixels_is_never_decoded_and_left_out(client, site, editor):
    bomb = docx(
        p(picture("i", "Bomba")) + p("Tekst."),
        relations=relation("i", "image", "media/a.png"),
        parts={"word/media/a.png": png(60_000, 60_000)},
    )

    shown = upload(client, site.news, bomb)
    make(client)

    assert "This picture cannot be shown on the site and will be left out." in shown.text
    assert [kind for kind, _ in body_of(NewsPage.objects.get())] == ["text"]
    assert not SiteImage.objects.exists()


def test_a_folder_becomes_drafts_and_a_stopped_run_goes_on(site, tmp_path, django_user_model, capsys):
    django_user_model.objects.create_superuser("admin")
    for name in ("a.docx", "b.docx"):
        (tmp_path / name).write_bytes(whole_document())
    (tmp_path / "c.docx").write_bytes(b"{\\rtf1}")
    report = tmp_path / "report.json"
    options = {"parent": site.news.pk, "report": report, "verbosity": 0}

    call_command("import_docx", tmp_path, dry_run=True, **options)
    dry = json.loads(report.read_text())["files"]
    before = Page.objects.count()
    call_command("import_docx", tmp_path, **options)
    call_command("import_docx", tmp_path, resume=True, **options)

    assert [line["state"] for line in dry] == ["would create", "would create", "refused"]
    assert Page.objects.count() == before + 2
    lines = json.loads(report.read_text())["files"]
    assert [line["state"] for line in lines] == ["created", "created", "refused"]
    assert lines[2]["reason"] == "not_word"


def test_a_folder_cannot_go_where_its_pages_may_not_stand(site, tmp_path, django_user_model):
    django_user_model.objects.create_superuser("admin")

    with pytest.raises(CommandError, match="cannot stand below"):
        call_command("import_docx", tmp_path, parent=site.news.pk, type="section")


def test_bold_lines_stand_one_below_the_heading_they_follow():
    text = docx(p("Część", "H1") + p("a") + p(r("Jeden", "<w:b/>")) + p("b") + p(r("Dwa", "<w:b/>")) + p("Inna", "H1"))

    made = body_of_outline(read(text), lambda address: None, Choices(headings={0, 1}))

    headings = [block["value"] for block in made.blocks if block["type"] == "heading"]
    assert [(value["text"], value["level"]) for value in headings] == [
        ("Część", "2"),
        ("Jeden", "3"),
        ("Dwa", "3"),
        ("Inna", "2"),
    ]


def test_the_report_says_where_something_was_left_out():
    gone = '<w:del w:id="1"><w:r><w:delText>x</w:delText></w:r></w:del>'
    text = docx(p("Wstęp", "H1") + tbl(tr("a", f"<w:tc>{p(r('b') + gone)}</w:tc>")) + p(r("Dalej") + gone))

    with override("en"):
        line = told(read(text).report).left_out[0]

    assert (line.count, line.places) == (2, ["table 1: “Wstęp”", "“Wstęp”"])


def test_a_quote_in_another_language_keeps_it_and_a_mixed_one_is_told():
    ukrainian, english = '<w:lang w:val="uk-UA"/>', '<w:lang w:val="en-GB"/>'
    polish = "Zwykły tekst po polsku, żeby było wiadomo, w jakim języku jest cały dokument. "
    styles = '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="pl-PL"/></w:rPr></w:rPrDefault></w:docDefaults>'
    text = p(polish * 3) + p(r("Ми всі маємо двір.", ukrainian), "Cytat") + p("Dalej.")
    text += p(r("Pół ") + r("half", english), "Cytat")

    body = body_of_outline(read(docx(text, styles=styles + STYLES)), lambda address: None)

    assert [block["value"]["language"] for block in body.blocks if block["type"] == "quote"] == ["uk", ""]
    assert body.report.counts["language"] == 1


@pytest.mark.parametrize(
    "below",
    [
        p("BGK – Bank Gospodarstwa Krajowego", list_id=BULLET) + p("art. – artykuł;", list_id=BULLET),
        p("<w:r><w:t>BGK</w:t><w:tab/><w:t>Bank Gospodarstwa Krajowego</w:t></w:r>")
        + p(r("art.", "<w:b/>") + r(" - artykuł")),
        tbl(tr("Skrót", "Rozwinięcie"), tr("BGK", "Bank Gospodarstwa Krajowego"), tr("art.", "artykuł")),
        p("BGK: Bank Gospodarstwa Krajowego") + p("art. = artykuł"),
    ],
    ids=["list", "lines", "table", "colon"],
)
def test_a_list_of_abbreviations_explains_them_on_the_page(client, site, editor, below):
    upload(
        client,
        site.news,
        docx(p("Tytuł", "Title") + p("Wykaz skrótów", "H1") + below + p("Dalej", "H1") + p("BGK płaci.")),
    )
    make(client, title="Tytuł", lead="Po co.")

    page = NewsPage.objects.get()
    assert [kind for kind, _value in body_of(page)] == ["abbreviations", "heading", "text"]
    value = page.body[0].value
    assert value["title"] == "Wykaz skrótów"
    assert [(item["abbreviation"], item["expansion"]) for item in value["items"]] == [
        ("BGK", "Bank Gospodarstwa Krajowego"),
        ("art.", "artykuł"),
    ]


@pytest.mark.parametrize(
    "below",
    [
        p("BGK – Bank Gospodarstwa Krajowego") + p("Więcej znajdziesz w regulaminie."),
        p("BGK – Bank Gospodarstwa Krajowego" + " i inne" * 40),
        p("Uwaga: nie stosujemy skrótów."),
        p(r("BGK – ") + f'<w:hyperlink r:id="l">{r("Bank")}</w:hyperlink>'),
    ],
    ids=["a sentence", "too long", "a note", "a link"],
)
def test_what_is_more_than_a_list_of_abbreviations_stays_text(below):
    text = p("Wstęp", "H1") + p("Po co.") + p("Wykaz skrótów", "H1") + below
    file = docx(text, relations=relation("l", "hyperlink", "https://example.org", external=True))

    made = body_of_outline(read(file), lambda address: None)

    assert [block["type"] for block in made.blocks] == ["heading", "text", "heading", "text"]


def test_a_list_goes_on_with_its_number_after_a_paragraph(client, site, editor):
    body = (
        p("raz", list_id=NUMBERED)
        + p("Słowa między nimi.")
        + p("dwa", list_id=NUMBERED)
        + p("a", list_id=NUMBERED, level=1)
        + p("osiem", list_id=OTHER_LIST)
    )
    shown = upload(client, site.news, with_other_list(body, 8))
    make(client)

    assert str(body_of(NewsPage.objects.get())[0][1].source) == (
        "<ol><li>raz</li></ol><p>Słowa między nimi.</p>"
        '<ol><li value="2">dwa<ol><li>a</li></ol></li><li value="8">osiem</li></ol>'
    )
    assert "begin with 1" not in shown.text


def test_two_lists_that_touch_are_one_that_counts_anew(client, site, editor):
    """The editor stores them as one list, which would go on with 3."""
    body = p("raz", list_id=NUMBERED) + p("dwa", list_id=NUMBERED) + p("znów raz", list_id=OTHER_LIST)
    upload(client, site.news, with_other_list(body, 1))
    make(client)

    source = str(body_of(NewsPage.objects.get())[0][1].source)
    assert source == '<ol><li>raz</li><li>dwa</li><li value="1">znów raz</li></ol>'


@pytest.mark.parametrize(
    ("noted", "title"),
    [("", "Regulamin konkursu"), ("REGULAMIN KONKURSU", "Regulamin konkursu"), ("Konkurs 2026", "Konkurs 2026")],
)
def test_a_bold_line_at_the_head_is_the_title_of_a_text_without_one(noted, title):
    outline = read(docx(p("<w:r/>") + p(r("Regulamin konkursu", "<w:b/>")) + p("Kto może.")))
    outline.properties["title"] = noted

    made = body_of_outline(outline, lambda address: None)

    assert made.title == title
    assert ("Regulamin konkursu" in made.suggestions) == (title == "Konkurs 2026")


@pytest.mark.parametrize(("language", "counted"), [("pl", 1), ("en", 0)])
def test_the_editor_is_told_of_a_text_in_another_language_than_the_page(language, counted):
    english = p("The city and the people of the old town talk about the water in their courtyards. " * 10)
    with override(language):
        report = body_of_outline(read(docx(english, styles=ENGLISH)), lambda address: None).report

        assert report.counts["other_language"] == counted
        assert [place.words for place in report.places.get("other_language", ())] == ["English"] * counted


def test_polish_text_that_word_notes_as_english_is_no_cause_for_alarm():
    polish = p("Zażółć gęślą jaźń: miasto się zmienia, a mieszkańcy razem z nim, choć nie każdy to widzi. " * 10)
    with override("pl"):
        report = body_of_outline(read(docx(polish, styles=ENGLISH)), lambda address: None).report

    assert report.counts["other_language"] == 0


def test_the_mark_of_a_note_in_a_cell_is_a_raised_digit(client, site, editor):
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = part("footnotes", f'<w:footnote w:id="2">{p("Dane z 2025 roku.")}</w:footnote>')
    text = docx(
        tbl(tr("Miasto", "Liczba", heads=True), tr("Łódź", f"<w:tc>{p(r('7') + mark)}</w:tc>")),
        relations=relation("f", "footnotes", "footnotes.xml"),
        parts={"word/footnotes.xml": notes},
    )

    made = body_of_outline(read(text), lambda address: None)

    assert made.blocks[0]["value"]["table"]["rows"] == [{"values": ["Łódź", "7¹"]}]
    assert made.blocks[-1]["value"] == "<ol><li>Dane z 2025 roku.</li></ol>"
