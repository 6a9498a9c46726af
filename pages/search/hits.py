"""What readers ask for, counted for editors (*Reports*, *Search terms*) without making a reader wait.

A search only notes its words in memory. They are written after the answer has gone out, at
most once in a minute for each process; what a process that is killed has not written is lost,
which a statistic can bear (docs/decisions/0022-searches-are-counted-afterwards.md).
"""

from __future__ import annotations

import logging
import re
import threading
import time
from collections import Counter

from django.conf import settings
from django.core.signals import request_finished
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_WRITES = 60
#: A robot that asks for thousands of words does not fill the table.
MOST_QUERIES = 100
LONGEST_QUERY = 80

#: What looks like somebody's address or number is nobody's business.
_PERSONAL = re.compile(r"@|\d{6,}|(?:\d[ -]?){9,}")

_lock = threading.Lock()
_noted: Counter[str] = Counter()
_written_at = 0.0


def note(query: str) -> None:
    """Remember that a reader asked for this."""
    words = " ".join(query.lower().split())
    if not settings.SEARCHES_ARE_COUNTED or not words or len(words) > LONGEST_QUERY or _PERSONAL.search(words):
        return
    with _lock:
        if words in _noted or len(_noted) < MOST_QUERIES:
            _noted[words] += 1


def write(**kwargs) -> None:
    """Write what was noted, unless that was done a moment ago."""
    global _written_at
    if not _noted or time.monotonic() - _written_at < SECONDS_BETWEEN_WRITES:
        return
    with _lock:
        counts = dict(_noted)
        _noted.clear()
        _written_at = time.monotonic()
    try:
        with transaction.atomic():
            _store(counts)
    except DatabaseError as error:
        logger.warning("searches were not counted: %s", error)


def _store(counts: dict[str, int]) -> None:
    Query.objects.bulk_create([Query(query_string=words) for words in counts], ignore_conflicts=True)
    today = timezone.localdate()
    for query in Query.objects.filter(query_string__in=counts):
        daily, _created = QueryDailyHits.objects.get_or_create(query=query, date=today, defaults={"hits": 0})
        QueryDailyHits.objects.filter(pk=daily.pk).update(hits=F("hits") + counts[query.query_string])


def connect() -> None:
    """Write after answers that have gone out."""
    request_finished.connect(write, dispatch_uid="pages.search.hits")
