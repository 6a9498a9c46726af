"""Which paragraphs are items of lists, and what number Word prints before each."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from .names import W, child_value, is_on, number, value
from .numerals import written
from .styles import ParagraphStyle, Styles

MAX_LEVEL = 8
_DECIMAL = ("decimal", "decimalZero")


@dataclass(frozen=True, slots=True)
class Level:
    format: str = "decimal"
    text: str = "%1."
    start: int = 1
    paragraph_style: str = ""
    is_bullet: bool = False
    #: Whether the levels above are shown as digits here, whatever they look like themselves.
    is_legal: bool = False
    #: The level, counted from 1, from which on up a new item lets this one begin again; 0 for none of them.
    begins_again_after: int = MAX_LEVEL + 1

    @property
    def is_numberless(self) -> bool:
        """Whether nothing is printed, so that the paragraph is no item to its reader."""
        return self.format == "none" or (not self.text and not self.is_bullet)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a paragraph stands in a list; ``level`` counts from 0 as Word does."""

    list_id: str
    level: int
    ordered: bool
    number: int
    #: What Word prints before it, as ``§ 3.`` or ``2.1``; empty for a bullet.
    label: str
    #: Whether the label says more than a plain number, letter or Roman numeral with its dot.
    is_telling: bool


@dataclass(slots=True)
class _Num:
    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]


class Numbering:
    """The lists of a file, and how far each has been counted."""

    def __init__(self, root: etree._Element | None, styles: Styles):
        self._styles = styles
        self._nums: dict[str, _Num] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[str] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: etree._Element) -> None:
        abstracts: dict[str, dict[int, Level]] = {}
        linked: dict[str, str] = {}
        by_style: dict[str, str] = {}
        for element in root.iter(W + "abstractNum"):
            id_ = element.get(W + "abstractNumId", "")
            abstracts[id_] = {_level_of(level): _level(level) for level in element.iter(W + "lvl")}
            if style := child_value(element, "numStyleLink"):
                linked[id_] = style
            if style := child_value(element, "styleLink"):
                by_style[style] = id_
        for element in root.iter(W + "num"):
            abstract = child_value(element, "abstractNumId")
            if element.find(W + "abstractNumId") is None:
                continue
            if abstract in linked:
                # One step is enough: what is linked to a link is a circle.
                abstract = by_style.get(linked[abstract], "")
            num = _Num(abstract, dict(abstracts.get(abstract, {})), {})
            _override(element, num)
            self._nums[element.get(W + "numId", "")] = num

    def position(self, properties: etree._Element | None, style: ParagraphStyle) -> Position | None:
        """Return a paragraph's place in a list, or None; counts, so ask once for each in reading order."""
        id_, level = self._asked(properties, style)
        num = self._nums.get(id_) if id_ and id_ != "0" else None
        if num is None:
            return None
        level = max(0, level)
        found = num.levels.get(level, Level())
        if found.is_numberless:
            return None
        if found.is_bullet:
            return Position(id_, level, ordered=False, number=0, label="", is_telling=False)
        count = self._count(id_, num, level)
        label = self._label(num, level)
        return Position(id_, level, ordered=True, number=count, label=label, is_telling=_is_telling(found, level))

    def _asked(self, properties, style) -> tuple[str, int]:
        direct = properties.find(W + "numPr") if properties is not None else None
        id_ = child_value(direct, "numId") if direct is not None else ""
        level = None
        if direct is not None and direct.find(W + "ilvl") is not None:
            level = number(child_value(direct, "ilvl"))
        if not id_:
            id_ = style.number_id or ""
            if level is None and id_:
                level = style.number_level
                if level is None:
                    level = self._level_of_style(id_, style)
        return id_, level or 0

    def _level_of_style(self, id_: str, style: ParagraphStyle) -> int:
        ids = {known for known, _ in self._styles.chain(style.id)}
        num = self._nums.get(id_)
        levels = num.levels.items() if num else ()
        return next((level for level, found in levels if found.paragraph_style in ids), 0)

    def _count(self, id_: str, num: _Num, level: int) -> int:
        counts = self._counts.setdefault(num.abstract, {})
        if id_ not in self._started:
            self._started.add(id_)
            for restarted in num.starts:
                counts.pop(restarted, None)
        for above in range(level):
            # A deeper item that comes first begins the levels above it, too: behind 1.1 comes 2, as Word has it.
            counts.setdefault(above, _start(num, above))
        counts[level] = counts[level] + 1 if level in counts else _start(num, level)
        for deeper in [known for known in counts if known > level]:
            if level < num.levels.get(deeper, Level()).begins_again_after:
                del counts[deeper]
        return counts[level]

    def _label(self, num: _Num, level: int) -> str:
        counts = self._counts[num.abstract]
        own = num.levels.get(level, Level())
        label = own.text
        if "%" not in label:
            return label.strip()
        for shown in range(min(level, MAX_LEVEL) + 1):
            found = num.levels.get(shown, Level())
            counted = counts.get(shown, found.start)
            label = label.replace(f"%{shown + 1}", written(counted, "decimal" if own.is_legal else found.format))
        return label.strip()


def _start(num: _Num, level: int) -> int:
    return num.starts.get(level, num.levels.get(level, Level()).start)


def _is_telling(level: Level, place: int) -> bool:
    return level.text.strip(" .)(") != f"%{place + 1}" or level.format not in _DECIMAL


def _level_of(element: etree._Element) -> int:
    return number(element.get(W + "ilvl", "0"))


def _level(element: etree._Element) -> Level:
    form = child_value(element, "numFmt") or "decimal"
    restart = element.find(W + "lvlRestart")
    has_picture = element.find(W + "lvlPicBulletId") is not None
    return Level(
        format=form,
        text=child_value(element, "lvlText"),
        start=number(child_value(element, "start"), 1) if element.find(W + "start") is not None else 1,
        paragraph_style=child_value(element, "pStyle"),
        is_bullet=has_picture or form == "bullet",
        is_legal=bool(is_on(element.find(W + "isLgl"))),
        begins_again_after=MAX_LEVEL + 1 if restart is None else number(value(restart), MAX_LEVEL + 1),
    )


def _override(element: etree._Element, num: _Num) -> None:
    for override in element.iter(W + "lvlOverride"):
        level = _level_of(override)
        own = override.find(W + "lvl")
        if own is not None:
            num.levels[level] = _level(own)
        start = override.find(W + "startOverride")
        if start is not None:
            num.starts[level] = number(value(start), 1)
