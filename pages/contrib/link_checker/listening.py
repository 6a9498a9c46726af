"""Check anew what a publication, a deletion or a saved snippet changed, once the transaction is through."""

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from media.models import SiteDocument

from . import keeping, tasks
from .models import Link


def connect():
    """Listen to everything that makes a link, or breaks one."""
    connections = [
        (page_published, _published, None),
        (page_unpublished, _unpublished, None),
        (post_delete, _deleted, None),
        (post_save, _saved, None),
    ]
    for signal, receiver, sender in connections:
        signal.connect(receiver, sender=sender, dispatch_uid=f"link_checker.{receiver.__name__}")


def _later(task, *arguments):
    # A failure must not turn a publication that has happened into an error page; Django logs it.
    transaction.on_commit(lambda: task.enqueue(*arguments), robust=True)


def _published(sender, instance, **kwargs):
    if isinstance(instance, Page):
        _later(tasks.check_pages, [instance.pk])
        _later(tasks.judge_links_to, Link.Kind.PAGE.value, [instance.pk])


def _unpublished(sender, instance, **kwargs):
    if isinstance(instance, Page):
        keeping.forget(instance)
        _later(tasks.judge_links_to, Link.Kind.PAGE.value, [instance.pk])


def _deleted(sender, instance, **kwargs):
    if sender is Page:
        _later(tasks.judge_links_to, Link.Kind.PAGE.value, [instance.pk])
    elif sender is SiteDocument:
        _later(tasks.judge_links_to, Link.Kind.DOCUMENT.value, [instance.pk])
    elif sender in _objects():
        keeping.forget(instance)


def _saved(sender, instance, raw=False, **kwargs):
    if not raw and sender in _objects():
        _later(tasks.check_object, sender._meta.label, instance.pk)


def _objects() -> set:
    return set(keeping.checked_models())
