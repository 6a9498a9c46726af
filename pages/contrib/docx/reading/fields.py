"""Complex fields: an instruction, then what Word last printed for it, through runs and paragraphs."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from pages.interchange.outline import Link

from . import form_fields
from .names import W

_CONTENTS = ("TOC", "INDEX", "TOA")
_TYPE = W + "fldCharType"


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    shows_result: bool = False
    link: Link | None = None
    #: What a form field prints where it has no result.
    form: str = ""

    @property
    def is_contents(self) -> bool:
        return self.instruction.strip().upper().startswith(_CONTENTS)


class Fields:
    """The fields that are open at a place of the text."""

    def __init__(self, story: etree._Element):
        self._open: list[_Field] = []
        self._endless = _endless(story)

    def mark(self, element: etree._Element) -> str:
        """Take a ``w:fldChar``; return the instruction when the field's result begins, else an empty string."""
        kind = element.get(_TYPE)
        if kind == "begin" and element not in self._endless:
            self._open.append(_Field(form=form_fields.shown(element)))
        elif kind == "separate" and self._open:
            self._open[-1].shows_result = True
            return self._open[-1].instruction
        elif kind == "end" and self._open:
            self._open.pop()
        return ""

    def unsaid(self, element: etree._Element) -> str:
        """Return what a form field prints that ends here without a result."""
        last = self._open[-1] if self._open and element.get(_TYPE) == "end" else None
        return last.form if last is not None and not last.shows_result else ""

    def instruct(self, text: str) -> None:
        if self._open and not self._open[-1].shows_result:
            self._open[-1].instruction += text

    def set_link(self, link: Link | None) -> None:
        if self._open:
            self._open[-1].link = link

    @property
    def is_silent(self) -> bool:
        """Whether what comes now is part of an instruction, not of the text."""
        return any(not field.shows_result for field in self._open)

    @property
    def link(self) -> Link | None:
        return next((field.link for field in reversed(self._open) if field.link), None)

    @property
    def contents(self) -> _Field | None:
        """The open field that prints a table of contents, which a page makes by itself."""
        return next((field for field in self._open if field.shows_result and field.is_contents), None)


def _endless(story: etree._Element) -> set[etree._Element]:
    """Return the beginnings that have no end: read as fields, they would swallow the rest of the text."""
    begun = []
    for element in story.iter(W + "fldChar"):
        kind = element.get(_TYPE)
        if kind == "begin":
            begun.append(element)
        elif kind == "end" and begun:
            begun.pop()
    return set(begun)
