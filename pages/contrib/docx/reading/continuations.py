"""Which paragraphs a reader sees as one: the end of the first was deleted, or it is only a letter set large."""

from __future__ import annotations

from collections.abc import Collection

from lxml import etree

from .names import W, local, value

#: How the names of elements end that mark a point between paragraphs.
_POINTS = ("Start", "End", "proofErr")


def continuation(paragraph: etree._Element, gone: Collection[str]) -> etree._Element | None:
    """Return the paragraph that goes on in this one; ``gone`` are the marks of what is not in the text asked for."""
    properties = paragraph.find(W + "pPr")
    if properties is None or not (_is_initial(properties) or _has_no_end(properties, gone)):
        return None
    following = next((other for other in paragraph.itersiblings() if not local(other).endswith(_POINTS)), None)
    return following if following is not None and local(following) == "p" else None


def _is_initial(properties: etree._Element) -> bool:
    return value(properties.find(W + "framePr"), W + "dropCap") not in ("", "none")


def _has_no_end(properties: etree._Element, gone: Collection[str]) -> bool:
    marks = properties.find(W + "rPr")
    return marks is not None and any(mark.tag in gone for mark in marks)
