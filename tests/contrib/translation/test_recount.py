import uuid

import pytest
from django.core.management import call_command
from wagtail.models import Locale

from pages.contrib.translation.models import DeskCell, DeskSource, SegmentDraft, State
from pages.contrib.translation.recount import recount, recount_everything
from pages.contrib.translation.requests import ask
from pages.contrib.translation.segments import accept, propose, segments_of
from pages.models import NewsPage, Topic

from .conftest import by_path


def cell(desk, source, locale=None) -> DeskCell:
    """The state of a page or snippet in English, counted now."""
    recount([source.translation_key])
    return DeskCell.objects.get(source__object_key=source.translation_key, locale=locale or desk.english)


def publish(translation, capture):
    with capture(execute=True):
        translation.save_target(publish=True)


def accept_all(translation):
    accept(translation, [(segment, f"en {segment.source}") for segment in segments_of(translation)], None)


def test_a_page_that_nobody_sent_is_missing_with_its_words(desk):
    news = desk.add_news("Nowe domy", lead="Trzy miasta budują.")

    found = cell(desk, news)

    assert (found.state, found.words_left, found.source.words) == (State.MISSING, 6, 6)
    assert found.source.title == "Nowe domy"


def test_a_sent_page_is_in_translation_until_every_segment_is_accepted(desk):
    news = desk.add_news("Nowe domy", lead="Trzy miasta budują.")
    translation = desk.send(news)
    accept(translation, [(by_path(translation, "title"), "New houses")], None)
    propose(translation, [(by_path(translation, "lead"), "Three cities build.")], SegmentDraft.Origin.MACHINE)

    found = cell(desk, news)

    assert (found.state, found.segments - found.done, found.proposed) == (State.IN_TRANSLATION, found.changed, 1)
    assert found.done == 1
    accept_all(translation)
    assert cell(desk, news).state == State.TRANSLATED


def test_only_what_others_proposed_counts_as_a_proposal(desk):
    translation = desk.send(desk.add_news("Nowe domy", lead="Trzy miasta."))
    title, lead = by_path(translation, "title"), by_path(translation, "lead")
    propose(translation, [(title, "New hou")], SegmentDraft.Origin.PERSON)
    propose(translation, [(lead, "Three towns.")], SegmentDraft.Origin.MEMORY)

    recount([translation.source.object_id])

    assert DeskCell.objects.get(translation=translation).proposed == 1


def test_a_published_translation_is_outdated_from_the_moment_its_source_changes(
    desk, django_capture_on_commit_callbacks
):
    news = desk.add_news("Nowe domy", lead="Trzy miasta budują.")
    translation = desk.send(news)
    accept_all(translation)
    publish(translation, django_capture_on_commit_callbacks)
    assert cell(desk, news).state == State.PUBLISHED

    news = desk.change(NewsPage.objects.get(pk=news.pk), lead="Cztery miasta budują.")

    found = cell(desk, news)
    assert (found.state, found.changed, found.words_left) == (State.OUTDATED, 1, 3)
    assert found.outdated_since == news.last_published_at


def test_a_change_without_words_is_outdated_too(desk, django_capture_on_commit_callbacks):
    workshop = desk.add_workshop()
    translation = desk.send(workshop)
    accept_all(translation)
    publish(translation, django_capture_on_commit_callbacks)

    workshop = desk.change(workshop, ends_on=workshop.starts_on)

    found = cell(desk, workshop)
    assert (found.state, found.changed) == (State.OUTDATED, 0)


def test_a_page_written_in_both_languages_is_left_alone(desk):
    news = desk.add_news("Nowe domy")
    parents = news.get_parent().copy_for_translation(desk.english, copy_parents=True)
    parents.add_child(instance=NewsPage(title="New", translation_key=news.translation_key, locale=desk.english))

    assert cell(desk, news).state == State.INDEPENDENT


def test_snippets_stand_on_the_desk_as_well(desk):
    topic = Topic.objects.create(name="Woda w mieście", locale=desk.locale)

    found = cell(desk, topic)

    assert (found.state, found.source.title, found.words_left) == (State.MISSING, "Woda w mieście", 3)


def test_what_is_deleted_leaves_the_desk(desk):
    news = desk.add_news()
    recount([news.translation_key])
    key = news.translation_key

    news.delete()
    recount([key])

    assert not DeskSource.objects.filter(object_key=key).exists()


def test_a_page_that_gets_another_key_stands_on_the_desk_once(desk):
    news = desk.add_news()
    recount([news.translation_key])
    NewsPage.objects.filter(pk=news.pk).update(translation_key=uuid.uuid4())

    news.refresh_from_db()
    recount([news.translation_key])

    assert [row.object_key for row in DeskSource.objects.filter(page=news)] == [news.translation_key]


def test_what_somebody_asks_for_comes_before_what_nobody_asked_for(desk):
    asked, other = desk.send(desk.add_news("Zamówiona")), desk.send(desk.add_news("Inna"))
    for translation in (asked, other):
        accept(translation, [(by_path(translation, "title"), "Title")], None)
    ask([asked], None)

    recount([asked.source.object_id, other.source.object_id])

    first, second = DeskCell.objects.filter(state=State.IN_TRANSLATION).order_by("urgency", "pk")
    assert (first.translation, second.translation) == (asked, other)
    assert first.urgency < second.urgency


def test_drafts_wait_behind_what_readers_see(desk):
    live, draft = desk.add_news("Nowe"), desk.add_news("Szkic")
    draft.unpublish()

    assert cell(desk, live).urgency < cell(desk, draft).urgency


def test_every_change_reaches_the_desk_by_itself(desk, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        news = desk.add_news("Nowe domy")
    english = {"source__object_key": news.translation_key, "locale": desk.english}
    assert DeskCell.objects.get(**english).state == State.MISSING

    with django_capture_on_commit_callbacks(execute=True):
        translation = desk.send(news)
    assert DeskCell.objects.get(**english).state == State.IN_TRANSLATION

    with django_capture_on_commit_callbacks(execute=True):
        accept_all(translation)
    assert DeskCell.objects.get(**english).state == State.TRANSLATED

    with django_capture_on_commit_callbacks(execute=True):
        news.delete()
    assert not DeskCell.objects.filter(**english).exists()


def test_the_command_makes_the_desk_anew(desk, capsys):
    desk.add_news()
    Topic.objects.create(name="Woda", locale=desk.locale)

    call_command("refresh_translation_desk")

    assert capsys.readouterr().out == f"{DeskSource.objects.count()} sources counted.\n"
    assert DeskSource.objects.filter(title__in=["Nowe domy", "Woda"]).count() == 2
    assert recount_everything() == DeskSource.objects.count()


@pytest.mark.parametrize("pages", [1, 3])
def test_counting_again_costs_the_same_for_any_number_of_sent_pages(desk, django_assert_num_queries, pages):
    Locale.objects.get_or_create(language_code="uk")
    keys = [desk.send(desk.add_news(f"Nowe {number}")).source.object_id for number in range(pages)]
    recount(keys)

    with django_assert_num_queries(17):
        recount(keys)
