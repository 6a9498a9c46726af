"""Which version of a page is meant for readers of none of its languages (``hreflang="x-default"``)."""

from __future__ import annotations

from django.conf import settings

FRONT_DOOR = "/"


def default_address(addresses: dict[str, str], *, is_home: bool) -> str:
    """Return the address for everybody else, out of ``{language: address}``; empty if there is none.

    The front door chooses a language by itself, so it stands for the home pages. Of other pages
    it is the version in the site's first language, which is where the front door leads strangers.
    """
    if is_home:
        return FRONT_DOOR
    in_order = (addresses[code] for code, _name in settings.LANGUAGES if code in addresses)
    return addresses.get(settings.LANGUAGE_CODE) or next(in_order, "")
