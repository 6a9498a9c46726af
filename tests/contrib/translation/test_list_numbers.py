"""Numbers of items come along through a translation, and follow when they are changed."""

from wagtail.rich_text import RichText

from pages.contrib.translation.exchange import xliff12
from pages.contrib.translation.exchange.package import State
from pages.contrib.translation.segments import accept, segments_of
from pages.models import NewsPage

from .exchange.returning import filled, packed, take

STORED = '<p>Oraz:</p><ol><li value="3">gmina<ol><li value="2">wieś</li></ol></li><li>powiat</li></ol>'
TRANSLATED = '<p>And:</p><ol><li value="3">commune<ol><li value="2">village</li></ol></li><li>district</li></ol>'
WORDS = {"Oraz:": "And:", "gmina": "commune", "wieś": "village", "powiat": "district"}


def english(desk, sent):
    return NewsPage.objects.get(locale=desk.english, translation_key=sent.source.object_id).body[0].value.source


def test_a_translated_page_has_the_numbers_and_a_changed_one_follows(desk):
    page = desk.add_news("Regulamin", lead="", body=[("text", STORED)])
    sent = desk.send(page)
    words = [(segment, WORDS[segment.source]) for segment in segments_of(sent) if segment.source in WORDS]
    accept(sent, words, None)
    sent.save_target(publish=True)
    assert english(desk, sent) == TRANSLATED

    page.body[0].value = RichText(STORED.replace('value="3"', 'value="5"'))
    desk.change(page)
    sent.refresh_from_db()
    sent.save_target(publish=True)

    assert english(desk, sent) == TRANSLATED.replace('value="3"', 'value="5"')


def test_a_file_for_translators_keeps_them_out_of_their_way(desk):
    sent = desk.send(desk.add_news("Regulamin", lead="", body=[("text", STORED)]))
    package = filled(packed(sent), WORDS, State.ACCEPTED)
    assert b"value=" not in xliff12.write(package)

    take(xliff12, package)
    sent.save_target(publish=True)

    assert english(desk, sent) == TRANSLATED
