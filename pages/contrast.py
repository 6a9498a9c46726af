"""Whether text and marks can be told from their ground in an institution's colours: contrast after WCAG 2.2.

The colours are those of ``css/tokens.css``; a site that puts its own file of that name before ours is measured by its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.contrib.staticfiles import finders

from .colours import RGB, oklch

SCHEMES = ("light", "dark")
HUES = range(361)
#: WCAG 2.2, 1.4.3 for text and 1.4.11 for the edges of controls; what must be found first asks for more.
TEXT, EDGE, SIGN = 4.5, 3.0, 7.0
GROUNDS = ("page", "surface", "sunken")
PAIRS = (
    *((f"color-{front}", f"color-{ground}", TEXT) for front in ("ink", "ink-soft", "brand", "brand-deep") for ground in (*GROUNDS, "brand-soft")),
    *((f"color-{state}", f"color-{ground}", TEXT) for state in ("success", "warning", "error") for ground in (*GROUNDS, f"{state}-soft")),
    *(("color-accent", f"color-{ground}", TEXT) for ground in (*GROUNDS, "accent-soft")),
    ("color-on-brand", "color-brand", TEXT),
    ("color-on-brand", "color-brand-deep", TEXT),
    ("color-plate-ink", "color-plate", SIGN),
    ("color-marker-ink", "color-marker", SIGN),
    *(("color-line-strong", f"color-{ground}", EDGE) for ground in GROUNDS),
    *((f"track-{number}", "color-surface", EDGE) for number in (1, 2, 3)),
)  # fmt: skip


class Shortfall(NamedTuple):
    """Two colours that are too much alike; ``ratio`` is what they reach, ``needed`` what they should."""

    front: str
    ground: str
    scheme: str
    ratio: float
    needed: float

    @property
    def is_of_accent(self) -> bool:
        return "accent" in self.front


def shortfalls(hue: int, accent: int) -> list[Shortfall]:
    """Return every pair of colours that cannot be told apart well enough with these hues."""
    return [found for scheme in SCHEMES for found in _shortfalls(scheme, hue, accent)]


def _shortfalls(scheme: str, hue: int, accent: int) -> Iterator[Shortfall]:
    colours = palette(scheme, hue, accent)
    for front, ground, needed in PAIRS:
        ratio = contrast(colours[front], colours[ground])
        if ratio < needed:
            yield Shortfall(front, ground, scheme, ratio, needed)


def nearest_clear_hue(hue: int, accent: int) -> int | None:
    """Return the hue closest to ``hue`` with which everything can be read, or None if there is none."""
    return next((other for other in _closest_first(hue) if not shortfalls(other, accent)), None)


def nearest_clear_accent(hue: int, accent: int) -> int | None:
    """Return the accent closest to ``accent`` with which everything can be read, or None if there is none."""
    return next((other for other in _closest_first(accent) if not shortfalls(hue, other)), None)


def _closest_first(hue: int) -> list[int]:
    """All hues, by their distance on the colour wheel."""
    return sorted(HUES, key=lambda other: min(abs(other - hue), 360 - abs(other - hue)))


def contrast(one: RGB, other: RGB) -> float:
    """Return the ratio of WCAG 2.2 between two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: RGB) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def palette(scheme: str, hue: int, accent: int) -> dict[str, RGB]:
    """Return the tokens that are colours, by name, as they come out with these hues in this scheme."""
    hues = {"--hue": hue, "--hue-accent": accent, "--hue-night": hue + 28}
    found = {name: _colour(values[SCHEMES.index(scheme)], hues) for name, values in _tokens().items()}
    return {name: colour for name, colour in found.items() if colour}


@cache
def _tokens() -> dict[str, tuple[str, str]]:
    """Return the light and the dark value of each token, as written."""
    written = re.findall(r"--([\w-]+):\s*([^;]+);", stylesheet().partition("@supports not")[0])
    # Told once is told for good: what stands further down are the exceptions of @media.
    return {name: _both(value) for name, value in reversed(written)}


def stylesheet() -> str:
    return Path(finders.find("css/tokens.css")).read_text(encoding="utf-8")


def _both(value: str) -> tuple[str, str]:
    inside = re.fullmatch(r"light-dark\((.+)\)", value.strip())
    if not inside:
        return value, value
    # The comma between the two stands outside their brackets.
    light, dark = re.split(r",\s*(?![^()]*(?:\([^()]*\)[^()]*)*\))", inside[1], maxsplit=1)
    return light, dark


def _colour(value: str, hues: dict[str, int]) -> RGB | None:
    value = value.strip()
    if re.fullmatch(r"#[\da-f]{3}(?:[\da-f]{3})?", value):
        digits = value[1:] if len(value) == 7 else "".join(digit * 2 for digit in value[1:])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    parts = re.fullmatch(r"oklch\(([\d.]+)%\s+([\d.]+)\s+(?:var\((--[\w-]+)\)|([\d.]+))\)", value)
    if not parts:
        return None
    return oklch(float(parts[1]) / 100, float(parts[2]), hues[parts[3]] if parts[3] else float(parts[4]))
