"""Old addresses lead to where their pages are now, and never in a circle or to nothing."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils.cache import patch_cache_control
from django.utils.encoding import uri_to_iri
from wagtail.contrib.redirects import middleware
from wagtail.contrib.redirects.models import Redirect

from pages.redirects import fitting


class RedirectMiddleware(middleware.RedirectMiddleware):
    """Answer a 404 with a redirect if an editor made one, or if the page has moved.

    Wagtail's own would lead to a withdrawn page, which is another 404, or back to the same address once a
    page got its old name back and was then withdrawn.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code != 404:
            return response
        redirect = _redirect_for(request)
        if redirect is None or not _leads_on(request, redirect):
            return response
        answer = HttpResponsePermanentRedirect if redirect.is_permanent else HttpResponseRedirect
        answered = answer(redirect.link)
        # A browser keeps a permanent redirect for good, and would go in a circle when a page gets its old name back.
        patch_cache_control(answered, no_cache=True)
        return answered


def _redirect_for(request: HttpRequest) -> Redirect | None:
    path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    for wanted in dict.fromkeys([path, urlsplit(path).path]):
        if found := middleware.get_redirect(request, fitting(uri_to_iri(wanted))):
            return found
    return None


def _leads_on(request: HttpRequest, redirect: Redirect) -> bool:
    page = redirect.redirect_page
    if (page and not page.live) or not redirect.link:
        return False
    target = urlsplit(redirect.link)
    is_here = target.netloc in {"", request.get_host()} and not target.query
    return not (is_here and _plain(target.path) == _plain(request.path))


def _plain(path: str) -> str:
    return unquote(path).rstrip("/")
