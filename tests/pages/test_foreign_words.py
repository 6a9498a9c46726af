"""Words in another language inside a text keep the mark that says so, from the editor to every reader."""

import json

import pytest
from django.utils import translation
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from pages.blocks import TEXT_FEATURES
from pages.foreign_words import dialog
from pages.search.texts import of_page

UKRAINIAN = '<span dir="ltr" lang="uk">Слава Україні</span>'
ARABIC = '<span dir="rtl" lang="ar">مدينة</span>'


def saved(html: str) -> str:
    """Return what is stored when an editor opens a text and saves it."""
    converter = ContentstateConverter(TEXT_FEATURES)
    return converter.to_database_format(converter.from_database_format(html)).replace(' data-block-key="abcde"', "")


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        (f"Hasło {UKRAINIAN} i {ARABIC}.", f"Hasło {UKRAINIAN} i {ARABIC}."),
        ('<span lang="ar">مدينة</span>', ARABIC),
        (
            'A <span dir="ltr" lang="uk">Слава <b>Україні</b></span> b',
            'A <span dir="ltr" lang="uk">Слава <b>Україні</b></span> b',
        ),
        # Around bold, and inside a link.
        ('<b><span lang="uk">так</span></b>', '<span dir="ltr" lang="uk"><b>так</b></span>'),
        (
            '<span lang="uk">так <a href="https://example.org">і так</a></span>',
            '<span dir="ltr" lang="uk">так </span>'
            '<a href="https://example.org"><span dir="ltr" lang="uk">і так</span></a>',
        ),
        # The innermost says in which language words are.
        (
            '<span lang="uk">Місто <span lang="ar">مدينة</span> тут</span>',
            f'<span dir="ltr" lang="uk">Місто </span>{ARABIC}<span dir="ltr" lang="uk"> тут</span>',
        ),
        ('<span lang="xx">a</span> <span lang="">b</span> <span style="x">c</span> <span>d</span>', "a b c d"),
        ('<span lang="uk" onclick="x()" class="y" dir="auto">так</span>', '<span dir="ltr" lang="uk">так</span>'),
    ],
)
def test_a_save_keeps_the_mark_and_nothing_else(db, stored, expected):
    assert saved(f'<p data-block-key="abcde">{stored}</p>') == f"<p>{expected}</p>"


def test_a_style_of_no_language_is_not_stored(db):
    letters = [{"offset": 0, "length": 3, "style": '@uk" onclick="x'}]
    block = {"key": "abcde", "text": "tak", "type": "unstyled", "inlineStyleRanges": letters, "entityRanges": []}
    stored = ContentstateConverter(TEXT_FEATURES).to_database_format(json.dumps({"blocks": [block], "entityMap": {}}))
    assert stored == '<p data-block-key="abcde">tak</p>'


def test_readers_get_the_language_and_its_direction_and_polish_typesetting_stays_outside(site, client):
    words = '<p>Hasło w Łodzi: <span dir="ltr" lang="en">a city "I like"</span> i „tak”.</p>'
    page = site.add_news("Hasła", slug="hasla", body=[("text", words)])

    html = client.get(page.url).content.decode()

    assert '<span dir="ltr" lang="en">a city "I like"</span> i\u00a0„tak”.' in html
    assert any('Łodzi: a city "I like" i „tak”.' in part for part in of_page(page).body)


def test_an_abbreviation_is_not_explained_inside_words_of_another_language(site, client):
    body = [
        ("text", '<p>Raport <span dir="ltr" lang="en">by BGK</span> i raport BGK.</p>'),
        ("abbreviations", {"title": "", "items": [{"abbreviation": "BGK", "expansion": "Bank"}]}),
    ]
    page = site.add_news("Skróty", slug="skroty", body=body)

    html = client.get(page.url).content.decode()

    assert '<span dir="ltr" lang="en">by BGK</span>' in html
    assert '<abbr title="Bank">BGK</abbr>.' in html


@pytest.mark.parametrize(("language", "name"), [("pl", "ukraiński"), ("uk", "українська")])
def test_the_dialog_speaks_the_language_of_the_editor(language, name):
    with translation.override(language):
        shown = dialog()
    assert f'<option value="uk">{name}</option>' in shown
    assert "Language of the words" not in shown
