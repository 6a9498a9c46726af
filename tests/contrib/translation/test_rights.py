"""Who may do what: roles by languages by addresses. A translator touches only their languages and changes no source."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import Locale, Page, Revision
from wagtail_localize.models import StringTranslation, Translation

from pages.contrib.translation.models import LanguageSettings, TranslationRequest
from pages.contrib.translation.review import submit, version
from pages.contrib.translation.segments import accept, segments_of
from pages.models import NewsPage
from tests.people import person

ROLES = ("editor pl", "translator en", "translator uk", "reviewer en", "moderator", "nobody")
WRITES = ("add", "change")
PUBLISHES = (*WRITES, "publish")


class Office:
    """A Polish article that is live and half translated into English and Ukrainian, both to be reviewed, and the people."""

    def __init__(self, desk, capture_on_commit):
        self.desk, self.capture_on_commit = desk, capture_on_commit
        self.locales = {"en": desk.english, "uk": Locale.objects.create(language_code="uk")}
        self.homes = {"pl": desk.home}
        for code, locale in self.locales.items():
            desk.send(desk.home, locale)
            self.homes[code] = desk.home.get_translation(locale)
        self.news = desk.add_news("Nowe domy", lead="Trzy miasta budują.")
        self.translations = {code: desk.send(self.news, locale) for code, locale in self.locales.items()}
        self.people = self._people()
        group = Group.objects.create(name="English reviewers")
        self.people["reviewer en"].groups.add(group)
        LanguageSettings.objects.create(locale=self.locales["en"], requires_review=True, reviewers=group)
        LanguageSettings.objects.create(locale=self.locales["uk"], requires_review=True)

    def _people(self):
        homes = self.homes
        rights = {
            "editor pl": {homes["pl"]: WRITES},
            "translator en": {homes["en"]: WRITES},
            "translator uk": {homes["uk"]: WRITES},
            "reviewer en": {homes["en"]: PUBLISHES},
            "moderator": dict.fromkeys(homes.values(), PUBLISHES),
            "nobody": {},
        }
        people = {role: person(role.replace(" ", "_"), pages) for role, pages in rights.items()}
        may_submit = Permission.objects.get(codename="submit_translation")
        for user in people.values():
            user.groups.get().permissions.add(may_submit)
        return people

    def post(self, client, address, data):
        """Send a form; what it leaves for the end of the transaction, such as Localize's publishing, is done."""
        with self.capture_on_commit(execute=True):
            return client.post(address, data)

    def target(self, code) -> NewsPage:
        return NewsPage.objects.get(translation_key=self.news.translation_key, locale=self.locales[code])

    def hand_in(self):
        for code in self.locales:
            submit(self.translations[code], self.people[f"translator {code}"])

    def everything(self):
        """What must stay as it is: the source, every page, every accepted word and every language that exists."""
        return {
            "pages": list(Page.objects.order_by("pk").values_list("pk", "title", "draft_title", "live")),
            "revisions": list(Revision.objects.order_by("pk").values_list("pk", flat=True)),
            "words": list(StringTranslation.objects.order_by("pk").values_list("locale__language_code", "data")),
            "translations": list(Translation.objects.order_by("pk").values_list("target_locale_id", "enabled")),
            "requests": TranslationRequest.objects.count(),
        }


@pytest.fixture
def office(desk, django_capture_on_commit_callbacks):
    return Office(desk, django_capture_on_commit_callbacks)


def first_segment(translation):
    return segments_of(translation)[0].row


def ways(office, code):
    """Return the addresses by which words or pages of a language can be changed, each as (address, data)."""
    translation = office.translations[code]
    row, target = first_segment(translation), office.target(code)
    segment = (translation.pk, row.pk)
    localize = "wagtail_localize:"
    return {
        "accept a segment": (reverse("translation:segment", args=segment), {"do": "accept", "words": "Changed"}),
        "finish": (reverse("translation:finish", args=[translation.pk]), {"do": "publish", "confirmed": "1"}),
        "edit a string": (reverse(f"{localize}edit_string_translation", args=segment), {"value": "Changed"}),
        "publish in the editor": (reverse("wagtailadmin_pages:edit", args=[target.pk]), {"action": "publish"}),
        "stop": (reverse(f"{localize}stop_translation", args=[translation.pk]), {}),
        "accept a review": (
            reverse("translation:review", args=[translation.pk]),
            {"answer": "accept", "seen": version(translation)},
        ),
        "return a review": (
            reverse("translation:review", args=[translation.pk]),
            {"answer": "return", "comment": "No"},
        ),
    }


EDITS = ("accept a segment", "finish", "edit a string", "publish in the editor", "stop")
REVIEWS = ("accept a review", "return a review")
#: Role to the languages of whose pages it may change the draft, and the languages it reviews.
MAY_EDIT = {
    "editor pl": "",
    "translator en": "en",
    "translator uk": "uk",
    "reviewer en": "en",
    "moderator": "en uk",
    "nobody": "",
}
MAY_REVIEW = dict.fromkeys(ROLES, "") | {"reviewer en": "en", "moderator": "uk"}


@pytest.mark.parametrize("code", ["en", "uk"])
@pytest.mark.parametrize("role", ROLES)
def test_who_may_not_work_in_a_language_changes_nothing_of_it(office, client, role, code):
    office.hand_in()
    refused = [] if code in MAY_EDIT[role].split() else list(EDITS)
    refused += [] if code in MAY_REVIEW[role].split() else list(REVIEWS)
    client.force_login(office.people[role])
    before = office.everything()

    for way in refused:
        address, data = ways(office, code)[way]
        office.post(client, address, data)
        assert office.everything() == before, way


@pytest.mark.parametrize("code", ["en", "uk"])
@pytest.mark.parametrize("role", ROLES)
def test_who_may_work_in_a_language_changes_its_words_and_nothing_else(office, client, role, code):
    client.force_login(office.people[role])
    address, data = ways(office, code)["accept a segment"]

    office.post(client, address, data)

    words = set(StringTranslation.objects.values_list("locale__language_code", "data"))
    assert words == ({(code, "Changed")} if code in MAY_EDIT[role].split() else set())


@pytest.mark.parametrize("code", ["en", "uk"])
@pytest.mark.parametrize("role", ROLES)
def test_only_reviewers_of_the_language_bring_it_before_readers(office, client, role, code):
    office.hand_in()
    client.force_login(office.people[role])
    for way in (*EDITS[:4], "accept a review"):
        address, data = ways(office, code)[way]
        office.post(client, address, data)

    assert office.target(code).live is (code in MAY_REVIEW[role].split())
    other = "uk" if code == "en" else "en"
    assert not office.target(other).live


@pytest.mark.parametrize("role", ROLES)
def test_a_source_is_changed_by_those_who_may_edit_it_only(office, client, role):
    source = office.news
    client.force_login(office.people[role])

    response = client.get(reverse("wagtailadmin_pages:edit", args=[source.pk]))

    may_edit = role in {"editor pl", "moderator"}
    assert response.status_code == (200 if may_edit else 302)
    for address, data in (
        (reverse("wagtailadmin_pages:delete", args=[source.pk]), {}),
        (reverse("wagtailadmin_pages:unpublish", args=[source.pk]), {}),
    ):
        if not may_edit:
            office.post(client, address, data)
    source = NewsPage.objects.get(pk=source.pk)
    assert (source.title, source.live) == ("Nowe domy", True)


#: Who begins the translation of a published page into which languages: where they may add pages.
MAY_BEGIN = {
    "editor pl": "",
    "translator en": "en",
    "translator uk": "uk",
    "reviewer en": "en",
    "moderator": "en uk",
    "nobody": "",
}


@pytest.mark.parametrize("code", ["en", "uk"])
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("asks", ["", "on"])
def test_who_begins_and_asks_for_which_language(office, client, role, code, asks):
    fresh = office.desk.add_news("Nowe parki")
    client.force_login(office.people[role])
    address = reverse("wagtail_localize:submit_page_translation", args=[fresh.pk])

    office.post(client, address, {"locales": [office.locales[code].pk], "asks": asks})

    is_allowed = code in MAY_BEGIN[role].split()
    assert fresh.get_translations().count() == int(is_allowed)
    assert TranslationRequest.objects.count() == int(is_allowed and asks == "on")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("publishes", ["", "on"])
def test_updating_all_translations_needs_the_right_to_each_of_them(office, client, role, publishes):
    for code in office.locales:
        translation = office.translations[code]
        accept(translation, [(one, f"{code} {one.source}") for one in segments_of(translation)], None)
    source = office.translations["en"].source
    client.force_login(office.people[role])
    before = office.everything()

    office.post(
        client,
        reverse("wagtail_localize:update_translations", args=[source.pk]),
        {"publish_translations": publishes},
    )

    if role != "moderator":
        assert office.everything() == before
    assert [office.target(code).live for code in office.locales] == [False, False]


@pytest.mark.parametrize("role", ROLES)
def test_everybody_in_the_admin_sees_the_desk(office, client, role):
    client.force_login(office.people[role])

    assert client.get(reverse("translation:desk")).status_code == 200
