"""Dates, sizes and languages read as each language writes them."""

import datetime
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import translation

from pages import abbreviations, formats

JULY_18 = datetime.date(2018, 7, 18)
JULY_20 = datetime.date(2018, 7, 20)


def render(source, language="pl", **context):
    with translation.override(language):
        return Template("{% load page_tags %}" + source).render(Context(context))


def days(start, end=None):
    return SimpleNamespace(starts_on=start, ends_on=end)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pl", "18–20 lipca 2018"),
        ("en", "18–20 July 2018"),
        ("uk", "18–20 липня 2018"),
        ("ar", "18–20 يوليو 2018"),
        ("de", "18.–20. Juli 2018"),
    ],
)
def test_a_range_of_days_names_its_month_once_in_the_grammar_of_the_language(language, text):
    assert formats.range_text(JULY_18, JULY_20, language) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pl", "30 czerwca – 2 lipca 2018"),
        ("en", "30 June – 2 July 2018"),
        ("uk", "30 червня – 2 липня 2018"),
        ("ar", "30 يونيو – 2 يوليو 2018"),
    ],
)
def test_a_range_over_two_months_names_both_and_the_year_once(language, text):
    assert formats.range_text(datetime.date(2018, 6, 30), datetime.date(2018, 7, 2), language) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pl", "30 grudnia 2018 – 2 stycznia 2019"),
        ("en", "30 December 2018 – 2 January 2019"),
        ("uk", "30 грудня 2018 – 2 січня 2019"),
    ],
)
def test_a_range_over_new_year_names_both_years(language, text):
    assert formats.range_text(datetime.date(2018, 12, 30), datetime.date(2019, 1, 2), language) == text


def test_a_language_that_begins_with_the_year_repeats_the_whole_date():
    assert formats.range_text(JULY_18, JULY_20, "hu") == "2018. július 18. – 2018. július 20."


def test_a_range_is_two_time_elements_for_machines():
    assert render("{% date_range page %}", page=days(JULY_18, JULY_20)) == (
        '<span class="date-range"><time datetime="2018-07-18">18</time>–'
        '<time datetime="2018-07-20">20 lipca 2018</time></span>'
    )


@pytest.mark.parametrize("end", [None, JULY_18])
def test_one_day_is_one_time_element(end):
    assert render("{% date_range page %}", page=days(JULY_18, end)) == (
        '<span class="date-range"><time datetime="2018-07-18">18 lipca 2018</time></span>'
    )


def test_the_hours_of_a_workshop_say_their_time_zone():
    workshop = SimpleNamespace(
        starts_on=JULY_18, starts_at=datetime.time(9, 30), ends_at=datetime.time(16), time_zone="Europe/Warsaw"
    )

    assert render("{{ page|hours }}", page=workshop) == "09:30–16:00 (czas środkowoeuropejski letni)"
    assert render("{{ page|hours }}", "en", page=workshop) == "09:30–16:00 (Central European Summer Time)"


@pytest.mark.parametrize(
    ("language", "size"), [("pl", "24 KB"), ("en", "24 KB"), ("uk", "24 КБ"), ("ar", "24 كيلوبايت")]
)
def test_a_file_size_is_whole_kilobytes_in_the_words_of_the_language(language, size):
    assert render("{{ 24576|file_size }}", language) == size.replace(" ", "\u00a0")


@pytest.mark.parametrize(("language", "size"), [("pl", "1,2 MB"), ("en", "1.2 MB"), ("uk", "1,2 МБ")])
def test_a_large_file_is_told_in_megabytes_with_one_decimal(language, size):
    assert render("{{ 1300000|file_size }}", language) == size.replace(" ", "\u00a0")


def test_the_smallest_file_is_one_kilobyte():
    assert render("{{ 5|file_size }}") == "1\u00a0KB"


def file(**fields):
    return SimpleNamespace(**({"format": "DOCX", "size_bytes": 24576, "page_count": None, "language": "pl"} | fields))


def test_the_label_of_a_file_tells_format_and_size():
    with translation.override("pl"):
        assert formats.file_facts(file()) == ["DOCX", "24\u00a0KB"]


def test_the_label_of_a_file_in_another_language_says_which():
    with translation.override("en"):
        assert formats.file_facts(file()) == ["DOCX", "24\u00a0KB", "language: Polish"]


@pytest.mark.parametrize(("count", "words"), [(1, "1 strona"), (2, "2 strony"), (5, "5 stron"), (22, "22 strony")])
def test_pages_are_counted_with_polish_plurals(count, words):
    with translation.override("pl"):
        assert formats.page_count(count, "PDF") == words


def test_a_presentation_has_slides():
    with translation.override("en"):
        assert formats.page_count(12, "PPTX") == "12 slides"


@pytest.mark.parametrize(("language", "text"), [("pl", "1234"), ("en", "1,234"), ("uk", "1\u00a0234")])
def test_a_number_of_four_digits_has_no_gap_in_polish(language, text):
    assert render("{{ 1234|number }}", language) == text


def test_a_part_in_another_language_is_marked_and_one_in_the_same_is_not():
    assert render("<p{% lang_of 'en' %}>") == '<p lang="en">'
    assert render("<p{% lang_of 'ar' %}>") == '<p lang="ar" dir="rtl">'
    assert render("<p{% lang_of 'pl' %}>") == "<p>"
    assert render("<p{% lang_of '' %}>") == "<p>"


def test_only_the_first_of_each_abbreviation_is_explained():
    pending = {"BGK": "Bank Gospodarstwa Krajowego", "TBS": 'spółki "społeczne"'}

    html = abbreviations.mark("<p>BGK i BGK, TBS</p>", pending)

    assert html == (
        '<p><abbr title="Bank Gospodarstwa Krajowego">BGK</abbr> i BGK, '
        '<abbr title="spółki &quot;społeczne&quot;">TBS</abbr></p>'
    )


def test_abbreviations_inside_tags_and_longer_words_stay_as_they_are():
    html = '<p><a href="/BGK" title="BGK">x</a> <code>BGK</code> BGK-owski &amp; BGKA <br/></p>'

    assert abbreviations.mark(html, {"BGK": "Bank"}) == html.replace("BGK-owski", '<abbr title="Bank">BGK</abbr>-owski')
