"""Formulas of Word (OMML) as MathML, and as characters in a row."""

from __future__ import annotations

from collections.abc import Collection
from copy import deepcopy
from html import escape

from lxml import etree

from pages.interchange.outline import Equation

from .names import M, local

_VAL = M + "val"
_SKIPPED = {"ctrlPr", "rPr"}


def equation(element: etree._Element, gone: Collection[str] = ()) -> Equation | None:
    """Return the formula in an ``m:oMath`` or ``m:oMathPara`` without what stands in wrappers called ``gone``."""
    if gone and next(element.iter(*gone), None) is not None:
        element = _without(element, gone)
    row = _row(element)
    text = " ".join("".join(piece.text or "" for piece in element.iter(M + "t")).split())
    return Equation(f"<math><mrow>{row}</mrow></math>", text) if row else None


def _without(element: etree._Element, gone: Collection[str]) -> etree._Element:
    left = deepcopy(element)
    for wrapper in list(left.iter(*gone)):
        if (parent := wrapper.getparent()) is not None:
            parent.remove(wrapper)
    return left


def _row(element: etree._Element | None) -> str:
    if element is None:
        return ""
    return "".join(_made(child) for child in element if isinstance(child.tag, str))


def _made(element: etree._Element) -> str:
    name = local(element)
    if name in _SKIPPED or name.endswith("Pr"):
        return ""
    if name == "r":
        return _letters("".join(piece.text or "" for piece in element.iter(M + "t")))
    make = _MAKERS.get(name)
    return make(element) if make else _row(element)


def _letters(text: str) -> str:
    parts = []
    for word in _pieces(text):
        tag = "mn" if word[0].isdigit() else "mi" if word.isalpha() else "mo"
        parts.append(f"<{tag}>{escape(word)}</{tag}>")
    return "".join(parts)


def _pieces(text: str) -> list[str]:
    """Return numbers whole and everything else letter by letter, as MathML wants them."""
    pieces: list[str] = []
    for character in text:
        if character.isspace():
            continue
        if pieces and character.isdigit() and pieces[-1][-1].isdigit():
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _part(element, name) -> str:
    return f"<mrow>{_row(element.find(M + name))}</mrow>"


def _property(element, name, default="") -> str:
    found = element.find(f"{M}{local(element)}Pr/{M}{name}")
    return default if found is None else found.get(_VAL, default)


def _fraction(e):
    return f"<mfrac>{_part(e, 'num')}{_part(e, 'den')}</mfrac>"


def _root(e):
    degree = e.find(M + "deg")
    if degree is None or not len(degree):
        return f"<msqrt>{_row(e.find(M + 'e'))}</msqrt>"
    return f"<mroot>{_part(e, 'e')}{_part(e, 'deg')}</mroot>"


def _operator(e):
    sign = escape(_property(e, "chr", "∫"))
    return f"<munderover><mo>{sign}</mo>{_part(e, 'sub')}{_part(e, 'sup')}</munderover>{_part(e, 'e')}"


def _fenced(e):
    opening, closing = escape(_property(e, "begChr", "(")), escape(_property(e, "endChr", ")"))
    between = f"<mo>{escape(_property(e, 'sepChr', '|'))}</mo>"
    inner = between.join(f"<mrow>{_row(part)}</mrow>" for part in e.findall(M + "e"))
    return f"<mrow><mo>{opening}</mo>{inner}<mo>{closing}</mo></mrow>"


def _matrix(e):
    rows = "".join(
        "<mtr>" + "".join(f"<mtd>{_row(cell)}</mtd>" for cell in row.findall(M + "e")) + "</mtr>"
        for row in e.findall(M + "mr")
    )
    return f"<mtable>{rows}</mtable>"


def _lines(e):
    rows = "".join(f"<mtr><mtd>{_row(line)}</mtd></mtr>" for line in e.findall(M + "e"))
    return f"<mtable>{rows}</mtable>"


def _accented(e):
    return f"<mover>{_part(e, 'e')}<mo>{escape(_property(e, 'chr', '^'))}</mo></mover>"


def _barred(e):
    tag = "munder" if _property(e, "pos") == "bot" else "mover"
    return f"<{tag}>{_part(e, 'e')}<mo>¯</mo></{tag}>"


_MAKERS = {
    "f": _fraction,
    "rad": _root,
    "nary": _operator,
    "d": _fenced,
    "m": _matrix,
    "eqArr": _lines,
    "acc": _accented,
    "bar": _barred,
    "sSup": lambda e: f"<msup>{_part(e, 'e')}{_part(e, 'sup')}</msup>",
    "sSub": lambda e: f"<msub>{_part(e, 'e')}{_part(e, 'sub')}</msub>",
    "sSubSup": lambda e: f"<msubsup>{_part(e, 'e')}{_part(e, 'sub')}{_part(e, 'sup')}</msubsup>",
    "sPre": lambda e: f"<mmultiscripts>{_part(e, 'e')}<mprescripts/>{_part(e, 'sub')}{_part(e, 'sup')}</mmultiscripts>",
    "limLow": lambda e: f"<munder>{_part(e, 'e')}{_part(e, 'lim')}</munder>",
    "limUpp": lambda e: f"<mover>{_part(e, 'e')}{_part(e, 'lim')}</mover>",
    "func": lambda e: f"{_part(e, 'fName')}{_part(e, 'e')}",
}
