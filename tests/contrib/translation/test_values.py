import pytest

from pages.contrib.translation.values import Day, Kind, values_in


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("18.07.2018 r.", "pl", Day(18, 7, 2018)),
        ("18 July 2018", "en", Day(18, 7, 2018)),
        ("July 18, 2018", "en", Day(18, 7, 2018)),
        ("the 18th of July 2018", "en", Day(18, 7, 2018)),
        ("18 lipca 2018", "pl", Day(18, 7, 2018)),
        ("w lipcu 2018", "pl", Day(None, 7, 2018)),
        ("18 липня 2018 р.", "uk", Day(18, 7, 2018)),
        ("у липні 2018 року", "uk", Day(None, 7, 2018)),
        ("١٨ يوليو ٢٠١٨", "ar", Day(18, 7, 2018)),
        ("2018-07-18", "en", Day(18, 7, 2018)),
        ("7/18/2018", "en", Day(18, 7, 2018)),
    ],
)
def test_a_date_is_one_however_a_language_writes_it(text, language, day):
    assert [(value.kind, value.key) for value in values_in(text, language)] == [(Kind.DATE, day)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("2,5", "pl"), ("2.5", "en")),
        (("1 500", "pl"), ("1,500", "en")),
        (("1\u00a0234\u00a0567,80", "uk"), ("1,234,567.8", "en")),
        (("1.500", "pl"), ("1500", "en")),
        (("16.00", "pl"), ("4 p.m.", "en")),
        (("16.30", "pl"), ("16:30", "uk")),
        (("007", "pl"), ("7", "en")),
        (("٢٥", "ar"), ("25", "pl")),
    ],
)
def test_the_same_number_is_known_in_another_language(one, other):
    [here], [there] = values_in(*one), values_in(*other)

    assert here.equals(there)


@pytest.mark.parametrize(
    ("one", "other"),
    [(("2,5", "pl"), ("25", "en")), (("1,500", "en"), ("1,5", "pl")), (("12", "pl"), ("21", "en")), (("1,234", "pl"), ("1,234", "en"))],
)  # fmt: skip
def test_another_number_is_another_one(one, other):
    [here], [there] = values_in(*one), values_in(*other)

    assert not here.equals(there)


def test_values_are_told_where_they_stand_in_the_html():
    html = '<a id="a1">Tel.</a> +48 22 000 00 01, <b>urzad@example.org</b> &amp; 12 miast'

    values = values_in(html, "pl")

    assert [html[value.start : value.end] for value in values] == ["+48 22 000 00 01", "urzad@example.org", "12"]
    assert [value.kind for value in values] == [Kind.ADDRESS, Kind.ADDRESS, Kind.NUMBER]


@pytest.mark.parametrize(
    "text", ["", "<b></b>", "1", "9" * 5000, "1.1.1.1.1.1.1", "31 foo 2018", "99.99.2018", "\x00 ٣/٤", "₁²³"]
)
def test_odd_texts_are_read_without_an_error(text):
    assert all(value.text for language in ("pl", "xx", "en-gb", "") for value in values_in(text, language))
