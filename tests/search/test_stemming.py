"""Forms of one word are one; words that only look alike are not."""

import pytest

from pages.search.queries import parse
from pages.search.stemming import fold, stem, words

SAME = [
    ("pl", "warsztat warsztaty warsztatów warsztatach Warsztatami"),
    ("pl", "Łódź Łodzi Łodzią lodz"),
    ("pl", "Kowalski Kowalskiego Kowalskiej Kowalska"),
    ("pl", "Piątek Piątka Piątkowi"),
    ("pl", "miasto miasta miast mieście"),
    ("pl", "podwórko podwórek podwórkach"),
    ("pl", "uczestnik uczestnicy uczestników"),
    ("pl", "kamienica kamienicy kamienic"),
    ("pl", "Kraków Krakowa Krakowie"),
    ("pl", "biblioteka bibliotek bibliotece"),
    ("uk", "місто міста міст містами"),
    ("uk", "Київ Києва Києві"),
    ("uk", "Львів Львова Львові"),
    ("uk", "подвір’я подвірʼя подвір'я"),
    ("uk", "ґанок ганок ганку"),
    ("en", "workshop workshops"),
    ("en", "city cities"),
    ("ar", "ورشة الورشة ورش"),
]


@pytest.mark.parametrize(("language", "forms"), SAME)
def test_forms_of_a_word_have_one_stem(language, forms):
    assert len({stem(form, language) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("language", "forms"), [("pl", "miasto miejsce"), ("pl", "dom dama"), ("uk", "місто рік"), ("en", "house horse")]
)
def test_other_words_have_other_stems(language, forms):
    assert len({stem(form, language) for form in forms.split()}) == 2


def test_a_stem_of_an_unknown_language_is_the_folded_word():
    assert stem("Größe", "xx") == "grosse"


@pytest.mark.parametrize(
    ("word", "folded"),
    [("Żółć", "zolc"), ("Zo\u0301łć", "zolc"), ("Ґанок", "ганок"), ("٢٠١٨", "2018"), ("مَدِينَة", "مدينه")],
)
def test_diacritics_are_folded(word, folded):
    assert fold(word) == folded


def test_accents_and_vowel_signs_do_not_break_a_word():
    assert words("Zo\u0301łć, gill-piątek! مَدِينَة 18.07") == ["zółć", "gill", "piątek", "مَدِينَة", "18", "07"]


@pytest.mark.parametrize(
    ("typed", "phrases"),
    [
        ('"dobre praktyki"', ("dobre praktyki",)),
        ("„Dobre Praktyki” w «Łodzi»", ("dobre praktyki", "lodzi")),
        ('"', ()),
        ('"" praktyki "dobre', ()),
    ],
)
def test_every_kind_of_quotation_marks_makes_a_phrase(typed, phrases):
    assert parse(typed).phrases == phrases


@pytest.mark.parametrize("typed", ["", " ", "\x00", "?!", '"…"', "😀", "\u202e"])
def test_a_query_without_words_is_empty(typed):
    assert not parse(typed)


def test_a_very_long_query_is_cut():
    assert len(parse("warsztaty " * 1000).text) <= 200
    assert len(parse("a b c d e f g h i j k l m n o p").words) == 12
