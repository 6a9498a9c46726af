"""Many pages at once from the explorer: each language for those who work in it, and a reason for whatever is left out."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail_localize.models import Translation

from pages.contrib.translation import permitted
from pages.contrib.translation.models import Job, JobStep, TranslationRequest
from pages.contrib.translation.segments import accept, segments_of
from pages.models import NewsPage
from pages.translation_permissions import may_add_translation, may_translate_from, may_update
from tests.people import person

from .test_rights import Office

WRITES, PUBLISHES = ("add", "change"), ("add", "change", "publish")


@pytest.fixture
def office(desk, django_capture_on_commit_callbacks):
    return Office(desk, django_capture_on_commit_callbacks)


def address(action, *pages, extra=""):
    ids = "&".join(f"id={page.pk}" for page in pages)
    return reverse("wagtail_bulk_action", args=["wagtailcore", "page", f"translation_{action}"]) + f"?{ids}{extra}"


def words_of(response):
    return " ".join(response.content.decode().split())


def notes():
    return {(step.title, step.locale.language_code): step.note for step in JobStep.objects.exclude(note="")}


def test_pages_are_sent_where_the_user_may_add_pages(office, client):
    first, second = office.desk.add_news("Nowe parki"), office.desk.add_news("Nowe drogi")
    draft = office.desk.add_news("Szkic")
    draft.unpublish()
    client.force_login(office.people["translator en"])

    page = words_of(client.get(address("submit", first, second, draft)))
    languages = [locale.pk for locale in office.locales.values()]
    refused = client.post(address("submit", first), {"locales": languages})
    office.post(client, address("submit", first, second, draft), {"locales": languages[:1], "asks": "on", "note": "Hi"})

    assert 'Nowe parki</span>: <span lang="en" dir="auto">English</span>' in page
    assert "Szkic</span>: It is not open to everybody, and not yours to edit." in page
    assert refused.status_code == 200
    sent = Translation.objects.filter(target_locale=office.locales["en"]).values_list("source__object_repr", flat=True)
    assert {"Nowe parki", "Nowe drogi"} < set(sent)
    assert not NewsPage.objects.filter(translation_key=draft.translation_key, locale=office.locales["en"]).exists()
    assert notes()["Szkic", "en"] == "It is not open to everybody, and not yours to edit."
    assert {request.note for request in TranslationRequest.objects.all()} == {"Hi"}
    assert Job.objects.get().state == Job.State.FINISHED


def test_pages_are_sent_to_one_person_by_a_day_if_that_person_may_translate_them(office, client):
    fresh, other = office.desk.add_news("Nowe parki"), office.desk.add_news("Nowe drogi")
    client.force_login(office.people["moderator"])
    wanted = {"locales": [office.locales["en"].pk], "asks": "on", "deadline": "2999-01-31"}

    refused = client.post(address("submit", fresh), wanted | {"person": office.people["translator uk"].pk})
    office.post(client, address("submit", fresh, other), wanted | {"person": office.people["translator en"].pk})

    assert refused.context["form"].errors["person"] == ["translator_uk may not translate into: English."]
    asked = TranslationRequest.objects.values_list("person", "deadline")
    assert list(asked) == [(office.people["translator en"].pk, datetime.date(2999, 1, 31))] * 2


def test_a_person_who_left_before_the_job_ran_leaves_the_request_to_all(office, client):
    fresh = office.desk.add_news("Nowe parki")
    client.force_login(office.people["moderator"])
    data = {"locales": [office.locales["en"].pk], "asks": "on", "person": office.people["translator en"].pk}
    with office.capture_on_commit() as waiting:
        client.post(address("submit", fresh), data)
    office.people["translator en"].delete()

    for callback in waiting:
        callback()

    assert TranslationRequest.objects.get().person is None


@pytest.mark.parametrize("role", ["editor pl", "translator uk", "nobody"])
def test_who_may_not_add_pages_in_a_language_sends_nothing_there(office, client, role):
    fresh = office.desk.add_news("Nowe parki")
    client.force_login(office.people[role])
    before = office.everything()

    office.post(client, address("submit", fresh), {"locales": [office.locales["en"].pk], "asks": "on"})

    assert office.everything() == before


def test_a_right_that_was_lost_meanwhile_is_asked_for_again(office, client):
    fresh = office.desk.add_news("Nowe parki")
    client.force_login(office.people["translator en"])
    with office.capture_on_commit() as waiting:
        client.post(address("submit", fresh), {"locales": [office.locales["en"].pk]})
    office.people["translator en"].groups.get().page_permissions.all().delete()

    for callback in waiting:
        callback()

    assert notes()["Nowe parki", "en"] == "You may not add pages there."
    assert not fresh.has_translation(office.locales["en"])


def test_a_section_is_sent_with_the_pages_below(office, client):
    fresh = office.desk.add_news("Nowe parki")
    client.force_login(office.people["moderator"])
    data = {"locales": [office.locales["en"].pk], "include_descendants": "on"}

    office.post(client, address("submit", office.desk.home), data)

    assert fresh.has_translation(office.locales["en"])
    assert notes()["Nowe domy", "en"] == "It is in every language where you may add pages."


@pytest.mark.parametrize("role", ["translator en", "translator uk", "moderator", "nobody"])
def test_translations_are_updated_in_the_languages_of_the_user_only(office, client, role):
    codes = {"translator en": ["en"], "translator uk": ["uk"], "moderator": ["en", "uk"], "nobody": []}[role]
    revisions = {code: office.target(code).revisions.count() for code in office.locales}
    client.force_login(office.people[role])
    office.desk.change(office.news, title="Nowsze domy")

    office.post(
        client,
        address("update", office.news),
        {"locales": [locale.pk for code, locale in office.locales.items() if code in codes or not codes]},
    )

    changed = {code for code in office.locales if office.target(code).revisions.count() > revisions[code]}
    assert changed == set(codes)


def test_an_update_publishes_only_what_is_complete_and_needs_no_review(
    desk, client, django_capture_on_commit_callbacks
):
    english = desk.english
    desk.send(desk.home, english)
    whole, part = desk.add_news("Nowe domy"), desk.add_news("Nowe parki")
    for news in (whole, part):
        translation = desk.send(news)
        accept(
            translation,
            [(one, one.source if one.path == "slug" else f"EN {one.source}") for one in segments_of(translation)],
            None,
        )
        with django_capture_on_commit_callbacks(execute=True):
            translation.save_target(publish=True)
    desk.change(part, lead="Trzy parki.")
    for news in (whole, part):
        NewsPage.objects.get(translation_key=news.translation_key, locale=english).save_revision()
    moderator = person("boss", {desk.home: PUBLISHES, desk.home.get_translation(english): PUBLISHES})
    moderator.groups.get().permissions.add(Permission.objects.get(codename="submit_translation"))
    client.force_login(moderator)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(address("update", whole, part), {"locales": [english.pk], "publishes": "on"})

    waiting = NewsPage.objects.filter(locale=english).values_list("title", "has_unpublished_changes")
    assert dict(waiting) == {"EN Nowe domy": False, "EN Nowe parki": True}
    assert notes() == {
        ("Nowe parki", "en"): "Not published, a draft was made: segments not translated: 1.",
    }


def test_the_other_actions_lead_on_with_the_translations_of_the_user(office, client):
    other = office.desk.add_news("Nowe parki")
    client.force_login(office.people["translator uk"])
    mine = f"?translation={office.translations['uk'].pk}"
    ukrainian = {"locales": [office.locales["uk"].pk]}

    fill = client.post(address("pretranslate", office.news, other), ukrainian)
    left_out = words_of(client.get(fill.url))
    file = client.post(address("export", office.target("uk")), {"locales": office.locales["uk"].pk})
    refused = client.post(address("export", office.news), {"locales": office.locales["en"].pk})

    assert fill.url == reverse("translation:pretranslate") + mine
    assert file.url == reverse("translation:exchange") + mine
    assert refused.status_code == 200
    assert "Left out: “Nowe parki”: It has no translation yet." in left_out


def test_rights_to_many_are_the_rights_to_each(office):
    draft, restricted = office.desk.add_news("Szkic"), office.desk.add_news("Dla radnych")
    draft.unpublish()
    PageViewRestriction.objects.create(page=restricted, restriction_type=PageViewRestriction.LOGIN)
    pages, locales = list(Page.objects.filter(depth__gt=1)), list(Locale.objects.all())
    translations = list(Translation.objects.all())
    for role, user in office.people.items():
        each = {
            page.pk: {
                locale.pk
                for locale in locales
                if not page.get_translations(inclusive=True).filter(locale=locale).exists()
                and may_add_translation(user, page, locale)
            }
            for page in pages
        }

        assert permitted.may_begin(user, pages, locales) == each, role
        assert permitted.translatable_from(user, pages) == {
            page.pk for page in pages if may_translate_from(user, page)
        }, role
        assert permitted.may_change(user, translations) == [
            one for one in translations if may_update(user, "change", one)
        ], role


def test_the_desk_offers_what_it_shows_in_one_language(office, admin_client):
    call_command("refresh_translation_desk", verbosity=0)
    home = Translation.objects.get(
        source__object_id=office.desk.home.translation_key, target_locale__language_code="en"
    )

    all_languages = admin_client.get(reverse("translation:desk"))
    english = admin_client.get(reverse("translation:desk"), {"language": "en"})

    named = english.context["shown_query"].removeprefix("translation=").split("-")
    assert set(named) == {str(home.pk), str(office.translations["en"].pk)}
    for name in ("exchange", "pretranslate"):
        assert f'href="{reverse(f"translation:{name}")}?translation=' in english.content.decode()
        assert f"{reverse(f'translation:{name}')}?translation=" not in all_languages.content.decode()


@pytest.mark.parametrize("action", ["submit", "update", "pretranslate", "export"])
def test_an_action_on_three_pages_asks_no_more_than_on_one(office, client, action, django_assert_max_num_queries):
    pages = [office.news, *(office.desk.add_news(f"Nowe parki {number}") for number in range(2))]
    if action != "submit":
        for page in pages[1:]:
            office.desk.send(page)
    else:
        pages = [office.desk.add_news("Nowe drogi"), *pages[1:]]
    client.force_login(office.people["moderator"])
    client.get(address(action, *pages))

    with django_assert_max_num_queries(40) as of_one:
        client.get(address(action, pages[0]))
    with django_assert_max_num_queries(len(of_one)):
        client.get(address(action, *pages))


@pytest.mark.parametrize("query", ["", "?id=x", "?id=99999999999999999999", "?id=all&childOf=x"])
def test_an_address_that_names_no_page_does_nothing(office, client, query):
    client.force_login(office.people["moderator"])
    before = office.everything()

    response = client.post(address("submit").partition("?")[0] + query, {"locales": [office.locales["en"].pk]})

    assert response.status_code < 500
    assert office.everything() == before
