"""The page after too many wrong passwords: how long to wait, in the visitor's language."""

import math
from datetime import timedelta
from typing import Any

from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from .client_address import client_address


def refuse(
    request: HttpRequest, original_response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """Return 429 with ``Retry-After``, whether or not the password was right this time."""
    wait = _time_left(request, credentials)
    minutes = math.ceil(wait / timedelta(minutes=1))
    response = render(request, "429.html", {"minutes": minutes}, status=429)
    response.headers["Retry-After"] = str(math.ceil(wait.total_seconds()))
    response.headers["Cache-Control"] = "no-store"
    return response


def _time_left(request: HttpRequest, credentials: dict[str, Any] | None) -> timedelta:
    failures = AccessAttempt.objects.filter(
        username=get_client_username(request, credentials), ip_address=client_address(request)
    )
    last = failures.aggregate(last=Max("attempt_time"))["last"] or timezone.now()
    return max(last + settings.AXES_COOLOFF_TIME - timezone.now(), timedelta(seconds=1))
