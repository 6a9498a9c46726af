"""Make a preview link, find the one of an address, withdraw it."""

from __future__ import annotations

import datetime
import hashlib
import logging
import secrets

from django.db import DatabaseError
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from .models import PreviewLink

logger = logging.getLogger(__name__)

LIFETIMES_DAYS = (1, 7, 14, 30)
DEFAULT_DAYS = 7


def make(page: Page, *, user, days: int = DEFAULT_DAYS, recipient: str = "") -> tuple[PreviewLink, str]:
    """Return a new link and its token, which is not stored and cannot be had again."""
    token = secrets.token_urlsafe(32)
    expires_at = timezone.now() + datetime.timedelta(days=days)
    link = PreviewLink.objects.create(
        page_id=page.pk, token_hash=_hash(token), recipient=recipient, created_by=user, expires_at=expires_at
    )
    log(instance=page, action="preview_links.make", user=user, data=_said(link))
    return link, token


def find(token: str) -> PreviewLink | None:
    """Return the link of a token, open or not."""
    return PreviewLink.objects.select_related("page__locale").filter(token_hash=_hash(token)).first()


def withdraw(link: PreviewLink, *, user) -> None:
    """End a link at once; one that has ended stays as it is."""
    if PreviewLink.objects.open().filter(pk=link.pk).update(withdrawn_at=timezone.now()):
        log(instance=link.page.specific, action="preview_links.withdraw", user=user, data=_said(link))


def note_use(link: PreviewLink) -> None:
    """Remember that the link was used, to within a few minutes."""
    if link.was_used_lately:
        return
    try:
        PreviewLink.objects.filter(pk=link.pk).update(last_used_at=timezone.now())
    except DatabaseError:  # a busy database must not keep the draft from its reader
        logger.warning("The use of preview link %s could not be noted.", link.pk, exc_info=True)


def _hash(token: str) -> str:
    # 256 random bits: nothing to guess, so a plain hash is as good as a slow one.
    return hashlib.sha256(token.encode()).hexdigest()


def _said(link: PreviewLink) -> dict[str, str]:
    return {"recipient": link.recipient, "expires_at": link.expires_at.isoformat()}
