"""The blocks of a body, and the files and pictures that pages show, as parts of an outline."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.rich_text import RichText, expand_db_html

from media.models import SiteDocument, SiteImage
from pages import formats
from pages.body import UNAVAILABLE
from pages.footnotes import footnotes_of
from pages.templatetags.page_tags import block_items

from .footnotes import taken_as_notes
from .markup import blocks_of
from .outline import (
    Aside,
    Block,
    Heading,
    Inline,
    Item,
    ItemList,
    LineBreak,
    Link,
    Note,
    Paragraph,
    Picture,
    Quote,
    Role,
    Text,
)
from .tables import as_table

#: The deepest heading a page has; Word and HTML know no deeper one than 6 below a title.
DEEPEST = 6


@dataclass
class Telling:
    """What is needed to tell a page: where it stands, its language, the pictures met on the way."""

    base: str
    language: str
    images: dict[str, SiteImage] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    # --- words ----------------------------------------------------------------------------------

    def rich_text(self, value: RichText | str | None) -> list[Block]:
        """Return what a rich text says, its links complete."""
        source = value.source if isinstance(value, RichText) else value
        return blocks_of(expand_db_html(source or ""), self.base, self.language)

    def link(self, words: str, address: str, language: str = "") -> Text:
        """Return words that lead to an address of the site or of another."""
        return Text(words, link=Link(urljoin(self.base, address)), language=self.foreign(language))

    def foreign(self, language: str) -> str:
        """Return the language if it is another than the page's, else nothing."""
        return "" if language.split("-")[0] == self.language.split("-")[0] else language

    # --- pictures and files ---------------------------------------------------------------------

    def picture(self, image: SiteImage | None, alt: str, caption: str = "", is_decorative: bool = False) -> list[Block]:
        """Return a picture and under it, if there are any, its caption and whom to credit."""
        if image is None:
            return []
        name = f"image-{image.pk}"
        self.images[name] = image
        shown = Picture(name, "" if is_decorative else alt, is_decorative or not alt, "jpeg")
        words = " · ".join(filter(None, [caption, image.credit]))
        return [Paragraph([shown]), *([Paragraph([Text(words)], Role.CAPTION)] if words else [])]

    def document(self, document: SiteDocument, title: str = "") -> list[Inline]:
        """Return a link to a document with its format, size and language, as readers see it."""
        facts = pgettext("between parts of a list", ", ").join(formats.file_facts(document))
        words = title or document.title
        return [
            self.link(f"{words} ({facts})" if facts else words, document.url, "" if title else document.language),
        ]

    def document_group(self, title: str, level: int, documents: Iterable, note: str = "") -> list[Block]:
        """Return a group of documents under its title; an empty one says what will come."""
        items = [Item([Paragraph(self.document(document, named))]) for document, named in documents]
        empty = Paragraph([Text(note or _("The files will appear here as soon as we publish them."))])
        return [*_heading(level, title), ItemList(False, items) if items else empty]

    # --- the body -------------------------------------------------------------------------------

    def body(self, stream: Iterable | None, level: int) -> list[Block]:
        """Return the blocks of a body whose headings leave no level out; ``level`` is that of its parts."""
        found: list[Block] = []
        current = level - 1
        notes = footnotes_of(stream)
        for block in stream or ():
            if block.block_type == "heading":
                # An editor's level 2 is a part of the page.
                current = max(level, min(int(block.value["level"]) - 2 + level, current + 1))
                found += _heading(current, block.value["text"], self.foreign(block.value["language"]))
            elif block.block_type != UNAVAILABLE:
                told = self.block(block, min(current + 1, DEEPEST))
                if notes and block.id == notes.listed and (taken := taken_as_notes(found[:-1], told)):
                    # A program heads its footnotes by itself.
                    found.pop()
                    self.notes += taken
                else:
                    found += told
        return found

    def block(self, block: Any, level: int) -> list[Block]:
        """Return one block; one of a plugin tells itself in ``get_outline(value, telling, level)``, else by its HTML."""
        if tell := TELL.get(block.block_type):
            return tell(self, block.value, level)
        if tell_itself := getattr(block.block, "get_outline", None):
            return list(tell_itself(block.value, self, level))
        return blocks_of(
            block.render({"heading": f"h{level}", "subheading": f"h{level + 1}"}), self.base, self.language
        )


def _heading(level: int, words: str, language: str = "") -> list[Block]:
    return [Heading(min(level, DEEPEST), [Text(words, language=language)])] if words else []


def labelled(label: str, *content: Inline) -> Paragraph:
    """Return a fact with its name before it: "Where: Łódź"."""
    return Paragraph([Text(f"{label}:", bold=True), Text(" "), *content])


def lines(words: str, **marks: Any) -> list[Inline]:
    """Return words of several lines as inline content."""
    found: list[Inline] = []
    for line in filter(None, (line.strip() for line in words.splitlines())):
        found += [LineBreak(), Text(line, **marks)] if found else [Text(line, **marks)]
    return found


def _text(telling: Telling, value: Any, level: int) -> list[Block]:
    return telling.rich_text(value)


def _quote(telling: Telling, value: Any, level: int) -> list[Block]:
    said: list[Block] = [Paragraph(lines(value["text"], language=telling.foreign(value["language"])))]
    if value["author"]:
        said.append(Paragraph([Text(value["author"], italic=True)]))
    return [Quote(said)]


def _callout(telling: Telling, value: Any, level: int) -> list[Block]:
    said = telling.rich_text(value["text"])
    if value["title"]:
        # In one paragraph with what follows: alone it would look like a heading that is none.
        first = said.pop(0).content if said and isinstance(said[0], Paragraph) else []
        said.insert(0, Paragraph([Text(value["title"], bold=True), LineBreak(), *first]))
    return [Aside(said)]


def _accordion(telling: Telling, value: Any, level: int) -> list[Block]:
    parts = block_items(value)
    below = level + bool(value["title"])
    inner = [piece for part in parts for piece in (*_heading(below, part["title"]), *telling.rich_text(part["text"]))]
    return [*_heading(level, value["title"]), *inner]


def _abbreviations(telling: Telling, value: Any, level: int) -> list[Block]:
    items = [
        Item([Paragraph([Text(item["abbreviation"], bold=True), Text(f" – {item['expansion']}")])])
        for item in value["items"]
    ]
    return [*_heading(level, value["title"]), ItemList(False, items)]


def _picture(telling: Telling, value: Any, level: int) -> list[Block]:
    return telling.picture(value["image"], value["alt"], value["caption"], value["is_decorative"])


def _gallery(telling: Telling, value: Any, level: int) -> list[Block]:
    shown = [block for picture in value["pictures"] for block in _picture(telling, picture, level)]
    return [*_heading(level, value["title"]), *shown]


def _embed(telling: Telling, value: Any, level: int) -> list[Block]:
    words = _("Watch on %(provider)s") % {"provider": value.provider}
    watch = Paragraph([Text(f"{value['title']}. "), telling.link(f"{words}: {value['title']}", value["url"])])
    return [watch, *telling.rich_text(value["transcript"])]


def _attachments(telling: Telling, value: Any, level: int) -> list[Block]:
    documents = [(item["document"], item["title"]) for item in value["documents"] if item["document"]]
    if not documents and not value["is_expected"]:
        return []
    return telling.document_group(value["title"], level, documents)


def _table(telling: Telling, value: Any, level: int) -> list[Block]:
    table = value["table"]
    caption = [Paragraph([Text(table.caption)], Role.CAPTION)] if table.caption else []
    rows = value.rows_of_words()
    if len(table.columns) < 2:
        # A table of one column is a list; as a table it would only be a frame.
        items = [Item([Paragraph([Text(cell)])]) for row in rows[1:] for cell in row if cell]
        return [*caption, ItemList(False, items)] if items else []
    heading_rows = 1 + value.heading_rows
    said = [row for place, row in enumerate(rows) if place < heading_rows or any(row)]
    return [*caption, as_table(value.shown_with(said), is_bold=lambda cell: bool(cell.scope))]


def _contact(telling: Telling, value: Any, level: int) -> list[Block]:
    name: list[Inline] = [Text(value["name"], bold=True)]
    return [contact(telling, [*name, *([LineBreak(), Text(value["role"])] if value["role"] else [])], value)]


def contact(telling: Telling, name: list[Inline], ways: Any) -> Paragraph:
    """Return the ways to reach somebody, one in a line; ``ways`` has ``email``, ``phone``, perhaps ``address``."""
    content = list(name)
    for found in (
        [telling.link(ways["email"], f"mailto:{ways['email']}")] if ways.get("email") else [],
        [Text(ways["phone"])] if ways.get("phone") else [],
        lines(ways.get("address") or ""),
    ):
        content += [LineBreak(), *found] if found and content else found
    return Paragraph(content)


def _links(telling: Telling, value: Any, level: int) -> list[Block]:
    items = [Item([Paragraph([telling.link(item.label, item.href)])]) for item in block_items(value) if item.href]
    return [*_heading(level, value["title"]), ItemList(False, items)] if items else []


TELL: dict[str, Callable[[Telling, Any, int], list[Block]]] = {
    "text": _text,
    "quote": _quote,
    "callout": _callout,
    "accordion": _accordion,
    "abbreviations": _abbreviations,
    "picture": _picture,
    "gallery": _gallery,
    "embed": _embed,
    "attachments": _attachments,
    "table": _table,
    "contact": _contact,
    "links": _links,
}
