"""What is read from a Word file, shown as the HTML that every use of it is made of."""

import re

from pages.contrib.docx.reading import read
from pages.interchange.html import document as as_html
from pages.interchange.outline import Heading, Notice, Paragraph

from .word_files import (
    BULLET,
    NUMBERED,
    docx,
    field,
    p,
    part,
    picture,
    png,
    r,
    relation,
    tbl,
    tc,
    tr,
)


def body(content, **options):
    html = as_html(read(content, **options))
    return re.search("<body>(.*)</body>", html, re.DOTALL)[1]


def test_title_lead_and_headings_come_from_styles_in_any_language():
    text = docx(
        p("Tytuł", "Title") + p("Wstęp", "Subtitle") + p("Część", "H1") + p("Rozdział", "Nagwek3") + p("Treść.")
    )

    outline = read(text)

    assert (outline.title, outline.lead) == ("Tytuł", "Wstęp")
    assert body(text) == (
        '<h1 class="title">Tytuł</h1><p class="subtitle">Wstęp</p><h1>Część</h1><h3>Rozdział</h3><p>Treść.</p>'
    )


def test_a_missing_styles_part_leaves_plain_paragraphs():
    assert body(docx(p("Część", "H1"), leave_out=("word/styles.xml",))) == "<p>Część</p>"


def test_marks_switch_on_off_and_cancel_their_style():
    bold = '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/><w:rPr><w:b/></w:rPr></w:style>'
    runs = (
        r("grube")
        + r(" zwykłe", '<w:b w:val="0"/>')
        + r(" kursywa", "<w:i/>")
        + r("2", '<w:vertAlign w:val="subscript"/>')
    )

    assert body(docx(p(runs, "B"), styles=bold)) == (
        "<p><strong>grube</strong> zwykłe<em><strong> kursywa</strong></em><sub><strong>2</strong></sub></p>"
    )


def test_a_heading_that_is_bold_all_over_is_not_emphasised():
    text = docx(p(r("Cały", "<w:b/>"), "H1") + p(r("Część ") + r("ważna", "<w:b/>"), "H1"))

    assert body(text) == "<h1>Cały</h1><h1>Część <strong>ważna</strong></h1>"


def test_lists_nest_keep_their_kind_and_go_on_after_an_interruption():
    text = docx(
        p("raz", list_id=BULLET)
        + p("raz raz", list_id=BULLET, level=1)
        + p("dwa", list_id=BULLET)
        + p("pierwszy", list_id=NUMBERED)
        + p("Przerwa.")
        + p("drugi", list_id=NUMBERED)
    )

    assert body(text) == (
        "<ul><li>raz<ul><li>raz raz</li></ul></li><li>dwa</li></ul><ol><li>pierwszy</li></ol>"
        '<p>Przerwa.</p><ol start="2"><li>drugi</li></ol>'
    )


def test_a_deeper_item_that_comes_first_begins_the_level_above_it():
    text = docx(p("1.1", list_id=NUMBERED, level=1) + p("Przerwa.") + p("2", list_id=NUMBERED))

    assert body(text).endswith('<p>Przerwa.</p><ol start="2"><li>2</li></ol>')


def test_what_word_prints_before_a_heading_is_told():
    def level(place, form, text, more=""):
        return f'<w:lvl w:ilvl="{place}"><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'

    levels = (
        level(0, "upperRoman", "Dział %1.")
        + level(1, "decimalZero", "%1.%2", "<w:isLgl/>")
        + level(2, "russianLower", "%3)", '<w:lvlRestart w:val="0"/>')
    )
    numbering = part(
        "numbering",
        f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>',
    )
    asked = [0, 1, 2, 1, 2, 0, 1]
    text = docx(
        "".join(p("x", "H1", list_id=1, level=place) for place in asked), parts={"word/numbering.xml": numbering}
    )

    labels = [block.label for block in read(text).blocks]

    assert labels == ["Dział I.", "1.1", "а)", "1.2", "б)", "Dział II.", "2.1"]


def test_tables_keep_headings_spans_and_drop_deleted_rows():
    text = docx(
        tbl(
            tr("Miasto", tc("Rok", '<w:gridSpan w:val="2"/>'), heads=True),
            tr(tc("Łódź", '<w:vMerge w:val="restart"/>'), "2025", "2026"),
            tr(tc("", "<w:vMerge/>"), "7", "9"),
            tr("Skreślone", "0", "0", more="<w:del/>"),
        )
    )

    assert body(text) == (
        '<table><thead><tr><th scope="col"><p>Miasto</p></th><th scope="col" colspan="2"><p>Rok</p></th></tr></thead>'
        '<tbody><tr><td rowspan="2"><p>Łódź</p></td><td><p>2025</p></td><td><p>2026</p></td></tr>'
        "<tr><td><p>7</p></td><td><p>9</p></td></tr></tbody></table>"
    )


def test_spans_beyond_all_measure_do_not_become_giants():
    cell = tc("duży", '<w:gridSpan w:val="1000000000"/>')

    assert 'colspan="1000000000"' not in body(docx(tbl(tr(cell), tr(tc("a", '<w:gridSpan w:val="x"/>')))))


CHANGED = docx(
    p(
        r("Zostaje ")
        + '<w:ins w:id="1">' + r("nowe") + "</w:ins>"
        + '<w:del w:id="2"><w:r><w:delText>stare</w:delText></w:r></w:del>'
        + r("ukryte", "<w:vanish/>")
    )
)  # fmt: skip


def test_deleted_and_hidden_words_are_counted_and_never_shown():
    outline = read(CHANGED)

    assert body(CHANGED) == "<p>Zostaje nowe</p>"
    assert outline.report.counts == {Notice.DELETED: 1, Notice.HIDDEN: 1}


def test_the_text_before_tracked_changes_can_be_asked_for():
    assert body(CHANGED, changes="rejected") == "<p>Zostaje stare</p>"


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next_one():
    deleted = "<w:rPr><w:del/></w:rPr>"
    gone = f"<w:del>{r('Zdanie.')}</w:del>"
    text = docx(
        p("Początek, ", more=deleted)
        + p("dalszy ciąg.")
        + p("Nagłówek", "H1", more=deleted)
        + p(gone)
        + p(gone, list_id=NUMBERED, more=deleted)
        + p("Punkt.", list_id=NUMBERED)
        + p("Koniec.", more=deleted)
        + tbl(tr("komórka"))
    )

    assert body(text) == (
        "<p>Początek, dalszy ciąg.</p><h1>Nagłówek</h1><ol><li>Punkt.</li></ol><p>Koniec.</p>"
        "<table><tbody><tr><td><p>komórka</p></td></tr></tbody></table>"
    )
    assert body(text, changes="rejected").startswith("<p>Początek, </p><p>dalszy ciąg.</p>")


def test_what_a_paragraph_was_before_changes_can_be_asked_for():
    former = '<w:pPrChange><w:pPr><w:pStyle w:val="H1"/></w:pPr></w:pPrChange>'
    text = docx(p("Część", list_id=BULLET, more=former) + p("Nowy punkt", list_id=BULLET, more="<w:pPrChange/>"))

    assert body(text) == "<ul><li>Część</li><li>Nowy punkt</li></ul>"
    assert body(text, changes="rejected") == "<h1>Część</h1><ul><li>Nowy punkt</li></ul>"


def test_a_letter_set_large_begins_its_word():
    initial = p("D", more='<w:framePr w:dropCap="drop" w:lines="3"/>')

    assert body(docx(initial + '<w:bookmarkEnd w:id="1"/>' + p("awno temu."))) == "<p>Dawno temu.</p>"


def test_what_was_deleted_from_a_formula_is_not_shown():
    def formula(*kept, deleted):
        letters = "".join(f"<m:r><m:t>{letter}</m:t></m:r>" for letter in kept)
        return f"<m:oMath>{letters}<w:del><m:r><m:t>{deleted}</m:t></m:r></w:del></m:oMath>"

    text = docx(p(formula("a", deleted="7")) + p(formula(deleted="b")))

    assert body(text) == "<p><math><mrow><mi>a</mi></mrow></math></p>"


def test_moved_words_stand_where_they_were_moved_to():
    moved = p(
        r("Tu. ") + '<w:moveFrom w:id="1">' + r("Skąd.") + "</w:moveFrom><w:moveTo>" + r("Dokąd.") + "</w:moveTo>"
    )

    assert body(docx(moved)) == "<p>Tu. Dokąd.</p>"


def test_comments_are_listed_for_the_editor_only():
    comments = part("comments", '<w:comment w:id="7" w:author="Jan">' + p("Sprawdzić datę!") + "</w:comment>")
    text = docx(
        p(r("W maju") + '<w:r><w:commentReference w:id="7"/></w:r>'),
        relations=relation("c", "comments", "comments.xml"),
        parts={"word/comments.xml": comments},
    )

    comment = read(text).report.comments[0]

    assert (comment.author, comment.text, comment.about) == ("Jan", "Sprawdzić datę!", "W maju")
    assert "Sprawdzić" not in body(text)


def test_notes_are_numbered_as_they_are_referred_to_and_may_not_refer_to_themselves():
    notes = part("footnotes", '<w:footnote w:id="3">' + p(r("Przypis.") + _note(3)) + "</w:footnote>")
    text = docx(
        p(r("Zdanie") + _note(3) + _note(404)),
        relations=relation("f", "footnotes", "footnotes.xml"),
        parts={"word/footnotes.xml": notes},
    )

    assert body(text) == (
        '<p>Zdanie<sup><a href="#note-1" id="to-note-1" role="doc-noteref">1</a></sup></p>'
        '<section role="doc-endnotes"><ol><li id="note-1"><p>Przypis.</p>'
        '<p><a href="#to-note-1" role="doc-backlink">↩</a></p></li></ol></section>'
    )


def _note(id_):
    return f'<w:r><w:footnoteReference w:id="{id_}"/></w:r>'


def test_only_addresses_of_allowed_kinds_become_links():
    addresses = {
        "https://dobry.example/?a=1": True,
        "mailto:biuro@example.org": True,
        "tel:+48221234567": True,
        "javascript:alert(1)": False,
        "java\tscript:alert(1)": False,
        "data:text/html,x": False,
        "file:///etc/passwd": False,
        "//zly.example/": False,
        "\\\\serwer\\plik": False,
        "https://ktos:haslo@zly.example/": False,
    }
    links = "".join(f'<w:hyperlink r:id="l{n}">{r(f"słowa{n}")}</w:hyperlink>' for n in range(len(addresses)))
    relations = "".join(
        relation(f"l{n}", "hyperlink", address.replace("\t", "&#9;").replace("&a", "&amp;a"), external=True)
        for n, address in enumerate(addresses)
    )

    html = body(docx(p(links), relations=relations))

    assert re.findall('href="(.*?)"', html) == [address for address, good in addresses.items() if good]
    assert re.findall(r"słowa\d", html) == [f"słowa{n}" for n in range(len(addresses))]


def test_a_link_goes_on_over_a_new_line():
    link = f'<w:hyperlink r:id="a">{r("ulica Długa 1")}<w:r><w:br/></w:r>{r("Warszawa")}</w:hyperlink>'
    text = docx(
        p(link + "<w:r><w:br/></w:r>" + r("Polska")),
        relations=relation("a", "hyperlink", "https://example.org/", external=True),
    )

    assert body(text) == '<p><a href="https://example.org/">ulica Długa 1<br>Warszawa</a><br>Polska</p>'


def test_fields_give_what_word_printed_and_never_what_they_were_told_to_do():
    text = docx(
        p(field(' HYPERLINK "https://a.example/" ', "adres"))
        + p(field(" DDEAUTO cmd.exe ", "wynik"))
        + p('<w:fldSimple w:instr=" MERGEFIELD Nazwa ">' + r("Łódź") + "</w:fldSimple>")
        + p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>')
        + p("Dalej.")
    )

    assert body(text) == '<p><a href="https://a.example/">adres</a></p><p>wynik</p><p>Łódź</p><p>Dalej.</p>'


def test_form_fields_show_what_was_ticked_and_chosen():
    def form(inner, result=""):
        begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{inner}</w:ffData></w:fldChar></w:r>'
        separate = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r(result) if result else ""
        return begin + separate + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'

    entries = '<w:listEntry w:val="Kraków"/><w:listEntry w:val="Łódź"/>'
    text = docx(
        p(form('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>') + r(" tak"))
        + p(form('<w:checkBox><w:default w:val="0"/></w:checkBox>') + r(" nie"))
        + p(form(f'<w:ddList><w:result w:val="1"/>{entries}</w:ddList>'))
        + p(form(f"<w:ddList>{entries}</w:ddList>", "Kraków"))
        + p(r("x") + form(f'<w:ddList><w:result w:val="7"/>{entries}</w:ddList>'))
    )

    assert body(text) == "<p>☒ tak</p><p>☐ nie</p><p>Łódź</p><p>Kraków</p><p>x</p>"


def test_text_boxes_stand_where_they_are_read_and_only_once():
    box = "<w:txbxContent>" + p("W ramce.") + "</w:txbxContent>"
    drawing = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor>" + box + "</wp:anchor></w:drawing>"
        "</mc:Choice><mc:Fallback><w:pict><v:textbox>"
        + box
        + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )

    assert body(docx(p(r("Przed.") + drawing) + p("Po."))) == "<p>Przed.</p><aside><p>W ramce.</p></aside><p>Po.</p>"


def test_right_to_left_words_and_foreign_words_say_so():
    said = r("مرحبا", '<w:rtl/><w:lang w:bidi="ar-SA"/>')
    arabic = p(f'<w:dir w:val="rtl">{said}</w:dir>', more="<w:bidi/>")
    polish = p(r("Po polsku i ", '<w:lang w:val="pl-PL"/>') + r("in English", '<w:lang w:val="en-GB"/>'))

    outline = read(docx(arabic + polish))

    assert outline.language == "pl-PL"
    assert body(docx(arabic + polish)) == (
        '<p dir="rtl"><span lang="ar-SA" dir="rtl">مرحبا</span></p><p>Po polsku i <span lang="en-GB">in English</span></p>'
    )


def test_pictures_are_told_by_their_bytes_and_missing_ones_are_reported():
    text = docx(
        p(picture("ok", "Dziedziniec"))
        + p("Ryc. 1. Dziedziniec", "Caption")
        + p(picture("html", "Nie obraz") + picture("none", "Brak") + picture("net", "W sieci")),
        relations=relation("ok", "image", "media/a.png")
        + relation("html", "image", "media/b.png")
        + relation("none", "image", "media/c.png")
        + relation("net", "image", "http://127.0.0.1:9/x.png", external=True),
        parts={"word/media/a.png": png(), "word/media/b.png": b"<html><script>"},
    )

    outline = read(text)

    assert body(text).startswith(
        '<figure><p><img src="word/media/a.png" alt="Dziedziniec"></p><figcaption><p>Ryc. 1. Dziedziniec</p></figcaption></figure>'
    )
    assert outline.report.counts == {
        Notice.PICTURE_UNSHOWABLE: 1,
        Notice.PICTURE_MISSING: 1,
        Notice.PICTURE_LINKED: 1,
    }
    assert "127.0.0.1" not in body(text)


def test_the_words_of_a_diagram_are_said_where_they_are_asked_for():
    space = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
    said = "<dgm:t><a:p><a:r><a:t>{}</a:t></a:r></a:p></dgm:t></dgm:pt>"
    points = '<dgm:pt modelId="0" type="doc"/>' + "".join(
        f'<dgm:pt modelId="{name}">' + said.format(words) for name, words in (("1", "Rada"), ("2", "Biuro"))
    )
    lines = '<dgm:cxn srcId="0" destId="1"/><dgm:cxn srcId="1" destId="2"/>'
    model = (
        f'<dgm:dataModel xmlns:dgm="{space}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        f"<dgm:ptLst>{points}</dgm:ptLst><dgm:cxnLst>{lines}</dgm:cxnLst></dgm:dataModel>"
    )
    frame = f'<w:r><w:drawing><wp:inline><dgm:relIds xmlns:dgm="{space}" r:dm="m"/></wp:inline></w:drawing></w:r>'
    text = docx(
        p(r("Urząd") + frame),
        relations=relation("m", "diagramData", "diagrams/data1.xml"),
        parts={"word/diagrams/data1.xml": model},
    )

    assert body(text, diagrams=True) == "<p>Urząd</p><aside><ul><li>Rada<ul><li>Biuro</li></ul></li></ul></aside>"
    assert body(text) == "<p>Urząd</p>"
    assert read(text).report.counts == {Notice.DRAWING: 1}


def test_drawings_that_are_switched_off_stay_out():
    box = "<w:txbxContent>" + p("niewidoczne") + "</w:txbxContent>"
    old = f'<w:r><w:pict><v:shape style="width:9pt; visibility: hidden">{box}</v:shape></w:pict></w:r>'
    new = f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="P" hidden="1"/>{box}</wp:inline></w:drawing></w:r>'

    text = docx(p(r("widoczne") + old + new))

    assert body(text) == "<p>widoczne</p>"
    assert read(text).report.counts == {Notice.HIDDEN: 2}


def test_several_bodies_are_read_one_behind_the_other():
    main = part("document", f"<w:body>{p('raz')}</w:body><w:body>{p('dwa')}</w:body>")

    assert body(docx(main=main)) == "<p>raz</p><p>dwa</p>"


def test_symbols_and_formulas_are_said_in_unicode_and_mathml():
    sign = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r><w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>'
    formula = (
        "<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>12</m:t></m:r></m:sup></m:sSup></m:oMath>"
    )

    assert body(docx(p(sign + formula))) == (
        "<p>✓α<math><mrow><msup><mrow><mi>x</mi></mrow><mrow><mn>12</mn></mrow></msup></mrow></math></p>"
    )


def test_a_table_of_contents_is_left_out_and_told():
    contents = p(field(' TOC \\o "1-3" ', "1. Wstęp 3"))
    wrapped = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{contents}</w:sdtContent></w:sdt>"
    )

    outline = read(docx(wrapped + p("Wstęp", "H1")))

    assert [type(block) for block in outline.blocks] == [Heading]
    assert outline.report.counts == {Notice.CONTENTS: 1}


def test_the_heading_that_a_table_of_contents_ends_in_is_kept():
    def mark(kind):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    begin = mark("begin") + "<w:r><w:instrText>TOC</w:instrText></w:r>" + mark("separate")
    text = docx(p(begin) + p(r("Wstęp 3")) + p(mark("end") + r("Wstęp"), "H1") + p("Treść."))

    assert body(text) == "<h1>Wstęp</h1><p>Treść.</p>"
    assert read(text).report.counts == {Notice.CONTENTS: 1}


def test_bold_lines_are_suggested_as_headings_but_stay_paragraphs():
    text = docx(p(r("Kto może wziąć udział", "<w:b/>")) + p(r("Uwaga: to jest całe zdanie.", "<w:b/>")))

    found = read(text).blocks

    assert [(type(block), block.suggested_level) for block in found] == [(Paragraph, 2), (Paragraph, 0)]


def test_markup_in_words_alternative_texts_and_names_is_only_words():
    evil = "&lt;script&gt;alert(1)&lt;/script&gt;"
    text = docx(
        p(evil) + p(picture("i", "&quot;&gt;" + evil)),
        relations=relation("i", "image", "media/&quot;&gt;.png"),
        parts={'word/media/">.png': png()},
    )

    assert "<script" not in body(text)
    assert body(text).count("&lt;script&gt;") == 2
