"""Tell translators what they are asked for: one letter for each person, in that person's language."""

from __future__ import annotations

import datetime
import logging
import smtplib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext
from wagtail.admin.mail import send_mail
from wagtail.models import Page

from pages.preferred_language import preferred_language
from pages.translation_permissions import may

from .desk.views import edit_url
from .models import DeskCell, RequestLetter, State, TranslationRequest
from .requests import Translators, open_requests

logger = logging.getLogger(__name__)

#: So long before its deadline a request is brought to mind.
REMINDS_BEFORE = datetime.timedelta(days=3)
MOST_IN_A_LETTER = 50
#: The translator has done what was asked for.
DONE = (State.IN_REVIEW, State.PUBLISHED)


@dataclass
class Report:
    """What became of the letters."""

    sent: int = 0
    failed: int = 0
    requests: int = 0
    #: Requests that nobody can be told of: nobody who may translate has an address.
    orphans: list[TranslationRequest] = field(default_factory=list)


@dataclass
class Row:
    """One request in a letter, and what the letter says of it."""

    request: TranslationRequest
    cell: DeskCell
    #: What the letter tells: keys of ``RequestLetter.about``, the first decides on the words.
    about: list[str]

    @property
    def kind(self) -> str:
        return self.about[0].partition(":")[0]


def send_digest(today: datetime.date | None = None) -> Report:
    """Send what is new or due; a letter that cannot be delivered is tried again the next time."""
    report = Report()
    today = today or timezone.localdate()
    for user, rows in letters(today, report):
        try:
            _send(user, rows, today)
        except (OSError, smtplib.SMTPException):
            logger.exception("The letter to translator %s could not be sent.", user.pk)
            report.failed += 1
            continue
        # After sending: a letter may come twice after a crash, but none is lost.
        _record(user, rows)
        report.sent += 1
        report.requests += len(rows)
    return report


def letters(today: datetime.date, report: Report | None = None) -> Iterable[tuple]:
    """Return ``(user, rows)`` of every letter to send today; what a person was told of already is left out."""
    cells = list(_waiting_cells())
    told = set(
        RequestLetter.objects.filter(request__in=[cell.request_id for cell in cells]).values_list(
            "request_id", "user_id", "about"
        )
    )
    translators, targets = Translators(), _targets(cells)
    by_user = defaultdict(list)
    for cell in cells:
        people = [user for user in translators.asked(cell.request) if user.email and _may_work(user, targets, cell)]
        if not people and report is not None:
            report.orphans.append(cell.request)
        for user in people:
            about = [one for one in _about(cell.request, today) if (cell.request_id, user.pk, one) not in told]
            if about:
                by_user[user].append(Row(cell.request, cell, about))
    yield from sorted(by_user.items(), key=lambda pair: pair[0].pk)


def _waiting_cells():
    cells = DeskCell.objects.filter(request__in=open_requests()).exclude(state__in=DONE).exclude(target_id="")
    joined = cells.select_related("source__content_type", "source__locale", "locale", "request__translation")
    return joined.select_related("request__asked_by").order_by("request__deadline", "request_id")


def _about(request: TranslationRequest, today: datetime.date) -> list[str]:
    """Return what there is to tell of a request today, the most pressing first."""
    about = ["asked"]
    if request.is_late(today):
        about.insert(0, f"late:{request.deadline}")
    elif request.deadline and request.deadline - REMINDS_BEFORE <= today:
        about.insert(0, f"soon:{request.deadline}")
    return about


def _targets(cells) -> dict[str, Page]:
    numbers = [cell.target_id for cell in cells if cell.source.page_id]
    return {str(page.pk): page for page in Page.objects.filter(pk__in=numbers)}


def _may_work(user, targets, cell) -> bool:
    if cell.source.page_id:
        page = targets.get(cell.target_id)
        return page is not None and may(user, "change", page)
    model = cell.source.content_type.model_class()
    return may(user, "change", model(pk=cell.target_id))


def _send(user, rows: list[Row], today: datetime.date) -> None:
    with translation.override(preferred_language(user)):
        late = sum(row.kind == "late" for row in rows)
        subject = _subject(len(rows), late)
        text = render_to_string("translation/letters/digest.txt", _told(user, rows, today))
    # A line of its own for each letter: a refusal does not spoil the next one.
    send_mail(subject, text, [user.email])


def _subject(count: int, late: int) -> str:
    words = ngettext(
        "%(number)d text is waiting for translation", "%(number)d texts are waiting for translation", count
    )
    subject = words % {"number": count}
    if late:
        overdue = ngettext("%(number)d of them overdue", "%(number)d of them overdue", late) % {"number": late}
        subject = f"{subject}, {overdue}"
    return subject


def _told(user, rows: list[Row], today: datetime.date) -> dict:
    base = settings.WAGTAILADMIN_BASE_URL
    return {
        "name": user.get_full_name() or user.get_username(),
        "site_name": settings.WAGTAIL_SITE_NAME,
        "rows": [
            {
                "title": row.cell.source.title,
                "language": row.cell.locale.get_display_name(),
                "words": row.cell.words_left,
                "kind": row.kind,
                "deadline": row.request.deadline,
                "note": row.request.note.strip(),
                "asked_by": row.request.asked_by
                and (row.request.asked_by.get_full_name() or row.request.asked_by.get_username()),
                "url": base + edit_url(row.cell.source.content_type, row.cell.target_id),
            }
            for row in rows[:MOST_IN_A_LETTER]
        ],
        "left_out": max(0, len(rows) - MOST_IN_A_LETTER),
        "desk_url": base + reverse("translation:desk"),
    }


def _record(user, rows: list[Row]) -> None:
    told = [RequestLetter(request=row.request, user=user, about=about) for row in rows for about in row.about]
    RequestLetter.objects.bulk_create(told, batch_size=500, ignore_conflicts=True)
