"""Reads settings from the environment and names everything that is missing at once."""

import os
from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured


def required(wanted: Mapping[str, str]) -> dict[str, str]:
    """Return the value of each variable of ``wanted``, a mapping of name to what it should hold.

    Raises ``ImproperlyConfigured`` with one sentence that names each variable without a value.
    """
    missing = [f"{name} ({meaning})" for name, meaning in wanted.items() if not os.environ.get(name, "").strip()]
    if missing:
        raise ImproperlyConfigured(
            f"The site does not start without these environment variables: {'; '.join(missing)}."
        )
    return {name: os.environ[name].strip() for name in wanted}


def words(text: str) -> list[str]:
    """Return the parts of a comma-separated list, without blanks."""
    return [word.strip() for word in text.split(",") if word.strip()]


def switch(name: str, default: bool) -> bool:
    """Return whether a variable says yes (1, true, yes, on) or no (0, false, no, off)."""
    text = os.environ.get(name, "").strip().lower()
    if text in {"", "1", "true", "yes", "on", "0", "false", "no", "off"}:
        return text in {"1", "true", "yes", "on"} if text else default
    raise ImproperlyConfigured(f"{name} should be 1 or 0, not {text!r}.")


def number(name: str, default: int) -> int:
    """Return the whole number that a variable holds."""
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    if not text.isdecimal():
        raise ImproperlyConfigured(f"{name} should be a whole number, not {text!r}.")
    return int(text)
