"""Words as a translator sees and types them: tags stay tags, but nobody has to write ``&amp;``."""

import re

_TAG = re.compile(r"(</?(?:a|abbr|acronym|b|code|em|i|strong|br)(?:\s+id=\"[\w-]+\")?\s*/?>)")
_LINE_BREAK = re.compile(r"<br\s*/?>")
#: What reads as markup; of anything else "<" and "&" stand for themselves.
_ENTITY = r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z]\w*);"
_LONE_AMPERSAND = re.compile(rf"&(?!{_ENTITY[1:]})")
_LIKE_A_TAG = re.compile(r"(</?[A-Za-z!][^<>]*>)")
_SHOWN_AMPERSAND = re.compile(r"&amp;(?!#|\w+;)")
_SHOWN_LESS_THAN = re.compile(r"&lt;(?![/!A-Za-z])")


def shown(words: str) -> str:
    """Return Localize's HTML as it is typed: line breaks as new lines, signs as themselves."""
    return "".join(_shown_part(part) for part in _TAG.split(words))


def _shown_part(part: str) -> str:
    if _TAG.fullmatch(part):
        return "\n" if _LINE_BREAK.fullmatch(part) else part
    text = part.replace("&nbsp;", "\u00a0").replace("&gt;", ">")
    return _SHOWN_LESS_THAN.sub("<", _SHOWN_AMPERSAND.sub("&", text))


def stored(typed: str, source: str) -> str:
    """Return what was typed as Localize's HTML; a new line is a line break only where the source has one.

    Tags that are not allowed stay tags: ``segments.accept`` refuses them and says why.
    """
    line_break = "<br/>" if _LINE_BREAK.search(source) else " "
    lines = typed.replace("\r\n", "\n").strip("\n").split("\n")
    return line_break.join("".join(_stored_part(part) for part in _LIKE_A_TAG.split(line)) for line in lines)


def _stored_part(part: str) -> str:
    return (
        part
        if _LIKE_A_TAG.fullmatch(part)
        else _LONE_AMPERSAND.sub("&amp;", part).replace("<", "&lt;").replace(">", "&gt;")
    )
