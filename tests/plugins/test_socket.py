"""A plugin comes, is switched off, and goes: nothing an editor wrote is lost on the way."""

import json
import os
import re
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from pages import plugins
from pages.plugins import PluginConfig, discover
from tests.plugins import walk
from tests.site_tree import SiteTree

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = Path(__file__).parent / "example_plugin"


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The folder into which pip installed the example plugin, as it would into a site's environment."""
    folder = tmp_path_factory.mktemp("site-packages")
    source = tmp_path_factory.mktemp("source") / "example_plugin"
    subprocess.run(["cp", "-r", EXAMPLE, source], check=True)
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--target",
        folder,
        source,
    ]
    subprocess.run(command, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def site(installed, tmp_path_factory):
    """Runs commands on one site with the plugin installed; ``run(plugins, *arguments)``."""
    database = tmp_path_factory.mktemp("database") / "site.sqlite3"

    def run(plugins, *arguments, packages=installed):
        environment = {
            **os.environ,
            "SITE_PLUGINS": plugins,
            "PYTHONPATH": str(packages) if packages else "",
            "DATABASE_URL": f"sqlite:///{database}",
            "DJANGO_SETTINGS_MODULE": "site_project.settings.test",
        }
        return subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True)

    assert run("all", "manage.py", "migrate", "-v0").returncode == 0
    return run


@pytest.fixture(scope="module")
def step(site):
    """Runs steps in a process of their own and returns what they saw."""

    def run(plugins, *names, **options):
        done = site(plugins, "-m", "tests.plugins.steps", *names, **options)
        assert done.returncode == 0, done.stderr[-3000:]
        seen = [json.loads(line) for line in done.stdout.splitlines()[-len(names) :]]
        return seen if len(names) > 1 else seen[0]

    run("all", "create")
    return run


def broken_plugin(folder, config):
    """Install a plugin called ``broken`` with this code in its ``apps.py``; returns the folder."""
    package = folder / "broken"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "apps.py").write_text(f"from pages.plugins import PluginConfig\n\n{config}\n")
    metadata = folder / "broken-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[pages.plugins]\nbroken = broken.apps:Config\n")
    return folder


@pytest.mark.parametrize("plugins", ["none", "all"])
def test_installing_or_switching_off_a_plugin_asks_for_no_migration(site, plugins):
    done = site(plugins, "manage.py", "makemigrations", "--check", "--dry-run")

    assert done.returncode == 0, done.stdout + done.stderr


def test_a_plugin_that_is_on_is_seen_by_readers_and_editors(step):
    seen = step("all", "read")

    assert "Example plugin" in seen.pop("plugins_page")
    assert seen == {
        "status": 200,
        "polls": 1,
        "slots": 1,
        "has_end": True,
        "editor": 200,
        "vote_page": 200,
        "poll_page": 200,
        "menu": True,
    }


def test_a_dormant_plugin_is_hidden_and_its_content_is_kept(step):
    assert step("all", "translate") == [["[en] Który dzień?"], 1]
    seen, edited, saved, translated, published = step(
        "none", "read", "edit", "save_and_copy", "translate", "publish_translation"
    )

    assert "Example plugin" in seen.pop("plugins_page")
    assert seen == {
        "status": 200,
        "polls": 0,
        "slots": 0,
        "has_end": True,
        "editor": 200,
        "vote_page": 404,
        "poll_page": 404,
        "menu": False,
    }
    assert edited == {"status": 302, "title": "O nas wszystkich", "kept": True}
    assert saved == {"kept": True, "copied": ["heading", "unavailable", "text"]}
    assert translated == published == [["[en] Który dzień?"], 0]


def test_a_plugin_that_is_uninstalled_and_returns_finds_everything_in_both_languages(step):
    """The packages are gone, not only switched off; editors and translators go on working meanwhile."""
    edited, saved, translated = step("all", "edit", "save_and_copy", "translate", packages=None)
    assert (edited["kept"], saved["kept"], translated) == (True, True, [["[en] Który dzień?"], 0])

    seen, published, synchronised = step("all", "read", "publish_translation", "translate")
    assert seen["polls"] == 1
    # First from what Localize read of the source while the plugin was away, then from what it reads now.
    assert published == synchronised == [["[en] Który dzień?"], 1]


@pytest.fixture(scope="module")
def seen_points(step):
    return step("all", "extension_points")


EXTENSION_POINTS = {
    "body block": ['<section class="example-poll"><h2>Który dzień?</h2>'],
    "preview of the block": ["200 ", '<section class="example-poll"><h2>Which day suits you?</h2>'],
    "translation of the block": ["Który dzień?", "piątek"],
    "block in the API": ["200 ", '"example_plugin_poll"', "Który dzień?"],
    "page type": ["200", "<h1>Ankieta</h1>"],
    "importer": ["Który dzień?", "text"],
    "exporter": ["'readers': True, 'editors': True", "O nas", "Który dzień?", "'unknown': 404"],
    "machine translator": ["example_plugin.whispering"],
    "API endpoint": ['200 {"votes": 1}'],
    "API endpoint that writes": ["401 ", '201 {"votes": 2}'],
    "API document": ['"/api/v1/example-plugin/votes/"', '"example_plugin.voted"', '"example_plugin_poll"', "VoteCount"],
    "public address": ["200 Thank you for your vote."],
    "translations": ["200 Dziękujemy za głos."],
    "slot": ['<aside class="example-slot">Example plugin on: '],
    "admin menu": ["Polls of the example plugin"],
    "settings panel": ["200 ", 'name="is_open"'],
    "static files": ["example_plugin/poll.css"],
    "demo content": ["plugin-example_plugin-poll", "True", "<h1>Which day suits you?</h1>"],
    "management command": ["Hello from the example plugin."],
    "system check": ["example_plugin.I001"],
}


@pytest.mark.every_case
@pytest.mark.parametrize("name", EXTENSION_POINTS)
def test_every_extension_point_works_with_an_installed_plugin(seen_points, name):
    seen = seen_points[name] if isinstance(seen_points[name], str) else str(seen_points[name])

    assert [words for words in EXTENSION_POINTS[name] if words not in seen] == []


@pytest.mark.django_db
def test_with_every_room_switched_off_nothing_of_them_is_left_in_site_and_admin(step, client):
    seen = step("none", "walk")

    assert seen["visited"] > 45
    assert seen["failed"] == {"/pl/nie-ma-takiej/": 404}
    assert (seen["traces"], seen["code"]) == ({}, [])
    # With the rooms on, the same look finds them.
    assert walk.traces(client.get(SiteTree().add_news().url).content.decode())


BROKEN_EVERYWHERE = """
class Config(PluginConfig):
    name = "broken"
    body_blocks = {"broken_box": "broken.nothing.Box"}
    slots = {"after_body": "broken/nothing.html"}
    public_urls = {"broken": "broken.urls"}
"""


def test_the_site_runs_without_what_is_broken_in_a_plugin(site, step, installed, tmp_path):
    """First some offers are broken, then the models, and with them the whole plugin."""
    packages = f"{broken_plugin(tmp_path, BROKEN_EVERYWHERE)}{os.pathsep}{installed}"

    seen, told = step("all", "read", "check", packages=packages)
    assert (seen["status"], seen["polls"], seen["editor"]) == (200, 1, 200)
    for offer in ("body_blocks['broken_box']", "slots['after_body']", "public_urls['broken']"):
        for letter in "WE":  # to run with a warning, to deploy not at all
            assert f"(pages.{letter}001) Plugin 'broken' offers {offer}" in told

    (tmp_path / "broken" / "models.py").write_text("import nothing_of_that_name\n")
    reason = "its models cannot be loaded: No module named 'nothing_of_that_name'"
    seen, told = step("all", "read", "check", packages=packages)
    by_name = site("broken,example_plugin", "manage.py", "plugins", packages=packages)

    assert (seen["status"], seen["polls"], seen["editor"]) == (200, 1, 200)
    assert f"Plugin 'broken' (broken.apps:Config) is left out: {reason}" in seen["plugins_page"]
    assert f"(pages.W002) Plugin 'broken' (broken.apps:Config) is left out: {reason}" in told
    assert "(pages.E002)" in told
    assert by_name.returncode != 0
    assert reason in by_name.stderr


def test_the_command_tells_what_a_plugin_offers_and_where_it_is_used(site, step):
    on = site("all", "manage.py", "plugins").stdout
    dormant = site("none", "manage.py", "plugins").stdout
    gone = site("none", "manage.py", "plugins", packages=None).stdout

    assert "example_plugin  on  rynek-example-plugin 1.0" in on
    assert "body_blocks: example_plugin_poll" in on
    assert "used on" in on
    assert "example_plugin  dormant" in dormant
    assert "example_plugin  gone" in gone


def test_pages_that_a_dormant_plugin_knows_of_can_still_be_deleted(step):
    assert step("none", "delete") == {"statuses": [200, 200, 302, 302], "left": 0}


def test_purging_a_plugin_takes_its_tables_away(site):
    done = site("all", "manage.py", "plugins", "purge", "example_plugin")

    assert done.returncode == 0, done.stderr
    assert "Now uninstall rynek-example-plugin." in done.stdout
    assert site("none", "manage.py", "migrate", "--check", packages=None).returncode == 0


def test_a_site_refuses_to_start_with_a_plugin_it_does_not_have(site):
    done = site("no_such_plugin", "manage.py", "check")

    assert done.returncode != 0
    assert "SITE_PLUGINS names plugins that are not installed: no_such_plugin. Installed: " in done.stderr
    assert "example_plugin" in done.stderr.rpartition("Installed: ")[2]


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ("class Other: pass\nConfig = Other", "is not a subclass of PluginConfig"),
        (
            'class Config(PluginConfig):\n    name = "broken"\n    requires_socket = ">=99"',
            "it needs socket >=99, this site has 1.0",
        ),
        (
            'class Config(PluginConfig):\n    name = "broken"\n    requires_plugins = ("poll",)',
            "it requires plugin 'poll', which is not on",
        ),
        (
            'class Config(PluginConfig):\n    name = "broken"\n    requires_plugins = ("broken",)',
            "plugins require each other in a circle: broken -> broken",
        ),
        ('class Config(PluginConfig):\n    name = "other"', "its app label is 'other'"),
        ('class Config(PluginConfig):\n    name = "broken"\n    body_blocks = ["a"]', "body_blocks has to map names"),
        ("raise OSError('no disk')", "it cannot be loaded: no disk"),
    ],
)
def test_a_plugin_that_does_not_fit_is_left_out_with_the_reason_or_refused_by_name(
    tmp_path, monkeypatch, config, message
):
    monkeypatch.syspath_prepend(broken_plugin(tmp_path, config))
    for module in ("broken.apps", "broken"):
        monkeypatch.delitem(sys.modules, module, raising=False)

    discovered = discover("all")
    assert [left.label for left in discovered.left_out] == ["broken"]
    assert message in discovered.left_out[0].reason
    assert "docx" in [plugin.label for plugin in discovered]
    with pytest.raises(ImproperlyConfigured, match=re.escape(message)):
        discover("broken")


def test_no_room_of_the_product_had_to_be_left_out(settings):
    assert settings.PLUGINS.left_out == []
    assert {entry_point.name for entry_point in plugins.own_plugins()} == {one.label for one in settings.PLUGINS}


def entry(name, value):
    return EntryPoint(name, value, plugins.ENTRY_POINT_GROUP)


def test_of_two_plugins_with_one_label_none_is_taken_and_the_product_keeps_its_own(monkeypatch):
    strangers = [entry("poll", "one.apps:Config"), entry("poll", "two.apps:Config"), entry("docx", "my.apps:Config")]
    monkeypatch.setattr(plugins, "entry_points", lambda group: strangers)

    discovered = discover("all")

    assert {left.label: left.value for left in discovered.left_out} == {
        "poll": "one.apps:Config, two.apps:Config",
        "docx": "my.apps:Config",
    }
    assert "poll" not in plugins.installed_plugins()
    assert plugins.installed_plugins()["docx"].value == "pages.contrib.docx.apps:Config"
    with pytest.raises(ImproperlyConfigured, match="two installed plugins have the same label"):
        discover("poll")
    assert discover("docx").on[0].value == "pages.contrib.docx.apps:Config"


def config_of(name, *requires):
    offered = {"name": name, "requires_plugins": requires, "__module__": "tests.nowhere"}
    return plugins.Plugin(name, f"{name}:Config", name, type("Config", (PluginConfig,), offered))


def test_what_hangs_on_a_circle_or_on_a_missing_plugin_is_left_out_and_the_rest_is_ordered(monkeypatch):
    wanted = [("a", "b"), ("b", "c"), ("c", "b"), ("d",), ("e", "d"), ("f", "gone"), ("g", "f")]
    made = {name: config_of(name, *requires) for name, *requires in wanted}
    monkeypatch.setattr(plugins, "installed_plugins", lambda: dict.fromkeys(made, entry("x", "x.apps:Config")))
    monkeypatch.setattr(plugins, "_claimed_twice", lambda: iter(()))
    monkeypatch.setattr(plugins, "_load", lambda label, entry_point: made[label])

    discovered = discover("all")

    assert [plugin.label for plugin in discovered] == ["d", "e"]
    assert {left.label: (left.reason, left.can_sleep) for left in discovered.left_out} == {
        "a": ("it requires plugin 'b', which is left out", True),
        "b": ("plugins require each other in a circle: b -> c -> b", True),
        "c": ("plugins require each other in a circle: c -> b -> c", True),
        "f": ("it requires plugin 'gone', which is not on", False),
        "g": ("it requires plugin 'f', which is left out", False),
    }


def test_a_room_of_the_product_is_a_plugin_without_being_installed(monkeypatch, tmp_path):
    announcement = tmp_path / "pyproject.toml"
    announcement.write_text('[project.entry-points."pages.plugins"]\nmarket = "stalls.apps:Config"\n')
    monkeypatch.setattr(plugins, "OWN_ANNOUNCEMENT", announcement)

    assert plugins.installed_plugins()["market"].value == "stalls.apps:Config"


def test_in_a_wheel_only_the_metadata_announces_plugins(monkeypatch, tmp_path):
    monkeypatch.setattr(plugins, "OWN_ANNOUNCEMENT", tmp_path / "pyproject.toml")

    assert plugins.own_plugins() == []
