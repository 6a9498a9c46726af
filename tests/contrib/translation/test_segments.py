import pytest
from django.contrib.auth.models import User
from wagtail_localize.models import StringTranslation

from pages.contrib.translation.models import SegmentDraft
from pages.contrib.translation.segments import Need, UnusableWords, accept, propose, segments_of
from pages.models import NewsPage

from .conftest import by_path

BODY = [("text", "<p>Miasta wymieniły <b>doświadczenia</b>. Zobacz <a href='https://example.org'>katalog</a>.</p>")]


def test_segments_come_in_the_order_of_the_page_with_names_an_editor_knows(desk):
    translation = desk.send(desk.add_news("Nowe domy", lead="Trzy miasta budują.", body=BODY))

    segments = segments_of(translation)

    assert [segment.source for segment in segments if segment.path in {"title", "lead"}] == [
        "Nowe domy",
        "Trzy miasta budują.",
    ]
    text = next(segment for segment in segments if segment.path.startswith("body"))
    assert text.source == 'Miasta wymieniły <b>doświadczenia</b>. Zobacz <a id="a1">katalog</a>.'
    assert str(text.place) == "Treść › Tekst"
    assert by_path(translation, "title").place.max_length == 255


def test_accepted_words_are_the_translation_and_name_the_draft_page(desk):
    news = desk.add_news("Nowe domy")
    translation = desk.send(news)
    anna = User.objects.create_user("anna")

    accept(translation, [(by_path(translation, "title"), "New houses")], anna)

    title = by_path(translation, "title")
    assert (title.target, title.need, title.translated.last_translated_by) == ("New houses", Need.NOTHING, anna)
    assert news.get_translation(desk.english).draft_title == "New houses"


def test_empty_words_take_a_translation_back(desk):
    news = desk.add_news("Nowe domy")
    translation = desk.send(news)
    accept(translation, [(by_path(translation, "title"), "New houses")], None)

    accept(translation, [(by_path(translation, "title"), " ")], None)

    assert by_path(translation, "title").need == Need.TRANSLATION
    assert news.get_translation(desk.english).draft_title == "Nowe domy"


@pytest.mark.parametrize("words", ["<script>x</script>", '<a id="a9">catalogue</a>', '<b class="x">y</b>'])
def test_tags_and_links_that_the_source_has_not_are_refused_and_nothing_is_written(desk, words):
    translation = desk.send(desk.add_news(body=BODY))
    text = next(segment for segment in segments_of(translation) if segment.path.startswith("body"))

    with pytest.raises(UnusableWords):
        accept(translation, [(by_path(translation, "title"), "New houses"), (text, words)], None)

    assert not StringTranslation.objects.exists()


def test_a_proposal_waits_for_a_person_and_goes_once_something_is_accepted(desk):
    news = desk.add_news("Nowe domy")
    translation = desk.send(news)

    propose(translation, [(by_path(translation, "title"), "New home")], SegmentDraft.Origin.MACHINE, detail="Engine")
    waiting = by_path(translation, "title")
    translation.save_target(publish=False)

    assert (waiting.need, waiting.draft.data, waiting.target) == (Need.ACCEPTANCE, "New home", "")
    assert news.get_translation(desk.english).specific.get_latest_revision_as_object().title == "Nowe domy"
    accept(translation, [(waiting, "New houses")], None)
    assert not SegmentDraft.objects.exists()


def test_a_changed_source_keeps_what_it_was_and_how_it_was_translated(desk):
    news = desk.add_news("Nowe domy", lead="Trzy miasta budują.")
    translation = desk.send(news)
    accept(translation, [(segment, f"en {segment.source}") for segment in segments_of(translation)], None)

    desk.change(news, title="Nowe domy i parki")

    title, lead = by_path(translation, "title"), by_path(translation, "lead")
    assert (title.need, title.former_source, title.former_target) == (Need.UPDATE, "Nowe domy", "en Nowe domy")
    assert (lead.need, lead.target) == (Need.NOTHING, "en Trzy miasta budują.")


@pytest.mark.parametrize(
    "after", ["Nowe domy „na lata”", 'Nowe  domy \u00a0"na\u00a0lata"', "Nowe\u00ad domy «na lata»"]
)
def test_white_space_and_quotes_are_cosmetic(desk, after):
    news = desk.add_news("Nowe domy ”na lata„")
    translation = desk.send(news)
    accept(translation, [(by_path(translation, "title"), "New houses")], None)

    desk.change(news, title=after)

    assert by_path(translation, "title").need in {Need.COSMETIC, Need.NOTHING}


def test_sentences_of_a_text_are_paired_with_the_ones_they_were_made_of(desk):
    before = "<p>Miasto buduje domy.</p><p>Urząd ogłosił konkurs na park.</p>"
    news = desk.add_news(body=[("text", before)])
    translation = desk.send(news)
    accept(translation, [(segment, f"en {segment.source}") for segment in segments_of(translation)], None)
    news = NewsPage.objects.get(pk=news.pk)
    block = news.body.raw_data[0] | {
        "value": "<p>Ktoś nowy.</p><p>Urząd ogłosił konkurs na dwa parki.</p><p>Miasto buduje domy.</p>"
    }

    desk.change(news, body=[block])

    body = {segment.source: segment for segment in segments_of(translation) if segment.path.startswith("body")}
    assert body["Ktoś nowy."].need == Need.TRANSLATION
    assert body["Urząd ogłosił konkurs na dwa parki."].former_source == "Urząd ogłosił konkurs na park."
    assert body["Miasto buduje domy."].need == Need.NOTHING


def test_a_sentence_that_stands_twice_is_translated_once(desk):
    translation = desk.send(desk.add_news(body=[("text", "<p>Zapraszamy!</p><p>Zapraszamy!</p>")]))
    twice = [segment for segment in segments_of(translation) if segment.source == "Zapraszamy!"]

    accept(translation, [(segment, "Welcome!") for segment in twice], None)

    assert [s.target for s in segments_of(translation) if s.source == "Zapraszamy!"] == ["Welcome!"] * 2


@pytest.mark.parametrize("paragraphs", [1, 30])
def test_reading_and_accepting_cost_the_same_for_any_number_of_segments(
    desk, django_assert_num_queries, django_assert_max_num_queries, paragraphs
):
    text = "".join(f"<p>Akapit {number}.</p>" for number in range(paragraphs))
    translation = desk.send(desk.add_news(body=[("text", text)]))

    with django_assert_num_queries(5):
        segments = segments_of(translation)
        assert all(str(segment.place) for segment in segments)
    with django_assert_max_num_queries(16):
        accept(translation, [(segment, f"en {segment.source}") for segment in segments], None)
