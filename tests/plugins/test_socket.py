"""A plugin comes, is switched off, and goes: nothing an editor wrote is lost on the way."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from pages import plugins
from pages.plugins import discover

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
    """Runs a step in its own process and returns what it saw."""

    def run(plugins, name, **options):
        done = site(plugins, "-m", "tests.plugins.steps", name, **options)
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout.splitlines()[-1])

    run("all", "create")
    return run


@pytest.mark.parametrize("plugins", ["none", "all", "example_plugin"])
def test_installing_or_switching_off_a_plugin_asks_for_no_migration(site, plugins):
    done = site(plugins, "manage.py", "makemigrations", "--check", "--dry-run")

    assert done.returncode == 0, done.stdout + done.stderr


def test_a_plugin_that_is_on_is_seen_by_readers_and_editors(step):
    assert step("all", "read") == {
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
    seen = step("none", "read")

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
    assert step("none", "edit") == {"status": 302, "title": "O nas wszystkich", "kept": True}
    assert step("none", "save_and_copy") == {"kept": True, "copied": ["heading", "unavailable", "text"]}
    assert step("none", "translate") == ["heading", "unavailable", "text"]
    assert step("all", "read")["polls"] == 1


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
            "'broken' requires plugin 'poll'",
        ),
        ("raise OSError('no disk')", "cannot be loaded: no disk"),
    ],
)
def test_a_broken_plugin_asked_for_by_name_is_refused_with_the_reason(tmp_path, monkeypatch, config, message):
    monkeypatch.syspath_prepend(broken_plugin(tmp_path, config))
    monkeypatch.delitem(sys.modules, "broken.apps", raising=False)
    monkeypatch.delitem(sys.modules, "broken", raising=False)

    with pytest.raises(ImproperlyConfigured, match=re.escape(message)):
        discover("broken")


def test_a_broken_plugin_is_left_out_with_a_warning_when_all_are_wanted(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(broken_plugin(tmp_path, "raise OSError('no disk')"))
    monkeypatch.delitem(sys.modules, "broken.apps", raising=False)
    monkeypatch.delitem(sys.modules, "broken", raising=False)

    with pytest.warns(RuntimeWarning, match="Plugin 'broken' .* cannot be loaded: no disk"):
        assert "broken" not in [plugin.label for plugin in discover("all")]


def test_a_broken_offer_is_named_at_start(site, tmp_path):
    packages = broken_plugin(
        tmp_path, 'class Config(PluginConfig):\n    name = "broken"\n    importers = {"docx": "broken.reader.Reader"}'
    )

    done = site("all", "manage.py", "check", packages=packages)

    assert done.returncode != 0
    assert "Plugin 'broken' offers importers['docx'] = 'broken.reader.Reader': it cannot be imported" in done.stderr


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


def test_a_room_of_the_product_is_a_plugin_without_being_installed(monkeypatch, tmp_path):
    announcement = tmp_path / "pyproject.toml"
    announcement.write_text('[project.entry-points."pages.plugins"]\nmarket = "stalls.apps:Config"\n')
    monkeypatch.setattr(plugins, "OWN_ANNOUNCEMENT", announcement)

    assert plugins.installed_plugins()["market"].value == "stalls.apps:Config"


def test_in_a_wheel_only_the_metadata_announces_plugins(monkeypatch, tmp_path):
    monkeypatch.setattr(plugins, "OWN_ANNOUNCEMENT", tmp_path / "pyproject.toml")

    assert plugins.own_plugins() == []
