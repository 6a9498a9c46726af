"""Small pieces of WordprocessingML that python-docx has no words for, in the order the schema asks for."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

#: What stands behind the direction among the properties of a paragraph (ISO/IEC 29500-1, 17.3.1.26).
_AFTER_DIRECTION = [
    f"w:{name}"
    for name in (
        "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc",
        "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr",
        "pPrChange",
    )
]  # fmt: skip


def element(name: str, /, *children: Any, **attributes: object) -> Any:
    """Return an element such as ``w:tab`` with its children; attributes are of the ``w`` namespace."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    made.extend(child for child in children if child is not None)
    return made


def flag(name: str, is_on: bool) -> Any:
    """Return an empty element if it is to be on, else None."""
    return element(name) if is_on else None


def valued(name: str, value: object) -> Any:
    """Return an element with ``w:val``, or None where there is no value."""
    return element(name, val=value) if value not in {None, ""} else None


def words(text: str) -> Any:
    """Return ``w:t`` that keeps its spaces."""
    made = element("w:t")
    made.text = text
    made.set(qn("xml:space"), "preserve")
    return made


def mirror(paragraph: Any) -> None:
    """Let a paragraph run from right to left."""
    properties = paragraph.get_or_add_pPr()
    if properties.find(qn("w:bidi")) is None:
        properties.insert_element_before(element("w:bidi"), *_AFTER_DIRECTION)


def field(instruction: str, shown: str) -> list[Any]:
    """Return the runs of a field such as ``PAGE`` with what it shows until it is brought up to date."""

    def run(content: Any) -> Any:
        return element("w:r", content)

    code = element("w:instrText")
    code.text = f" {instruction} "
    code.set(qn("xml:space"), "preserve")
    kinds = [element("w:fldChar", fldCharType=kind) for kind in ("begin", "separate", "end")]
    return [run(kinds[0]), run(code), run(kinds[1]), run(words(shown)), run(kinds[2])]
