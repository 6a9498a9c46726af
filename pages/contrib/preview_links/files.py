"""Private files of a draft, for the holder of its link only.

A draft's pictures and documents are closed to readers. In the draft that a link shows, each of their addresses
is replaced by one below the link itself, signed for this link and this file: no cookie is needed, a withdrawn
link closes its files with it, and a link opens no file that its draft has not shown.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponseBase
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from media.models import Rendition, SiteDocument
from media.views import MIME_TYPES, UNKNOWN_TYPE, harden

from .models import PreviewLink

# An address in an attribute, alone or in a list as in srcset.
_BEFORE, _REST = r"""(?<=["'\s,(])""", r"""[^"'\s,)<>]+"""
_PICTURE = re.compile(f"{_BEFORE}{re.escape(settings.MEDIA_URL)}({_REST})")
_DOCUMENT = re.compile(rf"{_BEFORE}/documents/(\d{{1,18}})/({_REST})")


def open_files(html: str, link: PreviewLink, token: str) -> str:
    """Replace the addresses of private files in a page by addresses that the holder of the link may fetch."""
    pictures = _private_pictures({unquote(name) for name in _PICTURE.findall(html)})
    documents = _private_documents({int(number) for number, _name in _DOCUMENT.findall(html)})

    def picture(match):
        name = unquote(match[1])
        return _picture_url(link, token, name) if name in pictures else match[0]

    def document(match):
        number = int(match[1])
        return _document_url(link, token, number, unquote(match[2])) if number in documents else match[0]

    return _DOCUMENT.sub(document, _PICTURE.sub(picture, html))


def picture(link: PreviewLink, signature: str, name: str) -> HttpResponseBase:
    """Answer with a picture that the draft of this link has shown."""
    _check(link, signature, "picture", name)
    rendition = Rendition.objects.select_related("image__collection").filter(file=name).first()
    if rendition is None or _is_restricted(rendition.image):
        raise Http404
    return _answer(rendition.file, MIME_TYPES.get(PurePosixPath(name).suffix.lower(), UNKNOWN_TYPE))


def document(link: PreviewLink, signature: str, number: int) -> HttpResponseBase:
    """Answer with a document that the draft of this link has shown."""
    _check(link, signature, "document", number)
    found = SiteDocument.objects.select_related("collection").filter(pk=number).first()
    if found is None or _is_restricted(found):
        raise Http404
    return _answer(found.file, found.content_type, as_attachment=True, filename=found.filename)


def _private_pictures(names):
    private = Rendition.objects.filter(file__in=names, image__is_public=False)
    return set(private.values_list("file", flat=True)) if names else set()


def _private_documents(numbers):
    private = SiteDocument.objects.filter(pk__in=numbers, is_public=False)
    return set(private.values_list("pk", flat=True)) if numbers else set()


def _picture_url(link, token, name):
    return reverse("preview_link_picture", args=[token, _signature(link, "picture", name), name])


def _document_url(link, token, number, filename):
    signature = _signature(link, "document", number)
    return reverse("preview_link_document", args=[token, signature, number, filename])


def _signature(link, kind, name) -> str:
    return salted_hmac(__name__, f"{link.pk}:{kind}:{name}", algorithm="sha256").hexdigest()[:32]


def _check(link, signature, kind, name):
    if not constant_time_compare(signature, _signature(link, kind, name)):
        raise Http404


def _is_restricted(file) -> bool:
    """Whether the library itself keeps the file for some: no link opens such a collection."""
    return file.collection.get_view_restrictions().exists()


def _answer(file, content_type, **disposition):
    try:
        stream = file.storage.open(file.name)
    except OSError as error:  # The row outlived its file, for example after a partial restore.
        raise Http404 from error
    return harden(FileResponse(stream, content_type=content_type, **disposition), is_public=False)
