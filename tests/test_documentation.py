"""The documentation tells what is there: every offer, command, link and setting in it is real."""

import ast
import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from pages import plugins

ROOT = Path(__file__).resolve().parent.parent
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
SOURCES = sorted(path for room in ("site_project", "pages", "media") for path in (ROOT / room).rglob("*.py"))
NOT_FOR_OPERATORS = {"DJANGO_SETTINGS_MODULE"}

each_document = pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))


def headings(path):
    return re.findall(r"^#+\s+(.+?)\s*$", path.read_text(encoding="utf-8"), re.MULTILINE)


def prose(path):
    """Return a document without its blocks of code, where brackets mean other things."""
    return re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", ["architecture", "editors", "translators", "plugins", "operations"])
def test_each_kind_of_reader_has_a_document(name):
    assert headings(ROOT / "docs" / f"{name}.md")


@pytest.mark.parametrize("offer", plugins.OFFERS)
def test_each_extension_point_has_a_paragraph(offer):
    documented = " ".join(headings(ROOT / "docs" / "plugins.md"))

    assert re.search(rf"\b{offer}\b", documented)


@each_document
def test_every_command_in_a_document_exists(path):
    commands = set(re.findall(r"manage\.py\s+([a-z][a-z_0-9]*)", path.read_text(encoding="utf-8")))

    assert commands - set(get_commands()) == set()


@each_document
def test_every_make_target_in_a_document_exists(path):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    told = set(re.findall(r"(?:`|^\s*\$ |^)make ([a-z]+)\b", path.read_text(encoding="utf-8"), re.MULTILINE))

    assert told - targets == set()


@each_document
def test_every_relative_link_leads_somewhere(path):
    targets = re.findall(r"\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)", prose(path))
    targets += re.findall(r"<(?:img|a)\b[^>]*?\b(?:src|href)=\"([^\"]+)\"", prose(path))

    missing = [
        target
        for target in targets
        if not re.match(r"[a-z][a-z+.-]*:|#|//", target) and not (path.parent / target.split("#")[0]).exists()
    ]
    assert missing == []


def environment_variables():
    """Return the name of every environment variable that our code reads, found in its source."""
    found = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            # os.environ.get("X"), environment.switch("X", ...), environment.required({"X": ...})
            if isinstance(node, ast.Call) and re.search(r"environ|getenv", ast.unparse(node.func)):
                found |= _constants(node.args[:1])
            elif isinstance(node, ast.Subscript) and "environ" in ast.unparse(node.value):
                found |= _constants([node.slice])
    return found - NOT_FOR_OPERATORS


def _constants(nodes):
    nodes = [inner for node in nodes for inner in (node.keys if isinstance(node, ast.Dict) else [node])]
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_every_environment_variable_is_documented():
    operations = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")

    undocumented = {name for name in environment_variables() if not re.search(rf"\b{name}\b", operations)}

    assert "DATABASE_URL" in environment_variables()
    assert undocumented == set()
