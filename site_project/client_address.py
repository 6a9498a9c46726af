"""Who is asking: the network address of the visitor, behind as many proxies as we trust."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the visitor's address.

    Each trusted proxy appends the address it saw to ``X-Forwarded-For``, so the last
    ``TRUSTED_PROXIES`` entries are true; whatever stands before them is the visitor's own claim.
    """
    proxies = settings.TRUSTED_PROXIES
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if proxies and forwarded:
        return forwarded[-min(proxies, len(forwarded))]
    return str(request.META.get("REMOTE_ADDR", ""))
