import datetime
from email import message_from_bytes, policy

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Locale

from pages.contrib.translation.digest import send_digest
from pages.contrib.translation.models import DeskCell, RequestLetter, State, TranslationRequest
from pages.contrib.translation.panels import WaitingTranslations
from pages.contrib.translation.recount import recount
from pages.contrib.translation.requests import ask
from pages.contrib.translation.segments import accept, segments_of
from pages.models import Topic
from tests.contrib.reviews.conftest import mailbox  # noqa: F401 -- a fixture
from tests.people import person


def told(mailbox):  # noqa: F811
    """Return whom each letter went to, with its subject and text."""
    found = []
    for envelope in mailbox.letters:
        letter = message_from_bytes(envelope.content, policy=policy.default)
        found.append((envelope.rcpt_tos, letter["Subject"].strip(), letter.get_content()))
    return found


def day(number):
    return timezone.localdate() + datetime.timedelta(days=number)


@pytest.fixture
def english(desk):
    """A desk with an English home page, to give rights to."""
    desk.send(desk.home)
    desk.english_home = desk.home.get_translation(desk.english)
    return desk


def wanted(desk, title="Nowe domy", **about) -> TranslationRequest:
    news = desk.add_news(title)
    (request,) = ask([desk.send(news)], None, **about)
    recount([news.translation_key])
    return request


def test_one_letter_however_many_pages_in_the_language_of_its_reader(english, mailbox, settings):  # noqa: F811
    settings.WAGTAILADMIN_BASE_URL = "https://miasta.example.org"
    oksana = person("oksana", {english.english_home: ("change",)}, language="uk")
    editor = person("anna", {english.home: ("change",)}, first_name="Anna", last_name="Nowak")
    requests = [wanted(english, f"Tekst & {number}", person=oksana, deadline=day(20)) for number in range(3)]
    TranslationRequest.objects.filter(pk=requests[0].pk).update(asked_by=editor, note="Для преси")

    call_command("send_translation_digest")

    ((recipients, subject, text),) = told(mailbox)
    assert recipients == ["oksana@urzad.example"]
    assert subject == "3 тексти чекають на переклад"
    assert [f"Tekst & {number}" in text for number in range(3)] == [True] * 3
    assert "Для преси" in text
    assert "Anna Nowak" in text
    assert "https://miasta.example.org/admin/pages/" in text
    assert "https://miasta.example.org/admin/translations/" in text


def test_nothing_is_told_twice_and_deadlines_are_reminded_of_twice_at_most(english, mailbox):  # noqa: F811
    wanted(english, person=person("john", {english.english_home: ("change",)}), deadline=day(10))

    sent = [send_digest(day(number)).sent for number in (0, 0, 6, 7, 8, 10, 11, 12, 40)]

    assert sent == [1, 0, 0, 1, 0, 0, 1, 0, 0]
    assert [subject for _to, subject, _text in told(mailbox)] == [
        "1 text is waiting for translation",
        "1 text is waiting for translation",
        "1 text is waiting for translation, 1 of them overdue",
    ]
    assert "this day has passed" in told(mailbox)[2][2]


def test_a_new_deadline_is_reminded_of_anew(english, mailbox):  # noqa: F811
    request = wanted(english, person=person("john", {english.english_home: ("change",)}), deadline=day(2))
    first = send_digest().sent

    ask([request.translation], None, person=request.person, deadline=day(3))

    assert (first, send_digest().sent, send_digest().sent) == (1, 1, 0)
    assert TranslationRequest.objects.count() == 1


def test_a_team_is_told_and_without_one_the_translators_of_the_language(english, mailbox):  # noqa: F811
    john = person("john", {english.english_home: ("change",)})
    mary = person("mary", {english.english_home: ("change",)})
    person("publisher", {english.english_home: ("change", "publish")})
    person("oksana", {english.home: ("change",)})
    team = Group.objects.create(name="Team")
    mary.groups.add(team)
    wanted(english, "Dla zespołu", team=team)
    wanted(english, "Dla wszystkich")

    send_digest()

    letters = {recipients[0]: text for recipients, _subject, text in told(mailbox)}
    assert set(letters) == {john.email, mary.email}
    assert ["Dla zespołu" in letters[user.email] for user in (john, mary)] == [False, True]
    assert ["Dla wszystkich" in letters[user.email] for user in (john, mary)] == [True, True]


def test_a_letter_that_is_refused_is_tried_again_and_holds_up_nobody(english, mailbox):  # noqa: F811
    people = [person(name, {english.english_home: ("change",)}) for name in ("anna", "jan")]
    for number, user in enumerate(people):
        wanted(english, f"Tekst {number}", person=user)
    mailbox.refused.add("anna@urzad.example")

    with pytest.raises(CommandError, match="1 letters could not be sent"):
        call_command("send_translation_digest")
    mailbox.refused.clear()
    call_command("send_translation_digest")

    assert [to for to, _subject, _text in told(mailbox)] == [["jan@urzad.example"], ["anna@urzad.example"]]


def test_a_mail_server_that_is_away_loses_nothing(english, letters_go_to):
    letters_go_to(port=1)
    wanted(english, person=person("john", {english.english_home: ("change",)}))

    with pytest.raises(CommandError):
        call_command("send_translation_digest")

    assert not RequestLetter.objects.exists()


def test_a_request_that_nobody_can_be_told_of_is_named(english, capsys):
    wanted(english, "Sierota")

    call_command("send_translation_digest")

    assert "Nobody can be told of request" in capsys.readouterr().out


def test_a_requested_page_is_on_the_desk_until_it_is_published(english, django_capture_on_commit_callbacks):
    request = wanted(english, deadline=day(5))
    translation, key = request.translation, request.translation.source.object_id

    def cell():
        recount([key])
        return DeskCell.objects.get(source__object_key=key)

    states = [(cell().state, cell().request)]
    segment = segments_of(translation)[0]
    accept(translation, [(segment, "New houses")], None)
    states.append((cell().state, cell().request))
    accept(translation, [(segment, f"en {segment.source}") for segment in segments_of(translation)], None)
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    cell()
    states.append((cell().state, cell().request))

    in_work = {State.IN_TRANSLATION, State.TRANSLATED}
    assert states[0] == (State.REQUESTED, request)
    assert states[1][0] in in_work
    assert states[1][1] == request
    assert states[2] == (State.PUBLISHED, None)
    request.refresh_from_db()
    assert request.closed_at


def test_the_first_screen_says_what_this_person_is_asked_for_the_most_pressing_first(english, rf):
    john = person("john", {english.english_home: ("change",)})
    mary = person("mary", {english.english_home: ("change",)})
    wanted(english, "Później", person=john, deadline=day(9))
    wanted(english, "Zaległe", person=john, deadline=day(-1))
    wanted(english, "Mary", person=mary)
    news = english.add_news("Nikt nie prosił")
    english.send(news)
    recount([news.translation_key])

    request = rf.get("/")
    request.user = john
    with override("en"):
        rows = WaitingTranslations().rows(request)

    titles = [row.title for row in rows if row.title != english.home.title]
    assert titles == ["Zaległe", "Później", "Nikt nie prosił"]
    assert "overdue" in rows[0].note


def test_snippets_wait_for_those_who_may_change_them_and_work_in_the_language(english, rf):
    ukrainian = Locale.objects.create(language_code="uk")
    english.send(english.home, ukrainian)
    rights = {"english": english.english_home, "ukrainian": english.home.get_translation(ukrainian)}
    people = {name: person(name, {home: ("change",)}) for name, home in rights.items()}
    no_snippets = person("no_snippets", {english.english_home: ("change",)})
    for user in people.values():
        user.groups.get().permissions.add(Permission.objects.get(codename="change_topic"))
    topic = Topic.objects.create(name="Woda w mieście", locale=english.home.locale)
    english.send_snippet(topic).save_target()
    recount([topic.translation_key])

    rows = {}
    for user in (*people.values(), no_snippets):
        request = rf.get("/")
        request.user = user
        rows[user.username] = [(row.title, row.url) for row in WaitingTranslations().rows(request)]

    row = (
        "Woda w mieście",
        reverse("wagtailsnippets_pages_topic:edit", args=[topic.get_translation(english.english).pk]),
    )
    assert {name: row in found for name, found in rows.items()} == {
        "english": True,
        "ukrainian": False,
        "no_snippets": False,
    }


def ask_by_form(client, page, **data):
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    return client.post(address, {"asks": "on", **data})


def test_an_editor_asks_for_several_languages_at_once(english, admin_client, admin_user):
    ukrainian = Locale.objects.create(language_code="uk")
    english.send(english.home, ukrainian)
    news = english.add_news("Nowe domy")
    team = Group.objects.create(name="Team")
    team.permissions.add(*Group.objects.get(name="Editors").permissions.filter(codename="access_admin"))

    locales = [english.english.pk, ukrainian.pk]
    ask_by_form(admin_client, news, locales=locales, deadline=str(day(7)), note="Pilne", team=team.pk)

    requests = TranslationRequest.objects.order_by("translation__target_locale__language_code")
    assert [(r.translation.target_locale.language_code, r.deadline, r.note, r.team, r.asked_by) for r in requests] == [
        ("en", day(7), "Pilne", team, admin_user),
        ("uk", day(7), "Pilne", team, admin_user),
    ]
    assert news.get_translations().count() == 2


def test_a_translation_that_is_there_can_be_asked_for_again(english, admin_client):
    news = english.add_news("Nowe domy")
    translation = english.send(news)

    explorer = admin_client.get(reverse("wagtailadmin_explore", args=[news.pk])).content.decode()
    ask_by_form(admin_client, news, again=[translation.pk])

    assert reverse("wagtail_localize:submit_page_translation", args=[news.pk]) in explorer
    assert "Zamów tłumaczenie" in explorer
    assert TranslationRequest.objects.get().translation == translation


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"deadline": "2001-01-01"}, "deadline"),
        ({"deadline": "\0"}, "deadline"),
        ({"locales": []}, "locales"),
        ({"person": "99999"}, "person"),
    ],
)
def test_what_cannot_be_asked_for_is_said_at_its_field(english, admin_client, data, field):
    news = english.add_news("Nowe domy")

    response = ask_by_form(admin_client, news, **{"locales": [english.english.pk], **data})

    assert field in response.context["form"].errors
    assert not TranslationRequest.objects.exists()


def test_somebody_who_may_not_translate_into_a_language_is_not_asked_for_it(english, admin_client):
    ukrainian_only = person("oksana", {english.home: ("change",)})
    news = english.add_news("Nowe domy")

    response = ask_by_form(admin_client, news, locales=[english.english.pk], person=ukrainian_only.pk)

    assert response.context["form"].errors["person"] == ["oksana nie może tłumaczyć na języki: English."]
    assert news.get_translations().count() == 0


def test_the_desk_is_narrowed_to_a_deadline_and_a_person(english, client):
    john = person("john", {english.english_home: ("change",)})
    wanted(english, "Zaległe", person=john, deadline=day(-1))
    wanted(english, "Później", person=john, deadline=day(30))
    wanted(english, "Cudze", person=person("mary", {english.english_home: ("change",)}), deadline=day(3))
    client.force_login(john)

    def titles(query):
        page = client.get(f"{reverse('translation:desk')}?{query}")
        return {row.title for row in page.context["object_list"]}

    assert titles("deadline=late") == {"Zaległe"}
    assert titles("deadline=week") == {"Cudze"}
    assert titles("person=mine") == {"Zaległe", "Później"}
    assert titles(f"person=person-{john.pk}&deadline=late") == {"Zaległe"}
    assert "overdue" in client.get(reverse("translation:desk")).content.decode()
