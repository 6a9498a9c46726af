"""What a check has to say about a translation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from pages.search.stemming import tokens

from ..in_place import FILLER, text_in_place


class Severity(StrEnum):
    #: The page would be broken or the words cannot be stored.
    ERROR = "error"
    #: Probably wrong; somebody should look.
    WARNING = "warning"


#: Start and end in the HTML of the translation.
Place = tuple[int, int]


@dataclass(frozen=True)
class Finding:
    """Names the check, says what is wrong and what to do, and where in the translation it is."""

    name: str
    message: str
    severity: Severity = Severity.WARNING
    places: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Pair:
    """A segment and its translation, as the checks read them."""

    source: str
    target: str
    source_language: str
    target_language: str
    max_length: int | None = None
    terms: tuple = ()

    @cached_property
    def source_text(self) -> str:
        """The text of the source with fillers in the place of tags."""
        return text_in_place(self.source)

    @cached_property
    def target_text(self) -> str:
        return text_in_place(self.target)

    @cached_property
    def source_words(self) -> list[str]:
        return [token.word for token in tokens(self.source_text)]


def base(language: str) -> str:
    """Return ``en`` for ``en-gb``."""
    return language.split("-")[0].lower()


def without_fillers(text: str) -> str:
    return text.replace(FILLER, "")


def listed(words: Iterable[str]) -> str:
    """Return words for a sentence, each once."""
    return ", ".join(dict.fromkeys(words))
