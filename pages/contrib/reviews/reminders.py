"""Remind people of pages that are due: one letter for each person, in that person's language."""

from __future__ import annotations

import datetime
import logging
import smtplib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext
from wagtail.admin.mail import send_mail
from wagtail.models import GroupPagePermission, Locale, Page
from wagtail.permissions import policy_registry

from pages.preferred_language import preferred_language

from .due import due
from .models import Reminder, ReviewSettings

logger = logging.getLogger(__name__)

#: A page is told of again after this time, not earlier.
AGAIN_AFTER = datetime.timedelta(days=14)
MOST_IN_A_LETTER = 50


@dataclass
class Report:
    """What became of the reminders."""

    sent: int = 0
    failed: int = 0
    pages: int = 0
    #: Pages that nobody can be told of: no owner, no last editor, no group that publishes them.
    orphans: list[Page] = field(default_factory=list)


def send_reminders(today: datetime.date | None = None) -> Report:
    """Send what is due; a letter that cannot be delivered is tried again the next time."""
    report = Report()
    if not ReviewSettings.load().sends_reminders:
        return report
    today = today or timezone.localdate()
    for user, pages in letters(today, report):
        try:
            _send(user, pages, today)
        except (OSError, smtplib.SMTPException):
            logger.exception("The reminder for user %s could not be sent.", user.pk)
            report.failed += 1
            continue
        # After sending: a letter may come twice after a crash, but none is lost.
        _record(user, pages)
        report.sent += 1
        report.pages += len(pages)
    return report


def letters(today: datetime.date, report: Report | None = None) -> Iterable[tuple]:
    """Return ``(user, pages)`` of every letter to send today, pages already told of lately left out."""
    pages = list(due(today).select_related("latest_revision").only(*_NEEDED))
    people = _People({page.pk for page in pages})
    by_user = defaultdict(list)
    for page in pages:
        users = people.responsible_for(page)
        if not users and report is not None:
            report.orphans.append(page)
        for user in users:
            by_user[user].append(page)
    lately = _told_lately(pages)
    for user, theirs in sorted(by_user.items(), key=lambda pair: pair[0].pk):
        if fresh := [page for page in theirs if (page.pk, user.pk, page.due_on) not in lately]:
            yield user, fresh


_NEEDED = (
    *("pk", "title", "draft_title", "path", "depth", "owner_id", "locale_id", "content_type_id"),
    *("latest_revision__user_id", "latest_revision__id"),
)


def _told_lately(pages) -> set[tuple]:
    since = timezone.now() - AGAIN_AFTER
    reminders = Reminder.objects.filter(sent_at__gt=since).values_list("page_id", "user_id", "due_on")
    wanted = {page.pk for page in pages}
    return {reminder for reminder in reminders if reminder[0] in wanted}


class _People:
    """Who is responsible for a page; rights are asked for once for each person, not for each page."""

    def __init__(self, page_ids: set[int]):
        self.page_ids = page_ids
        users = get_user_model()._default_manager.filter(is_active=True).exclude(email="")
        self.users = {user.pk: user for user in users.select_related("wagtail_userprofile")}
        self._may_edit: dict[int, set[int]] = {}
        self._publishers = list(self._read_publishers())

    def responsible_for(self, page: Page) -> list:
        """Return the owner, else who changed the page last, else everybody whose group may publish it."""
        last_editor = page.latest_revision.user_id if page.latest_revision else None
        for user_id in (page.owner_id, last_editor):
            if user_id in self.users and page.pk in self._editable(user_id):
                return [self.users[user_id]]
        ids = {user for path, members in self._publishers if page.path.startswith(path) for user in members}
        return [self.users[pk] for pk in sorted(ids & set(self.users))]

    def _editable(self, user_id: int) -> set[int]:
        if user_id not in self._may_edit:
            policy = policy_registry.get_by_type(Page)
            pages = policy.instances_user_has_any_permission_for(self.users[user_id], {"change", "publish"})
            own = Page.objects.filter(pk__in=pages.values("pk")).values_list("pk", flat=True)
            self._may_edit[user_id] = set(own) & self.page_ids
        return self._may_edit[user_id]

    @staticmethod
    def _read_publishers():
        rights = GroupPagePermission.objects.filter(permission__codename="publish_page")
        members = defaultdict(set)
        for group, user in get_user_model().groups.through.objects.values_list("group_id", "user_id"):
            members[group].add(user)
        for path, group in rights.values_list("page__path", "group_id"):
            yield path, members[group]


def _send(user, pages: list[Page], today: datetime.date) -> None:
    with translation.override(preferred_language(user)):
        subject = ngettext(
            "%(number)d page is waiting for your review", "%(number)d pages are waiting for your review", len(pages)
        ) % {"number": len(pages)}
        text = render_to_string("reviews/reminder.txt", _told(user, pages, today))
    # A line of its own for each letter: a refusal does not spoil the next one.
    send_mail(subject, text, [user.email])


def _told(user, pages: list[Page], today: datetime.date) -> dict:
    languages = {locale.pk: locale.get_display_name() for locale in Locale.objects.all()}
    base = settings.WAGTAILADMIN_BASE_URL
    return {
        "name": user.get_full_name() or user.get_username(),
        "site_name": settings.WAGTAIL_SITE_NAME,
        "rows": [
            {
                "title": page.get_admin_display_title(),
                "language": languages.get(page.locale_id, ""),
                "due_on": page.due_on,
                "days": (today - page.due_on).days,
                "url": base + reverse("wagtailadmin_pages:edit", args=[page.pk]),
            }
            for page in pages[:MOST_IN_A_LETTER]
        ],
        "left_out": max(0, len(pages) - MOST_IN_A_LETTER),
        "report_url": base + reverse("reviews:report"),
    }


def _record(user, pages: list[Page]) -> None:
    reminders = [Reminder(page_id=page.pk, user=user, due_on=page.due_on, sent_at=timezone.now()) for page in pages]
    Reminder.objects.bulk_create(
        reminders,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["page", "user", "due_on"],
        update_fields=["sent_at"],
    )
