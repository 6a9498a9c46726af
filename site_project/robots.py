"""What is said to programs that read the site: robots.txt, and a test installation's wish to stay unlisted."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Site

#: The colours are under ``/-/`` too, and without them a page is not seen as readers see it.
RULES = ["User-agent: *", "Disallow: /admin/", "Disallow: /-/", "Allow: /-/brand/"]


@require_safe
@cache_control(public=True, max_age=3600)
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Keep robots out of the admin and from doors without content, and tell them where the sitemap is."""
    lines = [*RULES]
    site = Site.find_for_request(request)
    # A robot that may not fetch a page never learns that it should not list it, so nothing more is forbidden.
    if site and not settings.ROBOTS_NOINDEX:
        lines += ["", f"Sitemap: {site.root_url}{reverse('sitemap')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


class StayUnlisted:
    """Ask search engines not to list anything, files included, where ``ROBOTS_NOINDEX`` is set."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        if not settings.ROBOTS_NOINDEX:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response
