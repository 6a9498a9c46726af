"""Which addresses a file may bring along: an allow-list, never a list of the forbidden.

An address without a scheme names a file beside the one that was read. It harms nobody and an outline keeps it, but
it leads nowhere from a page, so whoever makes a page of the outline leaves it out (``is_beside_the_file``).
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_MAIL = re.compile(r"mailto:[^\s<>\"]+\Z", re.IGNORECASE)
_PHONE = re.compile(r"tel:[+\d() .-]{2,40}\Z", re.IGNORECASE)
_BESIDE = re.compile(r"(?:/(?!/)|[^/:\s])[^:]*\Z")
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f\\<>\"]")


def allowed(address: str) -> str:
    """Return an address that may stand in a page, or an empty string."""
    address = address.strip()
    if not address or _FORBIDDEN.search(address):
        return ""
    if _MAIL.match(address) or _PHONE.match(address) or is_beside_the_file(address):
        return address
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:  # as "http://[" is
        return ""
    # A name and a password before the host hide where a link leads.
    is_web = parts.scheme.lower() in ("http", "https") and bool(host) and "@" not in parts.netloc
    return address if is_web else ""


def is_beside_the_file(address: str) -> bool:
    """Whether an address is relative: a file that lay near the file on its writer's computer."""
    return bool(_BESIDE.match(address))
