"""Explain each abbreviation where it first stands on a page (WCAG 2.2, 3.1.4)."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

#: Text in these is not running text, or explains itself already.
UNTOUCHED = {"abbr", "code", "pre", "script", "style", "textarea"}


def abbreviations_of(page) -> dict[str, str]:
    """Return the abbreviations that a page's body explains, with their expansions."""
    return {
        item["abbreviation"]: item["expansion"]
        for block in getattr(page, "body", None) or []
        if block.block_type == "abbreviations"
        for item in block.value["items"]
    }


class _Marker(HTMLParser):
    def __init__(self, pending: dict[str, str]):
        super().__init__(convert_charrefs=False)
        self.pending = pending
        self.parts: list[str] = []
        self.untouched_depth = 0
        #: Of the spans that are open, which are in another language: an explanation would be read in it, too.
        self.spans: list[bool] = []

    def handle_starttag(self, tag, attrs):
        if tag == "span":
            self.spans.append(any(name == "lang" for name, _value in attrs))
            self.untouched_depth += self.spans[-1]
        self.untouched_depth += tag in UNTOUCHED
        self.parts.append(self.get_starttag_text())

    def handle_startendtag(self, tag, attrs):
        self.parts.append(self.get_starttag_text())

    def handle_endtag(self, tag):
        if tag == "span" and self.spans:
            self.untouched_depth -= self.spans.pop()
        self.untouched_depth -= tag in UNTOUCHED
        self.parts.append(f"</{tag}>")

    def handle_entityref(self, name):
        self.parts.append(f"&{name};")

    def handle_charref(self, name):
        self.parts.append(f"&#{name};")

    def handle_comment(self, data):
        self.parts.append(f"<!--{data}-->")

    def handle_data(self, data):
        self.parts.append(data if self.untouched_depth else self._marked(data))

    def _marked(self, text: str) -> str:
        if not self.pending:
            return text
        longest_first = sorted(map(re.escape, self.pending), key=len, reverse=True)
        return re.sub(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)", self._first, text)

    def _first(self, found: re.Match) -> str:
        expansion = self.pending.pop(found[0], None)
        return f'<abbr title="{escape(expansion)}">{found[0]}</abbr>' if expansion else found[0]


def mark(html: str, pending: dict[str, str]) -> str:
    """Return ``html`` with the first of each pending abbreviation marked, and take it off ``pending``.

    Only text is touched, never tags or attributes.
    """
    if not pending:
        return html
    marker = _Marker(pending)
    marker.feed(html)
    marker.close()
    return "".join(marker.parts)
