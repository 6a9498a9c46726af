"""Words in the language they are written in: a list of two languages is read aloud, and set, in both."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.models import Locale


def in_language(words: object, code: str) -> SafeString:
    """Return words with their language; each finds its own direction."""
    return format_html('<span lang="{}" dir="auto">{}</span>', code, words)


def own_name(locale: Locale) -> SafeString:
    """Return the name of a language as its speakers write it, so that a screen reader says it as they do."""
    return in_language(locale.get_display_name(), locale.language_code)
