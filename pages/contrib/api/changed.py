"""Which pages changed since a moment, and when: by themselves, by their place in the tree, by what they show."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Max, Q
from django.db.models.functions import Cast
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import ModelLogEntry, Page, PageLogEntry, ReferenceIndex

#: What also changes every page below.
OF_A_BRANCH = (
    "wagtail.move",
    "wagtail.view_restriction.create",
    "wagtail.view_restriction.edit",
    "wagtail.view_restriction.delete",
)
PUBLISHED = ("wagtail.publish", "wagtail.publish.scheduled")
GONE = ("wagtail.unpublish", "wagtail.unpublish.scheduled", "wagtail.delete")
#: What is said of things that are no pages.
CHANGED = ("wagtail.edit", "wagtail.publish", "wagtail.publish.scheduled")
#: From a portrait to its person, and from there to the page.
STEPS = 2
#: A type of content and a key.
Thing = tuple[int, str]


def changed_pages(since: datetime.datetime) -> dict[int, datetime.datetime]:
    """Return when each page that was ever published changed last, by its number."""
    entries = PageLogEntry.objects.filter(timestamp__gte=since, action__in=(*OF_A_BRANCH, *PUBLISHED, *GONE)).order_by()
    ever = PageLogEntry.objects.filter(action__in=PUBLISHED).values("page_id")
    known = Q(page_id__in=ever) | Q(page_id__in=Page.objects.filter(live=True).values("pk"))
    logged = entries.filter(known).values_list("page_id").annotate(at=Max("timestamp"))
    published = Page.objects.filter(last_published_at__gte=since).values_list("pk", "last_published_at")
    moments: dict[int, datetime.datetime] = {}
    # Without the last order_by() Django 6.1 sorts the union as the log is sorted, by a column that it does not have.
    by_themselves = logged.union(published.order_by(), _readdressed(since), all=True).order_by()
    for pk, at in (*by_themselves, *_below(entries), *_showing(since)):
        moments[pk] = max(at, moments.get(pk, at))
    return moments


def _below(entries: Any) -> list[tuple[int, datetime.datetime]]:
    """Return the pages below those that were moved or locked: their addresses or their readers changed too."""
    branches = entries.filter(action__in=OF_A_BRANCH, page__path__isnull=False)
    tops = dict(branches.values_list("page__path").annotate(at=Max("timestamp")))
    below = Q(pk__in=[])
    for path in tops:
        below |= Q(path__startswith=path)
    found = Page.objects.filter(below, live=True).values_list("pk", "path") if tops else []
    return [(pk, at) for pk, path in found for top, at in tops.items() if path.startswith(top)]


def _readdressed(since: datetime.datetime) -> Any:
    """Return the pages whose address changed: also those below a page that got another slug, which no log tells."""
    noted = Redirect.objects.filter(automatically_created=True, created_at__gte=since, redirect_page__live=True)
    return noted.order_by().values_list("redirect_page").annotate(at=Max("created_at"))


def _showing(since: datetime.datetime) -> Iterator[tuple[int, datetime.datetime]]:
    """Yield the published pages that show what was changed: a picture, a document, a person with a new portrait."""
    log = ModelLogEntry.objects.filter(timestamp__gte=since, action__in=CHANGED).order_by()
    changed: dict[Thing, datetime.datetime] = {
        (kind, pk): at for kind, pk, at in log.values_list("content_type", "object_id").annotate(at=Max("timestamp"))
    }
    page = ContentType.objects.get_for_model(Page).pk
    for _step in range(STEPS):
        if not changed:
            return
        found = [((kind, pk), changed[its_kind, its_pk]) for kind, pk, its_kind, its_pk in _referring(changed, page)]
        changed = {}
        for (kind, pk), at in found:
            if kind == page:
                yield int(pk), at
            else:
                changed[kind, pk] = max(at, changed.get((kind, pk), at))


def _referring(things: Iterable[Thing], page: int) -> Any:
    """Return what refers to any of these, and is no draft: its kind and key, then those of the thing."""
    of_kind: defaultdict[int, list[str]] = defaultdict(list)
    for kind, pk in things:
        of_kind[kind].append(pk)
    wanted = Q(pk__in=[])
    for kind, pks in of_kind.items():
        wanted |= Q(to_content_type=kind, to_object_id__in=pks)
    live = Page.objects.filter(live=True).annotate(key=Cast("pk", CharField())).values("key")
    rows = ReferenceIndex.objects.filter(wanted).filter(~Q(base_content_type=page) | Q(object_id__in=live))
    return rows.values_list("base_content_type", "object_id", "to_content_type", "to_object_id").distinct()
