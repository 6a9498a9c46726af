"""In which language somebody wants to be spoken to, in letters and where no request of theirs tells it."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from wagtail.users.models import UserProfile


def preferred_language(user: AbstractBaseUser) -> str:
    """Return the language in which a user has the admin.

    Asks nothing where ``wagtail_userprofile`` was read along with the user, and writes nothing.
    """
    profile = getattr(user, "wagtail_userprofile", None) or UserProfile(user=user)
    return profile.get_preferred_language()
