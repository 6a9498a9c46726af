"""Page to Word, edited there, and back: through the real admin."""

import io
import re
import zipfile
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry

from media.models import SiteImage
from pages.contrib.docx.models import ReturnedFile, WaitingFile
from pages.models import NewsPage
from tests.factories import SiteImageFactory
from tests.people import person
from tests.site_tree import full_workshop, translate

from .word_files import NAMESPACES, docx, p, picture, png

pytestmark = pytest.mark.django_db

BODY = [
    ("heading", {"text": "Co się zmieni", "level": "2"}),
    ("text", '<p data-block-key="abcde">Podwórka <b>będą</b> zielone.</p><p data-block-key="fghij">Zapraszamy.</p>'),
    ("quote", {"text": "Wszyscy mają podwórko.", "author": "Mieszkanka", "language": ""}),
]


@pytest.fixture
def editor(site, client):
    user = person("redaktorka", is_superuser=True)
    client.force_login(user)
    return user


@pytest.fixture
def article(site, editor):
    return site.add_news("Nowe podwórka", lead="Trzy miasta.", body=BODY)


def taken_away(client, page):
    response = client.get(reverse("draft_file", args=[page.pk, "docx"]))
    assert response.status_code == 200
    return response.content


def edited(file, *replacements, part="word/document.xml"):
    """Return the file with words of a part replaced, as somebody does in Word."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    main = parts[part].decode()
    for old, new in replacements:
        assert main.count(old) == 1, (old, main.count(old))
        main = main.replace(old, new)
    parts[part] = main.encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def sent_back(client, page, content):
    file = SimpleUploadedFile("Nowe podwórka.docx", content)
    return client.post(reverse("word_files:return", args=[page.pk]), {"file": file}, follow=True)


def ticked(response):
    html = response.content.decode()
    return re.findall(r'name="take" value="([^"]*)" checked', html)


def take(client, page, keys, **more):
    kept = ReturnedFile.objects.get()
    data = {"take": keys, "revision": page.latest_revision_id, **more}
    return client.post(reverse("word_files:compare", args=[page.pk, kept.pk]), data, follow=True)


def draft_of(page):
    return Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()


def test_what_was_changed_in_word_comes_into_a_new_draft(client, article):
    file = edited(taken_away(client, article), ("zielone.", "zielone i ciche."), ("Trzy miasta.", "Cztery miasta."))
    response = sent_back(client, article, file)
    html = response.content.decode()

    assert '<ins><span class="w-sr-only">added: </span> i ciche</ins>' in html
    keys = ticked(response)
    assert len(keys) == 2

    response = take(client, article, keys)
    draft = draft_of(article)
    assert "Nothing was published" in response.content.decode()
    assert draft.lead == "Cztery miasta."
    # What did not change keeps its keys, and so its place in the editor.
    assert draft.body[1].value.source == (
        '<p>Podwórka <b>będą</b> zielone i ciche.</p><p data-block-key="fghij">Zapraszamy.</p>'
    )
    assert [block.id for block in draft.body] == [block.id for block in article.body]
    assert NewsPage.objects.get(pk=article.pk).lead == "Trzy miasta."
    entry = PageLogEntry.objects.filter(page=article.pk, action="wagtail.edit").get()
    assert entry.data["from"] == "file"
    assert entry.revision_id == draft.latest_revision_id
    assert not ReturnedFile.objects.exists()


def test_a_form_sent_twice_changes_nothing_twice(client, article):
    keys = ticked(sent_back(client, article, edited(taken_away(client, article), ("Trzy miasta.", "Cztery."))))
    url = reverse("word_files:compare", args=[article.pk, ReturnedFile.objects.get().pk])
    data = {"take": keys, "revision": article.latest_revision_id}
    client.post(url, data)
    revisions = article.revisions.count()

    response = client.post(url, data, follow=True)

    assert "brought back or put away already" in response.content.decode()
    assert article.revisions.count() == revisions


def test_what_changed_in_both_places_is_asked_and_never_ticked(client, article):
    file = edited(taken_away(client, article), ("Trzy miasta.", "Cztery miasta."), ("zielone.", "ciche."))
    article.lead = "Pięć miast."
    article.body[2].value["author"] = "Mieszkaniec"
    article.save_revision()

    response = sent_back(client, article, file)
    html = response.content.decode()

    assert "Changed in Word and on the site (1)" in html
    assert "Changed on the site only (1)" in html
    (key,) = ticked(response)
    assert key.startswith("changed:body/")
    article.refresh_from_db()
    take(client, article, ["conflict:lead"])
    draft = draft_of(article)
    assert draft.lead == "Cztery miasta."
    assert "zielone" in draft.body[1].value.source
    assert draft.body[2].value["author"] == "Mieszkaniec"


def test_a_page_saved_while_somebody_looked_is_not_overwritten(client, article):
    keys = ticked(sent_back(client, article, edited(taken_away(client, article), ("Trzy miasta.", "Cztery."))))
    seen = article.latest_revision_id
    article.title = "Tymczasem"
    article.save_revision()

    response = take(client, article, keys, revision=seen)

    assert response.status_code == 409
    assert "Somebody has saved the page meanwhile" in response.content.decode()
    assert draft_of(article).lead == "Trzy miasta."
    assert ReturnedFile.objects.exists()


def test_a_file_nobody_has_changed_says_so(client, article):
    response = sent_back(client, article, taken_away(client, article))

    assert "The file says the same as the page." in response.content.decode()
    assert ticked(response) == []


def test_files_of_other_pages_say_what_to_do(client, article, site, editor):
    other = site.add_news("Inna", lead="Inny lead.")

    html = sent_back(client, article, taken_away(client, other)).content.decode()
    assert "was made of the page “Inna”" in html
    kept = ReturnedFile.objects.get()
    assert kept.page_id == other.pk
    assert reverse("word_files:compare", args=[other.pk, kept.pk]) in html

    html = sent_back(client, article, docx(p("Skądinąd"))).content.decode()
    assert "does not say which page it was made of" in html
    assert reverse("word_files:preview", args=[WaitingFile.objects.get().pk]) in html


def test_who_may_not_edit_brings_nothing_back(client, article):
    url = reverse("word_files:return", args=[article.pk])
    file = taken_away(client, article)
    sent_back(client, article, file)
    kept = ReturnedFile.objects.get()
    compare = reverse("word_files:compare", args=[article.pk, kept.pk])
    client.force_login(person("czytelnik"))
    assert client.get(url).status_code == 302
    client.force_login(person("inna", is_superuser=True))
    # Files are seen by nobody but who uploaded them.
    assert "put away already" in client.get(compare, follow=True).content.decode()

    article.locked = True
    article.locked_by = person("trzecia", is_superuser=True)
    article.save()
    assert client.get(url).status_code == 302


def test_a_translation_is_left_to_its_editor(client, site, editor, django_capture_on_commit_callbacks):
    for page in (site.home, site.news):
        translate(page, "en")
    source = site.add_news(lead="Trzy miasta.")
    with django_capture_on_commit_callbacks(execute=True):
        translate(source, "en")
    page = source.get_translations().get()

    response = client.get(reverse("word_files:return", args=[page.pk]), follow=True)

    assert "This page is a translation" in response.content.decode()


def test_rows_pictures_and_tables_come_back(client, site, editor):
    table = {
        "caption": "Miasta",
        "columns": [{"type": "text", "heading": "Miasto"}, {"type": "number", "heading": "Liczba"}],
        "rows": [{"values": ["Łódź", "12"]}, {"values": ["Bytom", "5"]}],
    }
    body = [
        {"type": "text", "value": "<p>Pierwszy.</p>"},
        {"type": "table", "value": {"table": table, "has_row_headings": True}},
    ]
    page = full_workshop(site, photos=1, tracks=1, documents=1, body=body)
    file = edited(
        taken_away(client, page),
        (">12<", ">14<"),
        ("Minikatalog porad", "Katalog porad"),
        ("opieka ekspercka: ", "moderacja: "),
        ("zdjęcie 0", "przy oknie"),
        ("Dokument 0 (", "Protokół ("),
    )
    keys = ticked(sent_back(client, page, file))
    assert len(keys) == 5

    take(client, page, keys)
    draft = draft_of(page)
    track = draft.tracks.get()
    assert track.outcomes.get().name == "Katalog porad"
    assert track.people.get().role == "moderacja"
    assert draft.galleries.get().photos.get().alt == "Uczestnicy słuchają, przy oknie"
    assert draft.attachment_groups.all()[0].attachments.get().title == "Protokół"
    assert [row["values"] for row in draft.body[1].value["table"].row_data] == [["Łódź", 14], ["Bytom", 5]]


def cities(*rows):
    columns = [{"type": "text", "heading": "Miasto"}, {"type": "number", "heading": "Liczba"}]
    table = {"caption": "Miasta", "columns": columns, "rows": [{"values": list(row)} for row in rows]}
    return [{"type": "table", "value": {"table": table, "has_row_headings": True}}]


def row(*words):
    return f"<w:tr>{''.join(f'<w:tc>{p(text)}</w:tc>' for text in words)}</w:tr>"


def test_each_row_of_a_table_is_asked_about_by_itself(client, site, editor):
    article = site.add_news("Miasta", body=cities(("Łódź", 12), ("Bytom", 5), ("Żary", 3), ("Iława", 2)))
    file = taken_away(client, article)
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        rows = re.findall(r"<w:tr>.*?</w:tr>", archive.read("word/document.xml").decode(), re.DOTALL)
    file = edited(
        file,
        (">12<", ">14<"),
        (rows[2], row("Bytom", "6")),
        (rows[3], row("Konin", "7") + row("Turek", "osiem")),
    )
    article.body[0].value["table"].row_data[1]["values"][1] = 9
    article.body[0].value["table"].row_data.append({"values": ["Kielce", 4]})
    article.save_revision()

    response = sent_back(client, article, file)
    html = response.content.decode()

    assert "Table: “Miasta”, row “Łódź”" in html
    assert "Table: “Miasta”, new row after “Bytom”" in html
    # A word in a column of numbers.
    assert "It cannot be told what in these words belongs where" in html
    assert "Changed in Word and on the site (1)" in html
    assert "Changed on the site only (1)" in html
    article.refresh_from_db()
    take(client, article, ticked(response))
    rows = [row["values"] for row in draft_of(article).body[0].value["table"].row_data]
    assert rows == [["Łódź", 14], ["Bytom", 9], ["Konin", 7], ["Iława", 2], ["Kielce", 4]]

    response = sent_back(client, article, file)
    assert ticked(response) == []


def test_a_table_with_other_columns_is_asked_about_as_a_whole(client, site, editor):
    article = site.add_news("Miasta", body=cities(("Łódź", 12), ("Bytom", 5)))
    file = taken_away(client, article)
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        rows = re.findall(r"<w:tr>.*?</w:tr>", archive.read("word/document.xml").decode(), re.DOTALL)
    moved = row("Liczba", "Miasto", "Uwagi"), row("12", "Łódź", ""), row("6", "Bytom", "razem z gminą")
    response = sent_back(client, article, edited(file, *zip(rows, moved, strict=True)))

    (key,) = ticked(response)
    take(client, article, [key])
    table = draft_of(article).body[0].value["table"]
    assert [column["block"].name for column in table.columns] == ["number", "text", "text"]
    assert [row["values"] for row in table.row_data] == [[12, "Łódź", ""], [6, "Bytom", "razem z gminą"]]


def with_picture(file, content, *replacements, place=0):
    """Return the file with other bytes under one of its pictures."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(edited(file, *replacements))) as archive, zipfile.ZipFile(made, "w") as changed:
        name = sorted(name for name in archive.namelist() if name.startswith("word/media/"))[place]
        for part in archive.namelist():
            changed.writestr(part, content if part == name else archive.read(part))
    return made.getvalue()


def photo(color, size=(300, 200), kind="JPEG", quality=75):
    made = io.BytesIO()
    Image.new("RGB", size, color).save(made, kind, quality=quality)
    return made.getvalue()


def with_notes(file, notes):
    made = io.BytesIO()
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    relation = f'<Relationship Id="rIdNotes" Target="footnotes.xml" Type="{kind}"/></Relationships>'
    with zipfile.ZipFile(io.BytesIO(file)) as archive, zipfile.ZipFile(made, "w") as changed:
        for part in archive.namelist():
            content = archive.read(part)
            if part == "word/_rels/document.xml.rels":
                content = content.replace(b"</Relationships>", relation.encode())
            changed.writestr(part, content)
        changed.writestr("word/footnotes.xml", f"<w:footnotes {names}>{notes}</w:footnotes>")
    return made.getvalue()


@pytest.fixture
def illustrated(site, editor):
    """An article with a picture in its text and another that leads it."""
    images = [SiteImageFactory(file__color=color) for color in ("teal", "orange")]
    for image in images:
        image.get_rendition("width-480|format-jpeg")
        image.file.close()
    value = {"image": images[1], "alt": "Plan placu", "is_decorative": False, "caption": ""}
    return site.add_news("Place", lead_image=images[0], lead_image_alt="Plac nocą", body=[*BODY, ("picture", value)])


def test_a_picture_exchanged_in_word_is_shown_and_comes_into_the_library_when_it_is_taken(client, illustrated, editor):
    # A picture that Word has made smaller is the same picture.
    smaller = with_picture(taken_away(client, illustrated), photo("teal", (240, 160), quality=40))
    assert ticked(sent_back(client, illustrated, smaller)) == []
    ReturnedFile.objects.all().delete()
    known = SiteImage.objects.count()

    file = with_picture(taken_away(client, illustrated), photo("purple"), ("Plac nocą", "Plac o świcie"))
    response = sent_back(client, illustrated, file)
    html = response.content.decode()
    (key,) = ticked(response)
    assert "Alternative text: Plac nocą" in html
    assert "Alternative text: Plac o świcie" in html
    address = unescape(re.search(r'src="([^"]*/picture/[^"]*)"', html)[1])
    shown = client.get(address)
    assert shown["Content-Type"] == "image/jpeg"
    assert shown.content == photo("purple")
    assert client.get(address.replace("media", "none")).status_code == 404
    client.force_login(person("inna", is_superuser=True))
    assert client.get(address).status_code == 404
    client.force_login(editor)
    assert SiteImage.objects.count() == known

    take(client, illustrated, [key])
    draft = draft_of(illustrated)
    assert draft.lead_image.file.read() == photo("purple")
    assert draft.lead_image_alt == "Plac o świcie"
    assert draft.body[3].value["image"] == illustrated.body[3].value["image"]
    file = with_picture(file, photo("purple"), ("Plan placu", "Ten sam plac"), place=1)
    (key,) = ticked(sent_back(client, draft, file))
    take(client, draft, [key])
    draft = draft_of(illustrated)
    assert draft.body[3].value["image"] == draft.lead_image
    assert draft.body[3].value["alt"] == "Ten sam plac"
    assert SiteImage.objects.count() == known + 1
    # Brought back once more, it finds everything there.
    assert ticked(sent_back(client, draft, file)) == []


@pytest.mark.parametrize("content", [b"GIF89a", png(60_000, 60_000)], ids=["broken", "bomb"])
def test_a_picture_that_the_library_would_refuse_cannot_be_taken(client, illustrated, content):
    known = SiteImage.objects.count()
    response = sent_back(client, illustrated, with_picture(taken_away(client, illustrated), content))

    assert ticked(response) == []
    assert "cannot be shown on the site" in response.content.decode()
    take(client, illustrated, ["changed:lead_image_alt"])
    assert SiteImage.objects.count() == known


def test_a_picture_exchanged_in_both_places_is_asked_and_never_ticked(client, illustrated):
    file = with_picture(taken_away(client, illustrated), photo("purple"))
    illustrated.lead_image = SiteImageFactory(file__color="black")
    illustrated.save_revision()

    response = sent_back(client, illustrated, file)

    assert ticked(response) == []
    assert "Changed in Word and on the site (1)" in response.content.decode()


def test_a_picture_replaced_in_the_library_is_not_brought_back_unasked(client, illustrated, editor):
    file = with_picture(taken_away(client, illustrated), photo("purple"))
    log(illustrated.lead_image, "wagtail.edit", user=editor)

    response = sent_back(client, illustrated, file)

    assert ticked(response) == []
    assert 'value="conflict:lead_image_alt"' in response.content.decode()


def drawn(file, alt, name="other"):
    """Return a paragraph with a new picture, and the file that holds it."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    relation = f'<Relationship Id="rId{name}" Target="media/{name}.jpg" Type="{kind}"/></Relationships>'
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as archive, zipfile.ZipFile(made, "w") as changed:
        for part in archive.namelist():
            content = archive.read(part)
            if part == "word/_rels/document.xml.rels":
                content = content.replace(b"</Relationships>", relation.encode())
            changed.writestr(part, content)
        changed.writestr(f"word/media/{name}.jpg", photo("purple"))
    return p(picture(f"rId{name}", alt)).replace("<w:drawing>", f"<w:drawing {NAMESPACES}>"), made.getvalue()


def test_a_picture_put_between_those_of_a_gallery_is_added_to_it(client, site, editor):
    images = [SiteImageFactory(file__color=color) for color in ("teal", "orange")]
    for image in images:
        image.get_rendition("width-480|format-jpeg")
        image.file.close()
    items = [
        {"image": image, "alt": alt, "caption": ""} for image, alt in zip(images, ("Rynek", "Ratusz"), strict=True)
    ]
    page = full_workshop(site, photos=2, body=[("gallery", {"title": "Zdjęcia", "pictures": items})])
    file = taken_away(client, page)
    new, file = drawn(file, "Podwórko")
    caption = '<w:p><w:pPr><w:pStyle w:val="Caption"/></w:pPr><w:r><w:t>Po remoncie</w:t></w:r></w:p>'
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        shown = re.findall(r"<w:p>(?:(?!</w:p>).)*<w:drawing>.*?</w:p>", archive.read("word/document.xml").decode())
    of_block, of_page = shown[0], shown[-2]
    without_words = new.replace('descr="Podwórko"', 'descr=""')
    file = edited(file, (of_block, of_block + new + caption), (of_page, of_page + without_words))
    stored = SiteImage.objects.count()

    response = sent_back(client, page, file)
    html = response.content.decode()
    keys = ticked(response)

    assert len(keys) == 2
    assert "Gallery, new picture after “Rynek”" in html
    assert "No alternative text yet" in html
    assert SiteImage.objects.count() == stored
    take(client, page, keys)
    draft = draft_of(page)
    pictures = draft.body[0].value["pictures"]
    assert [(one["alt"], one["caption"]) for one in pictures] == [
        ("Rynek", ""),
        ("Podwórko", "Po remoncie"),
        ("Ratusz", ""),
    ]
    photos = list(draft.galleries.all()[0].photos.all())
    assert [photo.image == pictures[1]["image"] for photo in photos] == [False, True, False]
    assert [photo.sort_order for photo in photos] == [0, 1, 2]
    assert SiteImage.objects.count() == stored + 1
    assert ticked(sent_back(client, draft, file)) == []
    draft.save_revision().publish()
    assert Page.objects.get(pk=page.pk).specific.galleries.get().photos.count() == 3


def test_a_picture_deleted_in_word_goes_even_if_its_mark_stays(client, illustrated):
    file = taken_away(client, illustrated)
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        drawings = re.findall(r"<w:drawing>.*?</w:drawing>", archive.read("word/document.xml").decode(), re.DOTALL)
    assert len(drawings) == 2

    response = sent_back(client, illustrated, edited(file, *((drawing, "") for drawing in drawings)))
    take(client, illustrated, ticked(response))

    draft = draft_of(illustrated)
    assert draft.lead_image is None
    assert [block.block_type for block in draft.body] == ["heading", "text", "quote"]


NEW = (
    '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Harmonogram</w:t></w:r></w:p>'
    + p("Zaczynamy w maju.")
    + p("Kończymy w czerwcu.")
    + f"<w:tbl>{row('Etap', 'Termin')}{row('Nabór', 'maj')}</w:tbl>"
    + '<w:p><w:pPr><w:pStyle w:val="Quote"/></w:pPr><w:r><w:t>Nareszcie!</w:t></w:r></w:p>'
)


def paragraph_of(file, words):
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        found = re.findall(r"<w:p>.*?</w:p>", archive.read("word/document.xml").decode(), re.DOTALL)
    return next(paragraph for paragraph in found if words in paragraph)


def test_what_is_new_between_two_blocks_is_asked_about_block_by_block(client, article):
    file = taken_away(client, article)
    last = paragraph_of(file, "Zapraszamy.")
    file = edited(file, (last, last + NEW))

    response = sent_back(client, article, file)
    keys = ticked(response)
    assert len(keys) == 4
    # Without the table.
    take(client, article, [key for key in keys if not key.endswith("/2")])

    draft = draft_of(article)
    assert [block.block_type for block in draft.body] == ["heading", "text", "heading", "text", "quote", "quote"]
    assert draft.body[2].value == {"text": "Harmonogram", "level": "2", "language": ""}
    assert draft.body[3].value.source == "<p>Zaczynamy w maju.</p><p>Kończymy w czerwcu.</p>"
    # Brought back once more, only the table is new.
    assert ticked(sent_back(client, draft, file)) == [next(key for key in keys if key.endswith("/2"))]


def test_a_block_that_was_moved_is_not_asked_about_again(client, article):
    file = taken_away(client, article)
    first, last = paragraph_of(file, "Co się zmieni"), paragraph_of(file, "Mieszkanka")
    file = edited(file, (first, ""), (last, last + first))
    (key,) = ticked(sent_back(client, article, file))

    take(client, article, [key])

    draft = draft_of(article)
    assert [block.block_type for block in draft.body] == ["text", "quote", "heading"]
    assert ticked(sent_back(client, draft, file)) == []


def in_language(words, tag):
    """Return runs that go on in another language for some words, as Word cuts them."""
    run = f'</w:t></w:r><w:r><w:rPr><w:lang w:val="{tag}"/></w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'
    return run + '<w:r><w:t xml:space="preserve">'


MARKED = (
    '<p>Powstała <span dir="ltr" lang="en">the shared space of towns</span>, czyli podwórko.</p>'
    "<p>Druga to pocket park with a pond, a trzecia Stadtumbau für alle.</p>"
)


@pytest.mark.parametrize(
    ("words", "tag", "expected"),
    [
        # Marked by a person, and with evidence for it.
        ("pocket park with a pond", "en-GB", ("<p>Druga to ", '<span dir="ltr" lang="en">', "</span>, a trzecia")),
        ("Stadtumbau für alle", "de-DE", ("a trzecia ", '<span dir="ltr" lang="de">', "</span>.</p>")),
        # Not marked any more, all of it or some.
        ("the shared space of towns", "pl-PL", ("<p>Powstała ", "", ", czyli")),
        (" of towns", "pl-PL", ('"en">the shared space</span>', "", ", czyli")),
        # What a keyboard or a program has noted.
        ("Stadtumbau für alle", "en-US", None),
        ("czyli podwórko", "en-US", None),
        ("Druga to", "de-DE", None),
        ("pocket park with a pond", "uk-UA", None),
        ("the shared space of towns", "de-DE", None),
    ],
)
def test_a_language_that_a_colleague_has_set_is_a_change_like_any_other(client, site, editor, words, tag, expected):
    page = site.add_news("Podwórka", body=[("text", MARKED)])

    response = sent_back(client, page, edited(taken_away(client, page), (words, in_language(words, tag))))

    if expected is None:
        assert "The file says the same as the page" in response.content.decode()
        return
    (key,) = ticked(response)
    assert re.search(r"\[(language: |end of language)", response.content.decode())
    take(client, page, [key])
    before, mark, after = expected
    assert before + mark + words + after in draft_of(page).body[0].value.source
    draft = draft_of(page)
    assert ticked(sent_back(client, draft, edited(taken_away(client, page), (words, in_language(words, tag))))) == []


def test_items_of_lists_are_added_where_they_stand(client, site, editor):
    body = [
        ("text", "<p>Kto:</p><ol><li>gminy</li><li>szkoły</li></ol>"),
        ("links", {"title": "", "items": [{"page": None, "url": "https://example.org/a", "text": "Zasady"}]}),
        ("abbreviations", {"title": "", "items": [{"abbreviation": "BGK", "expansion": "Bank"}]}),
    ]
    page = full_workshop(site, photos=1, tracks=1, documents=1, body=body)
    file = taken_away(client, page)
    made = {}
    for words, new in {"szkoły": "kluby", "Zasady": "Regulamin", "BGK": "NFZ", "Minikatalog porad": "Druga"}.items():
        found = paragraph_of(file, words)
        more = re.sub(r"<w:bookmark(Start|End)[^>]*>", "", found).replace(words, new)
        made[found] = found + more
    response = sent_back(client, page, edited(file, *made.items()))
    html = response.content.decode()

    keys = ticked(response)
    assert len(keys) == 3
    # Outcomes are data: words alone make none.
    assert "to be done by hand (1)" in html
    assert "Outcome, new item after “Minikatalog porad" in html
    assert "add a row for it in the form" in html
    take(client, page, keys)
    text, links, abbreviations = draft_of(page).body
    assert text.value.source == "<p>Kto:</p><ol><li>gminy</li><li>szkoły</li><li>kluby</li></ol>"
    assert [link.label for link in links.value["items"]] == ["Zasady", "Regulamin"]
    assert [item["abbreviation"] for item in abbreviations.value["items"]] == ["BGK", "NFZ"]


def test_footnotes_come_back_as_an_import_would_bring_them(client, article):
    file = taken_away(client, article)
    mark = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    title, first, last = (paragraph_of(file, words) for words in ("Nowe podwórka", "Podwórka", "Zapraszamy."))
    file = edited(
        file,
        (first, first.replace("</w:p>", f"{mark.format(2)}</w:p>")),
        (last, last + p("Nowość.").replace("</w:p>", f"{mark.format(3)}</w:p>")),
        (title, title.replace("</w:p>", f"{mark.format(4)}</w:p>")),
    )
    notes = "".join(
        f'<w:footnote w:id="{n}">{p(f"Przypis {n} & źródło".replace("&", "&amp;"))}</w:footnote>' for n in (2, 3, 4)
    )
    file = with_notes(file, notes)

    response = sent_back(client, article, file)
    html = response.content.decode()
    keys = ticked(response)
    assert len(keys) == 2
    assert "Footnote 2" in html
    assert "where a page cannot keep a number" in html
    # Numbers have no gaps, whatever is taken.
    take(client, article, [key for key in keys if key.startswith("new")])
    draft = draft_of(article)
    assert draft.body[2].value.source == "<p>Nowość.<sup>1</sup></p>"
    assert draft.body[4].value["text"] == "Przypisy"
    assert draft.body[5].value.source == "<ol><li>Przypis 3 &amp; źródło</li></ol>"

    # The other one is numbered after it.
    (key,) = ticked(sent_back(client, draft, file))
    take(client, draft, [key])
    draft = draft_of(article)
    assert "zielone.<sup>2</sup></p>" in draft.body[1].value.source
    assert draft.body[5].value.source == "<ol><li>Przypis 3 &amp; źródło</li><li>Przypis 2 &amp; źródło</li></ol>"


def test_a_damaged_file_is_refused_with_the_reason(client, article):
    file = edited(taken_away(client, article), ("</w:body>", ""))

    response = sent_back(client, article, file)

    assert response.status_code == 400
    assert "damaged" in response.content.decode()
    assert not ReturnedFile.objects.exists()


def test_words_too_long_for_their_field_are_told_and_cannot_be_taken(client, article):
    file = edited(taken_away(client, article), (">Nowe podwórka<", f">{'Nowe podwórka ' * 30}<"))

    response = sent_back(client, article, file)

    assert ticked(response) == []
    assert "at most 255 characters" in response.content.decode()


def test_a_file_that_was_taken_away_is_known_again_where_new_pages_are_made(client, site, article):
    file = SimpleUploadedFile("Kopia.docx", edited(taken_away(client, article), ("zielone.", "zielone i ciche.")))
    data = {"file": file, "page_type": "pages.newspage"}
    preview = client.post(reverse("word_files:upload", args=[site.news.pk]), data, follow=True)
    address = reverse("word_files:bring_back", args=[WaitingFile.objects.get().pk])
    assert f'action="{address}"' in preview.content.decode()

    compared = client.post(address, follow=True)

    assert "i ciche" in compared.content.decode()
    assert not WaitingFile.objects.exists()
    assert ReturnedFile.objects.get().page_id == article.pk


LIST = (
    '<p data-block-key="abcde">Kto:</p>'
    '<ol><li data-block-key="fghij">gminy<ol><li value="4">wsie</li></ol></li><li value="7">powiaty</li></ol>'
    '<p data-block-key="klmno">Oraz:</p><ol><li value="8" data-block-key="pqrst">szkoły</li><li>kluby</li></ol>'
)


def test_numbers_of_items_come_back_as_they_are(client, site, editor):
    page = site.add_news("Regulamin", body=[("text", LIST)])

    assert "says the same as the page" in sent_back(client, page, taken_away(client, page)).content.decode()


def test_a_number_changed_in_word_is_asked_about_and_taken(client, site, editor):
    page = site.add_news("Regulamin", body=[("text", LIST)])
    start = '<w:startOverride w:val="{}"/>'.format
    file = edited(taken_away(client, page), (start(8), start(9)), part="word/numbering.xml")
    response = sent_back(client, page, file)

    (key,) = ticked(response)
    shown = " ".join(response.content.decode().split())
    assert '<del><span class="w-sr-only">removed: </span>8</del>' in shown
    assert '<ins><span class="w-sr-only">added: </span>9</ins>' in shown

    take(client, page, [key])
    first, _last = LIST.split('<ol><li value="8"')
    assert draft_of(page).body[0].value.source == f'{first}<ol><li value="9">szkoły</li><li>kluby</li></ol>'
