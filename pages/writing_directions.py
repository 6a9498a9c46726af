"""In which order the letters of a line are seen when some are written to the right and some to the left."""

from __future__ import annotations

import unicodedata
from itertools import groupby

LTR, RTL = "ltr", "rtl"


def stretches(text: str, base: str) -> list[tuple[str, str]]:
    """Return ``(letters, direction)`` from left to right as they are seen; the letters stay in reading order.

    The Unicode bidirectional algorithm (UAX 9) without the marks that embed and override: titles
    and names have none. ``base`` is the direction of the line, ``ltr`` or ``rtl``.
    """
    pairs = zip(_levels(text, base), text, strict=True)
    parts = [
        (level, "".join(letter for _level, letter in part)) for level, part in groupby(pairs, lambda pair: pair[0])
    ]
    for lowest in range(max((level for level, _part in parts), default=0), 0, -1):
        parts = _reversed_from(lowest, parts)
    return [(part, RTL if level % 2 else LTR) for level, part in parts]


def _reversed_from(lowest: int, parts: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Rule L2: turn round each sequence at this level or above."""
    turned: list[tuple[int, str]] = []
    for is_deep, group in groupby(parts, lambda part: part[0] >= lowest):
        deep_or_not = list(group)
        turned += deep_or_not[::-1] if is_deep else deep_or_not
    return turned


def _levels(text: str, base: str) -> list[int]:
    """Even levels run to the right, odd ones to the left; digits inside right-to-left text stand a level deeper."""
    kinds = _kinds(text)
    sides = _sides(kinds, base)
    before, after = _carried(sides, base), _carried(sides[::-1], base)[::-1]
    levels = []
    for kind, side, left, right in zip(kinds, sides, before, after, strict=True):
        way = side or (left if left == right else base)
        is_number = kind in {"EN", "AN"} and way == RTL
        levels.append({(LTR, LTR): 0, (LTR, RTL): 1, (RTL, RTL): 1, (RTL, LTR): 2}[base, way] + is_number)
    return levels


def _kinds(text: str) -> list[str]:
    kinds = [unicodedata.bidirectional(letter) for letter in text]
    for place, kind in enumerate(kinds):
        around = kinds[place - 1 : place + 2 : 2] if place else []
        if kind == "NSM" and place:  # an accent goes with its letter
            kinds[place] = kinds[place - 1]
        elif kind in {"CS", "ES"} and around == ["EN", "EN"]:  # the point in 30.06
            kinds[place] = "EN"
    return kinds


def _sides(kinds: list[str], base: str) -> list[str]:
    """Return the side to which each character pulls its neighbours; a number pulls as the words before it do."""
    sides, last = [], base
    for kind in kinds:
        if kind in {"L", "R", "AL"}:
            last = LTR if kind == "L" else RTL
        sides.append(last if kind in {"L", "R", "AL", "EN"} else RTL if kind == "AN" else "")
    return sides


def _carried(sides: list[str], base: str) -> list[str]:
    carried, last = [], base
    for side in sides:
        last = side or last
        carried.append(last)
    return carried
