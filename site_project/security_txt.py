"""Whom to tell about a weakness of the site (RFC 9116)."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Site

#: The RFC wants less than a year, so that nobody trusts a forgotten file.
GOOD_FOR = datetime.timedelta(days=180)


@require_safe
@cache_control(public=True, max_age=3600)
def security_txt(request: HttpRequest) -> HttpResponse:
    """Return the contact of ``SECURITY_CONTACT``; 404 where none is set."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    languages = ", ".join(code for code, _name in settings.LANGUAGES)
    lines = [
        f"Contact: {_as_address(settings.SECURITY_CONTACT)}",
        f"Expires: {(midnight + GOOD_FOR).isoformat()}",
        f"Preferred-Languages: {languages}",
    ]
    if site := Site.find_for_request(request):
        lines.append(f"Canonical: {site.root_url}{request.path}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _as_address(contact: str) -> str:
    return contact if ":" in contact else f"mailto:{contact}"
