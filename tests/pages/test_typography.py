"""Polish typography: what is put in, what is left alone, and that nothing else ever changes."""

import random
import time
from html.parser import HTMLParser

import pytest
from wagtail.models import Locale

from pages.typography import polish, polish_html
from tests.site_tree import full_workshop

# "_" stands for a non-breaking space.
CASES = {
    # words of one letter
    "Warsztaty w Łodzi": "Warsztaty w_Łodzi",
    "W lipcu i w sierpniu": "W_lipcu i_w_sierpniu",
    "Z miastem o mieście": "Z_miastem o_mieście",
    "Zależy od nas. A co z resztą?": "Zależy od nas. A_co z_resztą?",
    "(w skrócie)": "(w_skrócie)",
    "spółka z o.o.": "spółka z_o.o.",
    "Kraków i": "Kraków i",
    "klasa 1-a druga": "klasa 1-a druga",
    "dzielnicy miasta": "dzielnicy miasta",
    # abbreviations
    "dr Alina, prof. Jan, nt. domów, np. cegła": "dr_Alina, prof._Jan, nt._domów, np._cegła",
    "ul. Przykładowa 1, nr 5, art. 10 ust. 2": "ul._Przykładowa 1, nr_5, art._10 ust._2",
    "kadr pierwszy": "kadr pierwszy",
    # dates and units
    "18 lipca 2018 r.": "18_lipca 2018_r.",
    "w dniach 18-20 lipca 2018 r. i w Łodzi": "w_dniach 18–20_lipca 2018_r. i_w_Łodzi",
    "DOCX, 24 KB": "DOCX, 24_KB",
    "w XX w. i w XXI w.": "w_XX_w. i_w_XXI_w.",
    "5 kg, 20 % i 3,5 mln zł": "5_kg, 20_% i_3,5_mln zł",
    "20 minut": "20 minut",
    # A date in one piece would not fit on a phone with large letters.
    "maja 2018": "maja 2018",
    # ranges
    "2014-2020": "2014–2020",
    "s. 12-15": "s._12–15",
    "godz. 10.00-13.00 i 9:00-15:30": "godz._10.00–13.00 i_9:00–15:30",
    "2018-07-24": "2018-07-24",
    "00-950 Warszawa, 31-072 Kraków": "00-950 Warszawa, 31-072 Kraków",
    "COVID-19, DPP-12-3/2018": "COVID-19, DPP-12-3/2018",
    "wynik 3-1": "wynik 3-1",
    "Jadach-Sepioło": "Jadach-Sepioło",
    # dashes
    "Rynek - serce miasta": "Rynek_– serce miasta",
    "Rynek – serce miasta": "Rynek_– serce miasta",
    "- pierwsze": "- pierwsze",
    # thousands
    "1 250 000 zł": "1_250_000_zł",
    "dla 12 500 osób": "dla 12_500_osób",
    "tel. 22 123 45 67": "tel._22 123 45 67",
    "+48 600 700 800": "+48 600 700 800",
    "600 700 800": "600 700 800",
    "600 700 800 zł": "600_700_800_zł",
    "w 2018 200 osób": "w_2018 200_osób",
    "w ciągu 7 dni, najwyżej 2 miesiące": "w_ciągu 7_dni, najwyżej 2_miesiące",
    "z 2018 roku": "z_2018_roku",
    # what is no prose
    "pisz: jan.w-2018-2019@urzad.example": "pisz: jan.w-2018-2019@urzad.example",
    "https://urzad.example/2014-2020/a-b": "https://urzad.example/2014-2020/a-b",
    "raport-2018-2019.pdf": "raport-2018-2019.pdf",
    # quotes
    'grupa "Mieszkalnictwo" - dr Alina': "grupa „Mieszkalnictwo”_– dr_Alina",
    '"A", "B" i "C".': "„A”, „B” i_„C”.",
    '("w nawiasie")': "(„w_nawiasie”)",
    '"Mówią "miasto", myślą o domu"': "„Mówią »miasto«, myślą o_domu”",
    'ekran 15" i biurko': 'ekran 15" i_biurko',
    '"bez końca': '"bez końca',
    "„już dobrze”": "„już dobrze”",
    "": "",
    " ": " ",
    "w": "w",
}


@pytest.mark.parametrize(("typed", "expected"), CASES.items())
def test_a_text_is_set_as_a_polish_typesetter_would(typed, expected):
    assert polish(typed).replace("\u00a0", "_") == expected


@pytest.mark.parametrize("typed", CASES)
def test_a_second_time_changes_nothing(typed):
    once = polish(typed)

    assert polish(once) == once


MARKUP = {
    # Words that an inline element divides are one text.
    "<p>w <a href='/w domu'>domu</a></p>": "<p>w_<a href='/w domu'>domu</a></p>",
    "<p><mark>rewitalizacj</mark>i miast</p>": "<p><mark>rewitalizacj</mark>i miast</p>",
    '<p>"<em>Rynek</em>" i w</p>': "<p>„<em>Rynek</em>” i_w</p>",
    "<p>&quot;Rynek&quot; &amp; co</p>": "<p>„Rynek” &amp; co</p>",
    # A new block begins a new text.
    "<li>i</li><li>w</li>": "<li>i</li><li>w</li>",
    '<td>"</td><td>a"</td>': '<td>"</td><td>a"</td>',
    # Attributes, code and fields stay.
    '<a title="w domu">w domu</a>': '<a title="w domu">w_domu</a>',
    '<a title="a > w domu">w domu</a>': '<a title="a > w domu">w_domu</a>',
    "<p>w <code>w domu</code> i w domu</p>": "<p>w_<code>w domu</code> i_w_domu</p>",
    "<pre>w <b>domu</b> w domu</pre>w domu": "<pre>w <b>domu</b> w domu</pre>w_domu",
    '<textarea>"w domu" <b></textarea>': '<textarea>"w domu" <b></textarea>',
    "<select><option>w domu</option></select>": "<select><option>w domu</option></select>",
    '<script type="application/ld+json">{"a": "w domu"}</script>': '<script type="application/ld+json">{"a": "w domu"}</script>',
    "<style>p > a { content: '2-3' }</style>": "<style>p > a { content: '2-3' }</style>",
    "<!-- w domu -->w domu": "<!-- w domu -->w_domu",
    "w <!--typeset--><p>w domu</p><!--/typeset--> domu": "w <!--typeset--><p>w domu</p><!--/typeset--> domu",
    '<span translate="no">w domu</span>': '<span translate="no">w domu</span>',
    # Languages inside one another.
    '<p lang="en">a house <i lang="pl">w domu</i> a house</p>w domu': '<p lang="en">a house <i lang="pl">w_domu</i> a house</p>w_domu',
    '<div lang="en"><div>a b</div>a b</div>a b': '<div lang="en"><div>a b</div>a b</div>a_b',
    '<p>o <b lang="en">"a b"</b> "domu"</p>': '<p>o_<b lang="en">"a b"</b> „domu”</p>',
    # Elements that are never closed.
    '<p lang="en">a b<br>a b<img alt="">a b</p>a b': '<p lang="en">a b<br>a b<img alt="">a b</p>a_b',
    "w<br>domu": "w<br>domu",
    "5 < 6 i w domu": "5 < 6 i_w_domu",
    "</p></div>w domu": "</p></div>w_domu",
}


@pytest.mark.parametrize(("typed", "expected"), MARKUP.items())
def test_only_polish_text_of_a_page_is_set(typed, expected):
    assert polish_html(typed, "pl").replace("\u00a0", "_") == expected


def test_a_page_in_another_language_is_left_alone_but_for_its_polish_parts():
    html = '<p>a house - 18-20 "x"</p><p lang="pl">w domu</p>'

    assert polish_html(html, "en") == '<p>a house - 18-20 "x"</p><p lang="pl">w\u00a0domu</p>'
    assert polish_html("<p>a house</p>", "en") == "<p>a house</p>"


BACK = str.maketrans({"\u00a0": " ", "\n": " ", "–": "-", "„": '"', "”": '"', "»": '"', "«": '"'})
WORDS = ["w", "i", "domu", "W", "dr", "18", "20", "2018", "r.", "lipca", '"', "-", "–", "zł", "a", " ", " ", " ", "\n"]
WORDS += [
    "<b>",
    "</b>",
    "<p>",
    "</p>",
    "<code>",
    "</code>",
    '<i lang="en">',
    "</i>",
    "&quot;",
    "&nbsp;",
    "&amp;",
    "<br>",
]


class Tree(HTMLParser):
    """What a page is made of, apart from its words."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.words = [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, attrs))

    def handle_endtag(self, tag):
        self.tags.append(tag)

    def handle_data(self, data):
        self.words += data


def test_whatever_is_typed_only_spaces_hyphens_and_quotes_are_replaced_and_no_tag_moves():
    chance = random.Random(2018)
    for _ in range(3000):
        html = "".join(chance.choices(WORDS, k=chance.randint(1, 25)))

        once = polish_html(html, "pl")

        before, after = Tree(html), Tree(once)
        assert after.tags == before.tags, html
        assert after.words.translate(BACK) == before.words.translate(BACK), html
        assert polish_html(once, "pl") == once, html


@pytest.mark.parametrize(
    "hostile", ["<" * 5000, '"' * 5001, "w " * 5000, "1 111 " * 2000, "<a " + "x='" * 3001, "1-2" * 3000]
)
def test_a_hostile_text_comes_through(hostile):
    began = time.perf_counter()

    once = polish_html(hostile, "pl")

    # The time is printed for whoever looks: a test must not fail because the machine is busy.
    print(f"{len(hostile)} characters in {time.perf_counter() - began:.3f} s")
    assert once.translate(BACK) == hostile.translate(BACK)


def test_the_page_that_readers_get_is_set_and_what_is_stored_is_not(client, site):
    workshop = full_workshop(site, title='Warsztaty w Łodzi - "Rynek"', lead="Trzy dni z miastami, 18-20 lipca.")

    html = client.get(workshop.url).content.decode()

    assert "Warsztaty w\u00a0Łodzi\u00a0– „Rynek”</h1>" in html
    assert "Trzy dni z\u00a0miastami, 18–20\u00a0lipca." in html
    assert "<title>Warsztaty w Łodzi - &quot;Rynek&quot; – Modelowa Rewitalizacja Miast</title>" in html
    workshop.refresh_from_db()
    assert workshop.title == 'Warsztaty w Łodzi - "Rynek"'


def test_a_page_in_english_keeps_its_spaces_and_hyphens(client, site):
    page = site.add_news('A house - a "home"', lead="I am a house, 18-20.")
    translated = page.copy_for_translation(Locale.objects.get_or_create(language_code="en")[0], copy_parents=True)
    translated.save_revision().publish()

    html = client.get(translated.url).content.decode()

    assert "A house - a &quot;home&quot;</h1>" in html
    assert "I am a house, 18-20." in html
