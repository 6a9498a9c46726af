"""What an editor sees of a comparison: one entry for each proposal, its words side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages import formats
from pages.interchange.comparing import Change, Proposal, State
from pages.interchange.diffs import diff_html
from pages.interchange.outline import Heading, Paragraph, Picture, Text, every_block, every_inline
from pages.interchange.progress import counted
from pages.interchange.slots import Kind
from pages.interchange.values import Unclear

from .coming_back import Returned
from .returned_pictures import ShownPicture, exchanged, new_pictures
from .shown_rows import cells, row_title

WORDS_OF_TITLE = 12
#: In the order of the screen: what needs the most thought comes first.
HEADINGS = {
    State.CONFLICT: gettext_lazy("Changed in Word and on the site"),
    State.CHANGED: gettext_lazy("Changed in Word"),
    State.NEW: gettext_lazy("New in Word"),
    State.DELETED: gettext_lazy("Deleted in Word"),
    State.MOVED: gettext_lazy("Moved in Word"),
    State.BY_HAND: gettext_lazy("Changed in Word, to be done by hand"),
    State.ON_SITE: gettext_lazy("Changed on the site only"),
}
_EXPLAINED = {
    State.CONFLICT: gettext_lazy(
        "Somebody has changed these on the site since the file was made. What you tick replaces what stands there now."
    ),
    State.BY_HAND: gettext_lazy(
        "These words are made of other data, belong to something that the file cannot hold, or their part of the page "
        "was deleted meanwhile. They stay as they are on the site; change them in the form if need be."
    ),
    State.ON_SITE: gettext_lazy("They stay as they are; there is nothing to decide."),
}
_MARKS = {
    "b": gettext_lazy("bold"),
    "i": gettext_lazy("italic"),
    "sup": gettext_lazy("superscript"),
    "sub": gettext_lazy("subscript"),
    "a": gettext_lazy("link"),
    "span": gettext_lazy("language"),
}
_TAG = re.compile(r"<(/?)(\w+)([^>]*)>")
_HREF = re.compile(r'href="([^"]*)"')
_LANGUAGE = re.compile(r'lang="([^"]*)"')


@dataclass(frozen=True)
class Line:
    """One field: what changed in Word, and where it did, what changed on the site."""

    label: str
    word: SafeString
    site: SafeString | str = ""
    pictures: list[ShownPicture] = field(default_factory=list)


@dataclass(frozen=True)
class Entry:
    """One proposal as it is shown."""

    key: str
    title: str
    lines: list[Line]
    is_ticked: bool
    can_be_taken: bool
    note: str = ""


@dataclass(frozen=True)
class Group:
    state: str
    heading: str
    explained: str
    entries: list[Entry]


def groups(back: Returned, ticked: Iterable[str] | None = None) -> list[Group]:
    """Return the proposals by what they are; ``ticked`` are the keys that the editor has chosen already."""
    chosen = None if ticked is None else set(ticked)
    entries: dict[State, list[Entry]] = {state: [] for state in HEADINGS}
    for found in counted(back.comparison.proposals):
        entries[found.state].append(_entry(back, found, chosen))
    return [
        Group(str(state), str(heading), str(_EXPLAINED.get(state, "")), entries[state])
        for state, heading in HEADINGS.items()
        if entries[state]
    ]


def _entry(back: Returned, proposal: Proposal, chosen: set[str] | None) -> Entry:
    problem = back.bringing.problem(back.page, proposal) if proposal.can_be_taken else ""
    can_be_taken = proposal.can_be_taken and not problem
    is_ticked = proposal.is_suggested if chosen is None else proposal.key in chosen
    lines = [_change_line(back, change, proposal.state) for change in proposal.changes]
    lines += _row_lines(back, proposal)
    lines += [Line(_("New"), _new(words)) for words in _words_of(proposal.blocks, names_pictures=False)]
    lines += [
        Line(_("Footnote %(number)s") % {"number": number}, _rich_diff((), (back.bringing.notes[number],)))
        for number in proposal.notes
    ]
    if pictures := list(new_pictures(proposal.blocks)):
        lines.append(Line("", SafeString(""), pictures=pictures))
    if proposal.state in (State.DELETED, State.CONFLICT, State.CHANGED):
        lines += [Line(_("Deleted"), _gone(words)) for words in _removed_words(back, proposal)]
    note = _without_place() if _is_without_place(proposal) else _note(problem)
    return Entry(proposal.key, _title(back, proposal), lines, is_ticked and can_be_taken, can_be_taken, note)


def _note(problem: str) -> str:
    if problem == "unclear":
        return _("It cannot be told what in these words belongs where. Change it in the form.")
    return problem


def _is_without_place(proposal: Proposal) -> bool:
    """Whether it was written where a page has only data."""
    return proposal.state is State.BY_HAND and bool(proposal.blocks) and not proposal.changes and not proposal.beside


def _without_place() -> str:
    return _(
        "A file cannot add this here. If the words name a document, a person or an outcome, add a row for it in the form "
        "of the page and choose it there. Write other words into the text."
    )


def _title(back: Returned, proposal: Proposal) -> str:
    if _is_without_place(proposal):
        kind = capfirst(str(proposal.label))
        return _("%(kind)s, new item after “%(words)s”") % {"kind": kind, "words": _first_words(back, proposal)}
    if proposal.row:
        return row_title(back, proposal, proposal.row)
    if proposal.beside:
        return _picture_title(back, proposal, proposal.beside)
    if proposal.like:
        words = _words_of_slot(back, proposal.like.name)
        kind = capfirst(str(proposal.label))
        return _("%(kind)s, new item after “%(words)s”") % {"kind": kind, "words": words}
    if proposal.state is State.NEW:
        return _new_place(back, proposal)
    label = capfirst(str(proposal.label)) or _("Words that the page makes itself")
    words = "" if len(proposal.owner) == 1 else _first_words(back, proposal)
    return _("%(kind)s: “%(words)s”") % {"kind": label, "words": words} if words else label


def _picture_title(back: Returned, proposal: Proposal, beside: tuple[str, ...]) -> str:
    """Return behind which picture of which gallery a new one stands."""
    kind = capfirst(str(proposal.label))
    if beside == proposal.owner:
        return _("%(kind)s, new first picture") % {"kind": kind}
    slots = (slot for slot in back.bringing.now.told.slots.values() if slot.kind is Kind.PICTURE)
    slot = next((slot for slot in slots if beside in (slot.row, slot.owner)), None)
    words = Truncator(_alts(back, slot.name)).words(WORDS_OF_TITLE) if slot else ""
    if not words:
        return _("%(kind)s, new picture") % {"kind": kind}
    return _("%(kind)s, new picture after “%(words)s”") % {"kind": kind, "words": words}


def _alts(back: Returned, name: str) -> str:
    return " ".join(
        piece.alt for piece in every_inline(back.bringing.now.said.get(name, [])) if isinstance(piece, Picture)
    )


def _new_place(back: Returned, proposal: Proposal) -> str:
    if proposal.after is None:
        return _("At the beginning of the text")
    return _("After “%(words)s”") % {"words": _words_at(back, proposal.after)}


def _first_words(back: Returned, proposal: Proposal) -> str:
    slots = [slot for slot in back.bringing.now.told.slots.values() if slot.owner == proposal.owner]
    if slots and slots[0].kind is Kind.PICTURE and not slots[0].row:
        # Its kind stands before the words already.
        return Truncator(_alts(back, slots[0].name)).words(WORDS_OF_TITLE)
    return _words_at(back, proposal.owner)


def _words_at(back: Returned, owner: tuple[str, ...]) -> str:
    state = back.bringing.now
    for slot in state.told.slots.values():
        if slot.owner == owner and slot.name in state.said:
            words = " ".join(text for text in _words_of(state.said[slot.name]) if text)
            return Truncator(words).words(WORDS_OF_TITLE)
    return ""


def _words_of_slot(back: Returned, name: str) -> str:
    words = _words_of(back.bringing.now.said.get(name, []))
    return Truncator(" ".join(words)).words(WORDS_OF_TITLE)


def _removed_words(back: Returned, proposal: Proposal) -> Iterable[str]:
    state = back.bringing.now
    for path in proposal.removed:
        blocks = [
            block
            for slot in state.told.slots.values()
            if slot.path[: len(path)] == path
            for block in state.said.get(slot.name, [])
        ]
        yield "\n".join(filter(None, _words_of(blocks)))


# --- words ----------------------------------------------------------------------------------


def _change_line(back: Returned, change: Change, state: State) -> Line:
    if change.slot.kind is not Kind.IMAGE:
        return _line(change, state)
    pictures = exchanged(back, change)
    label = _("Deleted") if change.after is None else str(change.slot.label)
    return Line(capfirst(label), SafeString(""), pictures=pictures)


def _line(change: Change, state: State) -> Line:
    kind = change.slot.kind
    before, after, now = (_wording(kind, value) for value in (change.before, change.after, change.now))
    is_on_site = state in (State.CONFLICT, State.ON_SITE) and before != now
    word = diff_html(before, after, _show_tag) if state is not State.ON_SITE else SafeString("")
    return Line(
        capfirst(str(change.slot.label)),
        word,
        diff_html(before, now, _show_tag) if is_on_site else "",
    )


def _rich_diff(before: tuple[str, ...], after: tuple[str, ...]) -> SafeString:
    return diff_html(_wording(Kind.RICH, before), _wording(Kind.RICH, after).removeprefix("• "), _show_tag)


def _row_lines(back: Returned, proposal: Proposal) -> Iterable[Line]:
    for heading, before, after, now in cells(back, proposal, proposal.row) if proposal.row else ():
        before, after, now = (escape(words, quote=False) for words in (before, after, now))
        is_on_site = proposal.state is State.CONFLICT and before != now
        yield Line(
            heading, diff_html(before, after, _show_tag), diff_html(before, now, _show_tag) if is_on_site else ""
        )


def _wording(kind: Kind, value: Any) -> str:
    """Return a value as HTML whose tags are marks only, a line for each paragraph."""
    if isinstance(value, Unclear):
        return escape(value.words, quote=False)
    if value is None or value == "":
        return ""
    if kind is Kind.RICH:
        return "\n".join(_paragraph(part) for part in value).strip("\n")
    if kind is Kind.TABLE:
        return "\n".join(escape(" | ".join(row), quote=False) for row in value)
    if kind is Kind.HEADING:
        level = _("level %(level)s") % {"level": value[1]}
        return escape(f"{value[0]} ({level})" if value[0] else "", quote=False)
    if isinstance(value, tuple):
        return escape(" – ".join(part for part in value if part), quote=False)
    return escape(str(value), quote=False)


def _paragraph(part: str) -> str:
    words = re.sub(r'<li value="(\d+)">', r"\n\1. ", part).replace("<li>", "\n• ")
    words = re.sub(r"<br\s*/?>", "\n", words)
    return re.sub(r"</?(?:p|ul|ol|li)\b[^>]*>", "", words).strip("\n")


def _show_tag(tag: str, is_change: bool) -> SafeString | str:
    """Name a mark where it is a part of the change; elsewhere it would only be in the way."""
    found = _TAG.fullmatch(tag)
    if not is_change or not found:
        return ""
    name = str(_MARKS.get(found[2], found[2]))
    address = _HREF.search(found[3])
    if address:
        name = f"{name}: {address[1]}"
    if language := _LANGUAGE.search(found[3]):
        name = f"{name}: {formats.language_name(language[1])}"
    if found[1]:
        name = _("end of %(mark)s") % {"mark": name}
    return format_html('<span class="word-mark">[{}]</span>', name)


def _words_of(blocks: Iterable[Any], *, names_pictures: bool = True) -> list[str]:
    found = []
    for block in every_block(blocks):
        if isinstance(block, (Paragraph, Heading)):
            alts = [piece.alt for piece in block.content if isinstance(piece, Picture) and names_pictures]
            words = "".join(piece.text for piece in block.content if isinstance(piece, Text)).strip()
            found.append(" ".join([words, *(_("Picture: %(alt)s") % {"alt": alt} for alt in alts)]).strip())
    return [words for words in found if words]


def _new(words: str) -> SafeString:
    return diff_html("", escape(words, quote=False), _show_tag)


def _gone(words: str) -> SafeString:
    return diff_html(escape(words, quote=False), "", _show_tag)
