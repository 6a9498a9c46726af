"""Review of translations, by Wagtail's workflow: a translator hands in, a reviewer accepts or returns.

Snippets that Wagtail knows no workflow for are accepted without one: their words wait in the desk
until a reviewer publishes them.
"""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page, TaskState, Workflow, WorkflowMixin, WorkflowState, WorkflowTask
from wagtail_localize.models import Translation

from pages.translation_permissions import may

from .gate import ReviewRequired, accepted, requires_review
from .models import TranslationReviewTask
from .models.review_task import is_reviewer, may_review

__all__ = [
    "NotWaiting",
    "ReviewRequired",
    "accept_review",
    "may_review_translation",
    "requires_review",
    "return_to_translator",
    "submit",
    "version",
    "waiting_review",
]


class NotWaiting(Exception):
    """Nobody has handed this translation in, or it was changed since; the message says so to the reader."""


def target_of(translation: Translation) -> models.Model | None:
    """Return the page or snippet that a translation leads to; ``None`` while there is none."""
    try:
        return translation.get_target_instance()
    except ObjectDoesNotExist:
        return None


def may_review_translation(user: AbstractBaseUser, translation: Translation) -> bool:
    """Return whether the user accepts and returns this translation."""
    target = target_of(translation)
    if target is None:
        return False
    if isinstance(target, Page):
        return may_review(user, target)
    return is_reviewer(user, translation.target_locale_id) and may(user, "publish", target)


def waiting_review(target: models.Model | None) -> TaskState | None:
    """Return the step of the workflow that waits for a reviewer; ``None`` if nothing was handed in."""
    state = _workflow_state(target)
    return state.current_task_state if state and state.status == WorkflowState.STATUS_IN_PROGRESS else None


def returned_review(target: models.Model) -> TaskState | None:
    """Return the answer of a reviewer who gave a translation back; ``None`` while nobody has, or it was handed in again."""
    state = _workflow_state(target)
    return state.current_task_state if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES else None


def _workflow_state(target) -> WorkflowState | None:
    if not isinstance(target, WorkflowMixin):
        return None
    return (
        WorkflowState.objects.active()
        .select_related("current_task_state__task", "current_task_state__finished_by")
        .filter(**_identity(target))
        .first()
    )


def _identity(target) -> dict:
    return {"base_content_type": target.get_base_content_type(), "object_id": str(target.pk)}


@transaction.atomic
def submit(translation: Translation, user: AbstractBaseUser) -> models.Model:
    """Make the draft of what is accepted so far and hand it in; return the page or snippet.

    Where the language asks for no review the draft is left for whoever publishes it. Handed in again, the
    reviewer gets what is new. Raises ``PermissionDenied`` for somebody who may not edit the translation.
    """
    target = target_of(translation)
    if target is None or not may(user, "change", target):
        raise PermissionDenied
    if not isinstance(target, WorkflowMixin):
        return target
    translation.save_target(user=user, publish=False)
    target = translation.get_target_instance()
    if requires_review(translation.target_locale):
        _hand_in(target, user)
    return target


def _hand_in(target, user) -> None:
    state = _workflow_state(target)
    if state is None:
        review_workflow().start(target, user)
    elif state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user)
    elif state.current_task_state:
        # The step begins anew with the new draft, so that nobody accepts what they have not seen.
        state.current_task_state.specific.cancel(user=user, resume=True)


def review_workflow() -> Workflow:
    """Return the workflow with the one step of ours; it is made when it is first needed.

    It hangs at no page, so the site's own workflows stay what they are.
    """
    task = TranslationReviewTask.objects.order_by("pk").first()
    if task is None:
        with override(None):
            task = TranslationReviewTask.objects.create(name=_("Review of the translation"))
    step = WorkflowTask.objects.filter(task=task, workflow__active=True).select_related("workflow").first()
    if step:
        return step.workflow
    with override(None):
        workflow = Workflow.objects.create(name=_("Review of translations"))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return workflow


def accept_review(
    translation: Translation, user: AbstractBaseUser, comment: str = "", *, seen: str | None = None
) -> None:
    """Accept what was handed in; it goes live.

    ``seen`` is the ``version`` that the reviewer looked at: raises ``NotWaiting`` if it was changed since,
    and ``PermissionDenied`` for somebody who does not review this language.
    """
    target = _for_review(translation, user)
    if seen is not None and seen != version(translation):
        raise NotWaiting(_("The translation was changed meanwhile. Look at it once more."))
    if not isinstance(target, WorkflowMixin):
        with accepted():
            translation.save_target(user=user, publish=True)
        return
    state = _waiting(target)
    if (
        translation.translations_last_updated_at
        and translation.translations_last_updated_at > state.revision.created_at
    ):
        # The reviewer has mended words, which are not in the draft yet.
        translation.save_target(user=user, publish=False)
    state.task.specific.on_action(state.specific, user, "approve", comment=comment)


def version(translation: Translation) -> str:
    """Return a mark of the draft and the words as they are now; it changes with either."""
    translation.refresh_from_db(fields=["translations_last_updated_at"])
    draft = getattr(target_of(translation), "latest_revision_id", None) or 0
    changed_at = translation.translations_last_updated_at
    return f"{draft}-{changed_at.timestamp() if changed_at else 0}"


def return_to_translator(translation: Translation, user: AbstractBaseUser, comment: str) -> None:
    """Return what was handed in with a reason; raises as ``accept_review`` does."""
    state = _waiting(_for_review(translation, user))
    state.task.specific.on_action(state.specific, user, "reject", comment=comment)


def _for_review(translation, user) -> models.Model:
    if not may_review_translation(user, translation):
        raise PermissionDenied
    return translation.get_target_instance()


def _waiting(target) -> TaskState:
    state = waiting_review(target)
    if state is None:
        raise NotWaiting(_("This translation does not wait for a review."))
    return state
