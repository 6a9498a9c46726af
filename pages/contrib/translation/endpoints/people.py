"""Whom a request comes from, and in which language to speak to them."""

from __future__ import annotations

from contextlib import AbstractContextManager

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import translation
from ninja.errors import HttpError
from wagtail.users.models import UserProfile

from ..models import TranslationRequest


def user_of(request: HttpRequest) -> AbstractBaseUser:
    """Return the user of the token, who may enter the admin; nobody else sees the desk."""
    user = request.user
    if not user.is_authenticated:
        raise HttpError(401, "Translations are told to who sends a token: `Authorization: Bearer …`.")
    if not user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied
    return user


def in_english() -> AbstractContextManager[None]:
    """Speak the language of the API, whatever language a browser asks for."""
    return translation.override("en")


def in_language_of(user: AbstractBaseUser) -> AbstractContextManager[None]:
    """Speak the language in which the user has the admin."""
    return translation.override(UserProfile.get_for_user(user).get_preferred_language())


def told(request: TranslationRequest | None) -> dict | None:
    if request is None:
        return None
    return {
        "deadline": request.deadline,
        "note": request.note,
        "person": request.person and request.person.get_username(),
        "team": request.team and request.team.name,
        "asked_at": request.asked_at,
    }
