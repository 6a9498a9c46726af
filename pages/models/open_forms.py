"""What autosaves made of a page's form that stands open in a browser.

Wagtail tells the browser the primary keys of new rows in the answer to an autosave. A form
that has not got this answer, because the line was cut or somebody pressed "Publish" meanwhile,
would make the same rows a second time, and a new page too (wagtail issue 14568).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db import models
from django.http import QueryDict
from django.utils import timezone
from wagtail.models import Page

#: The name of the hidden field that tells one opened form from another.
FIELD = "form_key"
#: A form that stood open for longer is of no use: its revision is old.
KEPT = datetime.timedelta(days=7)


class OpenForm(models.Model):
    """A form of a page in one tab of somebody's browser, and the values that its fields should have by now."""

    key = models.UUIDField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    page = models.ForeignKey(Page, models.CASCADE, related_name="+")
    updates = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint("key", "user", name="one_open_form_for_each_key_and_user")]


def key_in(data: QueryDict | None) -> UUID | None:
    """Return the key of the form that was sent, or None if it has none that can be one."""
    try:
        return UUID((data or {}).get(FIELD, ""))
    except ValueError:
        return None


def open_form(data: QueryDict | None, user) -> OpenForm | None:
    """Return what autosaves made of the form that somebody sends."""
    key = key_in(data)
    return OpenForm.objects.filter(key=key, user=user).first() if key and user else None


def caught_up(data: QueryDict | None, user, page: Page | None) -> QueryDict | None:
    """Return the data of a form as if every answer to its autosaves had come."""
    known = open_form(data, user) if page and page.pk else None
    if known is None or known.page_id != page.pk:
        return data
    data = data.copy()
    # Rows are known by their place in the form, which they keep as long as it stands open.
    for name, value in known.updates.items():
        if name in data:
            data[name] = value
    return data


def remember(data: QueryDict, user, page: Page, updates: Iterable[tuple[str, str]]) -> None:
    """Keep what the answer to an autosave tells a form, in case that it does not arrive."""
    key = key_in(data)
    if key is None:
        return
    # Comments are not rows of the page: their panel keeps count of them by itself.
    updates = {name: value for name, value in updates if not name.startswith("comments-")}
    known, is_new = OpenForm.objects.get_or_create(
        key=key, user=user, defaults={"page_id": page.pk, "updates": updates}
    )
    if is_new:
        OpenForm.objects.filter(saved_at__lt=timezone.now() - KEPT).delete()
    elif updates:
        known.updates |= updates
        known.save()
