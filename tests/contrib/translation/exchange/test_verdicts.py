"""What becomes of each segment of a file that comes back."""

import re
from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from wagtail_localize.models import StringTranslation

from pages.contrib.translation.exchange import bilingual_docx, po, xliff12, xliff20
from pages.contrib.translation.exchange.package import DamagedFile, State
from pages.contrib.translation.exchange.verdicts import Verdict, import_file
from pages.contrib.translation.models import GlossaryTerm, SegmentDraft
from pages.contrib.translation.segments import Need, accept, propose, segments_of
from pages.models import NewsPage

from ..conftest import by_path
from .returning import filled, packed, take

MODULES = [xliff12, xliff20, po, bilingual_docx]
pytestmark = pytest.mark.usefixtures("in_english")

BODY = [("text", "<p>Miasta wymieniły <b>doświadczenia</b>. Zobacz <a href='https://example.org'>katalog</a>.</p>")]


def verdicts(lines):
    return {line.source: line.verdict for line in lines}


@pytest.mark.parametrize("module", MODULES)
def test_words_of_a_finished_segment_are_accepted_and_the_rest_is_told(desk, module):
    translation = desk.send(desk.add_news("Nowe domy", lead="Trzy miasta."))
    package = packed(translation)

    lines = take(module, filled(package, {"title": "New houses"}, State.ACCEPTED))

    assert by_path(translation, "title").target == "New houses"
    assert by_path(translation, "lead").target == ""
    assert verdicts(lines)["Nowe domy"] is Verdict.ACCEPTED
    assert verdicts(lines)["Trzy miasta."] is Verdict.EMPTY
    assert len(lines) == len(package.units)


@pytest.mark.parametrize("module", MODULES)
def test_the_same_file_twice_changes_nothing(desk, module):
    translation = desk.send(desk.add_news("Nowe domy"))
    package = filled(packed(translation), {"title": "New houses"}, State.ACCEPTED)
    take(module, package)
    moment = StringTranslation.objects.get().updated_at

    lines = take(module, package)

    assert verdicts(lines)["Nowe domy"] is Verdict.UNCHANGED
    assert StringTranslation.objects.get().updated_at == moment


@pytest.mark.parametrize("module", [xliff12, xliff20, po])
def test_what_is_marked_unfinished_waits_as_a_draft(desk, module):
    translation = desk.send(desk.add_news("Nowe domy"))

    lines = take(module, filled(packed(translation), {"title": "New home"}, State.DRAFT))

    title = by_path(translation, "title")
    assert verdicts(lines)["Nowe domy"] is Verdict.DRAFT
    assert (title.need, title.draft.data, title.draft.detail) == (Need.ACCEPTANCE, "New home", "returned.xlf")
    assert not StringTranslation.objects.exists()


@pytest.mark.parametrize("module", MODULES)
def test_a_draft_that_comes_back_as_it_went_is_still_a_draft(desk, module):
    translation = desk.send(desk.add_news("Nowe domy"))
    propose(translation, [(by_path(translation, "title"), "New home")], SegmentDraft.Origin.MACHINE)

    lines = take(module, packed(translation))

    title = by_path(translation, "title")
    assert verdicts(lines)["Nowe domy"] is Verdict.UNCHANGED
    assert (title.target, title.draft.origin) == ("", "machine")


@pytest.mark.parametrize("module", MODULES)
def test_a_translation_made_meanwhile_is_kept_and_the_words_of_the_file_wait(desk, module):
    translation = desk.send(desk.add_news("Nowe domy"))
    sent = packed(translation)
    accept(translation, [(by_path(translation, "title"), "New homes")], None)

    (line, *_others) = take(module, filled(sent, {"title": "New houses"}, State.ACCEPTED))

    title = by_path(translation, "title")
    assert (line.verdict, line.words, line.kept) == (Verdict.CONFLICT, "New houses", "New homes")
    assert (title.target, title.draft.data) == ("New homes", "New houses")


@pytest.mark.parametrize("module", MODULES)
def test_a_file_that_brings_nothing_new_leaves_what_was_mended_meanwhile(desk, module):
    translation = desk.send(desk.add_news("Nowe domy"))
    accept(translation, [(by_path(translation, "title"), "New hoses")], None)
    sent = packed(translation)
    accept(translation, [(by_path(translation, "title"), "New houses")], None)

    lines = take(module, sent)

    title = by_path(translation, "title")
    assert verdicts(lines)["Nowe domy"] is Verdict.UNCHANGED
    assert (title.target, title.draft) == ("New houses", None)


@pytest.mark.parametrize("module", MODULES)
def test_words_for_a_source_that_changed_wait_beside_the_new_one(desk, module):
    news = desk.add_news("Nowe domy")
    translation = desk.send(news)
    sent = packed(translation)
    desk.change(news, title="Nowe domy i parki")

    lines = take(module, filled(sent, {"title": "New houses"}, State.ACCEPTED))

    title = by_path(translation, "title")
    assert verdicts(lines)["Nowe domy i parki"] is Verdict.SOURCE_CHANGED
    assert (title.source, title.target, title.draft.data) == ("Nowe domy i parki", "", "New houses")


def test_words_of_a_sentence_that_is_gone_stand_in_the_report(desk):
    news = desk.add_news(body=[("text", "<p>Pierwsze zdanie o domach.</p><p>Drugie o rzece.</p>")])
    translation = desk.send(news)
    sent = packed(translation)
    news = NewsPage.objects.get(pk=news.pk)
    desk.change(news, body=[news.body.raw_data[0] | {"value": "<p>Pierwsze zdanie o domach.</p>"}])
    words = {"Pierwsze zdanie o domach.": "First, about houses.", "Drugie o rzece.": "Then about the river."}

    lines = take(xliff12, filled(sent, words, State.ACCEPTED))

    found = verdicts(lines)
    assert found["Pierwsze zdanie o domach."] is Verdict.ACCEPTED
    assert found["Drugie o rzece."] is Verdict.SOURCE_CHANGED
    assert "Then about the river." in {line.words for line in lines}


def test_a_block_that_was_made_anew_gets_its_words_as_drafts(desk):
    news = desk.add_news(body=[("text", "<p>To samo zdanie.</p>")])
    translation = desk.send(news)
    sent = packed(translation)
    path = next(unit.path for unit in sent.units if unit.source == "To samo zdanie.")
    desk.change(NewsPage.objects.get(pk=news.pk), body=[("text", "<p>To samo zdanie.</p>")])

    lines = take(po, filled(sent, {path: "The same sentence."}, State.ACCEPTED))

    again = next(segment for segment in segments_of(translation) if segment.source == "To samo zdanie.")
    assert verdicts(lines)["To samo zdanie."] is Verdict.SOURCE_CHANGED
    assert again.path != path
    assert again.draft.data == "The same sentence."


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize(
    "words",
    [
        "Cities shared <b>experience</b>. See the catalogue.",
        'Cities shared <b>experience</b>. See the <a id="a2">catalogue</a>.',
    ],
)
def test_a_lost_or_foreign_link_keeps_the_words_out(desk, module, words):
    translation = desk.send(desk.add_news("Nowe domy", body=BODY))
    sent = packed(translation)
    path = next(unit.path for unit in sent.units if unit.path.startswith("body"))

    lines = take(module, filled(sent, {path: words, "title": "New houses"}, State.ACCEPTED))

    broken = next(line for line in lines if line.words.startswith("Cities"))
    assert broken.verdict is Verdict.BROKEN
    assert by_path(translation, "title").target == "New houses"
    assert by_path(translation, path).target == ""
    assert "Cities shared" in by_path(translation, path).draft.data


@pytest.mark.parametrize("module", MODULES)
def test_a_title_that_is_too_long_waits_as_a_draft(desk, module):
    translation = desk.send(desk.add_news("Nowe domy"))

    (line, *_others) = take(module, filled(packed(translation), {"title": "x" * 256}, State.ACCEPTED))

    assert line.verdict is Verdict.TOO_LONG
    assert by_path(translation, "title").draft.data == "x" * 256


def test_words_against_the_glossary_wait_as_a_draft(desk):
    translation = desk.send(desk.add_news("Rewitalizacja miast"))
    GlossaryTerm.objects.create(
        source_locale=desk.locale, target_locale=desk.english, term="rewitalizacja", target="regeneration"
    )

    (line, *_others) = take(xliff12, filled(packed(translation), {"title": "Revitalisation of cities"}, State.ACCEPTED))

    assert line.verdict is Verdict.GLOSSARY
    assert "regeneration" in line.reason
    assert by_path(translation, "title").draft.data == "Revitalisation of cities"


def test_units_of_another_site_are_unknown(desk):
    translation = desk.send(desk.add_news("Nowe domy"))
    sent = filled(packed(translation), {"title": "New houses"}, State.ACCEPTED)
    translation.delete()

    lines = take(xliff20, sent)

    assert {line.verdict for line in lines} == {Verdict.UNKNOWN}
    assert not StringTranslation.objects.exists()


def test_a_file_touches_only_what_it_was_meant_for_and_the_user_may_change(desk):
    one, two = desk.send(desk.add_news("Pierwsza")), desk.send(desk.add_news("Druga"))
    package = filled(packed(one, two), {"title": "Something"}, State.ACCEPTED)

    meant = verdicts(take(xliff12, package, only=[one.pk]))
    foreign = verdicts(take(xliff12, package, User.objects.create_user("anna")))

    assert (meant["Pierwsza"], meant["Druga"]) == (Verdict.ACCEPTED, Verdict.REFUSED)
    assert set(foreign.values()) == {Verdict.REFUSED}
    assert by_path(two, "title").target == ""


def test_a_file_in_another_language_imports_nothing(desk):
    translation = desk.send(desk.add_news("Nowe domy"))
    package = replace(filled(packed(translation), {"title": "Neu"}, State.ACCEPTED), target_language="de")

    with pytest.raises(DamagedFile, match="language"):
        take(xliff12, package)

    assert not StringTranslation.objects.exists()


def test_a_unit_that_stands_twice_is_taken_once(desk):
    translation = desk.send(desk.add_news("Nowe domy"))
    content = xliff12.write(filled(packed(translation), {"title": "New houses"}, State.ACCEPTED))
    head, sep, tail = content.partition(b"<body>")
    unit = tail[: tail.index(b"</trans-unit>") + len(b"</trans-unit>")]

    lines = import_file(
        head + sep + unit + unit.replace(b"New houses", b"Old houses") + tail[len(unit) :],
        "twice.xlf",
        User.objects.create_superuser("chief"),
    )

    assert [line.verdict for line in lines if line.source == "Nowe domy"] == [Verdict.ACCEPTED, Verdict.CONFLICT]
    assert by_path(translation, "title").target == "New houses"


def test_a_file_that_localize_gave_out_is_read_too(desk):
    translation = desk.send(desk.add_news("Nowe domy"))
    catalogue = translation.export_po()
    next(entry for entry in catalogue if entry.msgid == "Nowe domy").msgstr = "New houses"

    lines = import_file(str(catalogue).encode(), "page.po", User.objects.create_superuser("chief"))

    assert verdicts(lines)["Nowe domy"] is Verdict.ACCEPTED
    assert by_path(translation, "title").target == "New houses"


@pytest.mark.parametrize(
    ("spoilt", "verdict"),
    [
        (lambda content: content, Verdict.ACCEPTED),
        # A program that drops remarks, and one that makes the header anew.
        (lambda content: re.sub(rb"(?m)^#\..*\n", b"", content), Verdict.ACCEPTED),
        (lambda content: content.replace(b"X-Rynek-Texts", b"X-Other"), Verdict.ACCEPTED),
        (lambda content: re.sub(rb"(?m)^msgctxt .*\n", b"", content), Verdict.ACCEPTED),
        # Remark and context speak of two places.
        (lambda content: re.sub(rb'(?m)^msgctxt "1\.\w{10}', b'msgctxt "1.0123456789', content), Verdict.UNKNOWN),
    ],
)
def test_an_entry_of_a_po_file_is_found_by_its_remark_or_its_context(desk, spoilt, verdict):
    translation = desk.send(desk.add_news("Nowe domy"))
    content = po.write(packed(translation)).replace(b'"Nowe domy"\nmsgstr ""', b'"Nowe domy"\nmsgstr "New houses"')

    lines = import_file(spoilt(content), "page.po", User.objects.create_superuser("chief"))

    assert verdicts(lines)["Nowe domy"] is verdict


def test_a_sentence_that_stands_twice_on_the_page_is_one_unit(desk):
    translation = desk.send(desk.add_news(body=[("text", "<p>Zapraszamy!</p><p>Zapraszamy!</p>")]))

    assert [unit.source for unit in packed(translation).units].count("Zapraszamy!") == 1


def test_only_what_is_open_goes_out_when_asked(desk):
    translation = desk.send(desk.add_news("Nowe domy", lead="Trzy miasta."))
    accept(translation, [(by_path(translation, "title"), "New houses")], None)

    sources = {unit.source for unit in packed(translation, only_open=True).units}

    assert "Trzy miasta." in sources
    assert "Nowe domy" not in sources


@pytest.mark.parametrize("paragraphs", [1, 30])
def test_taking_a_file_over_costs_the_same_for_any_number_of_segments(desk, django_assert_max_num_queries, paragraphs):
    text = "".join(f"<p>Akapit {number}.</p>" for number in range(paragraphs))
    translation = desk.send(desk.add_news(body=[("text", text)]))
    sent = packed(translation)
    words = {unit.source: f"en {unit.source}" for unit in sent.units}
    content = xliff12.write(filled(sent, words, State.ACCEPTED))
    chief = User.objects.create_superuser("chief")

    with django_assert_max_num_queries(50):
        lines = import_file(content, "returned.xlf", chief)

    assert {line.verdict for line in lines} == {Verdict.ACCEPTED}
