"""Words marked as of another language, and raised signs, stay in their sentence on every way through a translation."""

import pytest
from django.utils import translation

from pages.contrib.translation.checks.finding import Pair
from pages.contrib.translation.checks.markup import tags
from pages.contrib.translation.machine.plan import to_send
from pages.contrib.translation.machine.untouched import unmarked
from pages.contrib.translation.memory.adapting import with_tags_of
from pages.contrib.translation.segments import UnusableWords, accept, segments_of, usable
from pages.models import NewsPage

STORED = (
    '<p>Hasło <span dir="ltr" lang="uk">Слава <b>Україні</b></span> i '
    '<a href="https://example.org"><span dir="rtl" lang="ar">مدينة</span></a>.</p>'
    '<p><span dir="ltr" lang="en">All of it</span></p>'
)
SOURCE = 'Hasło <span id="span1">Слава <b>Україні</b></span> i <a id="a1"><span id="span2">مدينة</span></a>.'
TRANSLATED = 'A <a id="a1"><span id="span2">مدينة</span></a> and <span id="span1">Слава <b>Україні</b></span>.'


@pytest.fixture
def sent(desk):
    return desk.send(desk.add_news("Hasła", lead="", body=[("text", STORED)]))


def test_a_translated_page_has_the_languages_of_its_source(desk, sent):
    segments = {segment.source: segment for segment in segments_of(sent)}
    assert {SOURCE, "All of it"} < set(segments)

    accept(sent, [(segments[SOURCE], TRANSLATED), (segments["All of it"], "Everything")], None)
    sent.save_target(publish=True)

    page = NewsPage.objects.get(locale=desk.english, translation_key=sent.source.object_id)
    assert page.body[0].value.source == (
        '<p>A <a href="https://example.org"><span dir="rtl" lang="ar">مدينة</span></a> and '
        '<span dir="ltr" lang="uk">Слава <b>Україні</b></span>.</p>'
        '<p><span dir="ltr" lang="en">Everything</span></p>'
    )


def test_a_raised_or_lowered_sign_does_not_cut_its_sentence(desk):
    stored = "<p>Mniej CO<sub>2</sub> na m<sup>2</sup><sup>1</sup> niż dawniej.</p>"
    sent = desk.send(desk.add_news("Powietrze", lead="", body=[("text", stored)]))
    segments = {segment.source: segment for segment in segments_of(sent)}
    sentence = segments["Mniej CO<sub>2</sub> na m<sup>2</sup><sup>1</sup> niż dawniej."]

    accept(sent, [(sentence, "Less CO<sub>2</sub> per m<sup>2</sup><sup>1</sup> than before.")], None)
    sent.save_target(publish=True)

    page = NewsPage.objects.get(locale=desk.english, translation_key=sent.source.object_id)
    assert page.body[0].value.source == "<p>Less CO<sub>2</sub> per m<sup>2</sup><sup>1</sup> than before.</p>"


@pytest.mark.parametrize(
    "words", ['a <span id="span9">b</span>', 'a <span class="x">b</span>', '<span lang="uk">b</span>']
)
def test_a_mark_that_the_source_has_not_is_refused(db, words):
    with pytest.raises(UnusableWords):
        usable(SOURCE, words)


def test_words_may_lose_their_mark_and_the_translator_is_told():
    assert usable(SOURCE, "Everything in English") == "Everything in English"
    with translation.override("en"):
        pair = Pair(SOURCE.replace("<b>", "").replace("</b>", ""), "x", "pl", "en")
        found = [finding.message for finding in tags(pair)]
    assert len(found) == 1
    assert "lost their mark" in found[0]


def test_a_machine_is_asked_to_leave_them_alone():
    sent = to_send(SOURCE, None)

    assert '<span id="span1" translate="no">Слава' in sent
    assert unmarked(sent) == SOURCE
    assert unmarked('<span translate="no" id="span1">так</span>') == '<span id="span1">так</span>'


def test_the_memory_gives_them_the_numbers_of_the_new_text():
    before, after = '<span id="span1">a</span> b', '<span id="span2">a</span> b'
    assert with_tags_of(before, after, 'B <span id="span1">a</span>') == ('B <span id="span2">a</span>', True)
