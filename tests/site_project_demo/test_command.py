"""The demo's command refuses what would harm and says what to do; a step that fails leaves nothing."""

import socket

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from site_project.demo import loading, words
from tests.site_tree import SiteTree


@pytest.fixture(autouse=True)
def english_terminal(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def test_it_refuses_settings_of_production_and_says_why():
    with pytest.raises(CommandError, match=r"invented pages.*--force-in-production"):
        call_command("demo")


@pytest.mark.parametrize(
    ("locale", "words"),
    [("pl_PL.UTF-8", "To nie są ustawienia"), ("uk_UA.UTF-8", "Це не налаштування"), ("C", "These")],
)
def test_it_speaks_the_language_of_the_terminal(monkeypatch, locale, words):
    monkeypatch.setenv("LC_ALL", locale)

    with pytest.raises(CommandError, match=words):
        call_command("demo")


def test_a_busy_port_is_named_with_a_way_out(settings):
    settings.DEBUG = True
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(CommandError, match=f"Port {port} .*PORT=8001 make demo"):
            call_command("demo", port=port)


@pytest.mark.django_db
def test_it_leaves_a_site_with_pages_of_its_own_alone():
    SiteTree()
    before = set(Page.objects.values_list("pk", "title"))

    with pytest.raises(CommandError, match="holds pages already"):
        call_command("demo", force_in_production=True)

    assert set(Page.objects.values_list("pk", "title")) == before


@pytest.mark.django_db
def test_a_step_that_fails_half_way_leaves_nothing_and_is_done_again(monkeypatch):
    before = Page.objects.count()
    monkeypatch.setattr(loading, "steps", lambda with_accounts: [loading.Step("pages", "pages", plant_and_fail)])
    with pytest.raises(RuntimeError):
        loading.load()

    assert Page.objects.count() == before
    assert not loading.is_done("pages")

    monkeypatch.setattr(loading, "steps", lambda with_accounts: [loading.Step("pages", "pages", loading._plant)])
    assert [loading.load(), loading.load()] == [1, 0]
    assert Page.objects.filter(depth__gt=1).count() == len(words.plan()["pages"])


def plant_and_fail():
    loading._plant()
    raise RuntimeError("the power went")
