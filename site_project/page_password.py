"""Pages and documents behind a shared password: guessing is stopped like at the login."""

from collections.abc import Callable
from urllib.parse import urlsplit

from axes.handlers.proxy import AxesProxyHandler
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.csrf import csrf_exempt
from wagtail import views as page_views
from wagtail.documents.views import serve as document_views
from wagtail.models import Page, PageViewRestriction

from .lockout import refuse


@csrf_exempt  # a reader has no cookie before the password is right; see _is_from_here
def page_password(request: HttpRequest, page_view_restriction_id: int, page_id: int) -> HttpResponse:
    """Open a page for a reader who knows its password; the restriction must be one of that page."""
    page = get_object_or_404(Page, pk=page_id)
    restriction = get_object_or_404(PageViewRestriction, pk=page_view_restriction_id)
    if restriction not in page.get_view_restrictions():
        raise Http404
    return _limited(
        request,
        f"password of restriction {restriction.pk}",
        lambda: page_views.authenticate_with_password(request, restriction.pk, page.pk),
    )


def document_password(request: HttpRequest, restriction_id: int) -> HttpResponse:
    """Open a collection's documents for a reader who knows its password."""
    return _limited(
        request,
        f"password of collection restriction {restriction_id}",
        lambda: document_views.authenticate_with_password(request, restriction_id),
    )


def _limited(request: HttpRequest, what: str, view: Callable[[], HttpResponse]) -> HttpResponse:
    """Call ``view`` unless the visitor has guessed too often; it redirects only after the right password."""
    if request.method != "POST":
        return view()
    if not _is_from_here(request):
        raise PermissionDenied
    # Counted like a login, under a name that no account can have: names hold no spaces.
    credentials = {"username": what}
    if not AxesProxyHandler.is_allowed(request, credentials):
        return refuse(request, credentials=credentials)
    response = view()
    if response.status_code != 302:
        AxesProxyHandler.user_login_failed(page_views, credentials, request)
    return response


def _is_from_here(request: HttpRequest) -> bool:
    """Tell a form of this site from a foreign one, which would guess in its visitors' names."""
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()
