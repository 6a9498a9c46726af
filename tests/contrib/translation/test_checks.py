import pytest

from pages.contrib.translation.checks import NAMES, check


def names(source, target, languages="pl en", **options):
    return [finding.name for finding in check(source, target, *languages.split(), **options)]


GOOD = [
    ("Nowe domy", "New houses", "pl en"),
    ("", "", "pl en"),
    ("Bank Gospodarstwa Krajowego", "Bank Gospodarstwa Krajowego", "pl en"),
    ("Rada i Rynek", "Rada i Rynek", "pl en"),
    ("18.07.2018", "18.07.2018", "pl uk"),
    ("urzad@example.org", "urzad@example.org", "pl uk"),
    ("Spotkanie 18.07.2018 r.", "Meeting on 18 July 2018", "pl en"),
    ("Spotkanie 18-20.07.2018", "Meeting, 18–20 July 2018", "pl en"),
    ("W dniach 18–20 lipca 2018", "On July 18–20, 2018", "pl en"),
    ("Od 10.00 do 16.00", "From 10 a.m. to 4 p.m.", "pl en"),
    ("Przyjechało 1 500 osób z 20 gmin", "1,500 people from 20 municipalities came", "pl en"),
    ("W 2018 100 miast", "100 cities in 2018", "pl en"),
    ("3 miasta", "three cities", "pl en"),
    ("trzy miasta", "3 cities", "pl en"),
    ("5 miast", "п’ять міст", "pl uk"),
    ("XIX wiek", "the 19th century", "pl en"),
    ("2,5 mln zł", "PLN 2.5 million", "pl en"),
    ("12 miast", "١٢ مدينة", "pl ar"),
    ("Powiedział: „tak”.", "He said “yes”.", "pl en"),
    ("“Yes”", "„Tak »jasne« i «jasne»”", "en pl"),
    ("„Tak”", "«Так, „справді“»", "pl uk"),
    ("„Tak”", "«نعم»", "pl ar"),
    ("Ekran 5\"", "A 5\" screen", "pl en"),
    ("Kto przyjdzie?", "من يأتي؟", "pl ar"),
    ("Sp. z o.o.", "Limited company", "pl en"),
    ("Zapraszamy!", "You are welcome.", "pl en"),
    ("Zobacz <a id=\"a1\">plan</a><br/>i <b>więcej</b>", "See <a id=\"a1\">the plan</a><br>and <b>more</b>", "pl en"),
    ("Witaj, %(name)s: {count}", "Hello, %(name)s: {count}", "pl en"),
    ("W 50% domów", "In 50% of houses", "pl en"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "target", "languages"), GOOD)
def test_a_good_translation_is_left_alone(source, target, languages):
    assert names(source, target, languages) == []


BAD = [
    ("placeholders", "Witaj, %(name)s", "Hello", "pl en"),
    ("placeholders", "Witaj, %s", "Hello, %d", "pl en"),
    ("placeholders", "Witaj, {name}", "Hello, {nazwa}", "pl en"),
    ("tags", "Bardzo <b>ważne</b>", "Very important", "pl en"),
    ("tags", "Bardzo ważne", "Very <b>important</b>", "pl en"),
    ("tags", "Bardzo <b>ważne</b>", "Very <b>important", "pl en"),
    ("tags", "<b>Bardzo</b> <i>ważne</i>", "<b>Very <i>important</b></i>", "pl en"),
    ("links", 'Zobacz <a id="a1">plan</a>', "See the plan", "pl en"),
    ("links", 'Zobacz <a id="a1">plan</a>', 'See <a id="a1">the</a> <a id="a1">plan</a>', "pl en"),
    ("links", 'Zobacz <a id="a1">plan</a>', 'See<a id="a1"> </a>the plan', "pl en"),
    ("numbers", "12 miast", "21 cities", "pl en"),
    ("numbers", "12 miast", "Cities", "pl en"),
    ("numbers", "Miasta", "15 cities", "pl en"),
    ("numbers", "2,5 mln", "25 million", "pl en"),
    ("numbers", "18.07.2018", "19 July 2018", "pl en"),
    ("numbers", "18.07.2018", "18 June 2018", "pl en"),
    ("numbers", "3 miasta", "four cities", "pl en"),
    ("addresses", "Pisz: urzad@example.org", "Write to us: urząd@example.org.pl", "pl en"),
    ("addresses", "Tel. +48 22 000 00 01", "Tel. +48 22 000 00 02", "pl en"),
    ("untranslated", "Nowe domy dla miast", "Nowe domy dla miast", "pl en"),
    ("untranslated", "<b>Nowe</b> domy", "<b>Nowe domy</b>", "pl uk"),
    ("untranslated", "مدن جديدة", "مدن جديدة", "ar pl"),
    ("double_spaces", "Nowe domy", "New  houses", "pl en"),
    ("edges", "Nowe domy", " New houses", "pl en"),
    ("edges", "Nowe domy ", "New houses", "pl en"),
    ("quotes", "“Yes”", '"Tak"', "en pl"),
    ("quotes", "“Yes”", "“Tak”", "en pl"),
    ("quotes", "„Tak”", "„Yes”", "pl en"),
    ("quotes", "„Tak”", "„Так”", "pl uk"),
    ("quotes", "„Tak”", "“نعم”", "pl ar"),
    ("quotes", "„Tak”", "“Yes", "pl en"),
    ("hard_spaces", "Yes, please", "Tak\u00a0, proszę", "en pl"),
    ("hard_spaces", "New houses", "Nowe\u00a0domy", "en pl"),
    ("hard_spaces", "Kto?", "Qui?", "pl fr"),
    ("ending", "Kto przyjdzie?", "Who is coming", "pl en"),
    ("ending", "Kto przyjdzie?", "Who is coming.", "pl en"),
    ("ending", "Nowe domy", "The new houses.", "pl en"),
    ("ending", "Zabierz:", "Bring along", "pl en"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "source", "target", "languages"), BAD)
def test_a_slip_is_found_and_named(name, source, target, languages):
    assert set(names(source, target, languages)) == {name}


def test_the_length_is_that_of_the_text_without_its_tags():
    assert names("Nowe <b>domy</b>", "New <b>homes</b>", max_length=9) == []
    assert names("Nowe <b>domy</b>", "New <b>houses</b>", max_length=9) == ["length"]


def test_a_finding_says_what_to_do_and_where():
    target = 'Zob. <a id="a1">plan</a>: 21 &amp; {x}'

    lost, added, missing, extra = check('See <a id="a1">the plan</a>: 12 &amp; {y}', target, "en", "pl")

    assert ("{y}" in lost.message, "{x}" in added.message) == (True, True)
    assert ("12" in missing.message, "21" in extra.message) == (True, True)
    assert [target[start:end] for finding in (added, extra) for start, end in finding.places] == ["{x}", "21"]


def test_the_last_part_of_an_address_is_no_sentence():
    assert names("nowe-domy", "nowe-domy", is_address=True) == []
    assert names("kontakt", "kontakt", is_address=True) == []


@pytest.mark.parametrize(
    "text", ["<", "<b", "&", "<a id=>x</a>", "%", "{{", "\x00", "„" * 50, "9" * 5000, "a" * 20000, "\u2060", '"']
)
def test_broken_text_is_checked_without_an_error(text):
    found = check("Nowe <b>domy</b>", text, "pl", "en") + check(text, "New <b>houses</b>", "xx", "xx-yy")

    assert {finding.name for finding in found} <= set(NAMES)
