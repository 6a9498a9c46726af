"""Placeholders, tags and links: what a program put into the text and expects to find again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..in_place import text_in_place
from .finding import Finding, Pair, Severity, listed

_PLACEHOLDER = re.compile(
    r"%\(\w+\)[#0+-]*\d*(?:\.\d+)?[a-zA-Z] | (?<![\d%])%(?:\d+\$)?[sd](?!\w) | \{\{\s*[\w.]+\s*\}\} | (?<!\{)\{\w*\}(?!\})",
    re.VERBOSE,
)
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z]+)(?P<rest>[^>]*?)(?P<empty>/?)>")
_LINK_ID = re.compile(r"\bid\s*=\s*[\"']?([\w-]+)")
_EMPTY_LINK = re.compile(r"<a\b[^>]*>(?:\s|&nbsp;|<[^>]*>)*?</a>")


def placeholders(pair: Pair) -> Iterator[Finding]:
    """Placeholders are the same in both."""
    wanted, found = (Counter(_PLACEHOLDER.findall(text_in_place(text))) for text in (pair.source, pair.target))
    lost, added = wanted - found, found - wanted
    if lost:
        yield Finding(
            "placeholders",
            _("Put in again what a program fills in here: %(words)s.") % {"words": listed(lost)},
            Severity.ERROR,
        )
    if added:
        yield Finding(
            "placeholders",
            _("Take out what the original does not have, a program cannot fill it in: %(words)s.")
            % {"words": listed(added)},
            Severity.ERROR,
            tuple(match.span() for match in _PLACEHOLDER.finditer(pair.target_text) if match[0] in added),
        )


def tags(pair: Pair) -> Iterator[Finding]:
    """Bold, italics and line breaks are those of the source, and each ends where it should."""
    if _is_unbalanced(pair.target) and not _is_unbalanced(pair.source):
        yield Finding("tags", _("A tag is not closed, or is closed in the wrong place."), Severity.ERROR)
        return
    wanted, found = _names(pair.source), _names(pair.target)
    lost, added = wanted - found, found - wanted
    if lost.pop("span", 0):
        yield Finding(
            "tags",
            _("Words in another language have lost their mark. Put <span> around them again if they are still in it."),
        )
    if lost:
        yield Finding("tags", _("Formatting of the original is missing: %(words)s.") % {"words": _shown(lost)})
    if added:
        yield Finding(
            "tags",
            _("The original has no such formatting: %(words)s.") % {"words": _shown(added)},
            places=tuple(match.span() for match in _TAG.finditer(pair.target) if match["name"].lower() in added),
        )


def links(pair: Pair) -> Iterator[Finding]:
    """Each link of the source stands once in the translation, around some words."""
    wanted, found = _link_ids(pair.source), _link_ids(pair.target)
    lost, added = wanted - found, found - wanted
    if lost:
        yield Finding(
            "links",
            _("A link of the original is missing: %(links)s. Put it around the words that lead on.")
            % {"links": listed(f'<a id="{link}">' for link in lost)},
        )
    if added:
        yield Finding(
            "links",
            _("The original has no such link, or has it only once: %(links)s.")
            % {"links": listed(f'<a id="{link}">' for link in added)},
            Severity.ERROR,
            tuple(match.span() for match in _TAG.finditer(pair.target) if _link_ids(match[0]) & added),
        )
    empty = tuple(match.span() for match in _EMPTY_LINK.finditer(pair.target))
    if empty and not _EMPTY_LINK.search(pair.source):
        yield Finding("links", _("A link has no words, so nobody can follow it."), Severity.ERROR, empty)


def _names(html: str) -> Counter[str]:
    return Counter(
        match["name"].lower() for match in _TAG.finditer(html) if not match["close"] and match["name"].lower() != "a"
    )


def _link_ids(html: str) -> Counter[str]:
    opened = (match["rest"] for match in _TAG.finditer(html) if match["name"].lower() == "a" and not match["close"])
    return Counter(link for rest in opened for link in _LINK_ID.findall(rest))


def _is_unbalanced(html: str) -> bool:
    stack: list[str] = []
    for match in _TAG.finditer(html):
        name = match["name"].lower()
        if name == "br" or match["empty"]:
            continue
        if not match["close"]:
            stack.append(name)
        elif not stack or stack.pop() != name:
            return True
    return bool(stack)


def _shown(names: Counter[str]) -> str:
    return listed(f"<{name}>" for name in names)
