"""What the old form fields show that have no result of their own: boxes to tick and lists to choose from."""

from __future__ import annotations

from lxml import etree

from .names import VAL, W, child_value, is_on, number


def shown(begin: etree._Element) -> str:
    """Return what Word prints for the form field that a ``w:fldChar`` begins; empty for any other field."""
    form = begin.find(W + "ffData")
    if form is None:
        return ""
    if (box := form.find(W + "checkBox")) is not None:
        return "☒" if is_on(_said(box, "checked", "default")) else "☐"
    if (choice := form.find(W + "ddList")) is not None:
        entries = [entry.get(VAL, "") for entry in choice.iterfind(W + "listEntry")]
        chosen = number(child_value(choice, "result") or child_value(choice, "default"))
        return entries[chosen] if 0 <= chosen < len(entries) else ""
    return ""


def _said(parent: etree._Element, *names: str) -> etree._Element | None:
    return next((found for name in names if (found := parent.find(W + name)) is not None), None)
