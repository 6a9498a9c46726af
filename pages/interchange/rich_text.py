"""Inline content and lists as Wagtail's rich text, with nothing that its editor would drop at the next save."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from itertools import groupby
from urllib.parse import urlsplit

from pages.foreign_words import opening_tag
from pages.list_numbers import allowed
from pages.spoken_languages import known_code

from .noted_languages import believable
from .outline import (
    Block,
    Equation,
    Heading,
    Inline,
    ItemList,
    LineBreak,
    Link,
    NoteMark,
    Paragraph,
    Picture,
    Text,
    by_link,
)

#: From an address to the primary key of the page of this site that stands there, or None.
PageAt = Callable[[str], "int | None"]
#: Underlined words are emphasis; on the web a line under words means a link.
_MARKS = (("bold", "b"), ("italic", "i"), ("superscript", "sup"), ("subscript", "sub"))


class RichText:
    """Writes rich text, and gathers what does not fit into it: pictures, and what ``tell`` is told about.

    ``language`` is that of the whole text; words in another one are marked where that can be believed.
    """

    def __init__(self, page_at: PageAt, tell: Callable[[str, str], None], language: str = ""):
        self._page_at = page_at
        self._tell = tell
        self._language = language
        self.pictures: list[Picture] = []

    def paragraph(self, content: list[Inline]) -> str:
        inner = self.inline(content).strip()
        return f"<p>{inner}</p>" if inner else ""

    def items(self, block: ItemList) -> str:
        if _is_filler(block):
            # Word began deeper than its first level; nobody needs an empty item around the list.
            return "".join(self.items(inner) for inner in block.items[0].blocks if isinstance(inner, ItemList))
        if any(item.label for item in block.items):
            self._tell("list_labels", block.items[0].label)
        tag = "ol" if block.ordered else "ul"
        inner = "".join(f"<li>{self._item(item.blocks)}</li>" for item in block.items)
        if block.ordered and allowed(block.start) not in (None, 1):
            inner = _beginning_with(block.start, inner)
        return f"<{tag}>{inner}</{tag}>"

    def _item(self, blocks: list[Block]) -> str:
        parts = []
        for block in blocks:
            if isinstance(block, (Paragraph, Heading)):
                parts.append(self.inline(block.content))
            elif isinstance(block, ItemList):
                parts.append(self.items(block))
        return "".join(together(parts))

    def inline(self, content: list[Inline]) -> str:
        for piece in content:
            if isinstance(piece, Text) and piece.language and not known_code(piece.language):
                self._tell("language", piece.text)
        parts = []
        for link, pieces in by_link(believable(content, self._language), _link_of):
            opening, closing = self._link(link)
            parts += [opening, *(self._stretch(code, same) for code, same in groupby(pieces, _language_of)), closing]
        return "".join(parts)

    def _stretch(self, code: str, pieces: Iterable[Inline]) -> str:
        words = "".join(map(self._piece, pieces))
        if not code or not words.strip():
            return words
        # Spaces at its ends are of no language.
        begin, end = len(words) - len(words.lstrip(" ")), len(words.rstrip(" "))
        return f"{words[:begin]}{opening_tag(code)}{words[begin:end]}</span>{words[end:]}"

    def _link(self, link: Link | None) -> tuple[str, str]:
        if link is None:
            return "", ""
        if link.is_internal:
            self._tell("link_to_place", link.address[1:])
            return "", ""
        page = self._page_at(link.address)
        if page is not None:
            return f'<a id="{page}" linktype="page">', "</a>"
        if not urlsplit(link.address).scheme:
            self._tell("link_beside_file", link.address)
            return "", ""
        return f'<a href="{escape(link.address)}">', "</a>"

    def _piece(self, piece: Inline) -> str:
        if isinstance(piece, Text):
            return self._text(piece)
        if isinstance(piece, LineBreak):
            return "<br/>"
        if isinstance(piece, NoteMark):
            return f"<sup>{piece.number}</sup>"
        if isinstance(piece, Equation):
            self._tell("equation", piece.text)
            return f" {escape(piece.text, quote=False)} "
        if isinstance(piece, Picture):
            self.pictures.append(piece)
        return ""

    def _text(self, piece: Text) -> str:
        words = escape(piece.text.replace("\t", " "), quote=False)
        if not piece.text.strip():
            return words
        for mark, tag in _MARKS:
            if getattr(piece, mark):
                words = f"<{tag}>{words}</{tag}>"
        if piece.underline and not piece.italic and not piece.link:
            words = f"<i>{words}</i>"
        if piece.strike:
            self._tell("struck", piece.text)
        return words


def _link_of(piece: Inline) -> Link | None:
    return piece.link if isinstance(piece, Text) else None


def _language_of(piece: Inline) -> str:
    return piece.language if isinstance(piece, Text) else ""


def _is_filler(block: ItemList) -> bool:
    first = block.items[0].blocks if block.items else []
    return len(block.items) == 1 and bool(first) and isinstance(first[0], ItemList)


def _beginning_with(number: int, items: str) -> str:
    return items.replace("<li>", f'<li value="{number}">', 1)


def together(parts: Iterable[str]) -> list[str]:
    """Return the parts of a rich text with lists of one kind that touch as one list: the editor stores them so."""
    done: list[str] = []
    for part in filter(None, parts):
        tag, items = part[:4], part[4:]
        if done and tag in ("<ol>", "<ul>") and done[-1].endswith(f"</{tag[1:]}"):
            if tag == "<ol>" and items.startswith("<li>"):
                items = _beginning_with(1, items)
            done[-1] = done[-1].removesuffix(f"</{tag[1:]}") + items
        else:
            done.append(part)
    return done
