"""A calendar of what is planned: what goes live or offline, when workshops are, what is to be reviewed."""

from __future__ import annotations

import calendar
import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.models import Page, Revision
from wagtail.permissions import policy_registry

from .models import WorkshopPage
from .models.reading import types_with
from .waiting import editable_pages, without_patterns

FIRST_YEAR, LAST_YEAR = 2000, 2100
SEES_CALENDAR = {"add", "change", "publish", "lock", "unlock", "bulk_delete"}


@dataclass(frozen=True)
class Entry:
    """Something planned for one day."""

    day: datetime.date
    time: datetime.time | None
    kind: str
    page: Page
    note: str = ""

    @property
    def order(self):
        return (self.day, self.time or datetime.time.min, self.kind, self.page.pk)


KINDS = {
    "live": gettext_lazy("Goes live"),
    "offline": gettext_lazy("Goes offline"),
    "workshop": gettext_lazy("Workshop"),
    "review": gettext_lazy("To be reviewed"),
}


def entries(user, first, last) -> list[Entry]:
    """Return what is planned from one day to another, both included, on pages that a person may explore."""
    if not policy_registry.get_by_type(Page).user_has_any_permission(user, SEES_CALENDAR):
        return []
    pages = policy_registry.get_by_type(Page).explorable_instances(user).values("pk")
    found = [
        *_going_live(pages, first, last),
        *_going_offline(pages, first, last),
        *_workshops(pages, first, last),
        *_reviews(pages, first, last),
    ]
    return sorted(found, key=lambda entry: entry.order)


def _moments(first, last):
    """Return the first moment of a day and the first one after another, in the person's time zone."""
    midnight, zone = datetime.time.min, timezone.get_current_timezone()
    after = last + datetime.timedelta(days=1)
    return datetime.datetime.combine(first, midnight, zone), datetime.datetime.combine(after, midnight, zone)


def _at(kind, moment, page):
    local = timezone.localtime(moment)
    return Entry(local.date(), local.time(), kind, page)


def _going_live(pages, first, last):
    start, end = _moments(first, last)
    planned = Revision.page_revisions.filter(approved_go_live_at__gte=start, approved_go_live_at__lt=end)
    moments = {int(number): moment for number, moment in planned.values_list("object_id", "approved_go_live_at")}
    known = Page.objects.filter(pk__in=moments).filter(pk__in=pages).select_related("locale")
    return [_at("live", moments[page.pk], page) for page in known]


def _going_offline(pages, first, last):
    start, end = _moments(first, last)
    leaving = Page.objects.filter(live=True, expire_at__gte=start, expire_at__lt=end, pk__in=pages)
    return [_at("offline", page.expire_at, page) for page in leaving.select_related("locale")]


def _workshops(pages, first, last):
    met = WorkshopPage.objects.annotate(until=Coalesce("ends_on", "starts_on")).filter(
        is_pattern=False, starts_on__lte=last, until__gte=first, pk__in=pages
    )
    for page in met.select_related("locale").defer("body"):
        yield Entry(max(page.starts_on, first), page.starts_at, "workshop", page, _length(page))


def _length(page) -> str:
    if not page.is_over_days:
        return ""
    return _("until %(day)s") % {"day": date_format(page.last_day, "SHORT_DATE_FORMAT")}


def _reviews(pages, first, last):
    fields = [f"{name}__review_on" for name in types_with("review_on")]
    due = Q(*((f"{field}__range", (first, last)) for field in fields), _connector=Q.OR)
    found = without_patterns(Page.objects.filter(due, pk__in=pages)).annotate(review_day=Coalesce(*fields))
    return [Entry(page.review_day, None, "review", page) for page in found.select_related("locale")]


# --- the screen -----------------------------------------------------------------------------


def month_view(request, year=None, month=None):
    """Show one month as a table of weeks, and as a list where the screen is narrow."""
    if not policy_registry.get_by_type(Page).user_has_any_permission(request.user, SEES_CALENDAR):
        raise PermissionDenied
    today = timezone.localdate()
    first = today.replace(day=1) if year is None else _first_day(year, month)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    planned = entries(request.user, weeks[0][0], weeks[-1][-1])
    by_day = _told(planned, request.user)
    context = {
        "month": first,
        "today": today,
        "weekdays": [date_format(day, "l") for day in weeks[0]],
        "weeks": [[(day, day.month == first.month, by_day.get(day, [])) for day in week] for week in weeks],
        "days": [(day, told) for day, told in by_day.items() if day.month == first.month],
        "previous_url": _month_url(first - datetime.timedelta(days=1)),
        "next_url": _month_url(first + datetime.timedelta(days=31)),
        "today_url": reverse("schedule"),
    }
    return render(request, "pages/admin/schedule.html", context)


def _first_day(year, month):
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        raise Http404
    return datetime.date(year, month, 1)


def _month_url(day):
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return ""
    return reverse("schedule_of_month", args=[day.year, day.month])


def _told(planned, user):
    """Return each day's entries as words and addresses; a page that one may not edit has no address."""
    numbers = {entry.page.pk for entry in planned}
    editable = set(editable_pages(user).filter(pk__in=numbers).values_list("pk", flat=True))
    by_day = defaultdict(list)
    for entry in planned:
        page = entry.page
        url = reverse("wagtailadmin_pages:edit", args=[page.pk]) if page.pk in editable else ""
        by_day[entry.day].append(
            {
                "kind": entry.kind,
                "words": KINDS[entry.kind],
                "time": time_format(entry.time, "TIME_FORMAT") if entry.time else "",
                "title": page.draft_title or page.title,
                "language": page.locale.language_code,
                "is_draft": entry.kind == "workshop" and not page.live,
                "note": entry.note,
                "url": url,
            }
        )
    return dict(by_day)


class CalendarItem(MenuItem):
    def is_shown(self, request):
        return policy_registry.get_by_type(Page).user_has_any_permission(request.user, SEES_CALENDAR)


def menu_item():
    return CalendarItem(gettext_lazy("Calendar"), reverse("schedule"), icon_name="calendar-alt", order=130)


def admin_addresses():
    return [
        path("schedule/", month_view, name="schedule"),
        path("schedule/<int:year>/<int:month>/", month_view, name="schedule_of_month"),
    ]
