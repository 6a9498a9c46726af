"""Drafts for who may see them: an integration with an API token, or a preview token that expires."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest
from django.utils import timezone
from wagtail.admin.models import FormState
from wagtail.models import Page

from .finding import MISSING
from .problems import Problem
from .rows import Kind, Rows, kinds_of
from .unsaved import as_edited

LIFETIME = datetime.timedelta(hours=1)
SALT = "pages.contrib.api.drafts"


class RowsInMemory(Rows):
    """Rows of a draft, which stand in no table yet."""

    def __init__(self, page: Page, read: Rows):
        super().__init__()
        self.page = page
        self.files, self._numbers = read.files, read._numbers

    def of(self, kind: str, owner: Model) -> list[Any]:
        return list(getattr(owner, kind.rpartition(".")[2]).all())

    def named(self) -> Iterator[tuple[str, Model]]:
        for kind in kinds_of(type(self.page)):
            yield from ((kind.name, row) for row in self._rows_of(kind))

    def _rows_of(self, kind: Kind) -> list[Any]:
        above, _dot, _name = kind.name.rpartition(".")
        if not above:
            return self.of(kind.name, self.page)
        parent = next(one for one in kinds_of(type(self.page)) if one.name == above)
        return [row for owner in self._rows_of(parent) for row in self.of(kind.name, owner)]


def draft_for(request: HttpRequest, pk: int) -> Page:
    """Return the latest draft of a page for a token of somebody who may edit it."""
    page = Page.objects.filter(pk=pk, depth__gt=1).first()
    if not request.user.is_authenticated:
        raise Problem(401, "A draft is shown only to who sends a token: `Authorization: Bearer …`.")
    if page is None:
        raise Http404(MISSING)
    allowed = page.permissions_for_user(request.user)
    if not (allowed.can_edit() or allowed.can_publish()):
        raise PermissionDenied("This token does not allow to see drafts of this page.")
    return latest(page)


def latest(page: Page) -> Page:
    return page.specific.get_latest_revision_as_object()


def token_for(page: Page, edited: FormState | None = None) -> tuple[str, datetime.datetime]:
    """Return a token that shows the latest draft of a page, or as somebody is editing it, and when it expires."""
    shown = [page.pk, edited.pk] if edited else page.pk
    return signing.dumps(shown, salt=SALT), timezone.now() + LIFETIME


def page_of(token: str) -> Page:
    """Return the draft that a preview token shows; raises ``Problem`` for a wrong or an old one."""
    try:
        shown = signing.loads(token, salt=SALT, max_age=LIFETIME)
    except signing.SignatureExpired as error:
        raise Problem(401, "This preview token has expired.") from error
    except signing.BadSignature as error:
        raise Problem(401, "This is no preview token of this site.") from error
    pk, edited = shown if isinstance(shown, list) else (shown, None)
    page = Page.objects.filter(pk=pk).first()
    if page is None:
        raise Http404(MISSING)
    return (as_edited(latest(page), edited) if edited else None) or latest(page)
