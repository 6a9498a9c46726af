import re

import pytest
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from pages.contrib.translation.memory import NewEntry, remember
from pages.contrib.translation.models import (
    CheckWaiver,
    GlossaryTerm,
    LanguageSettings,
    MemoryEntry,
    SegmentComment,
    SegmentDraft,
)
from pages.contrib.translation.segments import Need, accept, propose, segments_of
from pages.models import NewsPage, Topic
from tests.people import person

from .conftest import by_path

AS_DATA = {"X-Requested-With": "XMLHttpRequest"}


@pytest.fixture
def translation(desk):
    return desk.send(desk.add_news("Nowe domy w 2018 roku", lead="Rynek & ulice"))


@pytest.fixture
def translator(desk, translation, client):
    """Somebody who may edit the English pages, and only those."""
    english = Page.objects.get(translation_key=desk.home.translation_key, locale=desk.english)
    user = person("translator", {english: ("add", "change")})
    client.force_login(user)
    return user


def may(user, page, action):
    group = user.groups.get()
    right = GroupPagePermission.objects.filter(group=group).first().permission
    permission = type(right).objects.get(content_type=right.content_type, codename=f"{action}_page")
    GroupPagePermission.objects.create(group=group, page=page, permission=permission)


def address_of(translation):
    return reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk])


def press(client, translation, segment, button, *, as_data=True, **fields):
    """Press a button of a row; the version is the one of the words as they are now unless it is given."""
    fields = {"do": button, "version": version(client, translation, segment)} | fields
    address = reverse("translation:segment", args=[translation.pk, segment.pk])
    return client.post(address, fields, headers=AS_DATA if as_data else {})


def version(client, translation, segment):
    text = client.get(f"{address_of(translation)}?show=all").content.decode()
    row = text[text.index(f'data-segment="{segment.pk}"') :]
    return re.search(r'name="version" value="([^"]*)"', row)[1]


def drafts(translation):
    return list(SegmentDraft.objects.filter(locale=translation.target_locale).values_list("data", "origin"))


def test_the_editor_stands_where_the_page_is_edited(translator, translation, client):
    text = client.get(address_of(translation)).content.decode()

    assert "Nowe domy w 2018 roku" in text
    assert "data-translation-editor" in text
    assert "0 of 3 segments accepted" in text


def test_localizes_editor_is_one_click_away(translator, translation, client):
    text = client.get(f"{address_of(translation)}?localize=1").content.decode()

    assert "js-translation-editor" in text
    assert "data-translation-editor" not in text


def test_a_page_that_is_no_translation_opens_as_ever(desk, admin_client, translation):
    source = translation.source.get_source_instance()

    assert (
        "data-translation-editor"
        not in admin_client.get(reverse("wagtailadmin_pages:edit", args=[source.pk])).content.decode()
    )


def test_a_stopped_translation_opens_as_an_ordinary_page(translator, translation, client):
    client.post(reverse("wagtail_localize:stop_translation", args=[translation.pk]))

    assert "data-translation-editor" not in client.get(address_of(translation)).content.decode()


def test_a_snippet_is_translated_in_the_same_way(desk, admin_client):
    translation = desk.send_snippet(Topic.objects.create(name="Woda", locale=desk.locale))
    translation.save_target(publish=True)
    target = translation.get_target_instance()
    address = reverse("wagtailsnippets_pages_topic:edit", args=[target.pk])

    text = admin_client.get(address).content.decode()
    segment = segments_of(translation)[0]
    admin_client.post(
        reverse("translation:segment", args=[translation.pk, segment.pk]), {"do": "accept", "words": "Water"}
    )
    response = admin_client.post(reverse("translation:finish", args=[translation.pk]), {"confirmed": "1"})

    assert "data-translation-editor" in text
    assert response.url == address
    assert type(target).objects.get(pk=target.pk).name == "Water"


def test_words_are_accepted_as_they_are_typed(translator, translation, client):
    segment = by_path(translation, "lead")

    answer = press(client, translation, segment, "accept", words="Market & streets").json()

    assert answer["isDone"]
    assert "1 of 3" in answer["progress"]
    assert by_path(translation, "lead").target == "Market &amp; streets"
    assert "Market &amp; streets" in answer["rows"][str(segment.pk)]


def test_without_a_script_the_page_comes_back_at_the_row(translator, translation, client):
    segment = by_path(translation, "title")

    response = press(client, translation, segment, "accept", words="New homes in 2018", as_data=False)

    assert response.url == f"{address_of(translation)}#segment-{segment.pk}"
    assert by_path(translation, "title").target == "New homes in 2018"


def test_what_is_left_is_shown_until_nothing_is(translator, translation, client):
    accept(translation, [(by_path(translation, "title"), "New homes in 2018")], None)

    left = client.get(address_of(translation)).context["rows"]
    accept(translation, [(segment, "x") for segment in segments_of(translation)], None)
    finished = client.get(address_of(translation)).context

    assert "title" not in {row.segment.path for row in left}
    assert (finished["shown"], len(finished["rows"])) == ("all", 3)


def test_words_that_the_page_cannot_take_are_refused_and_stay_in_the_field(translator, translation, client):
    segment = by_path(translation, "title")

    response = press(client, translation, segment, "accept", words="<u>New</u> homes", as_data=False)

    assert response.status_code == 422
    assert "&lt;u&gt;New&lt;/u&gt; homes" in response.content.decode()
    assert by_path(translation, "title").target == ""


def test_nothing_of_somebody_else_is_overwritten(translator, translation, client):
    segment = by_path(translation, "title")
    seen = version(client, translation, segment)
    accept(translation, [(segment, "Theirs")], None)

    response = press(client, translation, segment, "accept", words="Mine", version=seen)

    assert response.status_code == 409
    row = response.json()["rows"][str(segment.pk)]
    assert "Theirs" in row
    assert "Mine" in row
    assert by_path(translation, "title").target == "Theirs"


def test_after_both_were_seen_the_second_may_replace_the_first(translator, translation, client):
    segment = by_path(translation, "title")
    accept(translation, [(segment, "Theirs")], None)

    press(client, translation, segment, "accept", words="Mine")

    assert by_path(translation, "title").target == "Mine"


def test_ones_own_drafts_are_no_conflict(translator, translation, client):
    segment = by_path(translation, "title")
    seen = version(client, translation, segment)

    press(client, translation, segment, "keep", words="New ho", version=seen)
    press(client, translation, segment, "keep", words="New homes", version=seen)
    kept = drafts(translation)
    press(client, translation, segment, "accept", words="New homes in 2018", version=seen)

    assert kept == [("New homes", "person")]
    assert by_path(translation, "title").target == "New homes in 2018"
    assert drafts(translation) == []


def test_a_colleagues_draft_is_kept(translator, translation, client):
    segment = by_path(translation, "title")
    seen = version(client, translation, segment)
    propose(translation, [(segment, "Theirs")], SegmentDraft.Origin.PERSON, user=person("colleague"))

    answer = press(client, translation, segment, "keep", words="Mine", version=seen).json()

    assert answer["isConflict"]
    assert drafts(translation) == [("Theirs", "person")]


def test_kept_words_stand_in_the_field_when_the_page_is_opened_again(translator, translation, client):
    press(client, translation, by_path(translation, "title"), "keep", words="New ho")

    row = client.get(address_of(translation)).context["rows"][0]

    assert (row.typed_words, row.is_unfinished) == ("New ho", True)
    assert by_path(translation, "title").target == ""


def test_accepted_words_that_are_being_changed_stay_accepted(translator, translation, client):
    segment = by_path(translation, "title")
    press(client, translation, segment, "accept", words="New homes")

    press(client, translation, segment, "keep", words="Newer homes")
    row = client.get(address_of(translation)).context["rows"][0]

    assert by_path(translation, "title").target == "New homes"
    assert (row.typed_words, row.others) == ("Newer homes", "New homes")


def test_clearing_takes_words_and_drafts_back(translator, translation, client):
    segment = by_path(translation, "title")
    press(client, translation, segment, "accept", words="New homes")

    press(client, translation, segment, "clear")

    assert by_path(translation, "title").target == ""


def test_without_a_script_sources_matches_and_terms_become_drafts(translator, translation, client):
    title, lead = by_path(translation, "title"), by_path(translation, "lead")

    press(client, translation, title, "copy", as_data=False)
    press(client, translation, lead, "use:Market & streets: all", as_data=False)

    assert sorted(drafts(translation)) == [
        ("Market &amp; streets: all", "person"),
        ("Nowe domy w 2018 roku", "person"),
    ]


def test_a_changed_source_is_shown_word_by_word_with_the_former_translation(desk, translator, translation, client):
    accept(translation, [(segment, f"EN {segment.number} 2018") for segment in segments_of(translation)], None)
    page = NewsPage.objects.get(translation_key=translation.source.object_id, locale=desk.locale)
    desk.change(page, title="Nowe domy w 2019 roku")

    row = client.get(address_of(translation)).context["rows"][0]

    assert "<del" in row.change
    assert "2019" in row.change
    assert row.typed_words == "EN 1 2018"
    assert {finding.name for finding in row.findings} >= {"numbers"}


def test_cosmetic_changes_are_accepted_in_one_go(desk, translator, translation, client):
    accept(translation, [(segment, f"EN {segment.number}") for segment in segments_of(translation)], None)
    page = NewsPage.objects.get(translation_key=translation.source.object_id, locale=desk.locale)
    desk.change(page, title="Nowe domy w\u00a02018 roku", lead="Place i ulice")

    client.post(reverse("translation:many", args=[translation.pk]), {"do": "cosmetic"})

    assert by_path(translation, "title").target == "EN 1"
    assert by_path(translation, "lead").target == ""


def test_exact_matches_of_the_memory_are_accepted_in_one_go(translator, translation, client):
    title, lead = by_path(translation, "title"), by_path(translation, "lead")
    propose(translation, [(title, "New homes in 2018")], SegmentDraft.Origin.MEMORY, likeness=100)
    propose(translation, [(lead, "Market")], SegmentDraft.Origin.MEMORY, likeness=80)

    client.post(reverse("translation:many", args=[translation.pk]), {"do": "exact"})

    assert by_path(translation, "title").target == "New homes in 2018"
    assert by_path(translation, "lead").target == ""


def test_a_term_of_the_glossary_is_marked_and_offered(desk, translator, translation, client):
    GlossaryTerm.objects.create(source_locale=desk.locale, target_locale=desk.english, term="dom", target="house")

    text = client.get(address_of(translation)).content.decode()

    assert '<mark class="segment-term" title="house">domy</mark>' in text
    assert 'value="append:house"' in text


def test_the_memory_offers_what_was_translated_elsewhere(desk, translator, translation, client):
    elsewhere = desk.send(desk.add_news("Nowe domy w 2017 roku"))
    accept(elsewhere, [(by_path(elsewhere, "title"), "New homes in 2017")], translator)
    segment = by_path(translation, "title")

    html = client.get(reverse("translation:help", args=[translation.pk, segment.pk])).json()["html"]
    without_script = client.get(f"{address_of(translation)}?at={segment.pk}").content.decode()

    assert 'data-insert="New homes in 2018"' in html
    assert "<del" in html
    assert "New homes in 2018" in without_script


def test_a_match_that_is_used_is_counted_with_and_without_a_script(translator, translation, client):
    remember([NewEntry("Rynek i ulice", "The market and streets", "pl", "en")])
    entry = MemoryEntry.objects.get()
    lead = by_path(translation, "lead")

    press(client, translation, lead, f"match:{entry.pk}:The market and streets", as_data=False)
    press(client, translation, lead, "accept", words="The market & streets", match=str(entry.pk))
    press(client, translation, lead, "accept", words="The market & the streets", match="x")

    assert MemoryEntry.objects.get(pk=entry.pk).times_used == 2


def test_what_the_memory_has_exactly_is_filled_in_as_a_proposal(desk, translator, translation, client):
    elsewhere = desk.send(desk.add_news("Nowe domy w 2018 roku"))
    accept(elsewhere, [(by_path(elsewhere, "title"), "New homes in 2018")], translator)

    client.post(reverse("translation:many", args=[translation.pk]), {"do": "fill"})
    row = client.get(address_of(translation)).context["rows"][0]

    assert (row.typed_words, row.need) == ("New homes in 2018", Need.ACCEPTANCE)
    assert "100 %" in row.origin


def test_what_may_be_wrong_is_told_while_it_is_typed(translator, translation, client):
    segment = by_path(translation, "title")
    address = reverse("translation:check", args=[translation.pk, segment.pk])

    wrong = client.post(address, {"words": "New homes in 2019"}).json()["html"]
    right = client.post(address, {"words": "New homes in 2018"}).json()["html"]

    assert "2018" in wrong
    assert right.strip() == ""
    assert drafts(translation) == []


def test_a_finding_is_waived_with_a_reason(translator, translation, client):
    segment = by_path(translation, "title")
    press(client, translation, segment, "accept", words="New homes in 2019")

    refused = press(client, translation, segment, "waive:numbers", words="New homes in 2019").json()
    press(client, translation, segment, "waive:numbers", words="New homes in 2019", **{"reason-numbers": "A joke"})

    assert "Say why" in refused["said"]
    assert list(CheckWaiver.objects.values_list("check_name", "reason", "waived_by__username")) == [
        ("numbers", "A joke", "translator")
    ]
    assert client.get(f"{address_of(translation)}?show=findings").context["rows"] == []


def test_comments_are_added_and_settled(translator, translation, client):
    segment = by_path(translation, "title")

    empty = press(client, translation, segment, "comment", comment=" ").json()
    press(client, translation, segment, "comment", comment="Which homes?")
    shown = client.get(f"{address_of(translation)}?show=comments").context["rows"]
    press(client, translation, segment, f"settle:{SegmentComment.objects.get().pk}")

    assert "Write the comment first" in empty["said"]
    assert [row.open_comments[0].text for row in shown] == ["Which homes?"]
    assert SegmentComment.objects.get().settled_by == translator


def test_a_translator_without_the_right_to_publish_saves_a_draft(translator, translation, client):
    press(client, translation, by_path(translation, "title"), "accept", words="New homes")

    response = client.post(reverse("translation:finish", args=[translation.pk]), {"do": "publish"}, follow=True)

    page = NewsPage.objects.get(pk=translation.get_target_instance().pk)
    assert "Whoever publishes in your language" in response.content.decode()
    assert (page.live, page.get_latest_revision_as_object().title) == (False, "New homes")


def test_publishing_asks_while_something_is_missing(
    translator, translation, client, django_capture_on_commit_callbacks
):
    may(translator, translation.get_target_instance(), "publish")
    address = reverse("translation:finish", args=[translation.pk])

    asked = client.post(address, {"do": "publish"}).content.decode()
    was_live = translation.get_target_instance().live
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"do": "publish", "confirmed": "1"})

    assert "3 segments are not accepted yet" in asked
    assert not was_live
    assert translation.get_target_instance().live


def test_a_language_with_review_is_handed_in(desk, translator, translation, client):
    LanguageSettings.objects.create(locale=desk.english, requires_review=True)
    may(translator, translation.get_target_instance(), "publish")
    accept(translation, [(segment, "x") for segment in segments_of(translation)], None)

    text = client.get(address_of(translation)).content.decode()
    client.post(reverse("translation:finish", args=[translation.pk]), {"do": "publish"})

    target = translation.get_target_instance()
    assert "Submit for review" in text
    assert not target.live
    assert target.current_workflow_state is not None


def test_words_that_do_not_fit_are_told_at_their_segment(translator, translation, client):
    may(translator, translation.get_target_instance(), "publish")
    accept(translation, [(segment, "x") for segment in segments_of(translation)], None)
    accept(translation, [(by_path(translation, "title"), "x" * 300)], None)

    response = client.post(reverse("translation:finish", args=[translation.pk]), follow=True)

    text = response.content.decode()
    assert "some words do not fit" in text
    assert "This is 45 characters longer than its field." in text
    assert not translation.get_target_instance().live


def test_a_locked_page_can_be_read_and_commented_only(translator, translation, client):
    page, segment = translation.get_target_instance(), by_path(translation, "title")
    seen = version(client, translation, segment)
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=person("moderator"))

    text = client.get(address_of(translation)).content.decode()
    refused = press(client, translation, segment, "accept", words="New homes", version=seen).json()
    press(client, translation, segment, "comment", comment="Later", version=seen)

    assert "You can read and comment" in text
    assert 'value="accept"' not in text
    assert not refused["isDone"]
    assert by_path(translation, "title").target == ""
    assert SegmentComment.objects.count() == 1


@pytest.fixture
def ukrainian(desk, translation):
    locale = type(desk.english).objects.get_or_create(language_code="uk")[0]
    return desk.send(translation.source.get_source_instance(), locale)


POSTS = {"finish": [], "many": [], "segment": ["title"], "check": ["title"]}


@pytest.mark.parametrize("name", [*POSTS, "help"])
def test_a_translator_of_english_touches_no_ukrainian(translator, ukrainian, client, name):
    segment = by_path(ukrainian, "title")
    address = reverse(
        f"translation:{name}", args=[ukrainian.pk, *([segment.pk] if name != "finish" and name != "many" else [])]
    )

    opened = client.get(address_of(ukrainian))
    response = client.get(address) if name == "help" else client.post(address, {"do": "accept", "words": "Ні"})

    assert (opened.status_code, response.status_code) == (302, 302)
    assert response.url == reverse("wagtailadmin_home")
    assert by_path(ukrainian, "title").target == ""
    assert drafts(ukrainian) == []


@pytest.mark.parametrize("name", ["finish", "segment", "help"])
def test_an_editor_of_the_source_touches_no_translation(desk, translation, client, name):
    client.force_login(person("editor", {desk.home: ("add", "change", "publish")}))
    segment = by_path(translation, "title")
    address = reverse(f"translation:{name}", args=[translation.pk, *([segment.pk] if name != "finish" else [])])

    response = client.get(address) if name == "help" else client.post(address, {"do": "accept", "words": "No"})

    assert response.url == reverse("wagtailadmin_home")
    assert by_path(translation, "title").target == ""


def test_strangers_are_led_to_the_door(translation, client):
    segment = by_path(translation, "title")
    addresses = [
        address_of(translation),
        reverse("translation:segment", args=[translation.pk, segment.pk]),
        reverse("translation:finish", args=[translation.pk]),
    ]

    assert all(client.post(address).url.startswith("/admin/login/") for address in addresses)


@pytest.mark.parametrize(
    "fields",
    [
        {"do": "accept", "words": "a\0b"},
        {"do": "\0"},
        {"do": "settle:99999999999999999999"},
        {"do": "settle:x"},
        {"do": "waive:nothing", "words": "x"},
        {"do": "comment", "comment": "\0"},
        {"do": "use:\0"},
        {"do": "append:\0", "words": "\0"},
        {"do": "copy", "version": "\0" * 99},
        {"do": "keep", "words": "x" * 200_000},
        {},
    ],
)
def test_nonsense_is_answered_in_words(translator, translation, client, fields):
    segment = by_path(translation, "title")

    response = client.post(reverse("translation:segment", args=[translation.pk, segment.pk]), fields, headers=AS_DATA)

    assert response.status_code in {200, 409, 422}
    assert by_path(translation, "title").target == ""


@pytest.mark.parametrize("query", ["?show=x", "?show=\0", "?at=x", "?at=99999999999999999999", "?show=findings&at=-1"])
def test_any_address_of_the_editor_opens(translator, translation, client, query):
    assert client.get(address_of(translation) + query).status_code == 200


def test_words_for_a_segment_that_is_gone_are_given_back(translator, translation, client):
    response = client.post(
        reverse("translation:segment", args=[translation.pk, 999_999]),
        {"do": "accept", "words": "Lost?"},
        headers=AS_DATA,
    )

    assert response.status_code == 409
    assert "Your words were: Lost?" in response.json()["said"]


def test_a_sentence_that_stands_twice_changes_in_both_places(desk, translator, client):
    body = [("text", "<p>Woda.</p><p>Woda.</p>")]
    translation = desk.send(desk.add_news("Dwa razy", body=body))
    twice = [segment for segment in segments_of(translation) if segment.source == "Woda."]

    answer = press(client, translation, twice[0], "accept", words="Water.").json()

    assert set(answer["rows"]) == {str(segment.pk) for segment in twice}


def test_rows_of_a_language_written_to_the_left_say_so(desk, translation, admin_client):
    arabic = type(desk.english).objects.get_or_create(language_code="ar")[0]
    into_arabic = desk.send(translation.source.get_source_instance(), arabic)

    text = admin_client.get(address_of(into_arabic)).content.decode()

    assert re.search(r'<textarea id="words-\d+"[^>]* lang="ar" dir="rtl"', text)
    assert re.search(r'class="segment__source" lang="pl" dir="ltr"', text)


@pytest.mark.parametrize("paragraphs", [1, 3, 60])
def test_the_editor_costs_the_same_for_any_number_of_segments(
    desk, translator, client, django_assert_max_num_queries, paragraphs
):
    body = [("text", "".join(f"<p>Akapit {number}.</p>" for number in range(paragraphs)))]
    translation = desk.send(desk.add_news("Długa", body=body))
    propose(translation, [(segment, "x") for segment in segments_of(translation)], SegmentDraft.Origin.FILE)
    client.get(address_of(translation))

    with django_assert_max_num_queries(45):
        client.get(f"{address_of(translation)}?show=all")
