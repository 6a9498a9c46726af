"""Text that leaves for other programs: feeds, calendars."""

import re

CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def without_control_characters(text: str) -> str:
    """Return a text without what XML and iCalendar forbid, such as the vertical tabs of Word."""
    return CONTROL_CHARACTERS.sub(" ", text)
