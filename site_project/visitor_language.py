"""Which language a visitor wants: the address tells, else the remembered choice, else the browser."""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_from_path
from django.utils.translation.trans_real import get_supported_language_variant, parse_accept_lang_header


def language_of(request: HttpRequest) -> str:
    """Return the visitor's language without asking the database, for pages that must work without one."""
    return get_language_from_path(request.path_info) or next(wanted_languages(request), settings.LANGUAGE_CODE)


def wanted_languages(request: HttpRequest) -> Iterator[str]:
    """Yield those of our languages that the visitor asks for, the best first."""
    remembered = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    accepted = parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
    for code in [remembered, *(accepted_code for accepted_code, _weight in accepted)]:
        try:
            yield get_supported_language_variant(code)
        except LookupError:
            continue
