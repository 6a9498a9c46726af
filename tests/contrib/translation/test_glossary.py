import pytest

from pages.contrib.translation.checks import check
from pages.contrib.translation.glossary import Glossary
from pages.contrib.translation.models import GlossaryTerm


def term(term, target="x", **fields):
    return GlossaryTerm(term=term, target=target, **fields)


def found(text, language, *terms):
    return [text[place.start : place.end] for place in Glossary(terms, language).terms_in(text)]


@pytest.mark.parametrize(
    ("language", "basic", "forms"),
    [
        ("pl", "rewitalizacja", "rewitalizacji rewitalizację rewitalizacją Rewitalizacje"),
        ("pl", "gmina", "gminy gminie gmin GMINACH"),
        ("pl", "urząd", "urzędu urzędzie urzędów"),
        ("pl", "obszar zdegradowany", "obszarze zdegradowanym|obszarów zdegradowanych|Obszaru zdegradowanego"),
        ("uk", "громада", "громади громадою громад"),
        ("uk", "місто", "міста містами місті"),
        ("en", "municipality", "municipalities Municipality"),
    ],
)
def test_a_term_is_found_in_every_form(language, basic, forms):
    for form in forms.split("|" if "|" in forms else " "):
        assert found(f"Tu: {form}.", language, term(basic)) == [form]


def test_another_word_is_no_form_of_it():
    assert found("Gmach, program i gminny", "pl", term("gmina"), term("obszar")) == []


def test_the_longest_term_wins_and_tags_are_stepped_over():
    text = 'Dla <a id="a1">obszarów</a> <b>rewitalizacji</b> i obszaru.'

    assert found(text, "pl", term("obszar"), term("obszar rewitalizacji")) == [
        "obszarów</a> <b>rewitalizacji",
        "obszaru",
    ]


def test_capitals_matter_where_the_term_says_so():
    assert found("Hub i hub", "pl", term("Hub", case_matters=True)) == ["Hub"]
    assert found("Hub i hub", "pl", term("Hub")) == ["Hub", "hub"]
    assert found("MRM mrm", "pl", term("MRM", case_matters=True)) == ["MRM"]


def names(target, *terms, source="Obszar rewitalizacji w gminie", language="en"):
    found = Glossary(terms, "pl").terms_in(source)
    return [finding.name for finding in check(source, target, "pl", language, terms=found) if "term" in finding.name]


def test_a_translation_keeps_the_glossary():
    revival = term("rewitalizacja", "regeneration", forbidden="revival\nrevitalisation")

    assert names("A regeneration area in a commune", revival) == []
    assert names("An area in a commune", revival) == ["unused_term"]
    assert names("A revitalisation area in a commune", revival) == ["forbidden_term"]
    assert names("Ревіталізації", term("rewitalizacja", "ревіталізація"), language="uk") == []


def test_a_forbidden_word_inside_the_right_term_is_allowed():
    assert names("Urban revival", term("rewitalizacja", "urban revival", forbidden="revival")) == []


def test_what_is_not_to_be_translated_stays():
    programme = term("Rynek", "", do_not_translate=True)

    assert names("The Rynek programme", programme, source="Program Rynek") == []
    assert names("The Market programme", programme, source="Program Rynek") == ["unused_term"]
