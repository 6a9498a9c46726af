"""Say that a page was looked at and is still true, without changing anything for readers or translators."""

from __future__ import annotations

import datetime

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page, Revision

ACTION = "reviews.reviewed"


def mark_reviewed(page: Page, user, next_on: datetime.date) -> None:
    """Set the day of the next review in the page and in the versions that may still be published.

    No revision is made and nothing is published: readers keep their dates, a draft stays as it is, and a
    translation does not become older than its original. The history of the page records who looked.
    """
    with transaction.atomic():
        page.specific_class._base_manager.filter(pk=page.pk).update(review_on=next_on)
        _set_in_versions(page, next_on)
        log(instance=page, action=ACTION, user=user, data={"next_on": next_on.isoformat()})


def _set_in_versions(page: Page, next_on: datetime.date) -> None:
    versions = {page.latest_revision_id, page.live_revision_id} - {None}
    scheduled = Revision.page_revisions.filter(object_id=str(page.pk), approved_go_live_at__isnull=False)
    for revision in Revision.objects.filter(pk__in=versions) | scheduled:
        # Saving a revision would touch its date, and withdraw other scheduled ones.
        content = revision.content | {"review_on": next_on.isoformat()}
        Revision.objects.filter(pk=revision.pk).update(content=content)
