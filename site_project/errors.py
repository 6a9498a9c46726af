"""The page for an error of ours: it asks neither the database nor the session."""

import logging
import sys

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils import translation
from django.views.decorators.csrf import requires_csrf_token

from .unavailable import means_no_database, unavailable
from .visitor_language import language_of

logger = logging.getLogger("site_project.errors")

_BARE_PAGE = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>Error</title><h1>Something went wrong on our side</h1>"
)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """Return ``500.html`` in the visitor's language, or the 503 page if the database was lost."""
    error = sys.exc_info()[1]
    if error is not None and means_no_database(error):
        return unavailable(request, error)
    language = language_of(request)
    with translation.override(language):
        response = HttpResponse(_page(), status=500)
    response.headers["Content-Language"] = language
    response.headers["Cache-Control"] = "no-store"
    return response


def _page() -> str:
    try:
        # Without the request: its context processors would read settings from the database.
        return loader.render_to_string("500.html")
    except Exception:  # the page for errors must not fail, whatever a template does
        logger.exception("500.html cannot be shown")
        return _BARE_PAGE
