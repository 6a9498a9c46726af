"""Names and words in another language, which a machine has to leave as they are, marked as HTML has it (``translate="no"``, HTML § 3.2.6.5)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..glossary import Occurrence

_MARKED = re.compile(r'<span translate="no">(.*?)</span>', re.DOTALL)
#: As Localize writes them, also with what was added here.
_FOREIGN = re.compile(r'<span\b(?=[^<>]*\bid="(span\d+)")[^<>]*>')


def marked(text: str, occurrences: Iterable[Occurrence]) -> str:
    """Return HTML with the terms marked that are not to be translated and stand there in their basic form.

    An inflected name would be wrong in the other language, so it is left to the machine, and then to the checks.
    """
    for one in reversed(list(occurrences)):
        words = text[one.start : one.end]
        if one.term.do_not_translate and words.casefold() == one.term.term.casefold():
            text = f'{text[: one.start]}<span translate="no">{words}</span>{text[one.end :]}'
    return text


def foreign_words_marked(text: str) -> str:
    """Return HTML with the words marked that are in another language: translated they would not be in it any more."""
    return _FOREIGN.sub(r'<span id="\1" translate="no">', text)


def unmarked(text: str) -> str:
    """Return HTML without these marks."""
    return _FOREIGN.sub(r'<span id="\1">', _MARKED.sub(r"\1", text))
