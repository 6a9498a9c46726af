"""Pictures and documents that published pages show."""

from __future__ import annotations

from typing import Annotated, Any

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest
from ninja import Path, Query, Router
from pydantic import Field

from media.models import DocumentKind, SiteDocument, SiteImage
from pages.endpoints import Number, Paging, by_number, list_of, read

from ..answers import answer
from ..reading import Reading
from ..schemas import Document, Image

router = Router()
PictureNumber = Annotated[Number, Path(description="The number of the picture.")]
DocumentNumber = Annotated[Number, Path(description="The number of the document.")]


class ImageFilters(Paging):
    """What narrows the list of pictures."""

    search: str | None = Field(None, max_length=200, description="Part of the title, description or credit.")


class DocumentFilters(Paging):
    """What narrows the list of documents."""

    kind: DocumentKind | None = None
    language: str | None = Field(None, max_length=35, description="The language the document is written in.")
    search: str | None = Field(None, max_length=200, description="Part of the title.")


def _reading(request: HttpRequest) -> Reading:
    return Reading(request, settings.LANGUAGE_CODE)


@router.get("/images/", response=list_of(Image), summary="Pictures", operation_id="list_images")
def list_images(request: HttpRequest, filters: Query[ImageFilters]) -> Any:
    """Return the pictures that published pages show, the newest first."""
    images = SiteImage.objects.public()
    if filters.search:
        images = images.filter(_holding(filters.search, "title", "description", "credit"))
    window = read(images, by_number(falls=True), filters)
    reading = _reading(request)
    reading.read_renditions(window.entries)
    return answer(request, window.told(reading.image))


@router.get("/images/{image_id}/", response=Image, summary="A picture", operation_id="get_image")
def get_image(request: HttpRequest, image_id: PictureNumber) -> Any:
    """Return a picture that a published page shows."""
    image = _the(SiteImage.objects.public().filter(pk=image_id))
    reading = _reading(request)
    reading.read_renditions([image])
    return answer(request, reading.image(image))


@router.get("/documents/", response=list_of(Document), summary="Documents", operation_id="list_documents")
def list_documents(request: HttpRequest, filters: Query[DocumentFilters]) -> Any:
    """Return the documents that published pages offer, the newest first."""
    documents = SiteDocument.objects.public()
    if filters.kind:
        documents = documents.filter(kind=filters.kind)
    if filters.language:
        documents = documents.filter(language=filters.language)
    if filters.search:
        documents = documents.filter(_holding(filters.search, "title"))
    window = read(documents, by_number(falls=True), filters)
    return answer(request, window.told(_reading(request).document))


@router.get("/documents/{document_id}/", response=Document, summary="A document", operation_id="get_document")
def get_document(request: HttpRequest, document_id: DocumentNumber) -> Any:
    """Return a document that a published page offers."""
    document = _the(SiteDocument.objects.public().filter(pk=document_id))
    return answer(request, _reading(request).document(document))


def _holding(words: str, *fields: str) -> Any:
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__icontains": words})
    return found


def _the(files: Any) -> Any:
    found = files.first()
    if found is None:
        raise Http404("There is no such public file.")
    return found
