"""Presentations and OpenDocument texts as pages, and files that only seem to be such."""

import re

import pytest

from pages.contrib.readable.reading import opendocument, slides
from pages.interchange.html import document as as_html
from pages.interchange.outline import Notice, plain
from pages.interchange.package import Reason, Refused
from tests.contrib.docx.word_files import archive
from tests.media.files import picture as drawn

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = f'xmlns:a="{A}" xmlns:p="{P}" xmlns:r="{REL}"'
ODF = "urn:oasis:names:tc:opendocument:xmlns:"
ODF_SPACES = " ".join(
    [
        *(f'xmlns:{name}="{ODF}{name}:1.0"' for name in ("office", "text", "table", "style", "meta")),
        f'xmlns:draw="{ODF}drawing:1.0" xmlns:svg="{ODF}svg-compatible:1.0" xmlns:fo="{ODF}xsl-fo-compatible:1.0"',
        'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"',
    ]
)


def shape(kind, *paragraphs):
    place = f'<p:nvPr><p:ph type="{kind}"/></p:nvPr>' if kind else "<p:nvPr/>"
    return f"<p:sp><p:nvSpPr>{place}</p:nvSpPr><p:txBody>{''.join(paragraphs)}</p:txBody></p:sp>"


def line(words, level=0, marks=""):
    return f'<a:p><a:pPr lvl="{level}"/><a:r><a:rPr lang="pl-PL">{marks}</a:rPr><a:t>{words}</a:t></a:r></a:p>'


def pic(alt):
    return (
        f'<p:pic><p:nvPicPr><p:cNvPr id="4" name="Obraz" descr="{alt}"/></p:nvPicPr>'
        '<p:blipFill><a:blip r:embed="rIdI"/></p:blipFill></p:pic>'
    )


TABLE = (
    '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="9" name="T" descr="Miasta i kwoty"/></p:nvGraphicFramePr>'
    '<a:graphic><a:graphicData><a:tbl><a:tblPr firstRow="1"/>'
    f"<a:tr><a:tc><a:txBody>{line('Miasto')}</a:txBody></a:tc><a:tc><a:txBody>{line('Kwota')}</a:txBody></a:tc></a:tr>"
    f'<a:tr><a:tc gridSpan="2"><a:txBody>{line("Łódź")}</a:txBody></a:tc><a:tc hMerge="1"/></a:tr>'
    "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
)


def relations(**targets):
    inner = "".join(
        f'<Relationship Id="{id_}" Type="{REL}/{kind}" Target="{target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if '://' in target or ':' in target else ''}/>"
        for id_, (kind, target) in targets.items()
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def pptx(*contents, link="https://example.org/", diagram=""):
    """Return a presentation that opens in the upload's own check, too."""
    main = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{types}"><Override PartName="/ppt/presentation.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": relations(d=("officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f"<p:presentation {SPACES}><p:sldIdLst>"
        + "".join(f'<p:sldId id="{255 + n}" r:id="s{n}"/>' for n in range(len(contents)))
        + "</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": relations(
            **{f"s{n}": ("slide", f"slides/slide{n}.xml") for n in range(len(contents))}
        ),
        "ppt/media/plan.png": drawn("plan.png", (60, 40), "PNG").read(),
    }
    for n, content in enumerate(contents):
        parts[f"ppt/slides/slide{n}.xml"] = f"<p:sld {SPACES}><p:cSld><p:spTree>{content}</p:spTree></p:cSld></p:sld>"
        parts[f"ppt/slides/_rels/slide{n}.xml.rels"] = relations(
            rIdI=("image", "../media/plan.png"),
            rIdL=("hyperlink", link),
            rIdD=("diagramData", "../diagrams/data1.xml"),
        )
    if diagram:
        parts["ppt/diagrams/data1.xml"] = diagram
    return archive(parts)


def odt(body, *, automatic="", meta="", more=None):
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": "<manifest/>",
        "content.xml": f"<office:document-content {ODF_SPACES}><office:automatic-styles>{automatic}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>",
        "styles.xml": f'<office:document-styles {ODF_SPACES}><office:styles><style:default-style style:family="paragraph">'
        '<style:text-properties fo:language="uk" fo:country="UA"/></style:default-style></office:styles>'
        "</office:document-styles>",
        "meta.xml": f"<office:document-meta {ODF_SPACES}><office:meta>{meta}</office:meta></office:document-meta>",
        "Pictures/plan.png": drawn("plan.png", (60, 40), "PNG").read(),
        **(more or {}),
    }
    return archive(parts)


TEXT = (
    "<text:tracked-changes><text:changed-region><text:deletion><text:p>Вилучене</text:p></text:deletion>"
    "</text:changed-region></text:tracked-changes>"
    '<text:h text:outline-level="1">Мета</text:h>'
    '<text:p>Місто <text:span text:style-name="B">змінюється</text:span><text:s text:c="2"/>швидко'
    '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
    "<text:note-body><text:p>За даними 2018 року.</text:p></text:note-body></text:note>, "
    '<text:a xlink:href="https://example.org/">докладніше</text:a> <text:a xlink:href="javascript:x()">зле</text:a>'
    '<text:span text:style-name="H">приховане</text:span></text:p>'
    '<text:list text:style-name="N"><text:list-item><text:p>Перший</text:p><text:list><text:list-item>'
    "<text:p>Глибший</text:p></text:list-item></text:list></text:list-item></text:list>"
    "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Місто</text:p>"
    "</table:table-cell></table:table-row></table:table-header-rows><table:table-row><table:table-cell>"
    "<text:p>Львів</text:p></table:table-cell></table:table-row></table:table>"
    '<text:p><draw:frame><draw:image xlink:href="Pictures/plan.png"/><svg:desc>План ринку</svg:desc></draw:frame></text:p>'
)
STYLES = (
    '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<text:list-style style:name="N"><text:list-level-style-number text:level="1"/>'
    '<text:list-level-style-bullet text:level="2"/></text:list-style>'
)


@pytest.mark.django_db
def test_a_presentation_is_read_slide_by_slide(client, attached):
    first = shape("title", line("Rynek na nowo")) + shape(
        "body", line("Zieleń"), line("klony", 1), line("Woda", marks='<a:hlinkClick r:id="rIdL"/>')
    )
    second = shape("sldNum", line("2")) + TABLE + pic("Plan rynku") + shape("", line("Uwaga na dole"))
    document = attached("rynek.pptx", pptx(first, second), language="pl", title="Prezentacja")

    html = client.get(f"/-/readable/{document.pk}/").content.decode()
    article = html[html.index("<article") : html.index("</article>")]

    assert re.findall(r"<(h\d)[^>]*>(.*?)</h\d>", article) == [("h2", "Rynek na nowo"), ("h2", "Slajd 2")]
    assert '<ul><li>Zieleń<ul><li>klony</li></ul></li><li><a href="https://example.org/">Woda</a></li></ul>' in article
    assert '<th scope="col"><p>Miasto</p></th>' in article
    assert '<td colspan="2"><p>Łódź</p></td>' in article
    assert 'aria-label="Miasta i kwoty"' in article
    assert 'alt="Plan rynku"' in article
    assert "Uwaga na dole" in article


def diagram(*lines):
    """Return a SmartArt's data: each line its name, the name above and its words."""
    points = "".join(
        f'<dgm:pt modelId="{name}"><dgm:t><a:p><a:r><a:t>{words}</a:t></a:r></a:p></dgm:t></dgm:pt>'
        for name, _above, words in lines
    )
    joined = "".join(
        f'<dgm:cxn modelId="c{name}" srcId="{above}" destId="{name}" srcOrd="{place}"/>'
        for place, (name, above, _words) in enumerate(lines)
    )
    drawn_only = '<dgm:pt modelId="p" type="pres"/><dgm:cxn type="presOf" srcId="1" destId="p"/>'
    space = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
    return (
        f'<dgm:dataModel xmlns:dgm="{space}" xmlns:a="{A}"><dgm:ptLst><dgm:pt modelId="0" type="doc"/>{points}'
        f"</dgm:ptLst><dgm:cxnLst>{joined}{drawn_only}</dgm:cxnLst></dgm:dataModel>"
    )


def test_a_diagram_is_said_as_lists():
    frame = (
        '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="5" name="D"/></p:nvGraphicFramePr><a:graphic><a:graphicData>'
        '<dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" r:dm="rIdD"/>'
        "</a:graphicData></a:graphic></p:graphicFrame>"
    )
    # The last line hangs below itself.
    lines = [("1", "0", "Rada"), ("2", "1", "Biuro"), ("3", "0", "Zarząd"), ("4", "4", "Nikt")]
    file = pptx(shape("title", line("Urząd")) + frame, diagram=diagram(*lines))

    outline = slides.open_file(file).outline

    assert "<ul><li>Rada<ul><li>Biuro</li></ul></li><li>Zarząd</li></ul>" in as_html(outline)
    assert Notice.DRAWING not in outline.report.counts


def test_shapes_that_are_switched_off_stay_out():
    hidden = shape("", line("niewidoczne")).replace("<p:nvPr/>", '<p:cNvPr id="7" name="S" hidden="1"/><p:nvPr/>')

    outline = slides.open_file(pptx(hidden + shape("", line("widoczne")))).outline

    assert [plain(block.content) for block in outline.blocks[1:]] == ["widoczne"]
    assert outline.report.counts[Notice.HIDDEN] == 1


def test_what_only_newer_programs_show_is_read_once():
    choice = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        "<mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"
    )
    formula = (
        '<a:p><a:r><a:t>Pole:</a:t></a:r><m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
        "<m:r><m:t>ab</m:t></m:r></m:oMath></a:p>"
    )
    slide = choice.format(shape("", formula), shape("", line("stare"))) + choice.format("<p:ink/>", pic("Podpis"))

    html = as_html(slides.open_file(pptx(slide)).outline)

    assert "<p>Pole: ab </p>" in html
    assert "stare" not in html
    assert 'alt="Podpis"' in html


def test_a_slide_that_is_a_picture_of_text_is_noticed():
    outline = slides.open_file(pptx(pic(""))).outline

    assert outline.language == ""
    for notice in (Notice.SLIDE_WITHOUT_TITLE, Notice.PICTURE_OF_TEXT, Notice.PICTURE_WITHOUT_ALT):
        assert outline.report.places[notice][0].page == 1


@pytest.mark.django_db
def test_an_opendocument_text_is_read(client, attached):
    document = attached("tekst.odt", odt(TEXT, automatic=STYLES, meta="<dc:title>Мета</dc:title>"), title="Звіт")

    html = client.get(f"/-/readable/{document.pk}/").content.decode()
    article = html[html.index("<article") : html.index("</article>")]

    assert '<html lang="uk"' in html
    assert '<h2 id="text-section-1">Мета</h2>' in article
    assert "Місто <strong>змінюється</strong>  швидко<sup>" in article
    assert "За даними 2018 року." in article
    assert '<a href="https://example.org/">докладніше</a>' in article
    assert "javascript" not in article
    assert "зле" in article
    assert "приховане" not in article
    assert "Вилучене" not in article
    assert "<ol><li>Перший<ul><li>Глибший</li></ul></li></ol>" in article
    assert '<thead><tr><th scope="col"><p>Місто</p></th></tr></thead>' in article
    assert 'alt="План ринку"' in article


def test_hidden_paragraphs_and_sections_of_a_text_are_left_out():
    text = (
        '<text:p text:style-name="H">таємне</text:p><text:section text:display="none"><text:p>сховане</text:p>'
        '</text:section><text:p>раз<text:hidden-paragraph text:is-hidden="true"/></text:p>'
        '<text:section text:display="condition" text:is-hidden="false"><text:p>видиме</text:p></text:section>'
    )

    outline = opendocument.open_file(odt(text, automatic=STYLES)).outline

    assert [plain(block.content) for block in outline.blocks] == ["видиме"]
    assert outline.report.counts[Notice.HIDDEN] == 3


def test_words_on_a_drawn_shape_stand_in_a_frame_of_their_own():
    shape = (
        "<draw:custom-shape><svg:title>Стрілка</svg:title><text:p>Раз</text:p><text:p>Два</text:p></draw:custom-shape>"
    )
    linked = (
        '<draw:a xlink:href="https://example.org/"><draw:frame><draw:image xlink:href="Pictures/plan.png"/></draw:frame>'
        "</draw:a>"
    )

    html = as_html(opendocument.open_file(odt(f"<text:p>Слово{shape}</text:p><text:p>{linked}</text:p>")).outline)

    assert "<p>Слово</p><aside><p>Стрілка</p><p>Раз</p><p>Два</p></aside>" in html
    assert '<a href="https://example.org/"><img' in html


LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
HOSTILE = {
    "a bomb": (odt(f"<text:p>{'A' * (70 << 20)}</text:p>"), Reason.EXPANDS),
    "entities": (odt("", more={"styles.xml": LAUGHS + "<x/>"}), Reason.ENTITIES),
    "deep": (odt("<text:section>" * 900 + "</text:section>" * 900), Reason.TOO_DEEP),
    "a password": (odt("", more={"META-INF/manifest.xml": "<m><encryption-data/></m>"}), Reason.PASSWORD),
    "cut off": (odt(TEXT)[:900], Reason.DAMAGED),
    "no text": (odt("", more={"content.xml": "<x/>"}), Reason.NO_TEXT),
    "long": (odt("<text:p/>" * 60_001), Reason.TOO_LONG),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_refused_with_its_reason(name):
    content, reason = HOSTILE[name]

    with pytest.raises(Refused) as refusal:
        opendocument.open_file(content)
    assert refusal.value.reason is reason


def test_what_is_absurd_in_a_file_is_bounded():
    """Numbers of spaces, columns and levels are their sender's words."""
    wide = (
        '<text:h text:outline-level="99999">A</text:h><text:p>x<text:s text:c="999999999"/>y</text:p><table:table>'
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-spanned="9999999">'
        "<text:p>c</text:p></table:table-cell></table:table-row></table:table>"
    )
    outline = opendocument.open_file(odt(wide)).outline

    assert outline.blocks[0].level == 9
    assert len(plain(outline.blocks[1].content)) < 250
    assert len(outline.blocks[2].rows) == 1
    assert outline.blocks[2].rows[0].cells[0].column_span == 1

    with pytest.raises(Refused):
        slides.open_file(pptx())
