"""Every request that may change something is one transaction; a request that reads is none."""

import inspect
from collections.abc import Callable
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from .unavailable import unavailable
from .write_turn import write_turn

_SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}


class AtomicWrites:
    """Commit all that a POST, PUT, PATCH or DELETE did, or nothing of it.

    Publishing in Wagtail writes many rows; a process killed half-way would otherwise leave
    a page that is live without a revision. ``ATOMIC_REQUESTS`` cannot be used with SQLite's
    ``IMMEDIATE`` transactions: each reader would then queue for the write lock.

    Must stand last in ``MIDDLEWARE``: it calls the view itself. ``@non_atomic_requests`` is
    honoured. The body of a streaming response is produced after the commit.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if request.method in _SAFE_METHODS or _is_not_atomic(view):
            return None
        try:
            with write_turn(), transaction.atomic():
                return _answer(request, view, args, kwargs)
        except (OperationalError, InterfaceError) as error:
            # Errors raised here pass by the process_exception of the other middlewares.
            return unavailable(request, error)


def _is_not_atomic(view: Callable[..., Any]) -> bool:
    return "default" in getattr(view, "_non_atomic_requests", set()) or inspect.iscoroutinefunction(view)


def _answer(
    request: HttpRequest, view: Callable[..., HttpResponseBase], args: list[Any], kwargs: dict[str, Any]
) -> HttpResponseBase:
    response = view(request, *args, **kwargs)
    if isinstance(response, HttpResponse) and callable(render := getattr(response, "render", None)):
        # A template may still read and write, so it is rendered before the commit.
        response = render()
    if response.status_code >= 500:
        transaction.set_rollback(True)
    return response
