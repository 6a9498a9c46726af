"""Dates of a statement, with the identifiers that validators look for."""

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language

from pages import formats

register = template.Library()


@register.simple_tag
def statement_date(day, identifier: str):
    """Write a date in full as a ``time`` element with an id; Polish has “r.” after the year."""
    words = formats.long_date(day)
    if (get_language() or "").startswith("pl"):
        words += " r."
    return format_html('<time id="{}" datetime="{}">{}</time>', identifier, day.isoformat(), words)
