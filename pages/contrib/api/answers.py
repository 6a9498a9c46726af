"""What is true of every answer in HTTP: conditional, compressed, cached rightly, open to other origins."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, parse_http_date_safe, quote_etag
from django.views.decorators.gzip import gzip_page

from . import limits, problems
from .terms import READING, Address
from .unchanged import Remembered, only_told

#: How long caches may keep an answer without asking.
SECONDS = 60
ONE_DAY = 24 * 60 * 60

_remembered = Remembered()

View = Callable[..., HttpResponseBase]
#: Returns what the address of a request takes.
FindAddress = Callable[[HttpRequest], Address]


def answer(
    request: HttpRequest, data: Any, *, changed_at: datetime | None = None, is_public: bool = True
) -> HttpResponse:
    """Return data as JSON, or 304 to whoever holds it already.

    The mark is made from the answer itself, so whatever a change was, it is noticed. ``changed_at`` is only told,
    until it is known since when this very answer holds: what a page shows changes without the page.
    """
    body = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":")).encode()
    response = HttpResponse(body, content_type="application/json")
    if not is_public or getattr(request, "shows_token", False):
        response["Cache-Control"] = "private, no-store"
        return response
    response["Cache-Control"] = f"public, max-age={SECONDS}"
    response["ETag"] = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    since = _remembered.since(request.build_absolute_uri(), response["ETag"])
    if since or changed_at:
        response["Last-Modified"] = http_date(since or only_told(changed_at.timestamp()))
    # Whoever shows another date, be it a later one, may hold what another process told.
    is_shown = since == parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    unchanged = get_conditional_response(request, response["ETag"], since if is_shown else None, response)
    return unchanged if unchanged is not None else response


def spoken(view: View, find_address: FindAddress) -> View:
    """Wrap a view of the API in all that it says in HTTP."""
    compressed = gzip_page(view)

    @wraps(view)
    def speak(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        address = find_address(request)
        # A cookie of a browser never counts, which is why no address needs a token against forged requests.
        request.user = AnonymousUser()
        response = _refused(request, address) or _answered(compressed, request, address, args, kwargs)
        # Answers differ by what is asked and by who shows a token; no cookie and no language of a browser counts.
        patch_vary_headers(response, ("Authorization", "Origin"))
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        is_own = getattr(request, "shows_token", False) or request.method not in READING
        response.headers.setdefault("Cache-Control", "private, no-store" if is_own else "no-cache")
        _open_to_origins(request, response, address)
        return response

    speak.csrf_exempt = True  # type: ignore[attr-defined]
    return speak


def _refused(request: HttpRequest, address: Address) -> HttpResponse | None:
    if wait := limits.seconds_to_wait(request):
        response = problems.answer(429, f"Too many requests. Ask again in {wait} seconds.")
        response["Retry-After"] = str(wait)
        return response
    return address.refusal(request)


def _answered(view: View, request: HttpRequest, address: Address, args: Any, kwargs: Any) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": address.methods})
    if request.method == "HEAD":
        # Whoever serves leaves the body out.
        request.method = "GET"
        response = _answered(view, request, address, args, kwargs)
        request.method = "HEAD"
        return response
    try:
        return (
            view(request, *args, **kwargs) if request.method == "GET" else _all_or_nothing(view, request, args, kwargs)
        )
    except Http404:  # raised at the door itself
        return problems.answer(404, "There is nothing at this address; `docs/` below it explains all others.")


def _all_or_nothing(view: View, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponseBase:
    """Undo what was written before a problem was found; the count of requests, outside, stays."""
    with transaction.atomic():
        response = view(request, *args, **kwargs)
        if response.status_code >= 400:
            transaction.set_rollback(True)
    return response


def _open_to_origins(request: HttpRequest, response: HttpResponseBase, address: Address) -> None:
    """Let pages of other origins read the answer (CORS), as far as the site allows it."""
    allowed, origin = settings.API_ORIGINS, request.headers.get("Origin")
    if not origin or not ("*" in allowed or origin in allowed):
        return
    response["Access-Control-Allow-Origin"] = "*" if "*" in allowed else origin
    response["Access-Control-Expose-Headers"] = "Content-Disposition, ETag, Last-Modified, Link, Location, Retry-After"
    if request.method == "OPTIONS":
        response["Access-Control-Allow-Methods"] = address.methods
        response["Access-Control-Allow-Headers"] = (
            "Authorization, Accept, Content-Type, If-None-Match, If-Modified-Since"
        )
        response["Access-Control-Max-Age"] = str(ONE_DAY)
