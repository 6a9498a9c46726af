"""What changed between two wordings, word by word."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby
from typing import Any, NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class Piece(NamedTuple):
    """Some of an HTML; tags and entities are always whole."""

    kind: Kind
    text: str


#: Combining accents, Arabic vowel signs and apostrophes are part of the word they stand in.
_MARKS = "\u0300-\u036f\u064b-\u065f\u0670\u0640'’ʼ\u00ad\u200c\u200d"
_TOKEN = re.compile(
    rf"""
    <[^>]*>                             # a tag
    | &(?:\#\w+|\w+);                   # an entity
    | \d+(?:[.,:/]\d+)*                 # a number, a date, a time
    | [^\W\d_]+(?:[{_MARKS}]+[^\W\d_]+)*[\u064b-\u065f\u0300-\u036f]*
    | \s+
    | .""",
    re.VERBOSE | re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")
#: What no eye can see, shown where it is the change: a sign, and its name for who hears it.
_UNSEEN = {
    "\u00a0": ("⍽", _("non-breaking space")),
    "\u202f": ("⍽", _("narrow non-breaking space")),
    "\u00ad": ("·", _("soft hyphen")),
    "\u200b": ("·", _("zero-width space")),
    "\n": ("↵", _("new line")),
}
_SHOWN_APART = re.compile(rf"(<[^>]*>|[{''.join(_UNSEEN)}])")


def diff(before: str, after: str) -> list[Piece]:
    """Return the pieces of which both wordings are made; in a change what was removed comes first."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    pieces = []
    for is_same, group in groupby(_with_gaps_changed(old, new), key=lambda part: part[0]):
        parts = list(group)
        removed, added = ("".join(part[side] for part in parts) for side in (1, 2))
        pieces += [Piece(Kind.SAME, removed)] if is_same else [Piece(Kind.REMOVED, removed), Piece(Kind.ADDED, added)]
    return [piece for piece in pieces if piece.text]


def _with_gaps_changed(old: list[str], new: list[str]) -> list[tuple[bool, str, str]]:
    """Return (is the same, before, after); a mere gap between two changes belongs to the change.

    Two words replaced in a row read better as one replacement than as two with a blank between them.
    """
    codes = _from_line_starts(SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes(), old, new)
    parts = [(code[0] == "equal", "".join(old[code[1] : code[2]]), "".join(new[code[3] : code[4]])) for code in codes]
    last = len(parts) - 1
    return [
        (is_same and not (0 < number < last and not before.strip(" \u00a0,;–-")), before, after)
        for number, (is_same, before, after) in enumerate(parts)
    ]


def _from_line_starts(codes: list[Any], old: list[str], new: list[str]) -> list[list[Any]]:
    """Return the codes in which a whole line that was added or removed begins with its own new line, not with the next."""
    done = [list(code) for code in codes]
    for before, code, after in zip(done, done[1:], done[2:], strict=False):
        if code[0] not in ("insert", "delete"):
            continue
        tokens, start, end = (new, code[3], code[4]) if code[0] == "insert" else (old, code[1], code[2])
        most, back = before[2] - before[1], 0
        while back < most and "\n" not in tokens[start - back] and tokens[start - back - 1] == tokens[end - back - 1]:
            back += 1
        if "\n" in tokens[start - back]:
            for piece, places in ((before, (2, 4)), (code, (1, 2, 3, 4)), (after, (1, 3))):
                for place in places:
                    piece[place] -= back
    return done


#: Makes the words for a tag, and is told whether the tag is a part of what changed.
ShowTag = Callable[[str, bool], "SafeString | str"]


def _tag_as_it_is(tag: str, is_change: bool) -> SafeString:
    return format_html('<code class="segment-tag">{}</code>', tag)


def diff_html(before: str, after: str, show_tag: ShowTag = _tag_as_it_is) -> SafeString:
    """Return the change as HTML: ``<del>`` and ``<ins>`` with words for who hears it; tags are shown, never obeyed."""
    return format_html_join("", "{}", ((_piece_html(piece, show_tag),) for piece in diff(before, after)))


def _piece_html(piece: Piece, show_tag: ShowTag) -> SafeString:
    if piece.kind == Kind.SAME:
        return _shown(piece.text, show_tag, is_change=False)
    element, words = ("del", _("removed:")) if piece.kind == Kind.REMOVED else ("ins", _("added:"))
    return format_html(
        '<{0}><span class="w-sr-only">{1} </span>{2}</{0}>',
        element,
        words,
        _shown(piece.text, show_tag, is_change=True),
    )


def _shown(text: str, show_tag: ShowTag, *, is_change: bool) -> SafeString:
    parts = (part for part in _SHOWN_APART.split(text) if part)
    return format_html_join("", "{}", ((_part_html(part, show_tag, is_change),) for part in parts))


def _part_html(part: str, show_tag: ShowTag, is_change: bool) -> SafeString | str:
    if _TAG.fullmatch(part):
        return show_tag(part, is_change)
    if part in _UNSEEN and is_change:
        sign, name = _UNSEEN[part]
        return format_html(
            '<span class="segment-unseen" title="{1}"><span aria-hidden="true">{0}</span>'
            '<span class="w-sr-only">{1}</span></span>{2}',
            sign,
            name,
            part if part == "\n" else "",
        )
    return html.unescape(part)
