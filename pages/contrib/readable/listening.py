"""Read a document anew when its file has changed, once the transaction is through."""

from django.db import transaction
from django.db.models.signals import post_save

from media.models import SiteDocument

from . import readings, tasks
from .models import Reading, State


def connect():
    post_save.connect(_saved, sender=SiteDocument, dispatch_uid="readable.saved")


def _saved(sender, instance, raw=False, **kwargs):
    if not raw and instance.file and readings.can_be_read(instance) and not is_read(instance):
        # A failure here must not turn an upload that has happened into an error page; Django logs it.
        transaction.on_commit(lambda: tasks.read_document.enqueue(instance.pk), robust=True)


def is_read(document) -> bool:
    """Return whether today's file was read, for better or worse, in the language it is said to have."""
    known = Reading.objects.filter(document=document, checksum=document.checksum).exclude(state=State.EXAMINED)
    if document.language:
        known = known.filter(language__in=[document.language, ""])
    return known.exists()
