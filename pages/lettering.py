"""Lines of text drawn on a picture in the site's own fonts, in any of its scripts and directions."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from django.contrib.staticfiles import finders
from PIL import ImageDraw, ImageFont

from .colours import RGB
from .formats import direction
from .writing_directions import LTR, RTL, stretches

DISPLAY, TEXT = "Brygada 1918", "Tekst Sans"
#: What stands in for letters that a family does not have, as in ``--font-display`` of the style sheets.
FALLBACK = "Noto Naskh Arabic"
ELLIPSIS = "…"


class FontFile(NamedTuple):
    """A font file and the letters that are taken from it."""

    family: str
    path: str
    ranges: tuple[tuple[int, int], ...]

    def has(self, letter: str) -> bool:
        return any(first <= ord(letter) <= last for first, last in self.ranges)


@cache
def _font_files() -> list[FontFile]:
    """Read the fonts from the style sheet that gives them to browsers, so that both agree."""
    sheet = Path(finders.find("css/fonts.css")).read_text(encoding="utf-8")
    return [file for rule in re.findall(r"@font-face\s*{(.*?)}", sheet, re.DOTALL) if (file := _font_file(rule))]


def _font_file(rule: str) -> FontFile | None:
    found = re.search(r'url\("\.\./(.+?)"\)', rule)
    if not found:
        return None
    family = re.search(r'font-family: "(.+?)"', rule)[1]
    ends = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", rule)
    return FontFile(family, finders.find(found[1]), tuple((int(a, 16), int(b or a, 16)) for a, b in ends))


@lru_cache(maxsize=128)
def _font(path: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.RAQM)
    axis = font.get_variation_axes()[0]
    font.set_variation_by_axes([max(axis["minimum"], min(axis["maximum"], weight))])
    return font


class Run(NamedTuple):
    """Letters that stand together: one font, one direction."""

    text: str
    path: str
    direction: str


@dataclass(frozen=True)
class Lettering:
    """A way to write: family, size in pixels, weight, and the language of the words."""

    family: str
    size: int
    weight: int
    language: str

    @cached_property
    def base(self) -> str:
        return direction(self.language)

    @property
    def leading(self) -> float:
        """The distance of two lines; Arabic needs more, as in the style sheets."""
        return self.size * (1.4 if self.base == RTL else 1.14)

    def sized(self, size: int) -> Lettering:
        return Lettering(self.family, size, self.weight, self.language)

    def width(self, text: str) -> float:
        return sum(self._length(run) for run in self._runs(text))

    def draw(self, pen: ImageDraw.ImageDraw, text: str, x: float, baseline: float, colour: RGB) -> None:
        """Write one line; ``x`` is where it begins: its left edge, or in Arabic its right one."""
        runs = self._runs(text)
        left = x if self.base == LTR else x - sum(self._length(run) for run in runs)
        for run in runs:
            font = _font(run.path, self.size, self.weight)
            pen.text((left, baseline), run.text, colour, font, anchor="ls", direction=run.direction)
            left += self._length(run)

    def _length(self, run: Run) -> float:
        return _font(run.path, self.size, self.weight).getlength(run.text, direction=run.direction)

    def _runs(self, text: str) -> list[Run]:
        """Return the runs of a line from left to right, as they are seen."""
        return [run for part, way in stretches(text, self.base) for run in self._one_way(part, way)]

    def _one_way(self, part: str, way: str) -> list[Run]:
        runs = [Run("".join(letters), path, way) for path, letters in groupby(part, key=self._file_of)]
        return runs if way == LTR else runs[::-1]

    def _file_of(self, letter: str) -> str:
        files = sorted(_font_files(), key=lambda file: (file.family != self.family, file.family != FALLBACK))
        return next((file.path for file in files if file.has(letter)), files[0].path)


def lines(text: str, width_of: Callable[[str], float], width: float) -> list[str]:
    """Break a text into lines no wider than ``width``; a word that is wider is broken where it must be."""
    written: list[str] = []
    line = ""
    for word in filter(None, re.split(r"[ \n\t]+", text)):  # not at the spaces that keep words together
        for piece in _pieces(word, width_of, width):
            longer = f"{line} {piece}".strip()
            if line and width_of(longer) > width:
                written.append(line)
                longer = piece
            line = longer
    return [*written, line] if line else written


def _pieces(word: str, width_of: Callable[[str], float], width: float) -> list[str]:
    pieces = []
    while width_of(word) > width and len(word) > 1:
        fitting = next((end for end in range(len(word) - 1, 1, -1) if width_of(word[:end]) <= width), 1)
        pieces.append(word[:fitting])
        word = word[fitting:]
    return [*pieces, word]


def fitted(text: str, lettering: Lettering, box: tuple[float, float], sizes: list[int]) -> tuple[Lettering, list[str]]:
    """Return the largest of ``sizes`` in which the text fits a box, and its lines; at the smallest it is clipped."""
    width, height = box
    for size in sizes:
        tried = lettering.sized(size)
        broken, most_lines = lines(text, tried.width, width), int(height // tried.leading)
        if len(broken) <= most_lines:
            return tried, broken
    return tried, _clipped(broken, tried, width, most_lines)


def _clipped(broken: list[str], lettering: Lettering, width: float, most_lines: int) -> list[str]:
    """Cut a text at a word and say by an ellipsis that it goes on."""
    last = broken[most_lines - 1]
    while lettering.width(last + ELLIPSIS) > width and " " in last:
        last = last.rpartition(" ")[0]
    return [*broken[: most_lines - 1], last.rstrip(" ,;:–-") + ELLIPSIS]
