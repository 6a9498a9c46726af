"""The passage of a result: the part that shows why it was found, its words marked and nothing of it trusted."""

from pages.search.passages import Fragment, passage


def text_of(fragments):
    return "".join(fragment.text for fragment in fragments)


def marked(fragments):
    return [fragment.text for fragment in fragments if fragment.is_hit]


def test_every_form_of_a_word_is_marked():
    found = passage("Warsztaty w Łodzi i po warsztatach.", {"warsztat", "lodz"}, "pl")

    assert marked(found) == ["Warsztaty", "Łodzi", "warsztatach"]
    assert text_of(found) == "Warsztaty w Łodzi i po warsztatach."


def test_the_part_with_the_most_different_words_is_quoted():
    lines = ["Warsztaty, warsztaty, warsztaty.", "Po warsztatach był spacer.", "Koniec."]

    assert text_of(passage("\n".join(lines), {"warsztat", "spacer"}, "pl")) == lines[1]


def test_a_long_part_is_cut_at_whole_words_around_the_word_sought():
    line = " ".join(["początek"] * 80 + ["warsztat"] + ["koniec"] * 80)

    found = passage(line, {"warsztat"}, "pl")

    assert (found[0].text, found[-1].text) == ("…", "…")
    assert set(text_of(found).strip("…").split()) == {"początek", "warsztat", "koniec"}
    assert len(text_of(found)) < 260


def test_without_a_word_sought_the_beginning_is_quoted():
    assert passage("Pierwsza.\nDruga.", {"warsztat"}, "pl") == [Fragment("Pierwsza.")]
    assert passage("", {"warsztat"}, "pl") == []


def test_a_word_without_spaces_is_cut_too():
    assert len(text_of(passage("a" * 5000, set(), "pl"))) < 260


def test_words_from_right_to_left_are_marked():
    assert marked(passage("عقدت الورشة في وارسو", {"ورش"}, "ar")) == ["الورشة"]
