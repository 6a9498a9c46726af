import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Revision

from pages.contrib.translation.models import LanguageSettings
from pages.contrib.translation.review import submit
from pages.contrib.translation.segments import accept, segments_of
from pages.contrib.translation.together import publish_together
from pages.models import NewsPage
from tests.people import person


@pytest.fixture
def drafts(desk):
    """A draft that is translated into English, and begun in Ukrainian."""
    desk.ukrainian = Locale.objects.create(language_code="uk")
    for locale in (desk.english, desk.ukrainian):
        desk.send(desk.home, locale)
    page = desk.news.add_child(instance=NewsPage(title="Nowe domy", live=False))
    page.save_revision()
    desk.translation = desk.send(page)
    accept(desk.translation, [(one, f"en {one.source}") for one in segments_of(desk.translation)], None)
    desk.send(page, desk.ukrainian)
    desk.draft = page
    return desk


def in_an_hour():
    return timezone.now() + datetime.timedelta(hours=1)


def live(page):
    titles = page.get_translations(inclusive=True).filter(live=True).order_by("locale__language_code")
    return list(titles.values_list("title", flat=True))


def the_hour_comes():
    Revision.objects.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=timezone.now())
    for revision in Revision.objects.all():
        revision.content["go_live_at"] = None
        revision.save()
    call_command("publish_scheduled")


def test_source_and_ready_translations_go_live_at_the_same_time(drafts, admin_user):
    both = {drafts.english.pk, drafts.ukrainian.pk}

    together = publish_together(drafts.draft, both, in_an_hour(), admin_user)
    before = live(drafts.draft)
    the_hour_comes()

    assert together.scheduled == [drafts.english]
    assert [locale for locale, _reason in together.left_out] == [drafts.ukrainian]
    assert (before, live(drafts.draft)) == ([], ["en Nowe domy", "Nowe domy"])


def test_a_language_that_asks_for_review_needs_a_reviewer(drafts, admin_user):
    LanguageSettings.objects.create(locale=drafts.english, requires_review=True)
    not_handed_in = publish_together(drafts.draft, {drafts.english.pk}, in_an_hour(), admin_user)
    home = drafts.home.get_translation(drafts.english)
    submit(drafts.translation, person("translator", {home: ("change",)}))

    together = publish_together(drafts.draft, {drafts.english.pk}, in_an_hour(), admin_user)
    before = live(drafts.draft)
    the_hour_comes()

    assert ([], [drafts.english]) == (not_handed_in.scheduled, together.scheduled)
    assert (before, live(drafts.draft)) == ([], ["en Nowe domy", "Nowe domy"])


def test_who_may_not_publish_the_source_publishes_nothing(drafts):
    editor = person("editor", {drafts.home: ("change",)})

    with pytest.raises(PermissionDenied):
        publish_together(drafts.draft, {drafts.english.pk}, in_an_hour(), editor)


def test_the_form_names_what_is_left_out(drafts, admin_client):
    address = reverse("translation:together", args=[drafts.draft.pk])

    page = admin_client.get(address)
    past = admin_client.post(address, {"at": "2001-01-01T10:00"})
    admin_client.post(
        address, {"at": f"{timezone.localtime(in_an_hour()):%Y-%m-%dT%H:%M}", "locales": [drafts.english.pk]}
    )

    assert [locale for locale, _reason in page.context["left_out"]] == [drafts.ukrainian]
    assert "at" in past.context["form"].errors
    assert Revision.objects.filter(approved_go_live_at__isnull=False).count() == 2
    assert admin_client.get(reverse("translation:together", args=[0])).status_code == 404
