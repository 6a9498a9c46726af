"""What a step of each kind of job does. Rights are asked again: they may have changed since the job was begun."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.core.exceptions import MultipleObjectsReturned, ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object

from pages.translation_permissions import may_add_translation, may_translate_from, may_update

from ..editor.rights import lock_message, may_edit
from ..gate import requires_review
from ..machine.pretranslation import pretranslate
from ..machine.providers import Provider, may_use_machines, switched_on
from ..models import Job, JobStep
from ..requests import ask, told_again
from ..sources import bring_up_to_date
from ..together import obstacle_of, target_of
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


@work(Job.Kind.SUBMIT)
def _submit(step: JobStep) -> tuple[()]:
    user, details = step.job.made_by, step.job.details
    page = Page.objects.filter(pk=step.subject).first()
    if page is None:
        raise LeftOut(_("The page is gone."))
    if not user.has_perm("wagtail_localize.submit_translation") or not may_translate_from(user, page):
        raise LeftOut(_("You may not submit it for translation."))
    if page.has_translation(step.locale):
        raise LeftOut(_("It is there in this language already."))
    if not may_add_translation(user, page, step.locale):
        raise LeftOut(_("You may not add pages there."))
    with transaction.atomic():
        translate_object(page.specific, [step.locale], user=user)
        if details.get("asks"):
            begun = Translation.objects.filter(
                source__object_id=page.translation_key, source__locale=page.locale_id, target_locale=step.locale
            )
            ask(begun.select_related("source"), user, **told_again(details))
    return ()


@work(Job.Kind.UPDATE)
def _update(step: JobStep) -> tuple[()]:
    user, translation = step.job.made_by, _translation(step.subject)
    try:
        source = translation.source.get_source_instance()
    except ObjectDoesNotExist as error:
        raise LeftOut(_("The source is gone.")) from error
    if not may_translate_from(user, source) or not may_update(user, "change", translation):
        raise LeftOut(_("You may not change it."))
    target = target_of(translation)
    if target is not None and (message := lock_message(user, target)):
        raise LeftOut(message)
    with transaction.atomic():
        bring_up_to_date(translation.source)
        publishes = False
        if step.job.details.get("publishes"):
            obstacle = _obstacle(translation, target, user)
            publishes = not obstacle
            step.note = _("Not published, a draft was made: %(reason)s.") % {"reason": obstacle} if obstacle else ""
        _save(translation, user, publishes)
    return ()


def _obstacle(translation: Translation, target: Model | None, user) -> str:
    if target is None or not getattr(target, "live", True):
        return _("it was not published before")
    if requires_review(translation.target_locale):
        return _("a reviewer has to accept it first")
    return obstacle_of(translation, user)


def _save(translation: Translation, user, publishes: bool) -> None:
    try:
        translation.save_target(user=user, publish=publishes)
    except (ValidationError, MultipleObjectsReturned, AttributeError) as error:
        # Localize 1.14 stumbles over an error of no field, and over a text of many sentences.
        reason = error if isinstance(error, ValidationError) else error.__context__
        if not isinstance(reason, ValidationError):
            raise
        raise LeftOut(_("Some words do not fit into the page. Open the translation to see which.")) from error
