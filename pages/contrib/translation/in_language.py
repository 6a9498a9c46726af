"""Words in the language they are written in: a list of two languages is read aloud, and set, in both."""

from django.utils.html import format_html
from django.utils.safestring import SafeString


def in_language(words: object, code: str) -> SafeString:
    """Return words with their language; each finds its own direction."""
    return format_html('<span lang="{}" dir="auto">{}</span>', code, words)
