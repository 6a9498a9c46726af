import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, PageLogEntry, WorkflowState

from pages.contrib.translation.gate import ReviewRequired
from pages.contrib.translation.models import DeskCell, LanguageSettings, SegmentComment, State
from pages.contrib.translation.recount import recount
from pages.contrib.translation.review import NotWaiting, accept_review, return_to_translator, submit, version
from pages.contrib.translation.segments import accept, segments_of
from pages.models import NewsPage, Topic
from tests.people import person

from .conftest import by_path


def english(news) -> NewsPage:
    return NewsPage.objects.get(translation_key=news.translation_key, locale__language_code="en")


def translate_all(translation, prefix="en"):
    accept(translation, [(segment, f"{prefix} {segment.source}") for segment in segments_of(translation)], None)


@pytest.fixture
def reviewed(desk):
    """Translations into English are reviewed; there is an English home page to give rights to."""
    LanguageSettings.objects.create(locale=desk.english, requires_review=True)
    desk.send(desk.home)
    desk.english_home = desk.home.get_translation(desk.english)
    return desk


@pytest.fixture
def translator(reviewed):
    user = person("translator", {reviewed.english_home: ("add", "change")})
    user.groups.get().permissions.add(*Group.objects.get(name="Editors").permissions.filter(codename="access_admin"))
    return user


@pytest.fixture
def reviewer(reviewed):
    return person("reviewer", {reviewed.english_home: ("add", "change", "publish")})


@pytest.fixture
def live(reviewed, translator, reviewer, django_capture_on_commit_callbacks):
    """An article whose translation was accepted once and is to be translated anew."""
    news = reviewed.add_news("Nowe domy", lead="Trzy miasta budują.")
    translation = reviewed.send(news)
    translate_all(translation)
    submit(translation, translator)
    with django_capture_on_commit_callbacks(execute=True):
        accept_review(translation, reviewer)
    news = reviewed.change(news, title="Nowe parki")
    translate_all(translation, "EN")
    return news, translation


def test_what_is_handed_in_goes_live_when_a_reviewer_accepts_it(reviewed, translator, reviewer):
    news = reviewed.add_news("Nowe domy")
    translation = reviewed.send(news)
    translate_all(translation)

    submit(translation, translator)
    before = english(news).live
    accept_review(translation, reviewer, "Good")

    assert (before, english(news).live, english(news).title) == (False, True, "en Nowe domy")
    actions = list(PageLogEntry.objects.filter(page=english(news)).values_list("action", flat=True))
    assert {"wagtail.workflow.start", "wagtail.workflow.approve", "wagtail.publish"} <= set(actions)
    recount([news.translation_key])
    assert DeskCell.objects.get(locale=reviewed.english, source__page=news).state == State.PUBLISHED


def test_what_is_returned_stays_a_draft_with_the_reason_and_can_be_handed_in_again(reviewed, translator, reviewer):
    news = reviewed.add_news("Nowe domy")
    translation = reviewed.send(news)
    submit(translation, translator)

    return_to_translator(translation, reviewer, "The title is Polish")

    state = WorkflowState.objects.get()
    assert (state.status, state.current_task_state.comment) == ("needs_changes", "The title is Polish")
    assert not english(news).live
    translate_all(translation)
    submit(translation, translator)
    accept_review(translation, reviewer)
    assert english(news).title == "en Nowe domy"


def test_readers_keep_the_accepted_words_while_new_ones_are_reviewed_or_returned(live, translator, reviewer):
    news, translation = live
    submit(translation, translator)
    while_waiting = english(news).title
    recount([news.translation_key])
    waiting_state = DeskCell.objects.get(source__page=news).state
    return_to_translator(translation, reviewer, "No")
    recount([news.translation_key])

    assert (while_waiting, english(news).title) == ("en Nowe domy", "en Nowe domy")
    assert (waiting_state, DeskCell.objects.get(source__page=news).state) == (State.IN_REVIEW, State.OUTDATED)


def test_a_draft_of_a_live_translation_is_not_read_by_anybody(desk, django_capture_on_commit_callbacks):
    news = desk.add_news("Nowe domy")
    translation = desk.send(news)
    translate_all(translation)
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    translate_all(translation, "EN")

    translation.save_target(publish=False)

    page = english(news)
    assert (page.live, page.title, page.has_unpublished_changes) == (True, "en Nowe domy", True)
    assert page.get_latest_revision_as_object().title == "EN Nowe domy"
    page.get_latest_revision().publish()
    assert english(news).title == "EN Nowe domy"


def test_localize_publishes_nothing_that_was_not_accepted(live, reviewer, client, django_capture_on_commit_callbacks):
    news, translation = live
    client.force_login(reviewer)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("wagtailadmin_pages:edit", args=[english(news).pk]), {"action": "publish"})
        client.post(reverse("translation:finish", args=[translation.pk]), {"do": "publish", "confirmed": "1"})

    assert english(news).title == "en Nowe domy"
    with pytest.raises(ReviewRequired):
        translation.save_target(user=reviewer, publish=True)


def test_update_translations_publishes_only_where_no_review_is_asked_for(
    live, reviewed, admin_client, django_capture_on_commit_callbacks
):
    news, _translation = live
    ukrainian = Locale.objects.create(language_code="uk")
    other = reviewed.send(news, ukrainian)
    address = reverse("wagtail_localize:update_translations", args=[other.source_id])

    with django_capture_on_commit_callbacks(execute=True):
        response = admin_client.post(address, {"publish_translations": "on"}, follow=True)

    assert english(news).title == "en Nowe domy"
    assert news.get_translation(ukrainian).live
    (_done, waiting) = map(str, response.context["messages"])
    assert waiting == "Czeka na weryfikację, nie opublikowano: English."


@pytest.mark.parametrize("with_pages_below", [False, True])
def test_bulk_publishing_leaves_out_what_is_to_be_reviewed(live, reviewed, client, with_pages_below):
    news, translation = live
    submit(translation, person("tlumacz", {reviewed.english_home: ("change",)}))
    LanguageSettings.objects.update(reviewers=Group.objects.create(name="English reviewers"))
    publisher = person("publisher", {reviewed.english_home: ("add", "change", "publish")})
    client.force_login(publisher)
    chosen = english(news).get_parent() if with_pages_below else english(news)
    other = reviewed.send(reviewed.add_news("Drugi"))
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    data = {"include_descendants": "on"} if with_pages_below else {}
    response = client.post(f"{address}?id={chosen.pk}&next=/admin/", data, follow=True)

    assert english(news).title == "en Nowe domy"
    assert not other.get_target_instance().live
    assert "these translations are to be reviewed first" in response.content.decode()


def test_the_form_of_a_translation_that_is_no_longer_synchronised_is_behind_the_gate_too(live, reviewed, client):
    news, translation = live
    translation.enabled = False
    translation.save()
    LanguageSettings.objects.update(reviewers=Group.objects.create(name="English reviewers"))
    publisher = person("publisher", {reviewed.english_home: ("add", "change", "publish")})
    client.force_login(publisher)
    page = english(news)
    page.title = "Unseen"
    page.save_revision()

    from pages.contrib.translation.gate import held_back_by_review  # noqa: PLC0415

    assert held_back_by_review(publisher, [page]) == [page]
    assert held_back_by_review(publisher, [news]) == []


def test_only_the_reviewers_of_a_language_accept(reviewed, translator, reviewer):
    news = reviewed.add_news("Nowe domy")
    translation = reviewed.send(news)
    submit(translation, translator)
    group = Group.objects.create(name="English reviewers")
    LanguageSettings.objects.update(reviewers=group)

    for user in (translator, reviewer):
        with pytest.raises(PermissionDenied):
            accept_review(translation, user)
    assert not english(news).live
    reviewer.groups.add(group)
    accept_review(translation, reviewer)
    assert english(news).live


def test_nobody_accepts_what_was_changed_after_they_looked(reviewed, translator, reviewer):
    news = reviewed.add_news("Nowe domy")
    translation = reviewed.send(news)
    submit(translation, translator)
    seen = version(translation)
    translate_all(translation)

    with pytest.raises(NotWaiting):
        accept_review(translation, reviewer, seen=seen)
    assert not english(news).live
    accept_review(translation, reviewer, seen=version(translation))
    assert english(news).title == "en Nowe domy"


def test_without_review_handing_in_makes_a_draft_and_no_workflow(desk):
    news = desk.add_news("Nowe domy")
    translation = desk.send(news)
    translate_all(translation)
    editor = person("translator", {desk.home.get_translation(desk.english): ("change",)})

    submit(translation, editor)

    assert english(news).get_latest_revision_as_object().title == "en Nowe domy"
    assert not WorkflowState.objects.exists()


def test_a_stranger_hands_in_nothing(reviewed):
    translation = reviewed.send(reviewed.add_news("Nowe domy"))

    with pytest.raises(PermissionDenied):
        submit(translation, person("stranger", {reviewed.home: ("change",)}))


def test_a_snippet_without_drafts_gets_its_words_from_a_reviewer_only(reviewed, admin_user):
    topic = Topic.objects.create(name="Mieszkania", locale=reviewed.locale)
    translation = reviewed.send_snippet(topic)
    translation.save_target()
    translate_all(translation)

    with pytest.raises(ReviewRequired):
        translation.save_target()
    assert topic.get_translation(reviewed.english).name == "Mieszkania"
    accept_review(translation, admin_user)
    assert topic.get_translation(reviewed.english).name == "en Mieszkania"


@pytest.mark.usefixtures("in_english")
def test_a_snippet_goes_to_its_reviewers_once_it_is_done_and_back_with_a_comment(
    reviewed, admin_client, django_capture_on_commit_callbacks
):
    topic = Topic.objects.create(name="Woda", locale=reviewed.locale)
    translation = reviewed.send_snippet(topic)
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    (name,) = segments_of(translation)
    review = reverse("translation:review", args=[translation.pk])
    finish = reverse("translation:finish", args=[translation.pk])

    def stands(deed=lambda: None):
        with django_capture_on_commit_callbacks(execute=True):
            deed()
        home = admin_client.get("/admin/").content.decode()
        return DeskCell.objects.get(translation=translation).state, review in home

    begun = stands()
    refused = admin_client.post(finish, {"do": "submit"}, follow=True).content.decode()
    finished = stands(lambda: accept(translation, [(name, "Water")], None))
    handed_in = admin_client.post(finish, {"do": "submit"}, follow=True).content.decode()
    returned = stands(lambda: admin_client.post(review, {f"comment-{name.pk}": "Waters?", "answer": "comment"}))
    SegmentComment.objects.update(settled_at=timezone.now())
    again = stands(lambda: accept(translation, [(name, "Waters")], None))
    before = topic.get_translation(reviewed.english).name
    seen = version(translation)
    published = stands(lambda: admin_client.post(review, {"answer": "accept", "seen": seen}))

    assert (begun, finished) == ((State.OUTDATED, False), (State.IN_REVIEW, True))
    assert (returned, again) == ((State.TRANSLATED, False), (State.IN_REVIEW, True))
    assert "once every segment is accepted" in refused
    assert "Submitted for review" in handed_in
    assert review in handed_in
    assert (before, topic.get_translation(reviewed.english).name) == ("Woda", "Waters")
    assert published == (State.PUBLISHED, False)


def test_the_review_page_shows_source_live_and_new_words_and_answers(live, translator, reviewer, client):
    news, translation = live
    submit(translation, translator)
    client.force_login(reviewer)
    address = reverse("translation:review", args=[translation.pk])

    page = client.get(address)
    title = next(row for row in page.context["rows"] if row.segment.path == "title")
    assert (title.segment.source, title.live, title.new) == ("Nowe parki", "en Nowe domy", "EN Nowe parki")
    form = {"seen": page.context["form"].initial["seen"], f"comment-{title.segment.pk}": "Parks, please"}
    no_reason = client.post(address, form | {"answer": "return"})
    assert no_reason.context["form"].errors == {"comment": ["Say what is to be changed."]}
    assert "Parks, please" in no_reason.content.decode()
    client.post(address, form | {"answer": "return", "comment": "See the title"})

    assert SegmentComment.objects.get().text == "Parks, please"
    assert by_path(translation, "title").open_comments == 1
    assert WorkflowState.objects.get(status="needs_changes").current_task_state.comment == "See the title"
    submit(translation, translator)
    seen = client.get(address).context["form"].initial["seen"]
    client.post(address, {"seen": seen, "answer": "accept"})
    assert english(news).title == "EN Nowe parki"


def test_the_review_page_is_for_reviewers(live, translator, client):
    _news, translation = live
    client.force_login(translator)

    address = reverse("translation:review", args=[translation.pk])

    assert client.get(address).status_code == 302
    assert client.get(reverse("translation:review", args=[0])).status_code == 404


def test_reviewers_find_what_waits_on_their_first_screen(live, translator, reviewer, client):
    _news, translation = live
    submit(translation, translator)

    client.force_login(reviewer)
    screen = client.get(reverse("wagtailadmin_home")).content.decode()
    client.force_login(translator)
    other_screen = client.get(reverse("wagtailadmin_home")).content.decode()

    address = reverse("translation:review", args=[translation.pk])
    assert (address in screen, address in other_screen) == (True, False)


def test_the_settings_are_edited_together_with_the_language(desk, admin_client):
    address = reverse("wagtaillocales:edit", args=[desk.english.pk])
    name = f"component-{LanguageSettings._meta.db_table}"

    form = admin_client.get(address).content.decode()
    assert f'name="{name}-requires_review"' in form
    sync = {"component-wagtail_localize_localesynchronization-enabled": ""}
    data = {"language_code": "en", f"{name}-requires_review": "on", f"{name}-tells_outdated": "on"} | sync
    admin_client.post(address, data)

    settings = LanguageSettings.of(desk.english)
    assert (settings.requires_review, settings.tells_outdated, settings.offers_other_languages) == (True, True, False)
