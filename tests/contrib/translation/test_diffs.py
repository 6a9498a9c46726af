import random

import pytest

from pages.contrib.translation.wording import is_cosmetic
from pages.interchange.diffs import Kind, diff, diff_html

SAME, REMOVED, ADDED = Kind.SAME, Kind.REMOVED, Kind.ADDED


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("Nowe domy", "Nowe domy", [(SAME, "Nowe domy")]),
        ("", "Nowe domy", [(ADDED, "Nowe domy")]),
        ("Nowe domy", "", [(REMOVED, "Nowe domy")]),
        (
            "Miasta wymieniły doświadczenia.",
            "Gminy wymieniły doświadczenia.",
            [(REMOVED, "Miasta"), (ADDED, "Gminy"), (SAME, " wymieniły doświadczenia.")],
        ),
        # Two words in a row are one change, not two with a blank between them.
        ("Trzy małe miasta", "Trzy duże gminy", [(SAME, "Trzy "), (REMOVED, "małe miasta"), (ADDED, "duże gminy")]),
        ("до 18.07.2018 р.", "до 20.07.2018 р.", [(SAME, "до "), (REMOVED, "18.07.2018"), (ADDED, "20.07.2018"), (SAME, " р.")]),
        ("п’ять міст", "шість міст", [(REMOVED, "п’ять"), (ADDED, "шість"), (SAME, " міст")]),
        # A line begins with its own new line, not with that of the next.
        ("• a\n• b\n• c", "• a\n• b\n• d\n• c", [(SAME, "• a\n• b"), (ADDED, "\n• d"), (SAME, "\n• c")]),
        ("• a\n• b\n• c", "• a\n• c", [(SAME, "• a"), (REMOVED, "\n• b"), (SAME, "\n• c")]),
        ("مُدُن جديدة", "مُدُن قديمة", [(SAME, "مُدُن "), (REMOVED, "جديدة"), (ADDED, "قديمة")]),
    ],
)  # fmt: skip
def test_a_change_is_told_word_by_word(before, after, pieces):
    assert diff(before, after) == pieces


def test_tags_and_entities_stay_whole():
    before, after = 'Zobacz <a id="a1">katalog</a> &amp; plan', 'Zobacz <a id="a2">katalog</a> &lt; plan'

    assert diff(before, after) == [
        (SAME, "Zobacz "),
        (REMOVED, '<a id="a1">'),
        (ADDED, '<a id="a2">'),
        (SAME, "katalog</a> "),
        (REMOVED, "&amp;"),
        (ADDED, "&lt;"),
        (SAME, " plan"),
    ]


def test_both_wordings_can_be_read_out_of_any_diff():
    chance = random.Random(2018)
    words = [
        "miasto",
        "місто",
        "مدينة",
        " ",
        "\u00a0",
        "<b>",
        "</b>",
        "&amp;",
        ",",
        "18.07.2018",
        "-",
        "e\u0301",
        "’",
        "\n",
        "•",
    ]
    for _round in range(300):
        before, after = ("".join(chance.choices(words, k=chance.randrange(30))) for _side in (1, 2))

        pieces = diff(before, after)

        assert "".join(piece.text for piece in pieces if piece.kind != ADDED) == before
        assert "".join(piece.text for piece in pieces if piece.kind != REMOVED) == after


def test_the_html_says_aloud_what_was_removed_and_added():
    assert diff_html("Małe miasta", "Duże miasta") == (
        '<del><span class="w-sr-only">usunięto: </span>Małe</del>'
        '<ins><span class="w-sr-only">dodano: </span>Duże</ins> miasta'
    )


def test_the_html_shows_tags_instead_of_obeying_them():
    html = diff_html("Tekst &amp; <b>gruby</b>", "Tekst &amp; <script>alert(1)</script>")

    assert "<script>" not in html
    assert "<b>" not in html
    assert '<code class="segment-tag">&lt;script&gt;</code>' in html
    assert html.startswith("Tekst &amp; ")


def test_a_change_that_no_eye_sees_is_made_visible():
    html = diff_html("w mieście", "w\u00a0mieście")

    assert is_cosmetic("w mieście", "w\u00a0mieście")
    assert "⍽" in html
    assert "spacja nierozdzielająca" in html
