"""The demo's data is whole: the same shape in every language, true to its promises of length and variety."""

import re
import tomllib

import pytest
from docx import Document

from pages.body import UNAVAILABLE, BodyBlock
from site_project.demo import words
from site_project.demo.richtext import rich_text

LANGUAGES = words.plan()["languages"]
PAGES = {plan["key"]: plan for plan in words.plan()["pages"]}
ASSETS = words.HERE / "files"


def shape(data, ignored=frozenset({"later"})):
    """Return the keys of nested data without its words."""
    if isinstance(data, dict):
        return {key: shape(value) for key, value in data.items() if key not in ignored}
    return [shape(item) for item in data] if isinstance(data, list) else type(data).__name__


@pytest.mark.parametrize("key", PAGES)
def test_a_page_has_the_same_shape_in_every_language(key):
    languages = [PAGES[key]["only_in"]] if "only_in" in PAGES[key] else LANGUAGES

    shapes = [shape(words.of_page(key, language)) for language in languages]

    assert all(other == shapes[0] for other in shapes)


def test_shared_words_have_the_same_shape_in_every_language():
    assert all(shape(words.shared(language)) == shape(words.shared("pl")) for language in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_at_least_six_news_of_150_to_350_words(language):
    news = [
        key for key, plan in PAGES.items() if plan["type"] == "NewsPage" and plan.get("only_in", language) == language
    ]

    lengths = {key: word_count(words.of_page(key, language)) for key in news}

    assert len(lengths) >= 6
    assert {key: length for key, length in lengths.items() if not 150 <= length <= 350} == {}


def word_count(said):
    def texts(value):
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict | list):
            for item in value.values() if isinstance(value, dict) else value:
                yield from texts(item)

    return len(re.findall(r"\w+", " ".join(texts([said["title"], said["lead"], said["body"]]))))


def test_every_kind_of_block_is_used():
    used = {next(iter(block)) for key in PAGES for block in words.of_page(key, "pl").get("body", [])}

    assert used == set(BodyBlock().child_blocks) - {UNAVAILABLE}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_caption_never_repeats_the_alternative_text(language):
    photos = [
        photo
        for key, plan in PAGES.items()
        if plan.get("only_in", language) == language
        for gallery in words.of_page(key, language).get("galleries", [])
        for photo in gallery["photos"]
    ]

    assert len(photos) == 5
    assert all(photo["alt"] and photo["caption"] and photo["alt"] != photo["caption"] for photo in photos)


def test_the_files_are_there_and_light():
    named = {f"{key}.jpg" for key in words.plan()["pictures"]["all"]}
    named |= {name for document in words.plan()["documents"].values() for name in document["files"].values()}

    present = {path.name: path.stat().st_size for path in ASSETS.rglob("*.*")}

    assert set(present) == named
    assert sum(present.values()) < 3 * 1024 * 1024


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_word_file_has_headings_a_language_and_a_described_picture(language):
    said = tomllib.loads((words.HERE / language / "documents" / "summary.toml").read_text(encoding="utf-8"))

    document = Document(ASSETS / "documents" / f"summary-{language}.docx")

    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings == [part["heading"] for part in said["parts"]]
    assert document.core_properties.language.startswith(language)
    assert document.inline_shapes[0]._inline.docPr.get("descr")


def test_plain_marks_become_rich_text():
    marked = "Two **bold** [ways](page:home) & one.\n\nFirst:\n- [there](https://example.org/)"

    text = rich_text(marked, {"home": 7}.get)

    assert text == (
        '<p>Two <b>bold</b> <a linktype="page" id="7">ways</a> &amp; one.</p>'
        '<p>First:</p><ul><li><a href="https://example.org/">there</a></li></ul>'
    )
