"""The page of a document's text, and its pictures: for whoever may fetch the file itself, and nobody else."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from wagtail import hooks

from media.models import SiteDocument
from media.views import harden

from . import pictures, readings, sections
from .models import Reading, ReadingPicture, State
from .places import pages_that_show

#: Above any number of a document that a database can hold.
BIGGEST_KEY = 2**31 - 1


@require_safe
def page(request: HttpRequest, document_id: int) -> HttpResponseBase:
    """Show the text of a document; while there is none, lead to the file."""
    document = _document(document_id)
    if (refused := _asked(request, document)) is not None:
        return refused
    reading = Reading.objects.filter(document=document, state=State.READ).defer("text").first()
    if reading is None or reading.checksum != document.checksum:
        return redirect(document.url)
    own = readings.site_language(reading.language)
    with translation.override(own or translation.get_language()):
        response = _answer(request, document, reading)
    if not own:
        # Around a text in a language that the site does not have, the visitor's own is spoken.
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@require_safe
def picture(request: HttpRequest, document_id: int, checksum: str, number: int) -> HttpResponseBase:
    """Send a picture of the text as it was when its page was made."""
    document = _document(document_id)
    if (refused := _asked(request, document)) is not None:
        return refused
    if number > pictures.MOST:
        raise Http404("No such picture.")
    found = get_object_or_404(
        ReadingPicture, reading__document=document, reading__checksum__startswith=checksum, number=number
    )
    return harden(HttpResponse(bytes(found.content), content_type="image/webp"), is_public=document.is_public)


def _document(document_id: int) -> SiteDocument:
    if document_id > BIGGEST_KEY:
        raise Http404("No such document.")
    return get_object_or_404(SiteDocument.objects.select_related("collection"), pk=document_id)


def _asked(request: HttpRequest, document: SiteDocument) -> HttpResponse | None:
    """Ask whoever is asked before the file is served; an answer instead of the page, as a form for a password."""
    for ask in hooks.get_hooks("before_serve_document"):
        answer = ask(document, request)
        if isinstance(answer, HttpResponse):
            return answer
    return None


def _answer(request: HttpRequest, document: SiteDocument, reading: Reading) -> HttpResponse:
    context = {
        "document": document,
        "reading": reading,
        "canonical": request.build_absolute_uri(reverse("readable:page", args=[document.pk])),
        "sections": sections.nested(reading.headings),
        "shown_on": pages_that_show(document),
    }
    response = render(request, "readable/page.html", context)
    response["Content-Language"] = translation.get_language()
    if not document.is_public:
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
    return response
