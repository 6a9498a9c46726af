"""What keeps sources and the desk in step with the pages, as it happens."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable

from asgiref.local import Local
from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_migrate, post_save
from wagtail.models import Page, TranslatableMixin, WorkflowState
from wagtail.signals import page_published, page_unpublished, published
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from .first_start import catch_up
from .foreign_parts import note_foreign_parts
from .models import DeskCell, LanguageSettings, SegmentComment
from .recount import recount, translatable_snippets
from .segments import segments_changed
from .sources import bring_up_to_date

logger = logging.getLogger(__name__)
_waiting = Local()


def count_again(keys: Iterable[uuid.UUID]) -> None:
    """Count these objects again once the transaction is through, each once however often it was touched."""
    if not hasattr(_waiting, "keys"):
        _waiting.keys = set()
    _waiting.keys.update(keys)
    transaction.on_commit(_count_what_waits, robust=True)


def _count_what_waits() -> None:
    # After a rollback keys are left here; to count them once more does no harm.
    keys, _waiting.keys = _waiting.keys, set()
    recount(keys)


def source_was_published(sender: type[Model], instance: Model, **kwargs) -> None:
    """Read the source anew, so that the desk tells what changed without anybody asking."""
    count_again([instance.translation_key])
    source = TranslationSource.objects.get_for_instance_or_none(instance)
    if source is None or not source.translations.filter(enabled=True).exists():
        return
    try:
        with transaction.atomic():
            bring_up_to_date(source)
    except Exception:
        # A text that Localize cannot take apart must not keep it from being published.
        logger.exception("The source of translations of %s could not be read again", instance.translation_key)


def _note_foreign_parts(sender, instance, **kwargs) -> None:
    note_foreign_parts(instance)


def _touched(sender, instance, **kwargs) -> None:
    count_again([instance.translation_key])


def _translation_changed(sender, instance, **kwargs) -> None:
    count_again([instance.source.object_id])


def _words_changed(sender, instance, **kwargs) -> None:
    if instance.context_id:
        count_again([instance.context.object_id])


def _commented(sender, instance, **kwargs) -> None:
    """A comment gives a text without drafts back to its translator."""
    count_again([instance.context.object_id])


def _review_is_asked_for(sender, instance, **kwargs) -> None:
    snippets = DeskCell.objects.filter(locale=instance.locale_id, source__page=None)
    count_again(snippets.values_list("source__object_key", flat=True))


def _segments_changed(sender, translation, **kwargs) -> None:
    count_again([translation.source.object_id])


def _review_changed(sender, instance, **kwargs) -> None:
    page = instance.content_object
    if isinstance(page, Page):
        count_again([page.translation_key])


def _saved(sender, instance, **kwargs) -> None:
    # A signal for each kind of snippet is no way: they are registered after this is connected.
    if isinstance(instance, Page):
        count_again([instance.translation_key])
    elif isinstance(instance, TranslatableMixin) and sender in translatable_snippets():
        source_was_published(sender, instance)


def _deleted(sender, instance, **kwargs) -> None:
    if isinstance(instance, Page) or (isinstance(instance, TranslatableMixin) and sender in translatable_snippets()):
        count_again([instance.translation_key])


def listen() -> None:
    """Connect everything that can change a row of the desk."""
    post_migrate.connect(catch_up, sender=apps.get_app_config("translation"), dispatch_uid="translation.first_start")
    for signal in (page_published, published):
        signal.connect(source_was_published, dispatch_uid="translation.source_was_published")
    page_published.connect(_note_foreign_parts, dispatch_uid="translation.foreign_parts")
    page_unpublished.connect(_touched, dispatch_uid="translation.unpublished")
    post_save.connect(_saved, dispatch_uid="translation.saved")
    post_delete.connect(_deleted, dispatch_uid="translation.deleted")
    for signal in (post_save, post_delete):
        signal.connect(_translation_changed, sender=Translation, dispatch_uid="translation.translation")
        signal.connect(_words_changed, sender=StringTranslation, dispatch_uid="translation.words")
    post_save.connect(_review_changed, sender=WorkflowState, dispatch_uid="translation.review")
    post_save.connect(_commented, sender=SegmentComment, dispatch_uid="translation.comment")
    post_save.connect(_review_is_asked_for, sender=LanguageSettings, dispatch_uid="translation.settings")
    segments_changed.connect(_segments_changed, dispatch_uid="translation.segments")
