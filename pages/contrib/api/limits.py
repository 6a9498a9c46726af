"""How much one caller may ask for in a minute, so that one careless script does not slow the site for readers."""

from __future__ import annotations

import time

from axes.helpers import get_client_ip_address
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

SECONDS = 60


def seconds_to_wait(request: HttpRequest) -> int:
    """Count this request; return 0, or after how many seconds the caller may ask again."""
    limit = settings.API_REQUESTS_PER_MINUTE
    if not limit:
        return 0
    minute, passed = divmod(int(time.time()), SECONDS)
    return 0 if _count(f"{_caller(request)}.{minute}") <= limit else SECONDS - passed


def _caller(request: HttpRequest) -> str:
    """Return a name for the caller's address that cannot be turned back into it."""
    # The site tells axes how to find the address behind its proxies; no other setting knows.
    address = str(get_client_ip_address(request))
    return salted_hmac("api.limits", address, algorithm="sha256").hexdigest()


def _count(who: str) -> int:
    key = f"api.requests.{who}"
    cache.add(key, 0, 2 * SECONDS)
    try:
        return cache.incr(key)
    except ValueError:  # it expired in between
        return 1
