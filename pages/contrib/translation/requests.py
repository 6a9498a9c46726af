"""Ask translators for a page in a language, and tell whom a request concerns."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, Group
from django.core.cache import cache
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.models import GroupPagePermission
from wagtail_localize.models import Translation

from .listening import count_again
from .models import TranslationRequest

#: Where the desk keeps whom anybody asks, since it may not cost a query of its own.
ASKED_PEOPLE = "translation.asked_people"


@transaction.atomic
def ask(
    translations: Iterable[Translation],
    asked_by: AbstractBaseUser | None,
    *,
    deadline: datetime.date | None = None,
    note: str = "",
    person: AbstractBaseUser | None = None,
    team: Group | None = None,
) -> list[TranslationRequest]:
    """Ask for translations; a request that is open already gets the new deadline, note and person.

    Without a person and a team it goes to the translators of the language.
    """
    asked = []
    wanted = {"deadline": deadline, "note": note, "person": person, "team": team, "asked_by": asked_by}
    for translation in translations:
        request, _is_new = TranslationRequest.objects.update_or_create(
            translation=translation, closed_at=None, defaults=wanted
        )
        asked.append(request)
        count_again([translation.source.object_id])
    cache.delete(ASKED_PEOPLE)
    return asked


def stored(*, deadline, note, person, team) -> dict[str, Any]:
    """Return what ``ask`` is told as JSON, for a job that asks later."""
    return {
        "deadline": deadline and deadline.isoformat(),
        "note": note,
        "person": person and person.pk,
        "team": team and team.pk,
    }


def told_again(details: dict[str, Any]) -> dict[str, Any]:
    """Return what was ``stored``, for ``ask``; a person or team that is gone leaves it to all translators."""
    deadline, person, team = (details.get(name) for name in ("deadline", "person", "team"))
    return {
        "deadline": datetime.date.fromisoformat(deadline) if deadline else None,
        "note": details.get("note", ""),
        "person": get_user_model()._default_manager.filter(pk=person, is_active=True).first() if person else None,
        "team": Group.objects.filter(pk=team).first() if team else None,
    }


def withdraw(request: TranslationRequest) -> None:
    """Close a request that nobody has to answer any more."""
    request.closed_at = timezone.now()
    request.save(update_fields=["closed_at"])
    count_again([request.translation.source.object_id])


class Translators:
    """Who is concerned by requests; each group's rights are read once, however many requests there are."""

    def __init__(self):
        users = get_user_model()._default_manager.filter(is_active=True).select_related("wagtail_userprofile")
        self.users = {user.pk: user for user in users}
        self._by_group: dict[int, set[int]] = {}
        for group, user in get_user_model().groups.through.objects.values_list("group_id", "user_id"):
            self._by_group.setdefault(group, set()).add(user)
        self._by_locale: dict[int, set[int]] = {}

    def asked(self, request: TranslationRequest) -> list[AbstractBaseUser]:
        """Return whom a request is put to: a person, a team, else the translators of the language."""
        if request.person_id:
            numbers = {request.person_id}
        elif request.team_id:
            numbers = self._by_group.get(request.team_id, set())
        else:
            numbers = self.of_language(request.translation.target_locale_id)
        return [self.users[number] for number in sorted(numbers) if number in self.users]

    def of_language(self, locale: int) -> set[int]:
        """Return who may edit pages in a language but not publish them; where there is nobody, who may edit them."""
        if locale not in self._by_locale:
            self._by_locale[locale] = self._read(locale)
        return self._by_locale[locale]

    def _read(self, locale: int) -> set[int]:
        rights = GroupPagePermission.objects.filter(page__locale=locale, page__depth__gt=1)
        by_right: dict[str, set[int]] = {"change_page": set(), "publish_page": set()}
        for group, right in rights.values_list("group_id", "permission__codename"):
            by_right.setdefault(right, set()).update(self._by_group.get(group, ()))
        return by_right["change_page"] - by_right["publish_page"] or by_right["change_page"]


def put_to(user: AbstractBaseUser, request_prefix: str = "") -> Q:
    """Return a condition for requests that name this person, or a team of theirs, or nobody."""
    prefix = f"{request_prefix}__" if request_prefix else ""
    nobody = Q(**{f"{prefix}person": None, f"{prefix}team": None})
    return (
        Q(**{f"{prefix}person": user})
        | Q(**{f"{prefix}person": None, f"{prefix}team__in": user.groups.values("pk")})
        | nobody
    )


def open_requests() -> models.QuerySet[TranslationRequest]:
    """Return the requests that somebody still has to answer."""
    return TranslationRequest.objects.filter(closed_at=None, translation__enabled=True)
