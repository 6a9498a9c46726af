"""The names of Word's elements, said once."""

from __future__ import annotations

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"

VAL = f"{W}val"
_OFF = frozenset(("0", "false", "off", "none"))


def value(element: etree._Element | None, name: str = VAL) -> str:
    """Return an attribute, or an empty string also where there is no element."""
    return element.get(name, "") if element is not None else ""


def child_value(parent: etree._Element | None, name: str) -> str:
    """Return ``w:val`` of the child ``w:name``."""
    return value(parent.find(W + name)) if parent is not None else ""


def is_on(element: etree._Element | None) -> bool | None:
    """Return what a switch says, or None where there is none; a switch without a value is on."""
    return None if element is None else element.get(VAL, "true") not in _OFF


def number(text: str, default: int = 0) -> int:
    """Return a whole number, or the default for what is none or beyond all measure."""
    try:
        found = int(text)
    except ValueError:
        return default
    return found if abs(found) < 1_000_000 else default


def local(element: etree._Element) -> str:
    """Return the name without its namespace; empty for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def chosen(alternatives: etree._Element) -> etree._Element | None:
    """Return the branch of an ``mc:AlternateContent`` that is read: the first choice, else the fallback."""
    fallback = None
    for branch in alternatives:
        if local(branch) == "Choice":
            return branch
        if local(branch) == "Fallback" and fallback is None:
            fallback = branch
    return fallback
