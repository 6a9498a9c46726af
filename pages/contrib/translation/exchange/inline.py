"""The inline tags of a string as codes that every format can carry: each has an id that says what it stands for.

``b-1`` is the first bold stretch, ``br-2`` the second line break, ``a1`` the link and ``span1`` the words in another
language that Localize calls so (``a1-2`` when it is used again), ``cpB-1`` a character that XML cannot hold. The id alone brings the tag back, so nothing depends on
what a program keeps beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from bs4 import BeautifulSoup, NavigableString
from bs4.element import PreformattedString
from django.utils.translation import gettext as _
from wagtail_localize.strings import INLINE_TAGS

_CODE = re.compile(r"(?P<key>cp[0-9A-F]{1,6}|(?:a|span)\d{1,6}|[a-z]+)(?:-\d{1,6})?")
_NUMBERED = re.compile(r"(?P<name>a|span)\d+")
#: XML 1.0, section 2.2, has no place for these.
_NOT_IN_XML = re.compile("([^\\t\\n\\r\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff])")


class BrokenCode(ValueError):
    """A tag that the string cannot have; the message names it, in the reader's language."""


@dataclass(frozen=True)
class Span:
    """A stretch of text inside a tag such as ``<b>`` or a link."""

    id: str
    name: str
    children: tuple[Node, ...]


@dataclass(frozen=True)
class Mark:
    """A line break, or a character that XML cannot hold."""

    id: str
    name: str


Node = str | Span | Mark


def parse(html: str, refused: re.Pattern[str] = _NOT_IN_XML) -> tuple[Node, ...]:
    """Return the text and codes of a string; characters that match ``refused`` become marks."""
    counter: Counter[str] = Counter()
    return tuple(_nodes(BeautifulSoup(html, "html.parser"), counter, refused))


def printable(text: str) -> str:
    """Return a note or a title without the characters that XML cannot hold."""
    return _NOT_IN_XML.sub("", text)


def _nodes(element, counter, refused) -> Iterator[Node]:
    for child in element.children:
        if isinstance(child, PreformattedString):
            continue  # A comment says nothing to a translator.
        if isinstance(child, NavigableString):
            for number, piece in enumerate(refused.split(str(child))):
                if number % 2:
                    yield Mark(_next_id(f"cp{ord(piece):X}", counter), "cp")
                elif piece:
                    yield piece
        elif child.name == "br":
            yield Mark(_next_id("br", counter), "br")
        else:
            id_ = _next_id(child.attrs.get("id") or child.name, counter)
            yield Span(id_, child.name, tuple(_nodes(child, counter, refused)))


def _next_id(key, counter) -> str:
    counter[key] += 1
    return key if _NUMBERED.fullmatch(key) and counter[key] == 1 else f"{key}-{counter[key]}"


def opening(code: str) -> str:
    """Return the tag that a code opens, as Localize writes it."""
    key = _key(code)
    numbered = _NUMBERED.fullmatch(key)
    return f'<{numbered["name"]} id="{key}">' if numbered else f"<{key}>"


def closing(code: str) -> str:
    return f"</{_key(code).rstrip('0123456789')}>"


def standing(code: str) -> str:
    """Return what a code without content stands for."""
    match = _CODE.fullmatch(code or "")
    if match and len(match["key"]) > 2 and match["key"].startswith("cp"):
        number = int(match["key"][2:], 16)
        if 0 < number < 0xD800 or 0xDFFF < number <= 0x10FFFF:  # no NUL, no half of a pair
            return chr(number)
    if match and match["key"] == "br":
        return "<br/>"
    raise _broken(code)


def _key(code) -> str:
    match = _CODE.fullmatch(code or "")
    key = match["key"] if match else ""
    if not _NUMBERED.fullmatch(key) and (key not in INLINE_TAGS or key == "br"):
        raise _broken(code)
    return key


def _broken(code) -> BrokenCode:
    return BrokenCode(_("The tag “%(tag)s” is none that the text can have.") % {"tag": str(code or "?")[:40]})


class Builder:
    """Puts a string of Localize together from what a file says, and refuses tags that do not close."""

    def __init__(self):
        self.parts: list[str] = []
        self.open: list[str] = []

    def text(self, text: str | None) -> None:
        self.parts.append(escape(text or "", quote=False))

    def begin(self, code: str) -> None:
        self.parts.append(opening(code))
        self.open.append(code)

    def end(self, code: str) -> None:
        if not self.open or closing(self.open[-1]) != closing(code):
            raise BrokenCode(_("The tag “%(tag)s” is closed in the wrong place.") % {"tag": code[:40]})
        self.parts.append(closing(self.open.pop()))

    def mark(self, code: str) -> None:
        self.parts.append(escape(standing(code), quote=False) if code.startswith("cp") else standing(code))

    def html(self) -> str:
        if self.open:
            raise BrokenCode(_("The tag “%(tag)s” is never closed.") % {"tag": self.open[-1][:40]})
        return "".join(self.parts)


def spans(nodes: Iterable[Node]) -> Iterator[Span | Mark]:
    """Yield every code of a string, in the order of the text."""
    for node in nodes:
        if not isinstance(node, str):
            yield node
        if isinstance(node, Span):
            yield from spans(node.children)


def text_of(nodes: Iterable[Node]) -> str:
    """Return the words without their tags."""
    return "".join(_text(node) for node in nodes)


def _text(node) -> str:
    if isinstance(node, str):
        return node
    if isinstance(node, Span):
        return text_of(node.children)
    return "\n" if node.name == "br" else ""
