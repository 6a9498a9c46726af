"""How files are told to a headless client: plain data, sizes in bytes, widths and heights in pixels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from media import renditions

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.images.models import AbstractRendition

    from media.models import SiteDocument, SiteImage

Data = dict[str, Any]


def image_data(
    image: SiteImage | None,
    *,
    alt: str | None = None,
    decorative: bool = False,
    caption: str = "",
    request: HttpRequest | None = None,
) -> Data | None:
    """Return an image as plain data, or None; ``alt`` replaces the library's own text."""
    if image is None:
        return None
    return {
        "id": image.pk,
        "title": image.title,
        "alt": "" if decorative else image.description if alt is None else alt,
        "decorative": decorative,
        "caption": caption,
        "credit": image.credit,
        "licence": image.licence,
        "width": image.width,
        "height": image.height,
        "focal_point": _focal_point(image),
        "renditions": [_rendition_data(item, request) for item in renditions.existing(image)],
    }


def document_data(document: SiteDocument | None, *, title: str = "", request: HttpRequest | None = None) -> Data | None:
    """Return a document as plain data, or None; ``title`` replaces the library's own."""
    if document is None:
        return None
    return {
        "id": document.pk,
        "title": title or document.title,
        "kind": document.kind,
        "language": document.language,
        "format": document.format,
        "size_bytes": document.size_bytes,
        "page_count": document.page_count,
        "checksum": document.checksum,
        "url": _address(document.url, request),
        "published_on": document.published_on and document.published_on.isoformat(),
    }


def picture_data(value: Mapping[str, Any], request: HttpRequest | None = None) -> Data | None:
    """Return the value of a picture block as image data."""
    return image_data(
        value.get("image"),
        alt=value.get("alt") or "",
        decorative=bool(value.get("is_decorative")),
        caption=value.get("caption") or "",
        request=request,
    )


def attachment_data(value: Mapping[str, Any], request: HttpRequest | None = None) -> Data | None:
    """Return the value of an attachment block as document data."""
    return document_data(value.get("document"), title=value.get("title") or "", request=request)


def _focal_point(image: SiteImage) -> dict[str, int] | None:
    area = image.get_focal_point()
    if area is None:
        return None
    return {"x": area.centroid_x, "y": area.centroid_y, "width": area.width, "height": area.height}


def _rendition_data(rendition: AbstractRendition, request: HttpRequest | None) -> Data:
    return {
        "url": _address(rendition.url, request),
        "width": rendition.width,
        "height": rendition.height,
        "format": renditions.format_of(rendition),
    }


def _address(url: str, request: HttpRequest | None) -> str:
    return request.build_absolute_uri(url) if request else url
