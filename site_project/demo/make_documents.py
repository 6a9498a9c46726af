"""Write the demo's documents anew from their words; needed only after a change of the words.

    python -m pip install python-pptx        # and Chromium with Playwright, as for the browser tests
    python -m site_project.demo.make_documents

The files are committed, so neither the demo nor the site needs these tools. Each file says its title and
language, has real headings, and marks the heading row of its table.
"""

import html
import tomllib
import zipfile
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from PIL import Image

HERE = Path(__file__).parent
TARGET = HERE / "files" / "documents"
AUTHOR = "Rynek (demo)"
REGIONS = {"pl": "pl-PL", "en": "en-GB", "uk": "uk-UA"}
TABLE_STYLES = ("Normal Table", "Table Grid", "No List")
FORMATS = {"summary": "docx", "diagnosis": "pptx", "problem-map": "pdf", "walk-card": "odt"}


def main():
    makers = {"docx": make_docx, "pptx": make_pptx, "pdf": make_pdf, "odt": make_odt}
    for words_file in sorted(HERE.glob("*/documents/*.toml")):
        language, suffix = words_file.parts[-3], FORMATS[words_file.stem]
        words = tomllib.loads(words_file.read_text(encoding="utf-8"))
        target = TARGET / f"{words_file.stem}-{language}.{suffix}"
        makers[suffix](words, language, target)
        print(target.name, target.stat().st_size, "bytes")


def paragraphs(text):
    return [paragraph.strip() for paragraph in text.strip().split("\n\n")]


def make_docx(words, language, target):
    document = Document()
    _set_language(document, language)
    _mend_template(document)
    properties = document.core_properties
    properties.title, properties.subject = words["title"], words["subtitle"]
    properties.language, properties.author = REGIONS[language], AUTHOR
    properties.comments = properties.keywords = ""
    document.add_heading(words["title"], 0)
    document.add_paragraph(words["subtitle"], style="Subtitle")
    for number, part in enumerate(words["parts"]):
        document.add_heading(part["heading"], 1)
        for paragraph in paragraphs(part["text"]):
            document.add_paragraph(paragraph)
        if number == 0:
            _add_table(document, words)
    _add_picture(document, language)
    document.save(target)


def _set_language(document, language):
    defaults = document.styles.element.find(qn("w:docDefaults"))
    mark = defaults.find(".//" + qn("w:lang"))
    for name in ("val", "eastAsia"):
        mark.set(qn(f"w:{name}"), REGIONS[language])
    document.styles["Normal"].font.size = Pt(11)


def _mend_template(document):
    """Put right what python-docx's template brings: pale blues, dozens of idle styles, a thumbnail, no zoom."""
    for name in ("Title", "Subtitle", "Heading 1", "Caption"):
        document.styles[name].font.color.rgb = RGBColor(0x1B, 0x3A, 0x42)
    for style in list(document.styles):
        if style.type in (WD_STYLE_TYPE.TABLE, WD_STYLE_TYPE.LIST) and style.name not in TABLE_STYLES:
            style.delete()
    document.settings.element.find(qn("w:zoom")).set(qn("w:percent"), "100")
    for key, relation in list(document.part.rels.items()):
        if relation.reltype.endswith("/stylesWithEffects"):
            del document.part.rels[key]
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]


def _add_table(document, words):
    document.add_paragraph(words["table_caption"], style="Caption")
    rows = words["table"]
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for run in (run for cell in table.rows[0].cells for run in cell.paragraphs[0].runs):
        run.bold = True
    for tag, text in (("w:tblCaption", words["table_caption"]), ("w:tblDescription", words["table_caption"])):
        element = OxmlElement(tag)
        element.set(qn("w:val"), text)
        table._tbl.tblPr.append(element)


def _add_picture(document, language):
    picture = tomllib.loads((HERE / language / "words.toml").read_text(encoding="utf-8"))["pictures"]["boards"]
    small = BytesIO()
    with Image.open(HERE / "files" / "pictures" / "boards.jpg") as image:
        image.resize((348, 232)).save(small, "JPEG", quality=58, optimize=True)
    shape = document.add_picture(small, width=Cm(9))
    shape._inline.docPr.set("descr", picture["alt"])
    shape._inline.docPr.set("title", picture["title"])


def make_pptx(words, language, target):
    from pptx import Presentation  # noqa: PLC0415 -- not a dependency of the site

    show = Presentation()
    properties = show.core_properties
    properties.title, properties.subject = words["title"], words["subtitle"]
    properties.language, properties.author = REGIONS[language], AUTHOR
    cover = show.slides.add_slide(show.slide_layouts[0])
    cover.shapes.title.text, cover.placeholders[1].text = words["title"], words["subtitle"]
    for part in words["parts"]:
        slide = show.slides.add_slide(show.slide_layouts[1])
        slide.shapes.title.text = part["heading"]
        slide.placeholders[1].text = "\n".join(line.removeprefix("- ") for line in part["text"].strip().splitlines())
    for slide in show.slides:
        for run in slide.element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}r"):
            run.get_or_add_rPr().set("lang", REGIONS[language])
    show.save(target)


def make_pdf(words, language, target):
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- not a dependency of the site

    from tests.machine import chromium  # noqa: PLC0415

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content(_page_of_html(words, language))
        page.pdf(path=target, format="A4", tagged=True, outline=True)
        browser.close()


def _page_of_html(words, language):
    escape = html.escape
    head, *rows = words["table"]
    columns = "".join(f'<th scope="col">{escape(text)}</th>' for text in head)
    lines = "".join(
        f'<tr><th scope="row">{escape(r[0])}</th>{"".join(f"<td>{escape(t)}</td>" for t in r[1:])}</tr>' for r in rows
    )
    table = f"<table><caption>{escape(words['table_caption'])}</caption><thead><tr>{columns}</tr></thead><tbody>{lines}</tbody></table>"
    parts = "".join(
        f"<h2>{escape(part['heading'])}</h2>" + "".join(f"<p>{escape(text)}</p>" for text in paragraphs(part["text"]))
        for part in words["parts"]
    )
    style = (
        "@page{margin:2.5cm}body{font:12pt/1.5 'Source Sans 3','DejaVu Sans',sans-serif}"
        "table{border-collapse:collapse;margin:1em 0;width:100%}th,td{border:1px solid;padding:.4em;text-align:left}"
        "caption{text-align:left;font-weight:bold;padding:.4em 0}"
    )
    return (
        f'<!doctype html><html lang="{REGIONS[language]}"><head><meta charset="utf-8"><title>{escape(words["title"])}</title>'
        f"<style>{style}</style></head><body><h1>{escape(words['title'])}</h1><p>{escape(words['subtitle'])}</p>"
        f"{table}{parts}</body></html>"
    )


ODT_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "style": "style",
        "text": "text",
        "table": "table",
        "meta": "meta",
        "fo": "xsl-fo-compatible",
        "manifest": "manifest",
    }.items()
)
ODT_TYPE = "application/vnd.oasis.opendocument.text"


def make_odt(words, language, target):
    files = {
        "META-INF/manifest.xml": _odt_manifest(),
        "content.xml": _odt_content(words),
        "styles.xml": _odt_styles(language),
        "meta.xml": _odt_meta(words, language),
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        # The type stands first and uncompressed, so that it can be read without unpacking.
        package.writestr("mimetype", ODT_TYPE, zipfile.ZIP_STORED)
        for name, text in files.items():
            package.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)


def _odt_manifest():
    names = ("content.xml", "styles.xml", "meta.xml")
    entries = "".join(f'<manifest:file-entry manifest:full-path="{n}" manifest:media-type="text/xml"/>' for n in names)
    whole = f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{ODT_TYPE}"/>'
    return f'<manifest:manifest {ODT_NAMESPACES} manifest:version="1.3">{whole}{entries}</manifest:manifest>'


def _odt_content(words):
    def text(value, style="Standard"):
        return f'<text:p text:style-name="{style}">{html.escape(value.strip())}</text:p>'

    def heading(value, level):
        return (
            f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">{html.escape(value)}</text:h>'
        )

    def row(cells):
        return (
            "<table:table-row>"
            + "".join(f'<table:table-cell office:value-type="string">{text(cell)}</table:table-cell>' for cell in cells)
            + "</table:table-row>"
        )

    head, *rows = words["table"]
    table = (
        f'<table:table table:name="{html.escape(words["table_caption"])}">'
        f'<table:table-column table:number-columns-repeated="{len(head)}"/>'
        f"<table:table-header-rows>{row(head)}</table:table-header-rows>{''.join(map(row, rows))}</table:table>"
    )
    parts = "".join(
        heading(part["heading"], 2) + "".join(text(paragraph) for paragraph in paragraphs(part["text"]))
        for part in words["parts"]
    )
    body = heading(words["title"], 1) + text(words["subtitle"]) + parts + text(words["table_caption"]) + table
    return (
        f'<office:document-content {ODT_NAMESPACES} office:version="1.3">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def _odt_styles(language):
    code, _, country = REGIONS[language].partition("-")
    headings = "".join(
        f'<style:style style:name="Heading_20_{level}" style:display-name="Heading {level}" style:family="paragraph" '
        f'style:parent-style-name="Standard" style:default-outline-level="{level}">'
        f'<style:text-properties fo:font-size="{size}pt" fo:font-weight="bold"/></style:style>'
        for level, size in ((1, 20), (2, 15))
    )
    return (
        f'<office:document-styles {ODT_NAMESPACES} office:version="1.3"><office:styles>'
        '<style:default-style style:family="paragraph">'
        f'<style:text-properties fo:language="{code}" fo:country="{country}" fo:font-size="12pt"/></style:default-style>'
        f'<style:style style:name="Standard" style:family="paragraph"/>{headings}'
        "</office:styles></office:document-styles>"
    )


def _odt_meta(words, language):
    return (
        f'<office:document-meta {ODT_NAMESPACES} xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3">'
        f"<office:meta><dc:title>{html.escape(words['title'])}</dc:title><dc:subject>{html.escape(words['subtitle'])}</dc:subject>"
        f"<dc:language>{REGIONS[language]}</dc:language><dc:creator>{AUTHOR}</dc:creator>"
        '<meta:document-statistic meta:page-count="1"/></office:meta></office:document-meta>'
    )


if __name__ == "__main__":
    main()
