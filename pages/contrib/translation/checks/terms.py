"""The glossary is kept."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..inflection import places_of, words_of
from .finding import Finding, Pair, listed


def terms(pair: Pair) -> Iterator[Finding]:
    """The terms of the source are translated as the glossary says, and not as it forbids."""
    if not pair.terms:
        return
    text = words_of(pair.target, pair.target_language)
    missing, forbidden = [], []
    for term in {occurrence.term.term: occurrence.term for occurrence in pair.terms}.values():
        right = places_of(words_of(term.wanted, pair.target_language), text, case_matters=term.do_not_translate)
        wrong = {
            place
            for phrase in term.forbidden_targets
            for place in places_of(words_of(phrase, pair.target_language), text)
            if not any(start <= place[0] and place[1] <= end for start, end in right)
        }
        if wrong:
            forbidden.append((term, tuple(sorted(wrong))))
        elif not right:
            missing.append(term)
    for term, places in forbidden:
        yield Finding(
            "forbidden_term",
            _("Do not use “%(wrong)s” for “%(term)s”. The glossary has “%(right)s”.")
            % {
                "wrong": listed(pair.target[start:end] for start, end in places),
                "term": term.term,
                "right": term.wanted,
            },
            places=places,
        )
    for term in missing:
        message = (
            _("“%(term)s” is not translated and stays as it is.")
            if term.do_not_translate
            else _("The glossary has “%(right)s” for “%(term)s”.")
        )
        yield Finding("unused_term", message % {"term": term.term, "right": term.wanted})
