"""What the desk tells of requests: until when, and of whom."""

from __future__ import annotations

import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.core.cache import cache
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.utils import get_user_display_name

from ..models import TranslationRequest
from ..requests import ASKED_PEOPLE, put_to

LATE, WEEK, ANY_DAY = "late", "week", "any"
DEADLINES = [(LATE, _("Overdue")), (WEEK, _("Within a week")), (ANY_DAY, _("With a deadline"))]
MINE = "mine"


def by_deadline(choice: str, today: datetime.date | None = None) -> Q:
    """Return a condition on cells whose open request has such a deadline."""
    today = today or timezone.localdate()
    if choice == LATE:
        return Q(request__deadline__lt=today)
    if choice == WEEK:
        return Q(request__deadline__range=(today, today + datetime.timedelta(days=7)))
    return Q(request__deadline__isnull=False)


def people() -> list[tuple[str, str]]:
    """Return the people and teams that somebody asks, for a choice: ``person-1``, ``team-2``."""
    return [(MINE, _("Me and my teams")), *cache.get_or_set(ASKED_PEOPLE, _read_people, timeout=60)]


def _read_people() -> list[tuple[str, str]]:
    requests = TranslationRequest.objects.filter(closed_at=None).exclude(person=None, team=None)
    found = {}
    for request in requests.select_related("person__wagtail_userprofile", "team").order_by("person", "team"):
        if request.person_id:
            found[f"person-{request.person_id}"] = get_user_display_name(request.person)
        if request.team_id:
            found[f"team-{request.team_id}"] = request.team.name
    return list(found.items())


def by_person(choice: str, user: AbstractBaseUser) -> Q:
    """Return a condition on cells whose open request is put to this person or team."""
    if choice == MINE:
        return Q(request__isnull=False) & put_to(user, "request")
    kind, _dash, number = choice.partition("-")
    return Q(**{f"request__{kind}": int(number)})


def who(request: TranslationRequest) -> str:
    """Name whom a request is put to; empty when it is put to all translators of the language."""
    names = [get_user_display_name(request.person)] if request.person else []
    return ", ".join([*names, *([request.team.name] if request.team else [])])
