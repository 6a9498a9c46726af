"""Turn the plain marks of the demo's texts into Wagtail's rich text.

An empty line parts paragraphs, ``- `` begins an item of a list, ``**words**`` are bold, and
``[words](target)`` is a link to ``page:<key>`` or to an address.
"""

import html
import re
from itertools import groupby

LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
BOLD = re.compile(r"\*\*([^*]+)\*\*")


def rich_text(text, page_id):
    """Return rich text as stored in the database; ``page_id(key)`` gives the number of a page of the demo."""
    return "".join(_part(part, page_id) for part in text.strip().split("\n\n"))


def _part(part, page_id):
    """A list may follow its introduction without an empty line."""
    return "".join(
        f"<ul>{''.join(f'<li>{_inline(line[2:], page_id)}</li>' for line in lines)}</ul>"
        if is_list
        else f"<p>{'<br/>'.join(_inline(line, page_id) for line in lines)}</p>"
        for is_list, lines in groupby(part.splitlines(), key=lambda line: line.startswith("- "))
    )


def _inline(text, page_id):
    escaped = BOLD.sub(r"<b>\1</b>", html.escape(text, quote=False))
    return LINK.sub(lambda found: _link(found[1], found[2], page_id), escaped)


def _link(words, target, page_id):
    kind, _, key = target.partition(":")
    if kind == "page":
        return f'<a linktype="page" id="{page_id(key)}">{words}</a>'
    return f'<a href="{html.escape(target)}">{words}</a>'
