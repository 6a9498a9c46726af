"""Words of another language inside a rich text: ``<span dir="ltr" lang="uk">``, as editors mark them (WCAG 2.2, 3.1.2).

In Draftail the mark is an inline style, one for each language: a link is an entity, and words can have one entity
only. The direction is stored beside the language, so it is there on every way out of the database.
"""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from wagtail.admin.rich_text.converters.contentstate_models import InlineStyleRange
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineStyleElementHandler
from wagtail.admin.rich_text.editors.draftail.features import Feature

from . import formats, spoken_languages

FEATURE = "language"
#: It sorts before the names of all other styles, so the exporter puts the mark around bold and italic.
_PREFIX = "@"


def attributes(code: str) -> dict[str, str]:
    """Return the attributes of the mark for words in a language of ``spoken_languages.known()``."""
    return {"dir": formats.direction(code), "lang": code}


def opening_tag(code: str) -> str:
    """Return the tag that begins the mark."""
    return f'<span dir="{formats.direction(code)}" lang="{code}">'


class LanguageFeature(Feature):
    """The button, the styles it sets and its shortcut."""

    def __init__(self):
        super().__init__(
            js=["pages/draftail-shortcut.js", "pages/foreign-words.js"],
            css={"all": ["pages/admin/editor-dialog.css", "pages/admin/foreign-words.css"]},
        )
        # The stylesheet shows the code behind the words.
        self._styles = [
            {"type": f"{_PREFIX}{code}", "style": {"--language": f'"{code}"'}}
            for code in sorted(spoken_languages.known())
        ]

    def construct_options(self, options: dict[str, Any]) -> None:
        options.setdefault("inlineStyles", []).extend(self._styles)
        for kind in ("controls", "plugins"):
            options.setdefault(kind, []).append({"type": FEATURE})


class _Mark(InlineStyleElementHandler):
    """Reads the mark of one language; inside it another one holds, and then it goes on."""

    def handle_starttag(self, name, attrs, state, contentstate):
        super().handle_starttag(name, attrs, state, contentstate)
        if around := _language_around(state):
            around.length = len(state.current_block.text) - around.offset

    def handle_endtag(self, name, state, contentstate):
        super().handle_endtag(name, state, contentstate)
        styles = state.current_inline_styles
        for place in reversed(range(len(styles))):
            if styles[place].style.startswith(_PREFIX):
                styles[place] = _begun_again(styles[place], state.current_block)
                break


def _language_around(state) -> InlineStyleRange | None:
    outer = [style for style in state.current_inline_styles[:-1] if style.style.startswith(_PREFIX)]
    return outer[-1] if outer else None


def _begun_again(style: InlineStyleRange, block) -> InlineStyleRange:
    again = InlineStyleRange(style.style)
    again.offset = len(block.text)
    block.inline_style_ranges.append(again)
    return again


def register(features) -> None:
    """Offer the mark to every rich text that names the feature."""
    codes = spoken_languages.known()
    features.register_editor_plugin("draftail", FEATURE, LanguageFeature())
    features.register_converter_rule(
        "contentstate",
        FEATURE,
        {
            "from_database_format": {f'span[lang="{code}"]': _Mark(f"{_PREFIX}{code}") for code in codes},
            "to_database_format": {
                "style_map": {f"{_PREFIX}{code}": {"element": "span", "props": attributes(code)} for code in codes}
            },
        },
    )


def dialog() -> str:
    """Return the dialog in which an editor chooses the language, in the language of the interface."""
    return render_to_string("pages/admin/foreign_words.html", {"choices": spoken_languages.choices_beside_the_page()})
