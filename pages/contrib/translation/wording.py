"""What a string says, apart from how it is written: its text without tags, and whether a change is only cosmetic."""

import re
import unicodedata

from wagtail_localize.strings import StringValue

_QUOTES = dict.fromkeys(map(ord, "„“”«»‟❝❞"), '"') | dict.fromkeys(map(ord, "‘’‚‹›‛"), "'")
#: Hyphenation marks and zero-width spaces; the joiners of Arabic and the direction marks mean something and stay.
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")


def plain(html: str) -> str:
    """Return the text of a string of Localize: tags gone, line breaks as newlines."""
    return StringValue(html).render_text() if "<" in html or "&" in html else html


def essence(html: str) -> str:
    """Return a string without what is only cosmetic: kinds of white space and of quotes, soft hyphens."""
    text = unicodedata.normalize("NFC", html).translate(_QUOTES).translate(_INVISIBLE)
    return " ".join(text.replace("&nbsp;", " ").split())


def is_cosmetic(before: str, after: str) -> bool:
    """Return whether nothing changed but white space, quotes or non-breaking spaces."""
    return essence(before) == essence(after)


def count_words(html: str) -> int:
    """Return the number of words a translator is paid for: those of the text, not of the tags."""
    return len(_WORD.findall(_TAG.sub(" ", html)))
