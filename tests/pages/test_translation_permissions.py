"""Editors and translators submit pages they may edit, to where they may add pages."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale, Page, PageViewRestriction
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.operations import translate_object

from pages.models import HomePage, SectionPage, Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def locales():
    return {code: Locale.objects.get_or_create(language_code=code)[0] for code in ("pl", "en", "uk")}


@pytest.fixture
def homes(locales):
    """A home page in each language, translations of each other."""
    polish = Page.get_first_root_node().add_child(
        instance=HomePage(title="Start", slug="home-pl", locale=locales["pl"])
    )
    others = {}
    for code in ("en", "uk"):
        others[code] = polish.copy_for_translation(locales[code])
        others[code].save_revision().publish()
    return {"pl": polish} | others


@pytest.fixture
def about(homes):
    return homes["pl"].add_child(instance=SectionPage(title="O nas", slug="o-nas", locale=homes["pl"].locale))


@pytest.fixture
def user(client):
    """Somebody who may submit translations, and nothing else yet."""
    group = Group.objects.create(name="translators")
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", "submit_translation"]))
    user = get_user_model().objects.create_user("tomek", "tomek@example.org", "pass")
    user.groups.add(group)
    client.force_login(user)
    return user


def allow(user, page, *actions):
    for action in actions:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{action}_page")
        GroupPagePermission.objects.create(group=user.groups.get(), page=page, permission=permission)


def submit(client, page, *locales, **more):
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    return client.post(address, {"locales": [locale.pk for locale in locales]} | more)


def offered(client, page):
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    return {locale.language_code for locale in client.get(address).context["form"].fields["locales"].queryset}


def languages_of(page):
    return set(page.get_translations(inclusive=True).values_list("locale__language_code", flat=True))


def test_a_page_that_the_user_may_edit_goes_where_the_user_may_add_pages(client, user, homes, about, locales):
    allow(user, homes["pl"], "change")
    allow(user, homes["en"], "add")

    assert offered(client, about) == {"en"}
    submit(client, about, locales["en"])

    assert languages_of(about) == {"pl", "en"}


def test_a_language_where_the_user_may_not_add_pages_is_refused(client, user, homes, about, locales):
    allow(user, homes["pl"], "change")
    allow(user, homes["en"], "add")

    response = submit(client, about, locales["en"], locales["uk"])

    assert "locales" in response.context["form"].errors
    assert languages_of(about) == {"pl"}


def test_a_published_page_goes_where_the_user_may_add_pages(client, user, homes, about, locales):
    allow(user, homes["en"], "add", "change")

    submit(client, about, locales["en"])

    assert languages_of(about) == {"pl", "en"}


def test_a_draft_that_the_user_may_not_edit_stays_where_it_is(client, user, homes, about, locales):
    allow(user, homes["en"], "add", "change", "publish")
    about.unpublish()

    submit(client, about, locales["en"])

    assert languages_of(about) == {"pl"}


def test_a_page_for_some_readers_that_the_user_may_not_edit_stays_where_it_is(client, user, homes, about, locales):
    allow(user, homes["en"], "add", "change", "publish")
    PageViewRestriction.objects.create(page=homes["pl"], restriction_type=PageViewRestriction.LOGIN)

    submit(client, about, locales["en"])

    assert languages_of(about) == {"pl"}


def test_a_home_page_needs_the_right_to_add_at_the_root(client, user, homes, locales):
    lonely = Page.get_first_root_node().add_child(
        instance=HomePage(title="Drugi start", slug="second-pl", locale=locales["pl"])
    )
    allow(user, lonely, "change")

    assert offered(client, lonely) == set()
    allow(user, Page.get_first_root_node(), "add")
    assert offered(client, lonely) == {"en", "uk"}


def test_pages_below_go_along_only_if_the_user_may_edit_all_of_them(client, user, homes, about, locales):
    child = about.add_child(instance=SectionPage(title="Zespół", slug="zespol", locale=about.locale))
    about.owner = user
    about.save()
    allow(user, homes["pl"], "add")
    allow(user, homes["en"], "add")

    response = submit(client, about, locales["en"], include_subtree="on")
    assert "include_subtree" in response.context["form"].errors
    assert languages_of(about) == {"pl"}

    allow(user, homes["pl"], "change")
    submit(client, about, locales["en"], include_subtree="on")
    assert (languages_of(about), languages_of(child)) == ({"pl", "en"}, {"pl", "en"})


def test_an_administrator_may_submit_everything(client, user, about, locales):
    user.is_superuser = True
    user.save()

    submit(client, about, locales["en"], locales["uk"])

    assert languages_of(about) == {"pl", "en", "uk"}


@pytest.fixture
def topic(locales):
    return Topic.objects.create(name="Rewitalizacja", locale=locales["pl"])


@pytest.mark.parametrize(
    ("rights", "languages"),
    [([], {"pl"}), (["add_topic"], {"pl"}), (["change_topic"], {"pl"}), (["add_topic", "change_topic"], {"pl", "en"})],
)
def test_a_snippet_needs_the_rights_to_edit_and_to_add(client, user, topic, locales, rights, languages):
    user.groups.get().permissions.add(*Permission.objects.filter(codename__in=rights))

    client.post(
        reverse("wagtail_localize:submit_snippet_translation", args=["pages", "topic", topic.pk]),
        {"locales": [locales["en"].pk]},
    )

    assert set(topic.get_translations(inclusive=True).values_list("locale__language_code", flat=True)) == languages


@pytest.fixture
def translated(about, locales, django_capture_on_commit_callbacks):
    """The source of a page that has a draft in English, and a new title since."""
    with django_capture_on_commit_callbacks(execute=True):
        translate_object(about, [locales["en"]])
    # A plugin may read the source again when it is published; here only the update may.
    about.title = "O naszym zespole"
    about.save()
    return TranslationSource.objects.get_for_instance(about)


def update(client, source, callbacks, **data):
    with callbacks(execute=True):
        client.post(reverse("wagtail_localize:update_translations", args=[source.pk]), data)
    source.refresh_from_db()
    english = Translation.objects.get(source=source).get_target_instance()
    return "zespole" in source.content_json, english.live


def test_a_translator_updates_from_a_published_page(
    client, user, homes, translated, django_capture_on_commit_callbacks
):
    allow(user, homes["en"], "add", "change")

    assert update(client, translated, django_capture_on_commit_callbacks) == (True, False)


def test_updating_from_a_draft_needs_the_right_to_edit_it(
    client, user, homes, about, translated, django_capture_on_commit_callbacks
):
    about.unpublish()
    allow(user, homes["en"], "add", "change", "publish")
    assert update(client, translated, django_capture_on_commit_callbacks) == (False, False)

    allow(user, homes["pl"], "change")
    assert update(client, translated, django_capture_on_commit_callbacks) == (True, False)


def test_updating_translations_needs_the_right_to_edit_them(
    client, user, homes, translated, django_capture_on_commit_callbacks
):
    allow(user, homes["pl"], "change")

    assert update(client, translated, django_capture_on_commit_callbacks) == (False, False)


def test_publishing_updated_translations_needs_the_right_to_publish_them(
    client, user, homes, translated, django_capture_on_commit_callbacks
):
    allow(user, homes["pl"], "change", "publish")
    allow(user, homes["en"], "change")
    wanted = {"publish_translations": "on"}
    assert update(client, translated, django_capture_on_commit_callbacks, **wanted) == (False, False)

    allow(user, homes["en"], "publish")
    assert update(client, translated, django_capture_on_commit_callbacks, **wanted) == (True, True)


def test_a_source_that_was_deleted_is_not_found(client, user, translated, about):
    user.is_superuser = True
    user.save()
    Page.objects.get(pk=about.pk).delete()

    assert client.get(reverse("wagtail_localize:update_translations", args=[translated.pk])).status_code == 404
