"""Real objects for tests: files are made on the spot, and small."""

from io import BytesIO

import factory
from django.core.files.base import ContentFile
from docx import Document
from factory.django import DjangoModelFactory, ImageField

from media.models import SiteDocument, SiteImage


def docx_bytes(*paragraphs):
    """Return a Word file with the given paragraphs."""
    document = Document()
    for paragraph in paragraphs or ["Summary of the workshop"]:
        document.add_paragraph(paragraph)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


class SiteImageFactory(DjangoModelFactory):
    """An image without renditions; ``media.renditions.make(image)`` makes them."""

    title = factory.Sequence(lambda number: f"Photo {number}")
    description = "Participants listen to a talk in the plenary hall"
    file = ImageField(width=1000, height=667, color="teal", format="JPEG", filename="photo.jpg")

    class Meta:
        model = SiteImage


class SiteDocumentFactory(DjangoModelFactory):
    """A Word file in the library."""

    title = factory.Sequence(lambda number: f"Summary {number}")
    file = factory.LazyFunction(lambda: ContentFile(docx_bytes(), name="summary.docx"))
    kind = "summary"
    language = "pl"

    class Meta:
        model = SiteDocument
