"""Lets what stands inside a sentence stay there when Localize takes a text apart for translators.

Localize knows a handful of inline elements, of which only links may carry attributes. It would cut a sentence in
three at a ``<span lang="uk">`` and at the 2 of H₂O. With this words in another language stand in the sentence as
``<span id="span1">``, as a link stands there as ``<a id="a1">``, and come back with their language; raised and lowered
signs stand there as they are.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import wraps
from typing import Any

from bs4 import BeautifulSoup, Tag
from wagtail_localize import strings

MARK = "span"
RAISED_AND_LOWERED = ("sup", "sub")


def connect() -> None:
    """Stand between Localize and the elements it allows; it has no seam there."""
    if MARK not in strings.INLINE_TAGS:
        strings.INLINE_TAGS.extend((MARK, *RAISED_AND_LOWERED))
        strings.validate_element = _allowing_marks(strings.validate_element)
        strings.extract_ids = _with_ids_of_marks(strings.extract_ids)


def _allowing_marks(validate: Callable[[Any], None]) -> Callable[[Any], None]:
    """Wrap ``validate_element``: a mark may have what a link may have."""

    @wraps(validate)
    def validate_element(element: Any) -> None:
        if isinstance(element, Tag) and element.find(MARK):
            element = copy.copy(element)
            for mark in element.find_all(MARK):
                mark.name = "a"
        validate(element)

    return validate_element


def _with_ids_of_marks(extract: Callable[[str], set[str]]) -> Callable[[str], set[str]]:
    """Wrap ``extract_ids``: a translation may have no mark that its source has not."""

    @wraps(extract)
    def extract_ids(template: str) -> set[str]:
        marks = BeautifulSoup(template, "html.parser").find_all(MARK, id=True) if f"<{MARK}" in template else []
        return extract(template) | {mark["id"] for mark in marks}

    return extract_ids
