"""In which language to speak to whom a request comes from, and whom a translation is asked of."""

from __future__ import annotations

from contextlib import AbstractContextManager

from django.contrib.auth.models import AbstractBaseUser
from django.utils import translation

from pages.preferred_language import preferred_language

from ..models import TranslationRequest


def in_english() -> AbstractContextManager[None]:
    """Speak the language of the API, whatever language a browser asks for."""
    return translation.override("en")


def in_language_of(user: AbstractBaseUser) -> AbstractContextManager[None]:
    """Speak the language in which the user has the admin."""
    return translation.override(preferred_language(user))


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
