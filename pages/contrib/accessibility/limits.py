"""How many reports one visitor, and all visitors together, may send within an hour."""

from axes.helpers import get_client_ip_address
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

SECONDS = 60 * 60
FROM_ONE_VISITOR = 5
FROM_ALL = 200


def is_allowed(request: HttpRequest) -> bool:
    """Count this report, and tell whether it is still within the limits."""
    return _count(_visitor(request)) <= FROM_ONE_VISITOR and _count("all") <= FROM_ALL


def _visitor(request: HttpRequest) -> str:
    """Return a name for the visitor's address that cannot be turned back into it."""
    # The site tells axes how to find the address behind its proxies; no other setting knows.
    address = str(get_client_ip_address(request))
    return salted_hmac("accessibility.limits", address, algorithm="sha256").hexdigest()


def _count(who: str) -> int:
    key = f"accessibility.reports.{who}"
    cache.add(key, 0, SECONDS)
    try:
        return cache.incr(key)
    except ValueError:  # it expired in between
        cache.set(key, 1, SECONDS)
        return 1
