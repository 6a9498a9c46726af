"""Mark what is not translated yet in a page with its own language (WCAG 2.2, 3.1.2)."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable

from wagtail.models import Page
from wagtail_localize.models import StringSegment, Translation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from .models import ForeignParts
from .wording import essence

_INLINE = r"</?(?:a|abbr|b|bdi|br|cite|code|em|i|q|s|small|span|strong|sub|sup|time|u|wbr)\b[^<>]*>"
#: An element that holds nothing but words and inline elements, or a picture with its words.
_TEXT = re.compile(
    rf"<(?P<tag>[a-z][a-z0-9]*)(?P<attributes>(?:\s[^<>]*)?)>(?P<inner>(?:[^<>]|{_INLINE})*?)</(?P=tag)\s*>"
    r"|<img\b(?P<picture>[^<>]*)>",
    re.IGNORECASE,
)
_ALT = re.compile(r"""\salt=(?:"([^"]*)"|'([^']*)')""")
_TAG = re.compile(r"<[^>]*>")
_HAS_LANGUAGE = re.compile(r"\slang=", re.IGNORECASE)


def note_foreign_parts(page: Page) -> None:
    """Keep which texts of a page that was just published are still those of its source."""
    translation = (
        Translation.objects.filter(source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True)
        .select_related("source")
        .first()
    )
    texts = _untranslated(translation, page) if translation else []
    if texts:
        ForeignParts.objects.update_or_create(page_id=page.pk, defaults={"texts": texts})
    else:
        ForeignParts.objects.filter(page=page.pk).delete()


def _untranslated(translation: Translation, page: Page) -> list[str]:
    segments = StringSegment.objects.filter(source=translation.source_id).annotate_translation(page.locale_id)
    missing = set(segments.filter(translation=None).values_list("string__data", flat=True))
    if not missing:
        return []
    # The page tells what readers see: words may have been accepted, or the source changed, after it was made.
    shown = {value.string.data for value in extract_segments(page) if isinstance(value, StringSegmentValue)}
    return sorted(text for text in missing & shown if any(map(str.isalpha, _words(text))))


def mark(markup: str, texts: Iterable[str], attributes: str) -> str:
    """Return a page's HTML with ``attributes`` at each element that says one of the texts and nothing else.

    An element that has a language already keeps it.
    """
    wanted = {_words(text) for text in texts}
    return _TEXT.sub(_marker(wanted, attributes), markup)


def _marker(wanted: set[str], attributes: str) -> Callable[[re.Match], str]:
    def marked(match: re.Match) -> str:
        if match["tag"] is None:
            return _picture(match, wanted, attributes)
        name, given, inner = match["tag"], match["attributes"], match["inner"]
        if _words(inner) in wanted:
            own = "" if _HAS_LANGUAGE.search(given) else attributes
            return f"<{name}{given}{own}>{inner}</{name}>"
        if "<" in inner:
            inner = _TEXT.sub(marked, inner)
        return f"<{name}{given}>{inner}</{name}>"

    return marked


def _picture(match: re.Match, wanted: set[str], attributes: str) -> str:
    alt = _ALT.search(match["picture"])
    if not alt or _HAS_LANGUAGE.search(match["picture"]) or _words(alt[1] or alt[2] or "") not in wanted:
        return match[0]
    return f"<img{attributes}{match['picture']}>"


def _words(markup: str) -> str:
    """Return what is read aloud: without tags, entities and kinds of white space and quotes."""
    return essence(html.unescape(_TAG.sub("", markup)))
