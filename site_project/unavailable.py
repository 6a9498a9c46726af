"""What a visitor sees while the database cannot be reached: a page that needs nothing but this file."""

import logging
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.html import escape

from .visitor_language import language_of

logger = logging.getLogger("site_project.unavailable")

RETRY_AFTER_SECONDS = 30

# Not gettext: these words must be there when catalogues, templates or cache are not.
_WORDS = {
    "pl": (
        "Strona chwilowo nie działa",
        "Nie możemy teraz połączyć się z bazą danych. Spróbuj ponownie za minutę.",
        "Jeśli wypełniasz formularz, wróć do poprzedniej strony: wpisany tekst powinien tam być.",
    ),
    "en": (
        "The site is unavailable for a moment",
        "We cannot reach the database just now. Please try again in a minute.",
        "If you were filling in a form, go back to the previous page: your text should still be there.",
    ),
    "uk": (
        "Сайт тимчасово недоступний",
        "Зараз не вдається зв’язатися з базою даних. Спробуйте ще раз за хвилину.",
        "Якщо ви заповнювали форму, поверніться на попередню сторінку: ваш текст має там залишитися.",
    ),
}
_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{what}</p>
<p>{advice}</p>
</main>
</body>
</html>
"""


class Unavailable:
    """Answer 503 instead of 500 when a view loses the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return unavailable(request, error) if means_no_database(error) else None


def means_no_database(error: BaseException | None) -> bool:
    """Return whether ``error`` says that the database is absent, locked, full or has no tables."""
    if isinstance(error, OperationalError | InterfaceError):
        return True
    return isinstance(error, DatabaseError) and _has_no_tables(error)


def unavailable(request: HttpRequest, error: BaseException) -> HttpResponse:
    """Return the 503 page in the visitor's language, and tell the server's log what to do."""
    logger.error("%s %s could not be answered: %s. %s", request.method, request.path, error, _advice(error))
    language = language_of(request)
    language = language if language in _WORDS else "en"
    title, what, advice = (escape(words) for words in _WORDS[language])
    return HttpResponse(
        _PAGE.format(language=language, title=title, what=what, advice=advice),
        status=503,
        headers={
            "Retry-After": str(RETRY_AFTER_SECONDS),
            "Cache-Control": "no-store",
            "Content-Language": language,
        },
    )


def _advice(error: BaseException) -> str:
    """Return what the person who runs the server should do."""
    if _has_no_tables(error):
        return "The database has no tables, or old ones: run `python manage.py migrate`."
    if "unable to open database file" in str(error):
        return "Make the folder of the database, or correct DATABASE_URL, then run `python manage.py migrate`."
    return "Is the database running, free of other writers, and its disk not full?"


def _has_no_tables(error: BaseException) -> bool:
    """Tell a missing table or column: SQLite says it in words, PostgreSQL in a code."""
    code = getattr(error.__cause__, "sqlstate", None)
    return code in {"42P01", "42703"} or str(error).startswith(("no such table", "no such column"))
