"""People, programmes and topics that published pages name, and the calendar of workshops."""

from __future__ import annotations

import datetime
from typing import Any, Literal

from django.conf import settings
from django.db.models import CharField, DateField, Exists, F, Model, OuterRef, Q, QuerySet
from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field
from wagtail.models import Page

from media.models import SiteImage
from pages.endpoints import Language, Order, Paging, Told, list_of, read
from pages.models import PageTopic, Person, Programme, Topic, WorkshopPage
from pages.models.reading import types_with
from pages.models.workshops import TrackPerson

from .. import shapes
from ..answers import answer
from ..reading import Reading, readable
from ..rows import followed
from ..telling import ways_from

router = Router()


class NameFilters(Paging):
    """What narrows a list of names."""

    language: Language = settings.LANGUAGE_CODE
    search: str | None = Field(None, max_length=200, description="Part of the name.")


class CalendarFilters(Paging):
    """What narrows the calendar."""

    language: Language = settings.LANGUAGE_CODE
    since: datetime.date | None = Field(None, description="Still going on on this day, or later.")
    until: datetime.date | None = Field(None, description="Begun by this day.")


class Event(Told):
    """A workshop in the calendar."""

    id: int
    title: str
    url: str
    starts: datetime.datetime
    ends: datetime.datetime
    is_all_day: bool
    time_zone: str
    venue: str
    city: str
    event_status: Literal["planned", "postponed", "cancelled"]
    status_note: str
    status: Literal["upcoming", "under_way", "past"]
    calendar_url: str = Field(description="The same as iCalendar.")


def _named(request: HttpRequest, model: type[Model], shown: Q | Exists, filters: NameFilters) -> Any:
    """Answer with what published pages name, in the order of the alphabet."""
    entries = model._default_manager.filter(shown, locale__language_code=filters.language)
    if filters.search:
        entries = entries.filter(name__icontains=filters.search)
    joined = [way for field in followed(model) for way in ways_from(field)]
    window = read(
        entries,
        Order(F("name"), False, CharField()),
        filters,
        lambda found: found.select_related(*joined) if joined else found,
    )
    reading = Reading(request, filters.language)
    pictures = [field.name for field in followed(model) if field.related_model is SiteImage]
    reading.read_renditions([getattr(entry, name) for entry in window.entries for name in pictures])
    return answer(request, window.told(lambda entry: shapes.tell(entry, reading)))


def _on_pages(request: HttpRequest) -> QuerySet:
    return readable(Page.objects.all(), request).values("pk")


@router.get("/people/", response=list_of(shapes.schema_of(Person)), summary="People", operation_id="list_people")
def list_people(request: HttpRequest, filters: Query[NameFilters]) -> Any:
    """Return the people whom published workshops name."""
    shown = Exists(TrackPerson.objects.filter(person_id=OuterRef("pk"), track__page_id__in=_on_pages(request)))
    return _named(request, Person, shown, filters)


@router.get(
    "/programmes/", response=list_of(shapes.schema_of(Programme)), summary="Programmes", operation_id="list_programmes"
)
def list_programmes(request: HttpRequest, filters: Query[NameFilters]) -> Any:
    """Return the programmes that published pages belong to."""
    pages = readable(Page.objects.all(), request)
    ways = [f"{name}__programme_id" for name in types_with("programme")]
    shown = Q(pk__in=[])
    for way in ways:
        shown |= Q(Exists(pages.filter(**{way: OuterRef("pk")})))
    return _named(request, Programme, shown, filters)


@router.get("/topics/", response=list_of(shapes.schema_of(Topic)), summary="Topics", operation_id="list_topics")
def list_topics(request: HttpRequest, filters: Query[NameFilters]) -> Any:
    """Return the topics of published pages."""
    shown = Exists(PageTopic.objects.filter(topic_id=OuterRef("pk"), page_id__in=_on_pages(request)))
    return _named(request, Topic, shown, filters)


@router.get("/calendar/", response=list_of(Event), summary="The calendar of workshops", operation_id="list_events")
def list_events(request: HttpRequest, filters: Query[CalendarFilters]) -> Any:
    """Return the workshops of a language by their first day."""
    workshops = readable(WorkshopPage.objects.filter(locale__language_code=filters.language), request)
    if filters.since:
        workshops = workshops.filter(Q(ends_on__gte=filters.since) | Q(ends_on=None, starts_on__gte=filters.since))
    if filters.until:
        workshops = workshops.filter(starts_on__lte=filters.until)
    order = Order(F("starts_on"), False, DateField())
    window = read(workshops, order, filters, lambda found: found.select_related("locale").defer("body"))
    reading = Reading(request, filters.language)
    return answer(request, window.told(lambda workshop: _event(workshop, reading)))


def _event(workshop: WorkshopPage, reading: Reading) -> dict[str, Any]:
    url = reading.url(workshop)
    names = ("time_zone", "venue", "city", "event_status", "status_note", "status")
    return {
        "id": workshop.pk,
        "title": workshop.title,
        "url": url,
        "starts": workshop.starts,
        "ends": workshop.ends,
        "is_all_day": workshop.starts_at is None,
        **{name: getattr(workshop, name) for name in names},
        "calendar_url": f"{url}calendar.ics",
    }
