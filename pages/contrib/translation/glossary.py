"""The terms of the glossary that stand in a text, in whatever form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from .inflection import Words, first_letters, stands_at, words_of
from .models import GlossaryTerm


class Occurrence(NamedTuple):
    """A term where it stands in the HTML of a segment."""

    term: GlossaryTerm
    start: int
    end: int


class Glossary:
    """All terms of a pair of languages, ready to be found; make it once for many segments."""

    def __init__(self, terms: Iterable[GlossaryTerm], source_language: str):
        self.language = source_language
        self._by_beginning: dict[str, list[tuple[Words, GlossaryTerm]]] = defaultdict(list)
        for term in terms:
            phrase = words_of(term.term, source_language)
            if phrase.tokens:
                self._by_beginning[first_letters(phrase.tokens[0].word)].append((phrase, term))
        for entries in self._by_beginning.values():
            # The longest first; of two of one length the one that minds its capitals is the more exact.
            entries.sort(key=lambda entry: (-len(entry[0].tokens), not entry[1].case_matters, entry[1].pk or 0))

    def terms_in(self, segment: str) -> list[Occurrence]:
        """Return the terms of a segment in their order; where terms overlap, the longest at the first word."""
        if not self._by_beginning:
            return []
        text, found, at = words_of(segment, self.language), [], 0
        while at < len(text.tokens):
            phrase, term = self._at(text, at)
            if term:
                found.append(Occurrence(term, text.tokens[at].start, text.tokens[at + len(phrase.tokens) - 1].end))
            at += len(phrase.tokens) if term else 1
        return found

    def _at(self, text: Words, at: int) -> tuple[Words | None, GlossaryTerm | None]:
        for phrase, term in self._by_beginning.get(first_letters(text.tokens[at].word), ()):
            if stands_at(phrase, text, at, case_matters=term.case_matters):
                return phrase, term
        return None, None


def glossary_of(source_language: str, target_language: str) -> Glossary:
    """Return the glossary of a pair of languages, read in one query."""
    terms = GlossaryTerm.objects.filter(
        source_locale__language_code=source_language, target_locale__language_code=target_language
    )
    return Glossary(terms, source_language)


def terms_in(segment: str, source_language: str, target_language: str) -> list[Occurrence]:
    """Return the terms of one segment; for many, ask ``glossary_of`` once."""
    return glossary_of(source_language, target_language).terms_in(segment)
