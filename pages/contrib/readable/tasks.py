"""What is done in the background when a document is uploaded or its file replaced."""

from django_tasks import task

from media.models import SiteDocument
from pages.search.upkeep import update_search

from . import readings


@task()
def read_document(document_id: int) -> None:
    """Make the page of a document, then let the search know its words; it may be gone by now."""
    document = SiteDocument.objects.filter(pk=document_id).first()
    if document is not None and readings.read(document) is not None:
        update_search.enqueue([], [document.pk])
