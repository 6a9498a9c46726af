"""What must hold of the repository as a whole: its shape, its locks, its silence about machines."""

import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent

FOLDERS = {".ci", "docs", "media", "pages", "site_project", "templates", "tests"}
FILES = {
    ".editorconfig",
    ".gitattributes",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "SECURITY.md",
    "manage.py",
    "pyproject.toml",
    "requirements-test.lock",
    "requirements.lock",
}
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc", "core"}

# Written in pieces, so that this file does not find itself.
REGISTRIES = re.compile(r"pypi\.(?:org|python)|python" + r"hosted\.org|npm" + r"js\.(?:org|com)|deb\.debian\.(?:org)")
MACHINE_PATHS = re.compile(r"(?<![\w.~-])/(?:work|root|home/[a-z][\w-]*|Users/[\w-]+)/")


def git(*arguments):
    # A clone that belongs to another user is still ours to read.
    command = ["git", "-c", "safe.directory=*", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


@cache
def tracked_files():
    listed = git("ls-files", "-z")
    if listed.returncode:
        pytest.skip("this copy is not a git repository")
    return [path for path in listed.stdout.split("\0") if path and (ROOT / path).exists()]


def readable_files():
    for path in tracked_files():
        try:
            yield path, (ROOT / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:  # a picture, a font or a document
            continue


@pytest.mark.parametrize("folder", ["media", "pages", "site_project", "templates", "tests"])
def test_no_room_of_the_house_is_ignored_by_git(folder):
    tracked_files()

    asked = git("check-ignore", "--no-index", f"{folder}/__init__.py")

    assert asked.stdout == ""


def test_what_a_running_site_writes_is_ignored_by_git():
    tracked_files()

    asked = git("check-ignore", "--no-index", "var/rynek.sqlite3", "var/media/photo.jpg", ".venv/bin/python")

    assert asked.stdout.split() == ["var/rynek.sqlite3", "var/media/photo.jpg", ".venv/bin/python"]


def test_the_top_level_stays_as_it_is():
    folders = {path.split("/")[0] for path in tracked_files() if "/" in path}
    files = {path for path in tracked_files() if "/" not in path}

    assert folders - FOLDERS == set()
    assert files - FILES == set()


def test_every_module_is_named_after_its_idea():
    parts = {part for path in tracked_files() if path.endswith(".py") for part in Path(path).with_suffix("").parts}

    assert parts & NAMES_THAT_SAY_NOTHING == set()


@pytest.mark.parametrize(
    ("what", "pattern"), [("package registry", REGISTRIES), ("developer's machine", MACHINE_PATHS)], ids=lambda v: v
)
def test_no_file_names_a(what, pattern):
    found = [f"{path}: {match[0]}" for path, text in readable_files() for match in pattern.finditer(text)]

    assert found == []


def test_the_patterns_above_do_find_what_they_look_for():
    assert MACHINE_PATHS.search("open('/" + "root/notes')")
    assert not MACHINE_PATHS.search("templates/pages/" + "home/card.html")
    assert REGISTRIES.search("https://py" + "pi.org/simple")


@cache
def locked(name):
    """Return ``{package: [(version, marker or None, number of hashes)]}`` of a lock file."""
    packages = {}
    for entry in re.split(r"\n(?=[A-Za-z0-9])", (ROOT / name).read_text()):
        if "==" in entry:
            requirement = Requirement(re.split(r"\s*\\\n", entry)[0])
            version = next(iter(requirement.specifier)).version
            packages.setdefault(canonicalize_name(requirement.name), []).append(
                (version, requirement.marker, entry.count("--hash=sha256:"))
            )
    return packages


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_every_locked_package_carries_hashes(lock):
    bare = [name for name, pins in locked(lock).items() for _version, _marker, hashes in pins if not hashes]

    assert bare == []
    assert locked(lock)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_the_lock_answers_the_project_file(lock):
    wanted = project()["project"]["dependencies"]
    if lock == "requirements-test.lock":
        wanted = wanted + project()["dependency-groups"]["test"]

    unmet = []
    for requirement in map(Requirement, wanted):
        pins = locked(lock).get(canonicalize_name(requirement.name), [])
        here = [version for version, marker, _hashes in pins if marker is None or marker.evaluate()]
        if not any(requirement.specifier.contains(version, prereleases=True) for version in here):
            unmet.append(str(requirement))

    assert unmet == []


def test_the_tests_run_on_the_packages_of_the_site():
    differing = [
        name for name, pins in locked("requirements.lock").items() if locked("requirements-test.lock").get(name) != pins
    ]

    assert differing == []


def test_both_supported_djangos_are_locked():
    versions = [version for version, _marker, _hashes in locked("requirements.lock")["django"]]

    assert [version.rsplit(".", 1)[0] for version in versions] == ["5.2", "6.1"]


def test_continuous_integration_runs_the_command_that_the_readme_names():
    script = (ROOT / ".ci" / "run").read_text()
    readme = (ROOT / "README.md").read_text()

    command = re.search(r"^exec (.+)$", script, re.MULTILINE)[1]

    assert command == "make test"
    assert re.search(rf"^\s*(?:\$ )?{command}\b", readme, re.MULTILINE) or f"`{command}`" in readme
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_make_offers_the_commands_that_people_are_told_of():
    makefile = (ROOT / "Makefile").read_text()

    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))

    assert {"demo", "test", "messages", "lock", "help"} <= targets
