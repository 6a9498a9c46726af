"""Templates of the institution: what is taken of them, what documents are made with them, and what is refused."""

import io
import re
import zipfile

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml

from pages.contrib.docx.models import WordTemplate
from pages.contrib.docx.reading import read
from pages.contrib.docx.stationery.builtin import builtin
from pages.contrib.docx.stationery.cleaning import cleaned
from pages.contrib.docx.stationery.fields import data_of
from pages.contrib.docx.stationery.filling import TooMuch
from pages.contrib.docx.stationery.kinds import Kind
from pages.contrib.docx.stationery.making import checked_pattern, made, made_for_all
from pages.contrib.docx.stationery.names import names_in_table, names_in_text
from pages.contrib.docx.writing import UnusableTemplate, write
from pages.interchange.html import document as as_html
from pages.interchange.outline import Heading, Outline, Text, every_block, plain
from tests.site_tree import full_workshop

from .word_files import docx, p, png, r, relation

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def editor(client, site, django_user_model):
    """Somebody who writes pages and does not publish them."""
    user = django_user_model.objects.create_user("redaktorka")
    user.groups.add(Group.objects.get(name="Editors"))
    client.force_login(user)
    return user


NAMES = ["Anna Kowalska", "محمد عبد الله", "Zażółć-" * 25, "Олександра Коваль"]


def saved(document):
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def letterhead(words="Ministerstwo Spraw Wzorowych"):
    document = Document()
    document.add_paragraph("Szanowny Panie, to był kiedyś list.")
    section = document.sections[0]
    section.header.paragraphs[0].add_run(words)
    section.header.paragraphs[0].add_run().add_picture(io.BytesIO(png()))
    document.styles["Heading 1"].font.name = "Lato"
    return saved(document)


def pattern(*paragraphs):
    document = Document()
    for words in paragraphs:
        document.add_paragraph(words)
    return saved(document)


def text_of(file):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", as_html(read(file)).partition("<body>")[2]))


def parts(file):
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def upload(client, purpose, content, name="Papier firmowy.dotx", **fields):
    address = reverse("word_files:add_template", args=[purpose])
    return client.post(address, {"file": SimpleUploadedFile(name, content), **fields}, follow=True)


def download(client, page, **headers):
    return client.get(f"/-/download/{page.pk}/{page.slug}.docx", headers=headers)


# ---- the institution's own look of downloads


def test_pages_are_written_on_the_letterhead_from_its_upload_to_its_removal(admin_client, client, site):
    page = site.add_news(lead="Wstęp")
    before = download(client, page)
    assert "is in use" in upload(admin_client, "page", letterhead()).content.decode()
    kept = WordTemplate.objects.get()

    on_letterhead = download(client, page, **{"if-none-match": before["ETag"]})

    assert on_letterhead.status_code == 200
    made_file = parts(on_letterhead.content)
    assert "Ministerstwo Spraw Wzorowych" in made_file["word/header.xml"].decode()
    assert "Szanowny Panie" not in made_file["word/document.xml"].decode()
    assert "Lato" in made_file["word/styles.xml"].decode()
    assert "Wstęp" in text_of(on_letterhead.content)
    assert read(admin_client.get(reverse("word_files:try_template", args=[kept.pk])).content).title == page.title
    admin_client.post(reverse("word_files:remove_template", args=[kept.pk]))
    assert download(client, page, **{"if-none-match": before["ETag"]}).status_code == 304


def test_a_letterhead_of_one_language_is_for_pages_in_it(admin_client, client, site):
    page = site.add_news()
    upload(admin_client, "page", letterhead("Dla wszystkich"))
    upload(admin_client, "page", letterhead("Stary polski"), language="pl")
    upload(admin_client, "page", letterhead("Polski"), language="pl")

    assert "Polski" in parts(download(client, page).content)["word/header.xml"].decode()
    assert WordTemplate.objects.count() == 2


def test_a_letterhead_that_is_broken_later_gives_way_to_ours(admin_client, client, site, caplog):
    page = site.add_news(lead="Wstęp")
    upload(admin_client, "page", letterhead())
    WordTemplate.objects.update(content=b"PK\x03\x04 broken", checksum="0" * 64)

    assert "Wstęp" in text_of(download(client, page).content)
    assert "could not be used" in caplog.text
    assert "cannot be used any more" in admin_client.get(reverse("word_files:templates")).content.decode()


def test_only_who_sets_the_site_sets_its_letterhead(client, editor):
    assert upload(client, "page", letterhead()).request["PATH_INFO"] != reverse("word_files:templates")
    assert not WordTemplate.objects.exists()


def test_nothing_of_a_letter_goes_out_with_a_template():
    document = Document()
    document.add_paragraph("Nikt tego nie zobaczy")
    document.core_properties.author, document.core_properties.title = "Jan Tajny", "Pismo 12"
    settings = document.settings.element
    settings.append(parse_xml(f"<w:mailMerge {_W}><w:query w:val='SELECT tajne'/></w:mailMerge>"))
    content = parts(cleaned(saved(document), keeps_text=False))

    everything = b"".join(content.values())
    assert not [word for word in ("Nikt tego", "Jan Tajny", "Pismo 12", "SELECT") if word.encode() in everything]
    assert not [name for name in content if name.startswith("docProps") or "custom" in name]


_IN_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _with_style_of_another_kind():
    document = Document()
    document.styles["Caption"].element.getparent().remove(document.styles["Caption"].element)
    document.styles.add_style("Caption", WD_STYLE_TYPE.CHARACTER)
    return saved(document)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (docx(p("x"), parts={"word/vbaProject.bin": b"x"}), "macros"),
        (docx(p("<w:ins w:id='1'><w:r><w:t>x</w:t></w:r></w:ins>")), ""),
        (_with_style_of_another_kind(), "Caption"),
        (b"%PDF-1.7", "PDF"),
        (b"", "empty"),
    ],
)
def test_a_template_that_cannot_be_used_is_refused_with_the_reason(admin_client, site, content, said):
    answer = upload(admin_client, "page", content).content.decode()

    assert WordTemplate.objects.exists() is not bool(said)
    assert said in answer


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (p('<w:ins w:id="1"><w:r><w:t>{{ title }}</w:t></w:r></w:ins>'), "tracked changes"),
        (p(f'<w:hyperlink r:id="l">{r("{{ title }}")}</w:hyperlink>'), "javascript:"),
        (p(f'<w:r><w:object><a:blip r:embed="o"/></w:object></w:r>{r("{{ title }}")}'), "object.bin"),
        (p("{{ tilte }}"), "“{{ tilte }}”: There is no field “tilte”. Do you mean “title”?"),
        (p("{% for track in tracks %}") + p("{{ track.name }}") + p("{% endfor %}"), "no field “track.name”"),
        (p("{% for track in tracks %}") + p("{{ title }}"), "“endfor” is missing"),
        (p("{{ tracks }}"), "is a list"),
        (p("{{ title.__class__ }}"), "There is no field"),
        (p("{{ title|upper }} {% set x = 1 %}"), "stand alone"),
        (p("{% include 'x' %}") + p("{{ title }}"), "is not known here"),
        (p("{{ title }"), "brace"),
        (p("Nothing"), "names no field"),
    ],
)
def test_a_fault_in_a_template_of_documents_is_told_with_its_place(text, said):
    file = docx(
        text,
        relations=relation("l", "hyperlink", "javascript:alert(1)", external=True)
        + relation("o", "oleObject", "embeddings/object.bin"),
        parts={"word/embeddings/object.bin": b"x"},
    )

    with pytest.raises(UnusableTemplate) as refused:
        checked_pattern(file, Kind.SUMMARY)

    assert said in str(refused.value)


# ---- documents of a workshop


@pytest.mark.parametrize("language", ["pl", "en", "uk"])
def test_our_own_templates_have_no_fault_and_say_what_the_page_says(site, language):
    page = full_workshop(site)
    data = data_of(page, "Modelowa Rewitalizacja Miast")

    for kind in (Kind.SUMMARY, Kind.OUTCOMES):
        template = checked_pattern(builtin(kind, language), kind)
        text = text_of(made(template, data, language=language, title="x"))
        assert "{" not in text
        assert page.title in text
        assert all(outcome["name"] in text for outcome in data["outcomes"])
    with translation.override("pl"):
        assert data["tracks"][0]["people"][0]["name"] in text_of(
            made(builtin(Kind.SUMMARY, "pl"), data, language="pl", title="x")
        )


def test_fields_are_found_although_word_cuts_them_into_pieces():
    document = Document()
    paragraph = document.add_paragraph("Temat: {")
    paragraph.add_run("{ ti").bold = True
    paragraph.add_run("tle }} i {{lead}}.")
    table = document.add_table(rows=3, cols=2)
    for row, words in enumerate(("{% for o in outcomes %}", "{{ o.name }}", "{% endfor %}")):
        table.rows[row].cells[0].text = words
    data = {"title": "Łódź & <Kraków>", "lead": "", "outcomes": [{"name": "A"}, {"name": "{{ title }}"}], "site": ""}

    file = made(checked_pattern(saved(document), Kind.SUMMARY), data, language="pl", title="x")

    again = Document(io.BytesIO(file))
    assert again.paragraphs[0].text == "Temat: Łódź & <Kraków> i ."
    assert [row.cells[0].text for row in again.tables[0].rows] == ["A", "{{ title }}"]


def test_a_template_cannot_make_a_document_without_end():
    loops = ["{% for o in outcomes %}"] * 4
    template = checked_pattern(pattern(*loops, "{{ title }}", *["{% endfor %}"] * 4), Kind.SUMMARY)

    with pytest.raises(TooMuch):
        made(template, {"title": "x", "outcomes": [{}] * 40, "site": ""}, language="pl", title="x")


def test_each_person_gets_a_page_or_a_file_and_no_name_is_kept(client, site, editor, caplog):
    page = full_workshop(site)
    address = reverse("word_files:document", args=[page.pk, "certificate"])
    assert f'href="{address}"' in client.get(f"/admin/pages/{page.pk}/edit/").content.decode()

    together = client.post(address, {"names": "\n".join(NAMES), "result": "document"})
    apart = client.post(address, {"names": "\n".join(NAMES), "result": "files"})

    outline = read(together.content)
    heads = [plain(block.content) for block in every_block(outline.blocks) if isinstance(block, Heading)]
    assert [head for head in heads if head in NAMES] == NAMES
    document = parts(together.content)["word/document.xml"].decode()
    assert document.count("<w:pageBreakBefore") == len(NAMES) - 1
    assert re.search(r"<w:bidi/>.{0,400}محمد", document, re.DOTALL)
    assert "no-store" in together["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(apart.content)) as archive:
        assert archive.namelist()[0] == "001-anna-kowalska.docx"
        assert [name in text_of(archive.read(file)) for name, file in zip(NAMES, archive.namelist(), strict=True)]
    assert "Kowalska" not in caplog.text


def test_a_certificate_of_the_editors_own_is_chosen_by_its_name(client, site, editor):
    page = full_workshop(site)
    upload(client, "certificate", pattern("Dyplom dla: {{ name }}", "{{ title }}"), name="Dyplom.docx")
    kept = WordTemplate.objects.get()
    address = reverse("word_files:document", args=[page.pk, "certificate"])
    assert kept.name == "Dyplom"

    answer = client.post(address, {"names": "Jan", "result": "document", "template": str(kept.pk)})
    other = client.post(reverse("word_files:document", args=[page.pk, "summary"]), {"template": str(kept.pk)})

    assert "Dyplom dla: Jan" in text_of(answer.content)
    assert other.status_code == 400


@pytest.mark.parametrize(
    ("names", "said"), [("", "at least one"), ("a\n" * 501, "there are 501"), ("x" * 201, "longer than 200")]
)
def test_a_list_of_names_that_cannot_be_is_told(admin_client, site, names, said):
    page = full_workshop(site)
    address = reverse("word_files:document", args=[page.pk, "certificate"])

    answer = admin_client.post(address, {"names": names, "result": "document"})

    assert (answer.status_code, said in answer.content.decode()) == (400, True)


def test_names_are_read_from_what_office_programs_save():
    assert names_in_text("  Anna\tKowalska \r\n\r\nJan") == ["Anna Kowalska", "Jan"]
    assert names_in_table("\ufeffLp.;Imię;Nazwisko\r\n1;Żaneta;Łoś\r\n".encode(), "pl") == ["Żaneta Łoś"]
    assert names_in_table("Nazwisko;Imię\nŁoś;Ewa".encode("cp1250"), "pl") == ["Ewa Łoś"]
    assert names_in_table("Ім'я та прізвище,Місто\nОля Їжак,Львів".encode("cp1251"), "uk") == ["Оля Їжак"]
    assert names_in_table('"Nowak, Jan"\n"Nowak, Ewa"'.encode("utf-16"), "pl") == ["Nowak, Jan", "Nowak, Ewa"]
    assert names_in_table(b"", "pl") == []


def test_headers_stand_on_all_pages_so_they_name_nobody():
    document = Document()
    document.add_paragraph("{{ name }}")
    document.sections[0].header.paragraphs[0].text = "{{ site }}"
    file = made_for_all(
        checked_pattern(saved(document), Kind.CERTIFICATE), {"site": "Urząd"}, ["A", "B"], language="pl", title="x"
    )
    assert "Urząd" in parts(file)["word/header.xml"].decode()

    document.sections[0].header.paragraphs[0].text = "{{ name }}"
    with pytest.raises(UnusableTemplate, match="no field “name”"):
        checked_pattern(saved(document), Kind.CERTIFICATE)


def test_styles_of_other_programs_are_taken_for_words_own():
    document = Document()
    for style in document.styles:
        name = style.element.find(_IN_W + "name")
        if name.get(_IN_W + "val") in {"heading 1", "caption"}:
            name.set(_IN_W + "val", name.get(_IN_W + "val").title())
        if name.get(_IN_W + "val") == "header":
            style.element.set(_IN_W + "styleId", "Nagwek")
    template = cleaned(saved(document), keeps_text=False)

    file = write(Outline([Heading(1, [Text("Część")])], language="pl"), template=template, header="Urząd")

    styles = re.findall(r'w:styleId="(\w+)"', parts(file)["word/styles.xml"].decode())
    assert len(styles) == len(set(styles))
    assert 'w:val="Nagwek"' in parts(file)["word/header1.xml"].decode()
    assert plain(read(file).blocks[0].content) == "Część"
