"""What a reader asks for: words, and phrases in quotation marks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from . import stemming

MAX_CHARACTERS = 200
#: More words than this make a question longer, not clearer.
MAX_WORDS = 12

#: The quotation marks of our languages, and those that keyboards have.
_PHRASE = re.compile(r'["„“”«»]([^"„“”«»]*)["„“”«»]')


@dataclass(frozen=True)
class Query:
    """A question made safe: ``text`` as it was typed, its words in lower case, its phrases folded."""

    text: str
    words: tuple[str, ...]
    phrases: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def folded(self) -> str:
        """All its words folded, in their order."""
        return " ".join(map(stemming.fold, self.words))

    def sought(self, language: str) -> tuple[str, ...]:
        """Return the words to look for: those that say something, or all where none does."""
        telling = [word for word in self.words if stemming.fold(word) not in stemming.stop_words(language)]
        return tuple(dict.fromkeys(telling or self.words))


def parse(typed: str) -> Query:
    """Return what was asked, whatever was typed; a query without a letter or digit is empty."""
    spaced = "".join(" " if unicodedata.category(char)[0] == "C" else char for char in typed[: 10 * MAX_CHARACTERS])
    text = unicodedata.normalize("NFC", " ".join(spaced.split()))[:MAX_CHARACTERS].strip()
    words = tuple(stemming.words(text)[:MAX_WORDS])
    phrases = (" ".join(map(stemming.fold, stemming.words(phrase)[:MAX_WORDS])) for phrase in _PHRASE.findall(text))
    return Query(text if words else "", words, tuple(phrase for phrase in phrases if phrase))
