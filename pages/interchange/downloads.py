"""A page as a file: what is published for every reader, a draft for who may edit it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.text import slugify
from django.views.decorators.http import require_safe
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from pages.models import BasePage
from pages.navigation import header_for

from .exporters import exporter_of, exporters
from .page_outline import PageText, outline_of
from .parts import in_parts


def can_be_downloaded(page: Page) -> bool:
    """Return whether pages of this type have a text of their own."""
    return isinstance(page, BasePage) and hasattr(page, "body")


@require_safe
def published(request: HttpRequest, page_id: int, name: str, suffix: str) -> HttpResponseBase:
    """Return a published page as a file; 404 for everybody who cannot read the page itself."""
    page = get_object_or_404(Page.objects.live(), pk=page_id).specific
    restrictions = list(page.get_view_restrictions())
    if not can_be_downloaded(page) or not all(item.accept_request(request) for item in restrictions):
        raise Http404("No such page.")
    return _answer(request, page, suffix, is_public=not restrictions)


@require_safe
def draft(request: HttpRequest, page_id: int, suffix: str) -> HttpResponseBase:
    """Return the latest draft of a page as a file, for who may edit or publish the page."""
    page = get_object_or_404(Page, pk=page_id).specific
    allowed = page.permissions_for_user(request.user)
    if not (allowed.can_edit() or allowed.can_publish()):
        raise PermissionDenied
    if not can_be_downloaded(page):
        raise Http404("Pages of this type have no text of their own.")
    return _answer(request, page.get_latest_revision_as_object(), suffix, is_public=False, is_draft=True)


def admin_addresses():
    return [path("download/<int:page_id>/draft.<slug:suffix>", draft, name="draft_file")]


def header_buttons(page, user) -> Iterator[Button]:
    """Yield a button for each kind of file that a draft can be taken away as."""
    page = page.specific_deferred
    if can_be_downloaded(page) and page.permissions_for_user(user).can_edit():
        for suffix, exporter in exporters():
            url = reverse("draft_file", args=[page.pk, suffix])
            yield Button(exporter.label, url=url, icon_name="download", priority=34)


def _answer(
    request: HttpRequest, page: BasePage, suffix: str, *, is_public: bool, is_draft: bool = False
) -> HttpResponseBase:
    exporter = exporter_of(suffix)
    if exporter is None:
        raise Http404("No plugin that is on writes such files.")
    # Only an editor's file comes back, so only that one has names for its parts.
    can_come_back = is_draft and getattr(exporter, "can_come_back", False)
    text = in_parts(page, page.latest_revision_id or 0).text if can_come_back else outline_of(page)
    header = header_for(request, page)
    look = exporter.mark(page.locale.language_code) if hasattr(exporter, "mark") else ""
    mark = quote_etag(_mark(text, header.site_name, look))
    changed_at = page.last_published_at or page.latest_revision_created_at or timezone.now()
    # The day is no mark: a template that is exchanged changes the file, and not the page.
    if is_public and (unchanged := get_conditional_response(request, mark)):
        return unchanged
    with translation.override(page.locale.language_code):
        file = exporter.write(text, header=header.site_name, changed_at=changed_at)
    response = HttpResponse(file, content_type=exporter.content_type)
    response["Content-Disposition"] = f'attachment; filename="{slugify(page.slug) or page.pk}.{suffix}"'
    # Asked each time: the page may become private.
    response["Cache-Control"] = "no-cache" if is_public else "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    if is_public:
        response["ETag"], response["Last-Modified"] = mark, http_date(changed_at.timestamp())
    return response


def _mark(text: PageText, header: str, look: str) -> str:
    """Return what differs when the file would: a zip archive itself is never the same twice."""
    pictures = [(name, image.file_hash, image.file.name) for name, image in sorted(text.images.items())]
    return hashlib.sha256(repr((text.outline, pictures, header, look)).encode()).hexdigest()[:32]
