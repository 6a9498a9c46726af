"""The doors between languages: the front door, the remembered choice, and no door where a page is missing."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware import locale
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_from_path
from django.views.decorators.http import require_safe
from wagtail.models import Site

from .visitor_language import wanted_languages

DATA = "/api/"


class LocaleMiddleware(locale.LocaleMiddleware):
    """Activate the visitor's language, and leave every 404 a 404.

    Django would try a missing address again under a language prefix, and Wagtail's last
    pattern takes anything: a missing file, API object or admin page would be a redirect.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.path_info.startswith(DATA) and not _is_missing_page(response):
            # Says in itself what language it is in, whoever asks.
            return response
        if response.status_code != 404:
            return super().process_response(request, response)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        if not get_language_from_path(request.path_info):
            patch_vary_headers(response, ("Accept-Language",))
        return response


def _is_missing_page(response: HttpResponse) -> bool:
    """Say whether this is our page that nothing is there, as below /api/ where no room answers."""
    return response.status_code == 404 and response.headers.get("Content-Type", "").startswith("text/html")


@require_safe
def front_door(request: HttpRequest) -> HttpResponseBase:
    """Lead ``/`` to the home page in the visitor's best language."""
    response = HttpResponseRedirect(f"/{_best_language(request)}/")
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    patch_cache_control(response, no_cache=True)
    return response


@require_safe
def choose_language(request: HttpRequest, code: str) -> HttpResponseBase:
    """Remember the language that a reader chose and lead to ``next``, or to that language's home page.

    The only cookie that a reader ever gets from us, and only after this choice.
    """
    if code not in dict(settings.LANGUAGES):
        raise Http404
    response = HttpResponseRedirect(_safe_next(request) or f"/{code}/")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path="/",
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    patch_cache_control(response, no_store=True)
    return response


def _best_language(request: HttpRequest) -> str:
    published = _published_languages(request)
    wanted = (code for code in wanted_languages(request) if code in published)
    if best := next(wanted, None):
        return best
    return settings.LANGUAGE_CODE if not published or settings.LANGUAGE_CODE in published else published[0]


def _published_languages(request: HttpRequest) -> list[str]:
    """Return the languages whose home page readers can open."""
    site = Site.find_for_request(request)
    if site is None:
        return []
    homes = site.root_page.get_translations(inclusive=True).live().public()
    return list(homes.order_by("pk").values_list("locale__language_code", flat=True))


def _safe_next(request: HttpRequest) -> str:
    address = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if is_ours else ""
