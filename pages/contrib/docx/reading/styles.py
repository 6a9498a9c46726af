"""What styles say, with what they are based on: levels of headings, numbering, marks, languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from pages.interchange.outline import Role

from .names import W, child_value, is_on, number, value

TOGGLES = ("b", "i", "vanish")

# Word itself stores "heading 1" in every language; other programs store what their reader sees.
_HEADING_WORDS = (
    "heading|nagłówek|заголовок|überschrift|nadpis|titre|título|titolo|encabezado|kop|rubrik|overskrift|otsikko|"
    "antraštė|virsraksts|címsor|naslov|titlu|заглавие|загаловак|επικεφαλίδα|başlık|pealkiri|标题|標題|見出し|제목|"
    "כותרת|عنوان"
)
_HEADING = re.compile(rf"(?:{_HEADING_WORDS})[ _]?([1-9])$")
_TITLES = frozenset(("title", "tytuł", "назва", "titel", "название"))
_SUBTITLES = frozenset(("subtitle", "podtytuł", "підзаголовок", "untertitel", "sous-titre", "podtitul", "подзаголовок"))
_CAPTIONS = frozenset(("caption", "legenda", "podpis", "beschriftung", "légende", "titulek", "назва об'єкта"))
_QUOTES = frozenset(
    ("quote", "intense quote", "block text", "cytat", "cytat intensywny", "цитата", "zitat", "citation", "quotations")
)
_CONTENTS = re.compile(r"(?:toc ?\d?|table of figures|toc heading)$")


@dataclass(slots=True)
class Style:
    """One style as it is written, without what it is based on."""

    name: str
    based_on: str
    outline: int | None = None
    number_id: str | None = None
    number_level: int | None = None
    toggles: dict[str, bool] = field(default_factory=dict)
    language: str = ""
    right_to_left: bool | None = None


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What follows from the style of a paragraph and those it is based on."""

    id: str = ""
    name: str = ""
    #: The level of "heading N", from 1, or 0.
    heading: int = 0
    #: The outline level from 1, 10 where it says "body text", 0 where it says nothing.
    outline: int = 0
    number_id: str | None = None
    number_level: int | None = None
    bold: bool = False
    italic: bool = False
    vanish: bool = False
    language: str = ""
    right_to_left: bool = False
    is_quote: bool = False
    is_contents: bool = False
    role: Role = Role.BODY


class Styles:
    """The styles of a file; whatever is missing or refers in a circle reads as a plain paragraph."""

    def __init__(self, root: etree._Element | None):
        self._styles: dict[str, Style] = {}
        self._default = ""
        self.defaults: dict[str, bool] = {}
        self.language = ""
        self._paragraphs: dict[str, ParagraphStyle] = {}
        self._characters: dict[tuple[str, str], object] = {}
        if root is not None:
            self._read(root)

    def _read(self, root: etree._Element) -> None:
        for element in root.iter(W + "style"):
            id_ = element.get(W + "styleId", "")
            self._styles[id_] = _style(element)
            is_default = element.get(W + "default") in ("1", "true", "on")
            if is_default and element.get(W + "type", "paragraph") == "paragraph":
                self._default = id_
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        if defaults is not None:
            self.defaults = {name: bool(is_on(defaults.find(W + name))) for name in TOGGLES}
            self.language = value(defaults.find(W + "lang"))

    def __contains__(self, id_: str) -> bool:
        return id_ in self._styles

    def chain(self, id_: str) -> Iterator[tuple[str, Style]]:
        """Yield a style and those it is based on."""
        seen: set[str] = set()
        while id_ in self._styles and id_ not in seen:
            seen.add(id_)
            yield id_, self._styles[id_]
            id_ = self._styles[id_].based_on

    def paragraph(self, id_: str) -> ParagraphStyle:
        """Return what a paragraph's style means; an unknown one is the default."""
        if id_ not in self._styles:
            id_ = self._default
        if id_ not in self._paragraphs:
            self._paragraphs[id_] = self._resolved(id_)
        return self._paragraphs[id_]

    def toggle(self, id_: str, name: str) -> bool:
        """Return what a character style says about bold, italic or hidden."""
        return bool(self._first(id_, name, lambda style: style.toggles.get(name)))

    def character_language(self, id_: str) -> str:
        return str(self._first(id_, "lang", lambda style: style.language or None) or "")

    def _first(self, id_, key, of):
        known = (id_, key)
        if known not in self._characters:
            self._characters[known] = next(
                (found for _, style in self.chain(id_) if (found := of(style)) is not None), None
            )
        return self._characters[known]

    def _resolved(self, id_: str) -> ParagraphStyle:
        chain = [style for _, style in self.chain(id_)]
        names = [style.name for style in chain]
        own = names[0] if names else ""
        outline = _first_of(chain, "outline")
        return ParagraphStyle(
            id=id_,
            name=own,
            heading=next((int(match[1]) for name in names if (match := _HEADING.match(name))), 0),
            outline=0 if outline is None else outline + 1,
            number_id=_first_of(chain, "number_id"),
            number_level=_first_of(chain, "number_level"),
            bold=self.toggle(id_, "b"),
            italic=self.toggle(id_, "i"),
            vanish=self.toggle(id_, "vanish"),
            language=self.character_language(id_),
            right_to_left=bool(_first_of(chain, "right_to_left")),
            is_quote=any(name in _QUOTES for name in names),
            is_contents=bool(_CONTENTS.match(own)),
            role=_role(own),
        )


def _first_of(chain, name):
    return next((found for style in chain if (found := getattr(style, name)) is not None), None)


def _role(name: str) -> Role:
    if name in _TITLES:
        return Role.TITLE
    if name in _SUBTITLES:
        return Role.SUBTITLE
    return Role.CAPTION if name in _CAPTIONS else Role.BODY


def _style(element: etree._Element) -> Style:
    style = Style(child_value(element, "name").strip().lower(), child_value(element, "basedOn"))
    paragraph, run = element.find(W + "pPr"), element.find(W + "rPr")
    if paragraph is not None:
        level = paragraph.find(W + "outlineLvl")
        if level is not None:
            style.outline = min(number(value(level), 9), 9)
        numbering = paragraph.find(W + "numPr")
        if numbering is not None:
            style.number_id = child_value(numbering, "numId") or None
            if numbering.find(W + "ilvl") is not None:
                style.number_level = number(child_value(numbering, "ilvl"))
        style.right_to_left = is_on(paragraph.find(W + "bidi"))
    if run is not None:
        for name in TOGGLES:
            if (switch := is_on(run.find(W + name))) is not None:
                style.toggles[name] = switch
        style.language = value(run.find(W + "lang"))
    return style
