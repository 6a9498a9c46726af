"""The step of Wagtail's workflow in which a translation is reviewed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Task, TaskState

from .settings import LanguageSettings


class TranslationReviewTask(Task):
    """Is done by the reviewers of the page's language, so one task serves all languages."""

    class Meta:
        verbose_name = _("review of a translation")
        verbose_name_plural = _("reviews of translations")

    @classmethod
    def get_description(cls):
        return _("The reviewers of the language accept the translation or return it")

    def get_actions(self, obj, user):
        if not may_review(user, obj):
            return []
        return [
            ("reject", _("Return to the translator"), True),
            ("approve", _("Accept and publish"), False),
            ("approve", _("Accept and publish with a comment"), True),
        ]

    def user_can_access_editor(self, obj, user):
        return may_review(user, obj)

    def locked_for_user(self, obj, user):
        # What was handed in stays as it is until somebody has answered.
        return not may_review(user, obj)

    def get_task_states_user_can_moderate(self, user, **kwargs):
        waiting = TaskState.objects.filter(task=self, status=TaskState.STATUS_IN_PROGRESS)
        numbers = [state.pk for state in waiting.select_related("revision") if _may_review_state(user, state)]
        return waiting.filter(pk__in=numbers)


def _may_review_state(user, state) -> bool:
    return may_review(user, state.revision.content_object)


def may_review(user, page) -> bool:
    """Return whether the user accepts translations into the language of this page.

    A reviewer may publish the page and belongs to the reviewers of its language, where these are named.
    """
    return is_reviewer(user, page.locale_id) and page.permissions_for_user(user).can_publish()


def is_reviewer(user, locale: Locale | int) -> bool:
    """Return whether the user is among the reviewers of a language; everybody is where none are named."""
    if user.is_superuser:
        return True
    number = getattr(locale, "pk", locale)
    group = LanguageSettings.objects.filter(locale=number).values_list("reviewers", flat=True).first()
    return group is None or user.groups.filter(pk=group).exists()
