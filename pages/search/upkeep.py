"""The index follows what editors do: after the commit, each page or document once."""

from __future__ import annotations

from asgiref.local import Local
from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from django_tasks import task
from wagtail.models import Page, ReferenceIndex
from wagtail.signals import page_published, page_unpublished
from wagtail.snippets.models import get_snippet_models

from media.models import SiteDocument

from . import indexing
from .models import Entry

_pending = Local()


@task()
def update_search(page_ids: list[int], document_ids: list[int]) -> None:
    """Bring these pages and documents up to date in the index; they may be gone by now."""
    for page_id in page_ids:
        indexing.put_page(page_id)
    for document_id in document_ids:
        indexing.put_document(document_id)


def _later(kind: str, *ids: int) -> None:
    if not hasattr(_pending, "ids"):
        _pending.ids = {"pages": set(), "documents": set()}
    _pending.ids[kind].update(ids)
    # A failure here must not turn a publication that has happened into an error page; Django logs it.
    transaction.on_commit(_work_off, robust=True)


def _work_off() -> None:
    ids = getattr(_pending, "ids", None)
    if not ids:
        return
    del _pending.ids
    update_search.enqueue(sorted(ids["pages"]), sorted(ids["documents"]))


def _page_changed(sender, instance, **kwargs) -> None:
    _later("pages", instance.pk)


def _page_saved(sender, instance, raw=False, update_fields=None, **kwargs) -> None:
    # Drafts and the tree's own bookkeeping save single fields; what readers see is saved whole.
    if isinstance(instance, Page) and not raw and update_fields is None and instance.live:
        _later("pages", instance.pk)


def _page_taken_back(sender, instance, **kwargs) -> None:
    # Not by a worker: what is unpublished must be gone at once.
    Entry.objects.filter(page_id=instance.pk).delete()


def _document_saved(sender, instance, raw=False, **kwargs) -> None:
    if not raw:
        _later("documents", instance.pk)
        _later("pages", *_pages_that_name(instance))


def _named_object_changed(sender, instance, raw=False, **kwargs) -> None:
    """A person, organisation, topic or programme was renamed: pages that name it say something else now."""
    if not raw and sender in get_snippet_models():
        _later("pages", *_pages_that_name(instance))


def _pages_that_name(instance: models.Model) -> list[int]:
    references = ReferenceIndex.get_references_to(instance)
    page_type = ReferenceIndex._get_base_content_type(Page)
    return [int(pk) for pk in references.filter(base_content_type=page_type).values_list("object_id", flat=True)]


def connect() -> None:
    """Listen to everything that changes what readers can find.

    Who may see what is not among it: that is asked anew in every search.
    """
    connections = [
        (page_published, _page_changed, None),
        (page_unpublished, _page_taken_back, None),
        (post_save, _page_saved, None),
        (post_save, _document_saved, SiteDocument),
        (post_save, _named_object_changed, None),
        (post_delete, _named_object_changed, None),
    ]
    for signal, receiver, sender in connections:
        signal.connect(receiver, sender=sender, dispatch_uid=f"pages.search.{receiver.__name__}.{id(signal)}")
