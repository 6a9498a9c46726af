"""What is written into a Word file: read back by our own reader, and what Word's accessibility checker asks for."""

import io
import re
import zipfile

import pytest
from docx import Document
from lxml import etree

from pages.contrib.docx.reading import read
from pages.contrib.docx.writing import UnusableTemplate, write
from pages.interchange.html import document as as_html
from pages.interchange.markup import blocks_of
from pages.interchange.outline import (
    Aside,
    Cell,
    Heading,
    Item,
    ItemList,
    Link,
    Note,
    NoteMark,
    Outline,
    Paragraph,
    Picture,
    Quote,
    Role,
    Row,
    Table,
    Text,
)

from .word_files import png

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def outline(*blocks, notes=(), language="pl", **properties):
    return Outline(list(blocks), list(notes), language, {"title": "Tytuł", **properties})


def paragraph(*content, role=Role.BODY):
    return Paragraph([Text(piece) if isinstance(piece, str) else piece for piece in content], role)


def shown(text):
    """Return the text as HTML, without the bold letters that headings have by their style."""
    html = as_html(text).partition("<body>")[2].partition("</body>")[0]
    return re.sub(r"(<h\d[^>]*>)<strong>(.*?)</strong>", r"\1\2", html).replace("<p> ", "<p>")


def parts(file):
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def body_of(file):
    return etree.fromstring(parts(file)["word/document.xml"])[0]


def test_what_is_written_is_read_back_the_same():
    text = outline(
        paragraph("Warsztaty", role=Role.TITLE),
        paragraph("Trzy dni.", role=Role.SUBTITLE),
        Heading(1, [Text("Część")]),
        paragraph(
            "Zwykłe, ",
            Text("grube", bold=True),
            Text(" i "),
            Text("kursywa", italic=True),
            Text(" oraz CO"),
            Text("2", subscript=True),
            Text(" "),
            Text("na stronie", link=Link("https://example.org/strona?a=1&b=2")),
            Text("."),
        ),
        ItemList(
            True,
            [
                Item([paragraph("trzy"), ItemList(False, [Item([paragraph("w środku")])])]),
                Item([paragraph("cztery")]),
            ],
            start=3,
        ),
        paragraph("Oceny", role=Role.CAPTION),
        Table(
            [
                Row([Cell([paragraph("Miasto")]), Cell([paragraph("Ocena")])]),
                Row([Cell([paragraph("Łódź")], row_span=2), Cell([paragraph("5")])]),
                Row([Cell([paragraph("4")])]),
                Row([Cell([paragraph("razem")], column_span=2)]),
            ],
            header_rows=1,
            description="Oceny",
        ),
        Quote([paragraph("Zaczęliśmy od podwórek.")]),
        paragraph("Z przypisem", NoteMark(1), "."),
        notes=[Note([paragraph("Źródło.")])],
    )

    again = read(write(text))

    assert shown(again) == shown(text)
    assert (again.title, again.lead, again.language) == ("Warsztaty", "Trzy dni.", "pl-PL")


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>Raz <b>dwa</b></p><p>trzy</p>", "<p>Raz <strong>dwa</strong></p><p>trzy</p>"),
        ("luzem<br>nowa", "<p>luzem<br>nowa</p>"),
        ("<ul><li>a<ol><li>b</li></ol></li></ul>", "<ul><li><p>a</p><ol><li><p>b</p></li></ol></li></ul>"),
        ('<ol><li value="3">a</li><li>b</li></ol>', '<ol start="3"><li><p>a</p></li><li><p>b</p></li></ol>'),
        ('<ol><li>a<li value="7">b</ol>', '<ol><li><p>a</p></li></ol><ol start="7"><li><p>b</p></li></ol>'),
        ('<ol start="3"><li>a<li><li>c</ol>', '<ol start="3"><li><p>a</p></li></ol><ol start="5"><li><p>c</p></li></ol>'),
        ('<ol><li>a</ol><ol><li value="2">b</ol>', "<ol><li><p>a</p></li><li><p>b</p></li></ol>"),
        ('<ol start="-1"><li value="x">a</ol><ol><li>b</ol>', "<ol><li><p>a</p></li></ol><ol><li><p>b</p></li></ol>"),
        ('<p><a href="/pl/x/">tu</a></p>', '<p><a href="https://example.org/pl/x/">tu</a></p>'),
        ('<p><a href="javascript:alert(1)">tu</a><script>x</script></p>', "<p>tu</p>"),
        ("<h2>H</h2><blockquote><p>q</p></blockquote>", "<h2>H</h2><blockquote><p>q</p></blockquote>"),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td colspan='2'>c</td></tr></table>", None),
        ("  <p> </p>", ""),
    ],
)  # fmt: skip
def test_html_of_blocks_becomes_an_outline(markup, expected):
    blocks = blocks_of(markup, "https://example.org/pl/")

    if expected is None:
        (table,) = blocks
        assert (table.header_rows, [len(row.cells) for row in table.rows]) == (1, [2, 1])
    else:
        html = shown(Outline(blocks))
        assert html.replace("<p>", "").replace("</p>", "") == expected.replace("<p>", "").replace("</p>", "")


def test_title_author_and_language_are_said_for_screen_readers():
    file = write(outline(paragraph("Treść."), author="Departament", description="O czym"), header="Witryna")

    properties = Document(io.BytesIO(file)).core_properties
    styles = etree.fromstring(parts(file)["word/styles.xml"])
    assert (properties.title, properties.author, properties.language) == ("Tytuł", "Departament", "pl-PL")
    assert styles.find(f"{W}docDefaults//{W}lang").get(f"{W}val") == "pl-PL"


def test_words_in_another_language_or_script_say_so():
    body = body_of(write(outline(paragraph("Gość: ", Text("John Smith", language="en"), " i Олена Коваленко"))))

    assert [(mark.getparent().getnext().text, mark.get(f"{W}val")) for mark in body.iter(f"{W}lang")] == [
        ("John Smith", "en-GB"),
        (" i Олена Коваленко", "uk-UA"),
    ]
    ukrainian = body_of(write(outline(paragraph("Дякуємо всім учасникам"))))
    assert [mark.get(f"{W}val") for mark in ukrainian.iter(f"{W}lang")] == ["uk-UA"]


def test_arabic_runs_from_right_to_left_down_to_tables_and_pages():
    cells = [Cell([paragraph("مدينة")]), Cell([paragraph("تقييم")])]
    body = body_of(write(outline(paragraph("ورش العمل"), Table([Row(cells), Row(cells)], 1), language="ar")))

    assert body.find(f"{W}p/{W}pPr/{W}bidi") is not None
    assert body.find(f"{W}p/{W}r/{W}rPr/{W}rtl") is not None
    assert body.find(f"{W}tbl/{W}tblPr/{W}bidiVisual") is not None
    assert body.find(f"{W}sectPr/{W}bidi") is not None


def test_pictures_have_their_words_and_decorations_a_mark():
    text = outline(
        Paragraph([Picture("a", "Uczestnicy przy stołach")]),
        Paragraph([Picture("b", is_decorative=True)]),
        Paragraph([Picture("lost", "Mapa miasta")]),
        Paragraph([Picture("broken", "Wykres")]),
    )

    files = {"a": png(60, 40), "b": png(2000, 3000), "broken": b"no picture"}
    body = body_of(write(text, files.get))

    drawings = [item for item in body.iter() if item.tag.endswith("}docPr")]
    assert [item.get("descr") for item in drawings] == ["Uczestnicy przy stołach", None]
    assert any(item.tag.endswith("}decorative") for item in drawings[1].iter())
    assert "".join(body.itertext()).split("]")[:2] == ["[Mapa miasta", "[Wykres"]
    sizes = [(int(item.get("cx")), int(item.get("cy"))) for item in body.iter() if item.tag.endswith("}extent")]
    assert max(width for width, _height in sizes) <= 16 * 360_000


def test_every_list_counts_from_its_own_beginning():
    def numbered(start):
        return ItemList(True, [Item([paragraph("raz")]), Item([paragraph("dwa")])], start)

    again = read(write(outline(numbered(1), numbered(1), paragraph("Między."), numbered(5))))

    assert [block.start for block in again.blocks if isinstance(block, ItemList)] == [1, 1, 5]


def test_a_box_keeps_its_words_and_control_characters_go():
    again = read(write(outline(Aside([paragraph("Zapisy\x00 do \x0b12 maja")]))))

    assert [block.content[0].text.split() for block in again.blocks] == [["Zapisy", "do", "12", "maja"]]


def test_a_template_gives_its_styles_and_header_and_loses_its_text():
    template = Document()
    template.add_paragraph("Wzór, którego nikt nie ma zobaczyć")
    template.sections[0].header.paragraphs[0].text = "Ministerstwo"
    template.styles["Heading 1"].font.name = "Lato"
    file = io.BytesIO()
    template.save(file)

    made = Document(io.BytesIO(write(outline(Heading(1, [Text("Część")])), template=file.getvalue())))

    assert [item.text for item in made.paragraphs] == ["Część"]
    assert made.sections[0].header.paragraphs[0].text == "Ministerstwo"
    assert made.styles["Heading 1"].font.name == "Lato"


@pytest.mark.parametrize("content", [b"", b"no zip", png(2, 2)])
def test_a_file_that_is_no_template_is_refused(content):
    with pytest.raises(UnusableTemplate):
        write(outline(), template=content or b" ")
