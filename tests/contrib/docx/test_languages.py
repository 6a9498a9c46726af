"""Languages of words go from a Word file to a page and back; what programs note by mistake does not."""

import io
import re
import zipfile

import pytest

from pages.contrib.docx.reading import read
from pages.contrib.docx.writing import write
from pages.interchange.bodies import body_of
from pages.interchange.kept_languages import KeptLanguages
from pages.interchange.outline import Heading
from pages.interchange.parts import in_parts

from .word_files import STYLES, docx, p, r

POLISH = '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="pl-PL"/></w:rPr></w:rPrDefault></w:docDefaults>'
TEXT = p("Zwykły tekst po polsku, żeby było wiadomo, w jakim języku jest cały dokument. " * 3)


def in_language(words, tag, more="") -> str:
    return r(words, f'{more}<w:lang w:val="{tag}"/>')


def body_with(paragraph: str):
    return body_of(read(docx(TEXT + paragraph, styles=POLISH)), lambda address: None)


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        (
            [r("Hasło "), in_language("Слава ", "uk-UA"), in_language("Україні", "uk-UA", "<w:b/>"), r(".")],
            'Hasło <span dir="ltr" lang="uk">Слава <b>Україні</b></span>.',
        ),
        (
            [r("Mówią "), in_language("lost in translation ", "en-GB"), r("i tyle.")],
            'Mówią <span dir="ltr" lang="en">lost in translation</span> i tyle.',
        ),
        (
            [r("Miasto "), r("مدينة", '<w:rtl/><w:lang w:bidi="ar-SA"/>'), r(" nad rzeką.")],
            'Miasto <span dir="rtl" lang="ar">مدينة</span> nad rzeką.',
        ),
        # Digits and spaces between words of one language are of it, behind them they are not.
        (
            [in_language("Київ", "uk-UA"), r(" 2026 "), in_language("рік", "uk-UA"), r(" 12")],
            '<span dir="ltr" lang="uk">Київ 2026 рік</span> 12',
        ),
        # The keyboard, a word cut in two, a full stop, words of ours, letters that cannot be of it.
        ([r("Gmina "), in_language("Miasto ", "en-US"), r("i reszta.")], "Gmina Miasto i reszta."),
        ([r("pod"), in_language("wóz the", "en-US"), r(" stoi.")], "podwóz the stoi."),
        ([r("Koniec"), in_language(". ", "uk-UA"), r("I tyle.")], "Koniec. I tyle."),
        ([in_language("W gminie of the łąka i dąb", "en-US")], "W gminie of the łąka i dąb"),
        (
            [r("Miasto "), in_language("місто", "en-US"), r(" i "), in_language("gmina", "uk-UA")],
            "Miasto місто i gmina",
        ),
    ],
)
def test_a_language_that_can_be_believed_becomes_a_mark(runs, expected):
    body = body_with(p("".join(runs)))

    assert body.blocks[-1]["value"].endswith(f"<p>{expected}</p>")
    assert "language" not in body.report.counts


def test_the_language_of_a_text_is_that_of_most_words_wherever_it_is_noted():
    style = '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Text"/><w:rPr><w:lang w:val="en-GB"/></w:rPr></w:style>'
    arabic = r("مدينة ", '<w:rtl/><w:lang w:val="en-GB" w:bidi="ar-SA"/>')

    assert read(docx(p("By its style. " * 30, "T") + TEXT, styles=POLISH + style)).language == "en-GB"
    assert read(docx(p(arabic * 60) + TEXT, styles=POLISH)).language == "ar-SA"
    assert read(docx(p("Krótko.", "T") + TEXT, styles=POLISH + style)).language == "pl-PL"


def test_only_a_language_that_we_do_not_know_or_have_no_place_for_is_told():
    unknown = body_with(p(r("Słowa: ") + in_language("nuqneH", "tlh")))
    heading = body_of(
        read(docx(TEXT + p(r("Hasło ") + in_language("Слава Україні", "uk-UA"), "H1"))), lambda address: None
    )

    assert unknown.report.counts["language"] == 1
    assert "<span" not in str(unknown.blocks)
    assert (heading.blocks[-1]["type"], heading.blocks[-1]["value"]["language"]) == ("heading", "")
    assert heading.report.counts["language"] == 1


def test_a_heading_in_one_other_language_keeps_it_from_word_to_the_page_and_back(site):
    heading = p(in_language("Слава ", "uk-UA") + in_language("Україні", "uk-UA", "<w:b/>") + r(" 2026"), "H1")
    made = body_of(read(docx(TEXT + heading, styles=STYLES + POLISH)), lambda address: None)

    assert made.blocks[-1]["value"] == {"text": "Слава Україні 2026", "level": "2", "language": "uk"}
    assert made.report.counts["language"] == 0
    page = site.add_news("Hasła", body=made.blocks)
    told = in_parts(page)
    (again,) = [block for block in read(write(told.outline, lambda name: None)).blocks if isinstance(block, Heading)]
    assert [(piece.text, piece.language) for piece in again.content] == [("Слава Україні 2026", "uk-UA")]


def test_a_mark_is_a_language_in_the_file_of_a_page(site):
    words = '<p>Hasło <span dir="ltr" lang="en">of the <b>city</b></span> i <span dir="rtl" lang="ar">مدينة</span>.</p>'
    told = in_parts(site.add_news("Hasła", body=[("text", words)]))

    with zipfile.ZipFile(io.BytesIO(write(told.outline, lambda name: None))) as file:
        document = file.read("word/document.xml").decode()

    runs = re.findall(r"<w:lang (.*?)/>(?:(?!</w:r>).)*<w:t[^>]*>([^<]*)", document)
    assert [(words, tag) for tag, words in runs if "Has" not in words] == [
        ("of the ", 'w:val="en-GB"'),
        ("city", 'w:val="en-GB"'),
        ("مدينة", 'w:bidi="ar-SA"'),
    ]


@pytest.mark.parametrize(
    ("stored", "written", "expected"),
    [
        (
            '<p>Hasło <span lang="en">of the <b>city</b></span>.</p>',
            "<p>Nowe hasło of the <b>city</b>, of.</p>",
            '<p>Nowe hasło <span dir="ltr" lang="en">of the </span><b><span dir="ltr" lang="en">city</span></b>, of.</p>',
        ),
        # Another script is known by its letters, also after an edit.
        (
            '<p>Hasło <span lang="uk">Слава Україні</span>.</p>',
            "<p>A &amp; B: Слава нашій Україні, i tyle.</p>",
            '<p>A &amp; B: <span dir="ltr" lang="uk">Слава нашій Україні</span>, i tyle.</p>',
        ),
        (
            '<p>Гасло <span lang="pl">Łódź</span> і далі.</p>',
            "<p>Гасло Łódź &amp; Pabianice</p>",
            '<p>Гасло <span dir="ltr" lang="pl">Łódź</span> &amp; <span dir="ltr" lang="pl">Pabianice</span></p>',
        ),
        # The number of a footnote is no part of the word before it.
        (
            '<p>Hasło <span lang="en">of the m<sup>2</sup></span></p>',
            "<p>Hasło of the m<sup>2</sup><sup>1</sup></p>",
            '<p>Hasło <span dir="ltr" lang="en">of the m</span><sup><span dir="ltr" lang="en">2</span></sup><sup>1</sup></p>',
        ),
        ("<p>Bez znaków</p>", "<p>Слава</p>", "<p>Слава</p>"),
        ('<p><span lang="xx">a</span><span lang="uk"></span></p>', "<p>a</p>", "<p>a</p>"),
    ],
)
def test_an_edited_paragraph_keeps_the_marks_of_its_words(stored, written, expected):
    assert KeptLanguages(stored).put_on(written) == expected
