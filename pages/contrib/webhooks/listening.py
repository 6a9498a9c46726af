"""Hear of everything that receivers may want to know."""

from django.db.models.signals import pre_delete
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from media.models import SiteDocument
from media.signals import document_replaced

from . import telling
from .writing import write


def connect():
    connections = [
        (page_published, _published, None),
        (page_unpublished, _unpublished, None),
        (post_page_move, _moved, None),
        (page_slug_changed, _renamed, None),
        (pre_delete, _page_deleted, Page),
        (pre_delete, _document_deleted, SiteDocument),
        (document_replaced, _document_replaced, SiteDocument),
    ]
    for signal, receiver, sender in connections:
        signal.connect(receiver, sender=sender, dispatch_uid=f"webhooks.{receiver.__name__}")


def _published(sender, instance, **kwargs):
    write(
        {"page.published": lambda: telling.page_data(instance), "translation.published": lambda: _translated(instance)}
    )


def _translated(page):
    original = telling.original_of(page)
    return telling.translation_data(page, original) if original else None


def _unpublished(sender, instance, **kwargs):
    write({"page.unpublished": lambda: telling.withdrawn_data(instance, was_public=telling.is_open(instance))})


def _moved(sender, instance, parent_page_before, url_path_before, url_path_after, **kwargs):
    if instance.live and url_path_before != url_path_after:
        write(
            {
                "page.moved": lambda: telling.moved_data(
                    instance, url_path_before, was_public=telling.is_open(parent_page_before)
                )
            }
        )


def _renamed(sender, instance, instance_before, **kwargs):
    if instance.live and instance_before.live:
        write(
            {
                "page.moved": lambda: telling.moved_data(
                    instance, instance_before.url_path, was_public=telling.is_open(instance)
                )
            }
        )


def _page_deleted(sender, instance, **kwargs):
    """Before it is deleted, since its locks go with it. Of a draft that readers never saw nobody is told."""
    if instance.first_published_at:
        write(
            {
                "page.deleted": lambda: telling.withdrawn_data(
                    instance, was_public=instance.live and telling.is_open(instance)
                )
            }
        )


def _document_replaced(sender, instance, **kwargs):
    write({"document.replaced": lambda: telling.document_data(instance)})


def _document_deleted(sender, instance, **kwargs):
    write({"document.deleted": lambda: telling.document_data(instance, is_gone=True)})
