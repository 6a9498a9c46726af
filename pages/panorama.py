"""The row of houses that stands at the foot of every page, drawn on a picture."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from PIL import Image, ImageDraw

from .colours import RGB

WIDTH, HEIGHT = 1680, 260
#: Drawn larger, then made smaller: Pillow draws without soft edges.
OVERSAMPLING = 2

Point = tuple[float, float]


def draw(drawing: str, size: tuple[int, int], colours: dict[str, RGB]) -> Image.Image:
    """Return the houses of a drawing among the static files, on a transparent ground.

    They are as wide as ``size`` and stand on its lower edge; ``colours`` are the site's tokens by name.
    """
    width, height = (side * OVERSAMPLING for side in size)
    scale = width / WIDTH
    picture = Image.new("RGBA", (width, height))
    pen = ImageDraw.Draw(picture)
    for name, outline in _outlines(drawing):
        shown = [(x * scale, height - (HEIGHT - y) * scale) for x, y in outline]
        pen.polygon(shown, fill=colours[name])
    return picture.resize(size, Image.Resampling.LANCZOS)


@cache
def _outlines(drawing: str) -> list[tuple[str, list[Point]]]:
    """Return the outlines of a drawing with the names of their colours, in the order they are painted."""
    source = Path(finders.find(drawing)).read_text(encoding="utf-8")
    paths = re.findall(r'<path fill="var\(--([\w-]+)\)" d="([^"]+)"', source)
    return [(name, outline) for name, path in paths for outline in _polygons(path)]


def _polygons(path: str) -> Iterator[list[Point]]:
    """Read the commands that our drawings use: M h v l q a z, arcs being halves of circles."""
    points: list[Point] = []
    for command, written in re.findall(r"([Mhvlqaz])([^a-zA-Z]*)", path):
        numbers = [float(number) for number in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", written)]
        if command == "M":
            points = [(numbers[0], numbers[1])]
        elif command == "z":
            yield points
        else:
            points += _segments(command, points[-1], numbers)


def _segments(command: str, start: Point, numbers: list[float]) -> list[Point]:
    x, y = start
    if command == "h":
        return [(x + numbers[0], y)]
    if command == "v":
        return [(x, y + numbers[0])]
    if command == "a":
        return _half_circle(start, numbers[5], numbers[4])
    step = {"l": 2, "q": 4}[command]
    points: list[Point] = []
    for first in range(0, len(numbers), step):
        part = numbers[first : first + step]
        points += [(x + part[0], y + part[1])] if command == "l" else _curve((x, y), part)
        x, y = points[-1]
    return points


def _curve(start: Point, numbers: list[float], steps: int = 8) -> list[Point]:
    (x, y), (x1, y1, x2, y2) = start, numbers
    ways = [step / steps for step in range(1, steps + 1)]
    return [(x + 2 * t * (1 - t) * x1 + t * t * x2, y + 2 * t * (1 - t) * y1 + t * t * y2) for t in ways]


def _half_circle(start: Point, width: float, sweep: float, steps: int = 12) -> list[Point]:
    radius, turn = width / 2, -1 if (sweep > 0) == (width > 0) else 1
    angles = [math.pi * step / steps for step in range(1, steps + 1)]
    return [
        (start[0] + radius - radius * math.cos(angle), start[1] + turn * abs(radius) * math.sin(angle))
        for angle in angles
    ]
