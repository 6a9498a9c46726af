"""The steps of a long piece of work, written down while it goes on for who waits elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from pages import formats
from pages.interchange.progress import listening

from .models import Work

#: So long is nothing written after something was: readers look every two seconds, and writers are few.
REST = 0.5
_READING = _("reading the Word file")
_SORTING = _("turning it into parts of a page")
_MAKING = _("making the draft")
_COMPARING = (_READING, _("reading the page"), _("comparing"))
_STEPS = {
    Work.Kind.READ: (_READING, _SORTING, _("looking at the pictures")),
    Work.Kind.MAKE: (_READING, _SORTING, _MAKING),
    Work.Kind.IMPORT: (_READING, _SORTING, _MAKING),
    Work.Kind.COMPARE: (*_COMPARING, _("looking at each change")),
    Work.Kind.TAKE: (*_COMPARING, _MAKING),
}


class PutAway(Exception):
    """Somebody has put the file away, or does the work in our place."""


def _names(work: Work) -> tuple[Any, ...]:
    names = _STEPS[Work.Kind(work.kind)]
    makes = work.kind != Work.Kind.IMPORT or work.asked.get("create")
    return names if makes else names[:-1]


def step_words(work: Work) -> str:
    """Return which step a work is at, in words; an empty string before the first."""
    names = _names(work)
    if not 0 < work.step <= len(names):
        return ""
    return gettext("%(number)s of %(total)s: %(step)s") % {
        "number": work.step,
        "total": len(names),
        "step": names[work.step - 1],
    }


def percent_words(work: Work) -> str:
    """Return how much of the step is done as the reader's language writes it; an empty string where nobody counts."""
    return "" if work.percent is None else formats.percent(work.percent, get_language())


@contextmanager
def written_down(work: Work) -> Iterator[None]:
    """Keep in its row how far a work is; raises ``PutAway`` inside where nobody wants it any more.

    Not for transactions: nobody would see it before their end, and SQLite has one writer at a time.
    """
    written = 0.0

    def write(step: int, percent: int | None) -> None:
        nonlocal written
        now = time.monotonic()
        if percent is not None and now - written < REST:
            return
        written = now
        mine = Work.objects.filter(pk=work.pk, runner=work.runner)
        try:
            is_mine = mine.update(step=step, percent=percent, begun_at=timezone.now())
        except OperationalError:  # somebody else writes for long; the next number will do
            return
        if not is_mine:
            raise PutAway

    with listening(write):
        yield
