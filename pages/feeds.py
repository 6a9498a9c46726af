"""Atom feeds of lists (RFC 4287): the newest entries, in the language and with the filters of their address."""

from __future__ import annotations

import datetime
import uuid

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.views.decorators.http import require_safe
from wagtail.models import Page

from .models.filters import Filters, lists_changed_at
from .models.listings import ListingPage
from .navigation import Frame
from .plain_text import without_control_characters
from .unchanged import answer_unless_unchanged

ENTRIES_IN_A_FEED = 30


@require_safe
def feed_of_listing(request: HttpRequest, listing: ListingPage) -> HttpResponse:
    """Return the feed of a list; filters that nobody could have chosen are left out, as in the list."""
    filters = listing.filters(request.GET)
    entries = newest(filters)
    frame = Frame(request, listing)
    feed = Atom1Feed(
        title=without_control_characters(filters.title),
        link=listing.full_url + filters.query,
        description=None,
        subtitle=without_control_characters(listing.lead) or None,
        language=frame.language,
        author_name=frame.header.site_name or listing.title,
        feed_url=f"{listing.full_url}feed.atom{filters.query}",
        feed_guid=_name_of(listing, filters.query),
    )
    for page in entries:
        feed.add_item(**_entry(page, request))
    latest = max(map(_updated, [listing, *entries]))
    # Asked by Django for <updated>; its own answer is the time of this request when a feed is empty.
    feed.latest_post_date = lambda: latest
    changed_at = max(filter(None, [latest, lists_changed_at()]))
    return answer_unless_unchanged(request, feed.writeString("utf-8"), Atom1Feed.content_type, changed_at)


def newest(filters: Filters) -> list[Page]:
    """Return what readers were told last: a list of workshops has an order of its own, a feed is always news."""
    entries = filters.entries.order_by("-display_date", "-pk")
    entries = entries.select_related("locale", "programme", "author_unit").prefetch_related("page_topics__topic")
    return list(entries.defer("body")[:ENTRIES_IN_A_FEED])


def _entry(page, request: HttpRequest) -> dict:
    categories = [page.programme, *(row.topic for row in page.page_topics.all())]
    return {
        "title": without_control_characters(page.title),
        "link": page.get_full_url(request),
        # Django calls a summary HTML, and a lead is plain text.
        "description": escape(without_control_characters(page.lead)) or None,
        "author_name": without_control_characters(page.author_unit.name) if page.author_unit else None,
        "pubdate": page.first_published_at,
        "updateddate": _updated(page),
        "unique_id": _name_of(page),
        "categories": [without_control_characters(str(category)) for category in categories if category],
    }


def _updated(page) -> datetime.datetime:
    return page.last_published_at or page.first_published_at or datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


def _name_of(page: Page, query: str = "") -> str:
    """Return a name that outlives addresses, and that each translation has of its own."""
    return uuid.uuid5(page.translation_key, f"{page.locale.language_code}{query}").urn
