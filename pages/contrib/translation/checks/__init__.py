"""What may be wrong with a translation of a segment, told before it is accepted.

A check is a pure function of a source and a target. Its name is kept in the waivers of the database: it never changes.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from .finding import Finding, Pair, Severity
from .markup import links, placeholders, tags
from .numbers import addresses, numbers
from .terms import terms as glossary_terms
from .typography import double_spaces, edges, ending, hard_spaces, quotes
from .wording import too_long, untranslated

__all__ = ["NAMES", "Finding", "Severity", "check", "check_segment"]

#: In the order in which findings are shown.
CHECKS = (
    placeholders, tags, links, too_long, untranslated, numbers, addresses, glossary_terms, quotes, ending,
    double_spaces, hard_spaces, edges,
)  # fmt: skip

#: What each finding is called, to head a list or to be waived.
NAMES = {
    "placeholders": _("Placeholder"),
    "tags": _("Formatting"),
    "links": _("Link"),
    "length": _("Length"),
    "untranslated": _("Not translated"),
    "numbers": _("Number"),
    "addresses": _("Address"),
    "forbidden_term": _("Forbidden word"),
    "unused_term": _("Glossary"),
    "quotes": _("Quotation marks"),
    "ending": _("End of the sentence"),
    "double_spaces": _("Double space"),
    "hard_spaces": _("Spaces"),
    "edges": _("Space at the edge"),
}

#: The last part of an address is no sentence.
_FOR_ADDRESSES = (too_long,)


def check(
    source: str,
    target: str,
    source_language: str,
    target_language: str,
    *,
    max_length: int | None = None,
    terms: Iterable = (),
    is_address: bool = False,
) -> list[Finding]:
    """Return what may be wrong with a translation, both as HTML of Localize; nothing for an empty one.

    ``terms`` are those of the source (``Glossary.terms_in``).
    """
    if not target.strip():
        return []
    pair = Pair(source, target, source_language, target_language, max_length, tuple(terms))
    return [finding for one in (_FOR_ADDRESSES if is_address else CHECKS) for finding in one(pair)]


def check_segment(
    segment, words: str, source_language: str, target_language: str, *, terms: Iterable = ()
) -> list[Finding]:
    """Return what may be wrong with words for a ``Segment``, without what somebody waived for these very words."""
    waived = {waiver.check_name for waiver in segment.waivers if waiver.data == words}
    found = check(
        segment.source,
        words,
        source_language,
        target_language,
        max_length=segment.place.max_length,
        terms=terms,
        is_address=segment.path.rpartition(".")[2] == "slug",
    )
    return [finding for finding in found if finding.name not in waived]
