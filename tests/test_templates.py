"""Rules that hold in every template of ours, whatever it shows."""

import re
from pathlib import Path

import pytest
from django.template import Engine, engines

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("templates", "site_project", "pages", "media")
TEMPLATES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.html"))
DJANGO_CODE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.DOTALL)

each_template = pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))


def tags(path, name):
    """Return the opening tags of one element; what Django puts inside is kept."""
    hidden = DJANGO_CODE.sub(lambda code: code[0].replace(">", "\0"), path.read_text(encoding="utf-8"))
    return [tag.replace("\0", ">") for tag in re.findall(rf"<{name}\b[^>]*>", hidden)]


@each_template
def test_a_template_compiles(path):
    engine: Engine = engines["django"].engine

    assert engine.from_string(path.read_text(encoding="utf-8")).nodelist is not None


@each_template
def test_a_template_holds_no_style_and_no_script_of_its_own(path):
    text = DJANGO_CODE.sub("", path.read_text(encoding="utf-8"))

    assert re.findall(r"\sstyle\s*=|<style\b|\son[a-z]+\s*=\s*[\"']|javascript:", text) == []
    bare = [tag for tag in tags(path, "script") if " src=" not in tag and "json" not in tag and "nonce" not in tag]
    assert bare == []


@each_template
def test_a_template_trusts_no_text(path):
    text = path.read_text(encoding="utf-8")

    assert re.findall(r"\|\s*safe\b|\{%\s*autoescape off|\|\s*safeseq\b", text) == []


@each_template
def test_every_picture_has_a_size_and_an_alternative_text(path):
    for tag in tags(path, "img"):
        assert re.search(r"\balt\b", tag), f"no alt: {tag}"
        assert re.search(r"\bwidth=", tag), f"no width: {tag}"
        assert re.search(r"\bheight=", tag), f"no height: {tag}"


@each_template
def test_nothing_is_loaded_from_somebody_else(path):
    loaded = [tag for name in ("script", "link", "img", "iframe", "source", "video") for tag in tags(path, name)]

    assert [tag for tag in loaded if re.search(r"\b(?:src|srcset|href)\s*=\s*[\"'](?:https?:)?//", tag)] == []
