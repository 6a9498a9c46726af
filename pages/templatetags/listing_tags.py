"""What the templates of lists need beside ``page_tags``."""

from django import template

from pages import formats

register = template.Library()


@register.filter
def long_date(day) -> str:
    """Write a date in full as plain text, where no element may stand."""
    return formats.long_date(day)


@register.filter
def webcal(address: str) -> str:
    """Return an address that a calendar opens as a subscription, not as a file."""
    return f"webcal://{address.partition('://')[2]}"
