"""The command writes a plugin that can be installed at once and passes its own tests."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = Path(__file__).parent / "example_plugin"
DOCUMENT = ROOT / "docs" / "plugins.md"


def test_a_new_plugin_is_installed_and_passes_its_own_tests(tmp_path):
    call_command("startplugin", "town_clock", target=tmp_path, verbosity=0)
    written = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    packages = tmp_path / "site-packages"
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation")
    subprocess.run([*pip, "--target", packages, tmp_path / "town_clock"], check=True, capture_output=True)
    environment = {
        **os.environ,
        "PYTHONPATH": str(packages),
        "SITE_PLUGINS": "town_clock",
        "DATABASE_URL": "sqlite://:memory:",
        "DJANGO_SETTINGS_MODULE": "site_project.settings.test",
    }

    command = [sys.executable, "manage.py", "test", "town_clock"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)

    assert "town_clock/town_clock/locale/pl/LC_MESSAGES/django.mo" in written
    assert not [name for name in written if "my_plugin" in name or "__pycache__" in name]
    assert (done.returncode, "Ran 4 tests" in done.stderr) == (0, True), done.stderr


@pytest.mark.parametrize("name", ["Poll", "two__lines", "import", "../out", "pages", "docx", "json", "x" * 3 + "-y"])
def test_a_name_that_would_make_trouble_is_refused_and_nothing_is_written(tmp_path, name):
    with pytest.raises(CommandError):
        call_command("startplugin", name, target=tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_not_overwritten(tmp_path):
    (tmp_path / "town_clock").mkdir()

    with pytest.raises(CommandError, match="exists already"):
        call_command("startplugin", "town_clock", target=tmp_path)


EXAMPLES = re.findall(r"^```(?:python|html|toml)\n(.*?)^```", DOCUMENT.read_text("utf-8"), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.strip().splitlines()[-1].strip())
def test_every_example_of_the_document_stands_in_the_example_plugin(example):
    files = [path for path in EXAMPLE.rglob("*") if path.suffix in {".py", ".html", ".toml"}]
    wanted = [line.strip() for line in example.splitlines() if line.strip()]

    found = [path for path in files if set(wanted) <= {line.strip() for line in path.read_text("utf-8").splitlines()}]

    assert found, f"docs/plugins.md shows what no file of the example plugin says: {wanted[0]}"
