"""From an outline to what a page holds: a title, a lead and the blocks of a body, before any picture is stored.

Blocks are plain data as a ``BodyField`` takes it; a picture block names its picture by the name it has in the
file. So a preview shows exactly what will be made, and nothing has to be undone when somebody thinks better of it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import uuid4

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from pages import spoken_languages

from .abbreviation_lists import AbbreviationList, with_abbreviations
from .merged_cells import MOST_HEADING_ROWS, heading_rows, joining, names_its_rows
from .noted_languages import believable
from .outline import (
    Aside,
    Block,
    Heading,
    Inline,
    ItemList,
    Note,
    Outline,
    Paragraph,
    Picture,
    Place,
    Quote,
    Report,
    Role,
    Table,
    Text,
    every_inline,
    plain,
)
from .progress import counted
from .rich_text import PageAt, RichText, together
from .tables import cell_words, placed, with_raised_numbers
from .whole_language import other_language

BlockData = dict[str, Any]

TITLE_LENGTH = 255
LEAD_LENGTH = 600
HEADING_LENGTH = 200
CAPTION_LENGTH = 500
ALT_LENGTH = 255
FIRST_LEVEL, LAST_LEVEL = 2, 4
_TABLE_WORDS = ("tab", "таб")


class Change(StrEnum):
    """What looks different on the page than in the file, or waits for the editor."""

    MERGED_CELLS = "merged_cells"
    TABLE_WITHOUT_HEADER = "table_without_header"
    TABLE_WITHOUT_CAPTION = "table_without_caption"
    TABLE_UNWRAPPED = "table_unwrapped"
    CELL_CONTENT = "cell_content"
    LINK_TO_PLACE = "link_to_place"
    LINK_BESIDE_FILE = "link_beside_file"
    LANGUAGE = "language"
    OTHER_LANGUAGE = "other_language"
    STRUCK = "struck"
    LIST_LABELS = "list_labels"
    NOTES = "notes"
    EQUATION = "equation"
    LONG_HEADING = "long_heading"
    DEEP_HEADING = "deep_heading"
    LONG_LEAD = "long_lead"
    PICTURE_REFUSED = "picture_refused"


@dataclass(frozen=True, slots=True)
class Choices:
    """What the editor decided after seeing the preview."""

    #: Which of the suggested headings become headings, by their number counted from 0.
    headings: Collection[int] = ()
    first_row_heads: bool = True


@dataclass(slots=True)
class Body:
    title: str
    lead: str
    blocks: list[BlockData]
    #: The words of the paragraphs that look like headings, in their order.
    suggestions: list[str]
    report: Report = field(default_factory=Report)


def body_of(outline: Outline, page_at: PageAt, choices: Choices | None = None) -> Body:
    """Return what a page of this outline would hold."""
    return _Maker(outline, page_at, choices or Choices()).made()


def more_blocks(blocks: list[Block], page_at: PageAt, level: int) -> Body:
    """Return the blocks to add to a body whose own headings stand on ``level`` of the outline and below."""
    maker = _Maker(Outline(blocks), page_at, Choices())
    first = next((block.level for block in blocks if isinstance(block, Heading)), level)
    return maker.made_inside(list(range(level, first)))


class _Maker:
    def __init__(self, outline: Outline, page_at: PageAt, choices: Choices):
        self._outline = outline
        self._choices = choices
        self._rich = RichText(page_at, self._tell, outline.language)
        self._made: list[BlockData] = []
        self._text: list[str] = []
        self._levels: list[int] = []
        #: The level of the last heading that the writer marked; a bold line is one below it.
        self._own_level = 0
        self._suggestions: list[str] = []
        self._caption = ""
        self._table = 0
        self._near = ""
        self.report = Report()

    def made(self) -> Body:
        self._tell_other_language()
        blocks = list(self._outline.blocks)
        title = self._take_title(blocks)
        lead = self._take_lead(blocks)
        self._add_all(with_abbreviations(blocks))
        self._add_notes(self._outline.notes)
        self._close_text()
        return Body(title, lead, self._made, self._suggestions, self.report)

    def made_inside(self, levels: list[int]) -> Body:
        """Return the blocks alone, as they stand below headings of these levels."""
        self._levels = levels
        self._add_all(self._outline.blocks)
        self._close_text()
        return Body("", "", self._made, self._suggestions, self.report)

    def _tell(self, change: str, words: str = "") -> None:
        self.report.note(Change(change), Place(table=self._table, words=(words or self._near)[:80]))

    def _tell_other_language(self) -> None:
        if code := other_language(self._outline, get_language() or ""):
            info = get_language_info(code) if code in LANG_INFO else {}
            self._tell(Change.OTHER_LANGUAGE, info.get("name_local", code))

    # ---- title and lead

    def _take_title(self, blocks: list[Block]) -> str:
        for place, block in enumerate(blocks):
            if isinstance(block, Paragraph) and block.role is Role.TITLE and (words := plain(block.content)):
                del blocks[place]
                return words[:TITLE_LENGTH]
        if (heading := _only_heading_of_its_level(blocks)) is not None:
            blocks.remove(heading)
            return plain(heading.content)[:TITLE_LENGTH]
        named = self._outline.properties.get("title", "")
        if (line := _bold_line_at_the_head(blocks)) is not None:
            words = plain(line.content)
            if not named or words.casefold() == named.strip().casefold():
                blocks[:] = [block for block in blocks if block is not line]
                return words[:TITLE_LENGTH]
        return named[:TITLE_LENGTH]

    def _take_lead(self, blocks: list[Block]) -> str:
        found = [block for block in blocks if isinstance(block, Paragraph) and block.role is Role.SUBTITLE]
        lead = " ".join(plain(block.content) for block in found)
        if len(lead) > LEAD_LENGTH:
            self._tell(Change.LONG_LEAD, lead)
            return ""
        blocks[:] = [block for block in blocks if not any(block is lead_block for lead_block in found)]
        return lead

    # ---- blocks

    def _add_all(self, blocks: Sequence[Block | AbbreviationList]) -> None:
        for place, block in enumerate(counted(blocks)):
            if isinstance(block, Paragraph):
                self._paragraph(block, blocks[place + 1] if place + 1 < len(blocks) else None)
            elif isinstance(block, Heading):
                words = f"{block.label} {plain(block.content)}".strip()
                self._own_level = block.level
                self._heading(words, block.level, block)
            elif isinstance(block, ItemList):
                self._say(self._rich.items(block))
            elif isinstance(block, Table):
                self._add_table(block)
            elif isinstance(block, Quote):
                self._quote(block)
            elif isinstance(block, Aside):
                self._aside(block)
            else:
                self._abbreviations(block)

    def _put(self, type_: str, value: Any) -> BlockData:
        self._close_text()
        made = {"type": type_, "value": value, "id": str(uuid4())}
        self._made.append(made)
        return made

    def _say(self, html: str) -> None:
        if html:
            self._text.append(html)
        if self._rich.pictures:
            pictures, self._rich.pictures = self._rich.pictures, []
            for picture in pictures:
                self._put("picture", picture_value(picture))

    def _close_text(self) -> None:
        if self._text:
            html, self._text = "".join(together(self._text)), []
            self._made.append({"type": "text", "value": html, "id": str(uuid4())})

    def _paragraph(self, block: Paragraph, after: Block | None) -> None:
        words = plain(block.content)
        self._near = words
        if block.role is Role.CAPTION and self._is_caption(words, after):
            return
        if block.suggested_level:
            self._suggestions.append(words)
            if len(self._suggestions) - 1 in self._choices.headings:
                self._heading(words, self._own_level + 1, block)
                return
        self._say(self._rich.paragraph(block.content))

    def _is_caption(self, words: str, after: Block | None) -> bool:
        """Give a caption to the picture or table that it stands at; tell whether there was one."""
        last = self._made[-1] if self._made and not self._text else None
        # Below a picture, above a table; between the two only its first word tells.
        for_table = isinstance(after, Table) and words.lower().startswith(_TABLE_WORDS)
        if last and last["type"] == "picture" and not last["value"]["caption"] and not for_table:
            last["value"]["caption"] = words[:CAPTION_LENGTH]
        elif isinstance(after, Table):
            self._caption = words
        elif last and last["type"] == "table" and not last["value"]["table"]["caption"]:
            last["value"]["table"]["caption"] = words
            self.report.counts[Change.TABLE_WITHOUT_CAPTION] -= 1
            self.report.places[Change.TABLE_WITHOUT_CAPTION].pop()
        else:
            return False
        return True

    def _heading(self, words: str, level: int, block: Heading | Paragraph) -> None:
        self._near = words
        if len(words) > HEADING_LENGTH or not words:
            if words:
                self._tell(Change.LONG_HEADING, words)
            self._say(self._rich.paragraph(block.content))
            return
        while self._levels and self._levels[-1] >= level:
            self._levels.pop()
        self._levels.append(level)
        own = FIRST_LEVEL + len(self._levels) - 1
        if own > LAST_LEVEL:
            self._tell(Change.DEEP_HEADING, words)
        language = self._only_language(block.content)
        self._put("heading", {"text": words, "level": str(min(own, LAST_LEVEL)), "language": language})
        # A picture in a heading comes after it.
        self._rich.inline(block.content)
        self._say("")

    def _only_language(self, content: list[Inline]) -> str:
        """Return the language that all these words are in, if it is not that of the text; tell of some in another."""
        pieces = self._believed(content)
        languages = {piece.language for piece in pieces if any(map(str.isalpha, piece.text))}
        if len(languages) == 1:
            return languages.pop()
        self._tell_languages(pieces)
        return ""

    def _believed(self, content: list[Inline]) -> list[Text]:
        return [piece for piece in believable(content, self._outline.language) if isinstance(piece, Text)]

    def _tell_languages(self, pieces: list[Text]) -> None:
        """Tell which words are in another language where a page has no mark for them."""
        for piece in pieces:
            if piece.language:
                self._tell(Change.LANGUAGE, piece.text)

    def _quote(self, block: Quote) -> None:
        words = "\n\n".join(plain(part.content) for part in block.blocks if isinstance(part, Paragraph))
        self._put("quote", {"text": words, "author": "", "language": self._language_of(block)})

    def _abbreviations(self, listed: AbbreviationList) -> None:
        values = ({"abbreviation": entry.abbreviation, "expansion": entry.expansion} for entry in listed.entries)
        items = [{"type": "item", "value": value, "id": str(uuid4())} for value in values]
        self._put("abbreviations", {"title": listed.title, "items": items})
        for entry in listed.entries:
            self._tell_languages(self._believed(entry.content))

    def _language_of(self, block: Quote) -> str:
        """Return the language that all words of a quote are in, if it is not that of the text."""
        pieces = [piece for piece in every_inline(block.blocks) if isinstance(piece, Text) and piece.text.strip()]
        languages = {piece.language.split("-")[0].lower() for piece in pieces}
        if len(languages) == 1 and (language := languages.pop()) in spoken_languages.codes():
            return language
        self._tell_languages(pieces)
        return ""

    def _aside(self, block: Aside) -> None:
        """Make a notice of a text box of mere words; what holds more stands in the text."""
        if not all(isinstance(part, (Paragraph, ItemList, Heading)) for part in block.blocks):
            self._add_all(block.blocks)
            return
        parts, title = [], ""
        for part in block.blocks:
            if isinstance(part, Heading) and not parts and not title and len(plain(part.content)) <= 120:
                title = plain(part.content)
            elif isinstance(part, ItemList):
                parts.append(self._rich.items(part))
            elif isinstance(part, (Paragraph, Heading)):
                parts.append(self._rich.paragraph(part.content))
        if html := "".join(together(parts)):
            self._put("callout", {"kind": "info", "title": title, "text": html})
        elif title:
            self._say(f"<p><b>{title}</b></p>")
        self._say("")

    def _add_table(self, table: Table) -> None:
        self._table = table.number
        if len(table.rows) == 1 and len(table.rows[0].cells) == 1:
            self._tell(Change.TABLE_UNWRAPPED)
            self._add_all(table.rows[0].cells[0].blocks)
        else:
            self._data_table(table)
        self._table = 0

    def _data_table(self, table: Table) -> None:
        if self._outline.notes:
            table = with_raised_numbers(table)
        rows, merged = placed(table, lambda cell: cell_words(cell, self._rich, self._tell))
        guessed = int(table.seems_to_have_header and self._choices.first_row_heads)
        heads = heading_rows(rows, merged, table.header_rows, guessed)
        joined, is_exact = joining(rows, merged, heads)
        if not is_exact:
            self._tell(Change.MERGED_CELLS)
        has_row_headings = names_its_rows(rows, heads, joined)
        first = _first_headings(rows, heads)
        further = rows[len(first) : heads]
        if not heads:
            self._tell(Change.TABLE_WITHOUT_HEADER)
        caption, self._caption = self._caption or table.description, ""
        if not caption:
            self._tell(Change.TABLE_WITHOUT_CAPTION)
        columns = [" – ".join(dict.fromkeys(filter(None, column))) for column in zip(*first, strict=True)]
        data = {
            "columns": [{"type": "text", "heading": heading} for heading in columns or [""] * len(rows[0])],
            "rows": [{"values": list(row)} for row in rows[len(first) :]],
            "caption": caption,
        }
        value = {"table": data, "has_row_headings": has_row_headings}
        self._put("table", value | {"further_heading_rows": len(further), "joined_cells": str(joined)})
        self._say("")

    def _add_notes(self, notes: list[Note]) -> None:
        if not notes:
            return
        self._put("heading", {"text": _("Notes"), "level": "2"})
        items = []
        for note in notes:
            words = [self._rich.inline(b.content) for b in note.blocks if isinstance(b, (Paragraph, Heading))]
            self._tell(Change.NOTES, " ".join(plain(b.content) for b in note.blocks if isinstance(b, Paragraph)))
            items.append(f"<li>{'<br/>'.join(words)}</li>")
        self._say(f"<ol>{''.join(items)}</ol>")


def picture_value(picture: Picture) -> dict[str, Any]:
    """Return the value of a picture block, its picture still by the name in the file."""
    return {
        "image": picture.name,
        "alt": picture.alt[:ALT_LENGTH],
        "is_decorative": picture.is_decorative,
        "caption": "",
    }


def _only_heading_of_its_level(blocks: list[Block]) -> Heading | None:
    """Return the first heading when it heads the whole text."""
    headings = [block for block in blocks if isinstance(block, Heading)]
    if not headings:
        return None
    first = headings[0]
    return first if all(heading.level > first.level for heading in headings[1:]) and blocks[0] is first else None


def _bold_line_at_the_head(blocks: list[Block]) -> Paragraph | None:
    """Return the line that a text without a title begins with, if it looks like one."""
    worded = (block for block in blocks if not isinstance(block, Paragraph) or plain(block.content))
    first = next(worded, None)
    return first if isinstance(first, Paragraph) and first.suggested_level else None


def _first_headings(rows: list[list[str]], heads: int) -> list[list[str]]:
    """Return the rows whose words become the headings of the columns: one, or more than a page can keep apart."""
    return rows[: min(heads, max(1, heads - MOST_HEADING_ROWS + 1))]
