"""Who may work on a translation: whoever may edit, and publish, the page or snippet it leads to."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.models import LockableMixin, Page

from pages.translation_permissions import may


def may_edit(user: AbstractBaseUser, instance: Model) -> bool:
    """Return whether the user may accept words for this page or snippet; a reviewer of a page may, too."""
    return (
        instance.permissions_for_user(user).can_edit() if isinstance(instance, Page) else may(user, "change", instance)
    )


def may_publish(user: AbstractBaseUser, instance: Model) -> bool:
    """Return whether the user may publish this page or snippet."""
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_publish()
    return may(user, "publish", instance)


def lock_message(user: AbstractBaseUser, instance: Model) -> str:
    """Return why the user may not change this now, such as a review that is under way; empty when they may."""
    lock = instance.get_lock() if isinstance(instance, LockableMixin) else None
    if lock is None or not lock.for_user(user):
        return ""
    return str(lock.get_message(user) or _("This page is locked."))
