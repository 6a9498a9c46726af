"""A page as a Word file: what is published for every reader, a draft for who may edit it."""

from __future__ import annotations

import hashlib

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.text import slugify
from django.views.decorators.http import require_safe
from wagtail.models import Page

from pages.interchange.page_outline import PageText, outline_of
from pages.models import BasePage
from pages.navigation import header_for

from .writing import write

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def can_be_downloaded(page: Page) -> bool:
    """Return whether pages of this type have a text of their own."""
    return isinstance(page, BasePage) and hasattr(page, "body")


@require_safe
def published(request: HttpRequest, page_id: int, name: str) -> HttpResponseBase:
    """Return a published page as a Word file; 404 for everybody who cannot read the page itself."""
    page = get_object_or_404(Page.objects.live(), pk=page_id).specific
    restrictions = list(page.get_view_restrictions())
    if not can_be_downloaded(page) or not all(item.accept_request(request) for item in restrictions):
        raise Http404("No such page.")
    return _answer(request, page, is_public=not restrictions)


@require_safe
def draft(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """Return the latest draft of a page as a Word file, for who may edit or publish the page."""
    page = get_object_or_404(Page, pk=page_id).specific
    allowed = page.permissions_for_user(request.user)
    if not (allowed.can_edit() or allowed.can_publish()):
        raise PermissionDenied
    if not can_be_downloaded(page):
        raise Http404("Pages of this type have no text of their own.")
    return _answer(request, page.get_latest_revision_as_object(), is_public=False)


def _answer(request: HttpRequest, page: BasePage, *, is_public: bool) -> HttpResponseBase:
    text = outline_of(page)
    header = header_for(request, page)
    mark = quote_etag(_mark(text, header.site_name))
    changed_at = page.last_published_at or page.latest_revision_created_at or timezone.now()
    if is_public and (unchanged := get_conditional_response(request, mark, int(changed_at.timestamp()))):
        return unchanged
    with translation.override(page.locale.language_code):
        file = write(text.outline, text.read, header=header.site_name, changed_at=changed_at)
    response = HttpResponse(file, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{slugify(page.slug) or page.pk}.docx"'
    # Asked each time: the page may become private.
    response["Cache-Control"] = "no-cache" if is_public else "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    if is_public:
        response["ETag"], response["Last-Modified"] = mark, http_date(changed_at.timestamp())
    return response


def _mark(text: PageText, header: str) -> str:
    """Return what differs when the file would: a zip archive itself is never the same twice."""
    pictures = [(name, image.file_hash, image.file.name) for name, image in sorted(text.images.items())]
    return hashlib.sha256(repr((text.outline, pictures, header)).encode()).hexdigest()[:32]
