"""Names that a machine has to leave as they are, marked as HTML has it (``translate="no"``, HTML § 3.2.6.5)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..glossary import Occurrence

_MARKED = re.compile(r'<span translate="no">(.*?)</span>', re.DOTALL)


def marked(text: str, occurrences: Iterable[Occurrence]) -> str:
    """Return HTML with the terms marked that are not to be translated and stand there in their basic form.

    An inflected name would be wrong in the other language, so it is left to the machine, and then to the checks.
    """
    for one in reversed(list(occurrences)):
        words = text[one.start : one.end]
        if one.term.do_not_translate and words.casefold() == one.term.term.casefold():
            text = f'{text[: one.start]}<span translate="no">{words}</span>{text[one.end :]}'
    return text


def unmarked(text: str) -> str:
    """Return HTML without these marks."""
    return _MARKED.sub(r"\1", text)
