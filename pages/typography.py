"""Polish typography of a page on its way out: what is stored, searched and translated stays as it was typed.

One character is only ever put in the place of one other: a non-breaking space for a space, an en dash for a
hyphen, „ ” » « for straight quotes. So nothing moves, doing it twice changes nothing, and taking the four
back gives the text that was there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

NO_BREAK = "\u00a0"
EN_DASH = "–"

_MONTHS = "stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia"
_ABBREVIATIONS = (
    r"dr|prof\.|mgr|inż\.|hab\.|nt\.|np\.|tj\.|tzn\.|tzw\.|ul\.|al\.|pl\.|os\.|im\.|nr|poz\.|art\.|ust\.|pkt|lit\.|"
    r"str\.|s\.|tel\.|m\.in\.|św\.|ok\.|godz\.|rozdz\.|zob\.|por\."
)
_UNITS = (
    r"r\.|w\.|zł|gr|tys\.|mln|mld|%|proc\.|euro|€|°C|km|m²|km²|m|cm|mm|ha|kg|t|l|h|min|godz\.|os\.|szt\.|"
    r"[KMG]?B|kB|stron[aye]?|dni[ai]?|dzień|lata?|roku?|tygodni[ei]?|miesi[ąę]c[aey]*|osób|osoby"
)

#: One white space and no more: several in a row are the indentation of a template.
_GAP = r"(?<!\s)[ \n](?=\S)"

# The whole match of each keeps its length; what is in group "gap" becomes a non-breaking space.
_GAPS = [
    # After a one-letter word, but not after "T-a" or within "a/i".
    re.compile(rf"(?<![\w\-–/&.@])[aiouwzAIOUWZ](?P<gap>{_GAP})"),
    re.compile(rf"(?<![\w\-])(?:{_ABBREVIATIONS})(?P<gap>{_GAP})", re.IGNORECASE),
    re.compile(rf"(?<!\d)\d{{1,2}}(?P<gap>{_GAP})(?:{_MONTHS})\b"),
    re.compile(rf"\d(?P<gap>{_GAP})(?:{_UNITS})(?![\w\-])"),
    # XX w., XXI w.
    re.compile(rf"\b[IVXLC]+(?P<gap>{_GAP})w\."),
    # Before a dash that stands apart, so that no line begins with it.
    re.compile(r"\S(?P<gap>(?<!\s)[ \n](?=[–—][ \n\u00a0]))"),
]

_SPACED_HYPHEN = re.compile(r"(?<=\S[ \n\u00a0])-(?=[ \n\u00a0]\S)")

_NUMBER = r"\d+(?:[.,:]\d+)?"
#: Two numbers and a hyphen that belong to nothing longer: no date, code, address or name of a file.
_RANGE = re.compile(
    rf"(?<![\w.,:/@+&#=\-–])(?P<first>{_NUMBER})-(?P<last>{_NUMBER})(?![\w/@=\-–])(?![.,:]\w)(?P<after>\s*\w?)"
)

#: Groups of digits with gaps between them, with nothing of a phone number around: +48 22 123 45 67.
_DIGIT_GROUPS = re.compile(
    r"(?<![\w+.,/\-–])(?<!\d[ \u00a0])\d{1,3}(?:[ \u00a0]\d{3})+(?![\w/\-–]|[ \u00a0]\d|[.,]\d{3})"
)
_AFTER_PLUS = re.compile(r"\+[\d \u00a0]*$|\btel\.?:?[ \u00a0]$|\bfaks:?[ \u00a0]$", re.IGNORECASE)
_LIKE_A_PHONE = re.compile(r"0|\d{3}[ \u00a0]\d{3}[ \u00a0]\d{3}$")
_UNIT_FOLLOWS = re.compile(rf"[ \u00a0](?:{_UNITS})(?!\w)")


def polish(text: str) -> str:
    """Return a text in Polish with its spaces, dashes and quotes as a Polish typesetter has them."""
    text = _quotes(text)
    text = _SPACED_HYPHEN.sub(EN_DASH, text)
    text = _RANGE.sub(_range, text)
    for rule in _GAPS:
        text = _widen(rule, text)
    return _DIGIT_GROUPS.sub(_thousands, text)


def _widen(rule: re.Pattern[str], text: str) -> str:
    return rule.sub(lambda match: _put(match, match.start("gap") - match.start(), NO_BREAK), text)


def _put(match: re.Match[str], at: int, character: str) -> str:
    whole = match.group()
    return whole[:at] + character + whole[at + 1 :]


def _range(match: re.Match[str]) -> str:
    whole = match.group()
    if not _is_range(match["first"], match["last"], match["after"]):
        return whole
    return _put(match, len(match["first"]), EN_DASH)


def _is_range(first: str, last: str, after: str) -> bool:
    """Tell 18-20 and 10.00-13.00 from 00-950 Warszawa and from a score."""
    is_post_code = len(first) == 2 and len(last) == 3 and (first[0] == "0" or after.strip().isupper())
    return not is_post_code and _value(first) < _value(last)


def _value(number: str) -> float:
    return float(re.sub("[,:]", ".", number))


def _thousands(match: re.Match[str]) -> str:
    before, after = match.string[: match.start()], match.string[match.end() :]
    if _AFTER_PLUS.search(before[-40:]) or (_LIKE_A_PHONE.match(match.group()) and not _UNIT_FOLLOWS.match(after)):
        return match.group()
    return match.group().replace(" ", NO_BREAK)


# --- quotes ---------------------------------------------------------------------------------

_OUTER, _INNER = ("„", "”"), ("»", "«")
_OPENS_AFTER = re.compile(r"[\s(\[{„»\"–—/]?")
_CLOSES_BEFORE = re.compile(r"[\s)\]}”«\".,;:!?…–—/\-]?")


def _quotes(text: str) -> str:
    """Put Polish quotes for straight ones; all of them or, where one has no partner, none."""
    if '"' not in text:
        return text
    characters, open_quotes = list(text), 0
    for at in (at for at, character in enumerate(text) if character == '"'):
        before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
        opens = bool(after) and not after.isspace() and _OPENS_AFTER.fullmatch(before)
        closes = bool(before) and not before.isspace() and _CLOSES_BEFORE.fullmatch(after)
        if opens and not (closes and open_quotes):
            characters[at] = (_OUTER, _INNER)[min(open_quotes, 1)][0]
            open_quotes += 1
        elif closes and open_quotes:
            open_quotes -= 1
            characters[at] = (_OUTER, _INNER)[min(open_quotes, 1)][1]
        else:
            return text
        if open_quotes > 2:
            return text
    return text if open_quotes else "".join(characters)


# --- a page ---------------------------------------------------------------------------------

#: What a reader or a program takes letter by letter.
_VERBATIM = {"code", "kbd", "pre", "samp", "script", "select", "style", "svg", "textarea", "template", "var"}
#: Elements inside a line: the words before and after them are one text.
_INLINE = {
    *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "label", "mark"),
    *("q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"),
}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
#: Comments, then tags; a quoted value of an attribute may hold ">".
_MARKUP = re.compile(r"(<!--.*?-->|</?[a-zA-Z](?:[^>\"']|\"[^\"]*\"|'[^']*')*>)", re.DOTALL)
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][\w\-]*)")
_LANG = re.compile(r"\slang\s*=\s*[\"']?(?P<code>[\w\-]*)", re.IGNORECASE)
_TRANSLATE_NO = re.compile(r"\stranslate=[\"']?no\b", re.IGNORECASE)
#: Elements whose content is no markup at all, and what is set already.
_RAW = re.compile(
    r"(<(script|style|textarea)\b.*?</\2\s*>|<!--typeset-->.*?<!--/typeset-->)", re.DOTALL | re.IGNORECASE
)
_PUZZLING = re.compile(r"&quot;|&#34;|&nbsp;|&#160;")
_PLAIN = {"&quot;": '"', "&#34;": '"', "&nbsp;": NO_BREAK, "&#160;": NO_BREAK}


class _Scope(NamedTuple):
    """An element that decides for what is in it; ``depth`` counts elements of its name inside it."""

    name: str
    depth: int
    is_polish: bool
    is_verbatim: bool

    @property
    def is_open(self) -> bool:
        return self.is_polish and not self.is_verbatim


def polish_html(html: str, language: str) -> str:
    """Return markup whose Polish text nodes are set by ``polish``; ``language`` is that of the whole.

    Tags, attributes and comments stay as they are, and so do code, fields of forms, and parts in
    another language (``lang``). Words that only an inline element divides are one text. What
    stands between the comments ``typeset`` and ``/typeset`` was set before, as a long text that is kept.
    """
    if not (is_polish_code(language) or 'lang="pl' in html):
        return html
    walk = _Walk(is_polish_code(language))
    for part, is_markup in _parts(html):
        (walk.markup if is_markup else walk.text)(part)
    return walk.finish()


def is_polish_code(language: str) -> bool:
    return language.lower().split("-")[0] == "pl"


def _parts(html: str) -> Iterator[tuple[str, bool]]:
    """Yield (part, is markup); elements whose content is no markup are one part."""
    for number, chunk in enumerate(_RAW.split(html)):
        if number % 3 == 1:
            yield chunk, True
        elif number % 3 == 0:
            for position, part in enumerate(_MARKUP.split(chunk)):
                if part:
                    yield part, bool(position % 2)


class _Walk:
    """Go through the parts of a page; a run is the text up to the next element that begins a line of its own."""

    def __init__(self, is_polish: bool):
        self.scopes = [_Scope("", 0, is_polish, is_verbatim=False)]
        self.done: list[str] = []
        self.run: list[tuple[str, bool, bool]] = []

    def text(self, part: str) -> None:
        self.run.append((part, False, self.scopes[-1].is_open))

    def markup(self, part: str) -> None:
        tag = _TAG.match(part)
        name = tag["name"].lower() if tag else ""
        if tag and name not in _INLINE:
            self._end_run()
        self.run.append((part, True, False))
        if tag and not (_RAW.fullmatch(part) or name in _VOID or part.endswith("/>")):
            (self._close if tag["close"] else self._open)(name, part)

    def finish(self) -> str:
        self._end_run()
        return "".join(self.done)

    def _open(self, name: str, tag: str) -> None:
        current = self.scopes[-1]
        lang = _LANG.search(tag)
        verbatim = name in _VERBATIM or bool(_TRANSLATE_NO.search(tag))
        if lang or verbatim:
            is_polish = is_polish_code(lang["code"]) if lang else current.is_polish
            self.scopes.append(_Scope(name, 0, is_polish, current.is_verbatim or verbatim))
        elif name == current.name:
            self.scopes[-1] = current._replace(depth=current.depth + 1)

    def _close(self, name: str, _tag: str) -> None:
        current = self.scopes[-1]
        if name != current.name or len(self.scopes) == 1:
            return
        if current.depth:
            self.scopes[-1] = current._replace(depth=current.depth - 1)
        else:
            self.scopes.pop()

    def _end_run(self) -> None:
        if any(is_open for _part, _is_markup, is_open in self.run):
            self._set_run()
        self.done += [part for part, _is_markup, _is_open in self.run]
        self.run = []

    def _set_run(self) -> None:
        """Set the texts of the run as one; each gets its own share back, since no length changes."""
        texts = [_readable(part, is_open) for part, is_markup, is_open in self.run if not is_markup]
        whole = polish("".join(texts))
        position = 0
        for number, (part, is_markup, is_open) in enumerate(self.run):
            if is_markup:
                continue
            length = len(_readable(part, is_open))
            if is_open:
                self.run[number] = (_differing(part, whole[position : position + length]), False, True)
            position += length


def _readable(part: str, is_open: bool) -> str:
    """Return a text as people read it; one that must stay as it is counts as a single long word."""
    if is_open:
        return _PUZZLING.sub(lambda entity: _PLAIN[entity.group()], part) if "&" in part else part
    return re.sub(r"\S", "x", part)


def _differing(part: str, set_text: str) -> str:
    """Keep the part as it was written where nothing of it changed."""
    return part if set_text == _readable(part, is_open=True) else set_text
