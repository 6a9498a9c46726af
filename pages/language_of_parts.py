"""A block whose words may be in another language than the page, as long as they are those of its writer (WCAG 3.1.2)."""

from __future__ import annotations

from typing import Any, ClassVar

from wagtail import blocks
from wagtail_localize.segments import StringSegmentValue


class LanguageOfPartsBlock(blocks.StructBlock):
    """A block with a field ``language`` that says in which language the words of its field ``text`` are.

    Who translates the words makes them words of the page: the language goes from the translation. Who leaves them as
    they are leaves the language as well.
    """

    #: The fields whose words go to translators.
    translated: ClassVar[tuple[str, ...]] = ("text",)

    def get_translatable_segments(self, value: Any) -> list[StringSegmentValue]:
        return [StringSegmentValue(name, value[name]) for name in self.translated if value.get(name)]

    def restore_translated_segments(self, value: Any, segments: list[StringSegmentValue]) -> Any:
        words = {segment.path: segment.render_text() for segment in segments}
        if words.get("text", value["text"]) != value["text"]:
            value["language"] = ""
        value.update(words)
        return value
