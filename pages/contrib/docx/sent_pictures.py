"""A picture of an uploaded Word file, sent to the person who looks at what would become of it."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from pages.interchange.package import Package, Refused
from pages.interchange.picture_formats import picture_format

_SHOWN_FORMATS = {"png", "jpeg", "gif", "webp", "avif"}
_SNIFFED_BYTES = 32


def sent_picture(file: bytes, name: str) -> HttpResponse:
    """Return a picture of a Word file by its name there; raises ``Http404`` for whatever a browser would not show."""
    try:
        content = Package(file).read(name) or b""
    except Refused as error:
        raise Http404 from error
    kind = picture_format(content[:_SNIFFED_BYTES])
    if kind not in _SHOWN_FORMATS:
        raise Http404
    response = HttpResponse(content, content_type=f"image/{kind}")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=600"
    return response
