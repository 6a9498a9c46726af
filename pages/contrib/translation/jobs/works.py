"""What a step of each kind of job does. Rights are asked again: they may have changed since the job was begun."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _
from wagtail_localize.models import Translation

from ..editor.rights import lock_message, may_edit
from ..machine.pretranslation import pretranslate
from ..machine.providers import Provider, may_use_machines, switched_on
from ..models import Job, JobStep
from .running import LeftOut, work


@work(Job.Kind.PRETRANSLATE)
def _pretranslate(step: JobStep) -> Iterator[Counter[str]]:
    user = step.job.made_by
    translation = _translation(step.subject)
    try:
        instance = translation.get_target_instance()
    except ObjectDoesNotExist as error:
        raise LeftOut(_("The page is gone.")) from error
    if not may_edit(user, instance):
        raise LeftOut(_("You may not change it."))
    if message := lock_message(user, instance):
        raise LeftOut(message)
    yield from pretranslate(translation, _agreed(step, translation), user)


def _translation(pk: int) -> Translation:
    found = Translation.objects.select_related("source__locale", "source__specific_content_type", "target_locale")
    translation = found.filter(pk=pk, enabled=True).first()
    if translation is None:
        raise LeftOut(_("The translation is gone."))
    return translation


def _agreed(step: JobStep, translation: Translation) -> Provider | None:
    """Return the machine that was agreed to when the job was begun, if it may still be used."""
    name = step.job.details.get("machines", {}).get(str(step.locale_id))
    if not name:
        return None
    provider = switched_on().get(step.locale_id)
    if provider is None or provider.name != name or not may_use_machines(step.job.made_by):
        raise LeftOut(_("The machine translation was switched off or changed meanwhile. Nothing was sent."))
    return provider if provider.serves(translation.source.locale, translation.target_locale) else None
