"""Workshops as calendars (RFC 5545): one to add, or a list to subscribe to.

An event keeps its name (UID) in every language, so a calendar that meets it twice shows it once.
"""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponseBase
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event, vDuration

from .models import WorkshopIndexPage, WorkshopPage
from .models.filters import lists_changed_at
from .models.workshops import EventStatus
from .plain_text import without_control_characters
from .time_zones import Rule, rule_of
from .unchanged import answer_unless_unchanged

CONTENT_TYPE = "text/calendar; charset=utf-8"
EVENTS_IN_A_CALENDAR = 300
ASK_AGAIN_AFTER = datetime.timedelta(hours=12)
STATES = {
    EventStatus.PLANNED: "CONFIRMED",
    EventStatus.POSTPONED: "TENTATIVE",
    EventStatus.CANCELLED: "CANCELLED",
}


@require_safe
def calendar_of_workshop(request: HttpRequest, workshop: WorkshopPage) -> HttpResponseBase:
    """Return one workshop as a file to add to a calendar."""
    calendar = _calendar(workshop.title, [workshop], request)
    response = answer_unless_unchanged(request, calendar.to_ical(), CONTENT_TYPE, _changed_at(workshop))
    response["Content-Disposition"] = f'attachment; filename="{slugify(workshop.slug) or "calendar"}.ics"'
    return response


@require_safe
def calendar_of_listing(request: HttpRequest, listing: WorkshopIndexPage) -> HttpResponseBase:
    """Return a list with its filters as a calendar to subscribe to: those to come, then the latest past ones."""
    filters = listing.filters(request.GET)
    workshops = listing.read(filters.entries, size=EVENTS_IN_A_CALENDAR).entries
    calendar = _calendar(filters.title, workshops, request)
    calendar.add("url", f"{listing.full_url}{filters.query}")
    calendar.add("refresh-interval", vDuration(ASK_AGAIN_AFTER), parameters={"VALUE": "DURATION"})
    # The same for programs that are older than RFC 7986.
    calendar.add("x-published-ttl", vDuration(ASK_AGAIN_AFTER))
    changed_at = max(filter(None, [lists_changed_at(), *map(_changed_at, [listing, *workshops])]))
    return answer_unless_unchanged(request, calendar.to_ical(), CONTENT_TYPE, changed_at)


def _calendar(title: str, workshops: list[WorkshopPage], request: HttpRequest) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Rynek//Workshops//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, without_control_characters(title))
    rules = {workshop.pk: _rule(workshop) for workshop in workshops}
    for rule in sorted({rule for rule in rules.values() if rule}, key=lambda rule: rule.zone):
        calendar.add_component(rule.as_component())
    for workshop in workshops:
        calendar.add_component(_event(workshop, rules[workshop.pk], request))
    return calendar


def _rule(workshop: WorkshopPage) -> Rule | None:
    """Return the definition of the workshop's time zone, if the event needs one and a short one is true."""
    if not workshop.starts_at:
        return None
    return rule_of(workshop.time_zone, range(workshop.starts_on.year, workshop.last_day.year + 1))


def _event(workshop: WorkshopPage, rule: Rule | None, request: HttpRequest) -> Event:
    event = Event()
    changed_at = _changed_at(workshop)
    address = workshop.get_full_url(request)
    event.add("uid", str(workshop.translation_key))
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("created", workshop.first_published_at or changed_at)
    event.add("sequence", _sequence(workshop))
    event.add("status", STATES[EventStatus(workshop.event_status)])
    event.add("summary", _title(workshop), parameters={"LANGUAGE": workshop.locale.language_code})
    event.add("description", _description(workshop, address))
    event.add("url", address)
    if place := _words(", ", workshop.venue, workshop.city):
        event.add("location", place)
    if contact := _words(", ", workshop.contact_name, workshop.contact_email, workshop.contact_phone):
        event.add("contact", contact)
    if workshop.programme:
        event.add("categories", [without_control_characters(workshop.programme.name)])
    _add_times(event, workshop, rule)
    return event


def _add_times(event: Event, workshop: WorkshopPage, rule: Rule | None) -> None:
    if not workshop.starts_at:
        event.add("dtstart", workshop.starts_on)
        # The day after the last one (RFC 5545, 3.6.1).
        event.add("dtend", workshop.last_day + datetime.timedelta(days=1))
        return
    event.add("dtstart", _moment(workshop, workshop.starts_on, workshop.starts_at, rule))
    if workshop.ends_at:
        event.add("dtend", _moment(workshop, workshop.last_day, workshop.ends_at, rule))
    elif workshop.is_over_days:
        event.add("dtend", _moment(workshop, workshop.last_day, datetime.time(23, 59), rule))


def _moment(workshop: WorkshopPage, day: datetime.date, time: datetime.time, rule: Rule | None) -> datetime.datetime:
    moment = datetime.datetime.combine(day, time, tzinfo=ZoneInfo(workshop.time_zone))
    return moment if rule else moment.astimezone(datetime.UTC)


def _title(workshop: WorkshopPage) -> str:
    title = without_control_characters(workshop.title)
    # Many programs show no status.
    if workshop.event_status == EventStatus.CANCELLED:
        return _("Cancelled: %(title)s") % {"title": title}
    if workshop.event_status == EventStatus.POSTPONED:
        return _("Postponed: %(title)s") % {"title": title}
    return title


def _description(workshop: WorkshopPage, address: str) -> str:
    note = "" if workshop.takes_place else workshop.status_note
    return _words("\n\n", note, workshop.lead, address)


def _words(between: str, *parts: str) -> str:
    return between.join(without_control_characters(part).strip() for part in parts if part)


def _sequence(workshop: WorkshopPage) -> int:
    """Return a number that grows with each publication: the minutes since the first one."""
    if not (workshop.first_published_at and workshop.last_published_at):
        return 0
    return max(0, int((workshop.last_published_at - workshop.first_published_at).total_seconds() // 60))


def _changed_at(page) -> datetime.datetime:
    return (
        page.last_published_at or page.latest_revision_created_at or datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
    )
