"""The translation endpoints of the API: what the desk, the editor and the files do, with the same rights."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from wagtail.models import APIToken
from wagtail_localize.models import StringTranslation

from pages.contrib.translation.exchange import xliff12, xliff20
from pages.contrib.translation.exchange.package import State, UnitId
from pages.contrib.translation.models import DeskCell, FileImport, GlossaryTerm, LanguageSettings, TranslationRequest
from pages.contrib.translation.recount import recount_everything
from pages.contrib.translation.segments import accept, segments_of
from pages.models import Programme, SectionPage
from tests.contrib.translation.conftest import Desk
from tests.contrib.translation.exchange.returning import filled, packed
from tests.contrib.translation.test_rights import MAY_BEGIN, MAY_EDIT, ROLES, Office

API = "/api/v1/translations/"
BODY = [("text", "<p>Miasta wymieniły <b>doświadczenia</b>.</p>")]


class Program:
    """What a translator's program does with somebody's token."""

    def __init__(self, client, user, capture_on_commit):
        token = APIToken.create_token(user=user, name=user.get_username())[1]
        self.client, self.capture_on_commit = client, capture_on_commit
        self.headers = {"Authorization": f"Bearer {token}"}

    def get(self, path="", status=200, **query):
        response = self.client.get(API + path, query, headers=self.headers)
        assert response.status_code == status, response.content[:500]
        return response

    def post(self, path, data, status=200):
        kind = {} if "file" in data else {"content_type": "application/json"}
        with self.capture_on_commit(execute=True):
            response = self.client.post(API + path, data, headers=self.headers, **kind)
        assert response.status_code == status, response.content[:500]
        return response.json()

    def segments(self, translation):
        return self.get(f"{translation.pk}/segments/").json()["items"]

    def verdicts(self, translation, *words, status=200):
        return self.post(f"{translation.pk}/segments/", {"segments": list(words)}, status)


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """One office for all tests here; what each changes is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        with TestCase.captureOnCommitCallbacks(execute=True):
            made = Office(Desk(), TestCase.captureOnCommitCallbacks)
        recount_everything()
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def office(built, db):
    return built


@pytest.fixture
def program(client, django_capture_on_commit_callbacks):
    """Returns a program with the token of a user."""
    return lambda user: Program(client, user, django_capture_on_commit_callbacks)


@pytest.fixture
def translator(office, program):
    return program(office.people["translator en"])


def returned(segment, target, **fields):
    return {"id": segment["id"], "target": target, "version": segment["version"], **fields}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_does_in_each_language_what_it_may_in_the_admin(office, program, role):
    """Both languages ask for review, so nobody publishes by a token."""
    robot = program(office.people[role])
    fresh = office.desk.add_news("Nowe parki")
    for code, translation in office.translations.items():
        may_edit, may_begin = code in MAY_EDIT[role].split(), code in MAY_BEGIN[role].split()
        segments, address = segments_of(translation), f"{translation.pk}/"
        unit = {"id": robot_id(translation, segments[0]), "target": f"Title {code}"}
        before = office.everything()

        robot.get(f"{address}segments/", 200 if may_edit else 403)
        robot.get("files/", 200 if may_edit else 403, translation=translation.pk)
        assert robot.get(address).json()["ways"] == (["submit", "draft"] if may_edit else [])
        robot.post(f"{address}finish/", {"way": "publish", "incomplete": True}, 403)
        robot.post(f"{address}finish/", {"way": "draft"}, 200 if may_edit else 403)
        robot.verdicts(translation, unit, status=200 if may_edit else 403)
        if not may_edit:
            assert office.everything() == before
        robot.post(f"{address}finish/", {"way": "submit", "incomplete": True}, 200 if may_edit else 403)
        robot.post("", {"pages": [fresh.pk], "languages": [code]}, 201 if may_begin else 422)

        cell = DeskCell.objects.get(translation=translation)
        assert (cell.state == "in_review") is may_edit
        assert not office.target(code).live
        assert fresh.has_translation(office.locales[code]) is may_begin
    words = set(StringTranslation.objects.values_list("locale__language_code", "data"))
    assert words == {(code, f"Title {code}") for code in MAY_EDIT[role].split()}


def robot_id(translation, segment):
    return str(UnitId.of(translation.uuid, segment.path, segment.source))


def test_without_a_token_or_without_an_account_nothing_is_told(client, office, program):
    stranger = program(office.people["nobody"])
    office.people["nobody"].groups.get().permissions.clear()

    assert client.get(API).status_code == 401
    assert client.post(API, {}, content_type="application/json").status_code == 401
    for path in ("", f"{office.translations['en'].pk}/", f"{office.translations['en'].pk}/segments/", "files/"):
        stranger.get(path, 403)


def test_states_are_listed_by_language_state_and_page_with_a_cursor(office, translator):
    everything = translator.get(limit=100).json()
    first = translator.get(limit=2).json()
    second = translator.get(limit=100, cursor=first["next_cursor"]).json()

    assert everything["count"] == len(everything["items"]) == len(first["items"]) + len(second["items"])
    assert everything["items"] == first["items"] + second["items"]
    of_news = translator.get(page=office.target("uk").pk).json()["items"]
    assert [(one["language"], one["state"]) for one in of_news] == [("en", "in_translation"), ("uk", "in_translation")]
    assert of_news[0]["source"]["title"] == "Nowe domy"
    assert of_news[0]["segments"] == of_news[0]["segments_done"] + len(translator.segments(office.translations["en"]))
    of_key = translator.get(translation_key=office.news.translation_key, language="uk", state="to_do").json()["items"]
    assert [one["id"] for one in of_key] == [office.translations["uk"].pk]
    assert translator.get(state="published", language="uk").json()["count"] == 0


def test_lists_and_segments_cost_the_same_however_long_they_are(office, translator):
    def queries(path="", **query):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            translator.get(path, **query)
        return len(seen)

    translator.get()  # notes when the token was used last
    translation = office.desk.send(office.desk.add_news("Jeden", lead="Dwa", body=BODY), office.locales["en"])
    recount_everything()

    assert queries(limit=1) == queries(limit=3) <= 8
    assert queries(f"{office.translations['en'].pk}/segments/") == queries(f"{translation.pk}/segments/") <= 16


def test_each_segment_is_answered_with_what_became_of_it(office, translator):
    GlossaryTerm.objects.create(
        source_locale=office.desk.locale, target_locale=office.locales["en"], term="miasto", target="city"
    )
    news = office.desk.add_news("Dom", lead="Miasto i dom.", body=BODY, slug="dom")
    translation = office.desk.send(news, office.locales["en"])
    by_source = {one["source"]: one for one in translator.segments(translation)}
    title, lead, text = (
        by_source["Dom"],
        by_source["Miasto i dom."],
        by_source["Miasta wymieniły <b>doświadczenia</b>."],
    )
    other = robot_id(office.translations["en"], segments_of(office.translations["en"])[0])

    told = translator.verdicts(
        translation,
        returned(title, "House"),
        returned(lead, "Town and house."),
        returned(text, 'The cities <a id="a9">met</a>.'),
        {"id": "nonsense", "target": "Words"},
        {"id": other, "target": "Words"},
    )

    assert [one["verdict"] for one in told["items"]] == ["accepted", "glossary", "broken", "unknown", "refused"]
    assert [one["id"] for one in told["items"]] == [title["id"], lead["id"], text["id"], None, other]
    assert told["counts"] == {"accepted": 1, "glossary": 1, "broken": 1, "unknown": 1, "refused": 1}
    assert list(StringTranslation.objects.values_list("data", flat=True)) == ["House"]

    again = translator.verdicts(translation, returned(title, "House"))
    late = translator.verdicts(translation, returned(title, "Home"))
    unfinished = translator.verdicts(translation, returned(by_source["dom"], "house", state="draft"))
    office.desk.change(news, title="Domy")
    gone = translator.verdicts(translation, returned(title, "Mansion"))
    told = [one["items"][0]["verdict"] for one in (again, late, unfinished, gone)]
    assert told == ["unchanged", "conflict", "draft", "source_changed"]


def test_words_that_are_no_segments_are_refused_as_a_whole(office, translator):
    translation = office.translations["en"]
    segment = translator.segments(translation)[0]

    told = translator.verdicts(translation, returned(segment, "House"), returned(segment, "<b>" * 201), status=422)

    assert told["errors"][0]["pointer"] == "/segments/1/target"
    assert not StringTranslation.objects.exists()


@pytest.mark.parametrize("kind", ["xliff12", "xliff20"])
def test_a_file_goes_out_and_comes_back_with_verdicts(office, translator, kind):
    translation = office.translations["en"]
    file = translator.get("files/", translation=translation.pk, format=kind)
    assert "xliff+xml" in file["Content-Type"]
    assert "-pl-en.xlf" in file["Content-Disposition"]
    module = {"xliff12": xliff12, "xliff20": xliff20}[kind]
    assert [str(unit.id) for unit in module.read(file.content).units] == [
        one["id"] for one in translator.segments(translation)
    ]

    returned_file = module.write(filled(packed(translation), {"title": "House"}, State.ACCEPTED))
    told = translator.post("files/", {"file": SimpleUploadedFile("domy.xlf", returned_file)})

    assert told["counts"]["accepted"] == 1
    assert all(one["id"] for one in told["items"])
    assert FileImport.objects.get().made_by == office.people["translator en"]


def test_a_damaged_file_changes_nothing_and_says_why(office, translator):
    content = translator.get("files/", translation=office.translations["en"].pk, format="xliff12").content
    before = office.everything()

    for damaged in (content[:-20], b"PK\x03\x04nothing", b"<html/>", b"\0\0", content.replace(b'"en"', b'"uk"')):
        told = translator.post("files/", {"file": SimpleUploadedFile("domy.xlf", damaged)}, 422)
        assert len(told["detail"]) > 15

    assert office.everything() == before
    assert not FileImport.objects.exists()


def test_a_section_is_one_file(office, translator):
    file = translator.get("files/", section=office.desk.home.pk, language="en", format="po")

    assert b"Nowe domy" in file.content
    translator.get("files/", 403, translation=office.translations["uk"].pk)
    translator.get("files/", 404, translation=987654)
    translator.get("files/", 400)


def test_pages_are_sent_with_a_deadline_a_note_and_a_person(office, program):
    chief = program(office.people["moderator"])
    fresh = office.desk.add_news("Nowe parki")
    wish = {
        "pages": [fresh.pk],
        "languages": ["en", "uk"],
        "deadline": "2099-01-31",
        "note": "Na wystawę",
        "person": "",
    }

    told = chief.post("", wish, 201)["items"]

    assert [(one["language"], one["state"]) for one in told] == [("en", "requested"), ("uk", "requested")]
    assert told[0]["request"]["deadline"] == "2099-01-31"
    assert TranslationRequest.objects.filter(note="Na wystawę", asked_by=office.people["moderator"]).count() == 2
    again = chief.post("", wish | {"languages": ["en"], "note": "Pilne", "person": "translator_en"}, 201)["items"]
    assert (again[0]["request"]["note"], again[0]["request"]["person"]) == ("Pilne", "translator_en")
    assert TranslationRequest.objects.count() == 2


def test_pages_below_and_snippets_are_sent_along(office, program):
    chief, translator = program(office.people["moderator"]), program(office.people["translator en"])
    section = office.desk.home.add_child(
        instance=SectionPage(title="Parki", slug="parki", locale=office.desk.home.locale)
    )
    below = section.add_child(instance=SectionPage(title="Drzewa", slug="drzewa", locale=section.locale))
    programme = Programme.objects.create(name="Zielone miasta", locale=section.locale)
    wish = {"languages": ["en"], "note": "Na wiosnę", "include_subtree": True}
    named = {"snippets": [{"type": "pages.Programme", "id": str(programme.pk)}]}

    translator.post("", wish | {"pages": [section.pk]}, 422)
    translator.post("", wish | named, 403)
    for user in (office.people["moderator"], office.people["translator en"]):
        user.groups.get().permissions.add(
            *Permission.objects.filter(codename__in=["add_programme", "change_programme"])
        )
    told = chief.post("", wish | named | {"pages": [section.pk]}, 201)["items"]
    states = program(office.people["translator en"]).post("", wish | named, 201)["items"]

    assert {one["source"]["title"]: one["request"]["note"] for one in told} == dict.fromkeys(
        ["Parki", "Drzewa", "Zielone miasta"], "Na wiosnę"
    )
    assert below.get_translation(office.locales["en"]).get_parent().title == "Parki"
    assert TranslationRequest.objects.filter(note="Na wiosnę").count() == 3
    assert [one["source"]["type"] for one in states] == ["pages.Programme"]


WRONG_WISHES = [
    ({"pages": [], "snippets": [{"type": "auth.User", "id": "1"}]}, "/snippets"),
    ({"snippets": [{"type": "pages.Programme", "id": "987654"}]}, "/snippets"),
    ({"snippets": [{"type": "pages.Programme", "id": "drei"}]}, "/snippets"),
    ({"pages": [987654]}, "/pages"),
    ({"pages": []}, "/pages"),
    ({"languages": ["pl"]}, "/languages"),
    ({"languages": ["xx"]}, "/languages/0"),
    ({"deadline": "2001-01-31"}, "/deadline"),
    ({"person": "whoever"}, "/person"),
    ({"person": "translator_uk"}, "/person"),
    ({"team": "whoever"}, "/team"),
    ({"surprise": 1}, "/surprise"),
]


def test_a_wish_that_cannot_be_fulfilled_begins_nothing(office, program):
    chief = program(office.people["moderator"])
    fresh = office.desk.add_news("Nowe parki")
    wish = {"pages": [fresh.pk], "languages": ["en"]}

    for wrong, pointer in WRONG_WISHES:
        told = chief.post("", wish | wrong, 422)
        assert [one["pointer"] for one in told["errors"]] == [pointer]

    assert fresh.get_translations().count() == 0


def test_where_no_review_is_asked_for_who_may_publish_publishes(office, program):
    LanguageSettings.objects.all().delete()
    translation = office.translations["en"]
    accept(translation, [(one, f"en {one.source}") for one in segments_of(translation)[1:]], None)
    chief, translator = program(office.people["moderator"]), program(office.people["translator en"])
    finish = f"{translation.pk}/finish/"

    assert translator.get(f"{translation.pk}/").json()["ways"] == ["draft"]
    translator.post(finish, {"way": "publish"}, 403)
    assert "1" in chief.post(finish, {"way": "publish"}, 409)["detail"]
    assert not office.target("en").live
    chief.post(finish, {"way": "publish", "incomplete": True})

    assert office.target("en").live
    assert chief.get(f"{translation.pk}/").json()["is_live"]


def test_what_waits_for_review_is_locked_for_its_translator(office, translator):
    translation = office.translations["en"]
    segment = translator.segments(translation)[0]
    told = translator.post(f"{translation.pk}/finish/", {"way": "submit", "incomplete": True})

    assert (told["state"], bool(told["locked"])) == ("in_review", True)
    assert translator.verdicts(translation, returned(segment, "House"))["counts"] == {"refused": 1}
    translator.post(f"{translation.pk}/finish/", {"way": "draft"}, 409)


def test_words_too_long_for_the_page_are_told(office, program):
    LanguageSettings.objects.all().delete()
    translation = office.translations["en"]
    (title, *others) = segments_of(translation)
    accept(translation, [(title, "long " * 60), *((one, one.source) for one in others)], None)

    program(office.people["moderator"]).post(f"{translation.pk}/finish/", {"way": "publish"}, 422)

    assert not office.target("en").live
