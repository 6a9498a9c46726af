"""Results that an editor put first for some words (*Settings*, *Promoted search results*)."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page

from pages.models.reading import open_to_all

from . import stemming
from .models import Entry
from .queries import Query, parse
from .together import Rows, written_once


class Pick(NamedTuple):
    """A page or an address that was put first."""

    sort_order: int
    pk: int
    words: str
    description: str
    link_url: str
    link_text: str
    page: int | None
    path: str | None
    content_type: int | None
    #: The page among the other results.
    entry: int | None


@written_once
def promoted(language: str) -> QuerySet:
    """Ask for all that is promoted; a page in its own language only, and while everybody may open it."""
    pages = Page.objects.live().filter(pk=OuterRef("page"), locale__language_code=language)
    entries = Entry.objects.filter(page=OuterRef("page")).values("pk")
    shown = SearchPromotion.objects.filter(Q(page=None) | Exists(open_to_all(pages))).order_by()
    link = ("external_link_url", "external_link_text")
    page = ("page_id", "page__path", "page__content_type_id", Subquery(entries[:1]))
    return shown.values_list("sort_order", "pk", "query__query_string", "description", *link, *page)


def fitting(rows: Rows, query: Query, language: str) -> list[Pick]:
    """Return the promotions for these words in any form, in the editor's order."""
    asked = _stems(query, language)
    return sorted(pick for pick in map(Pick._make, rows) if _stems(parse(pick.words), language) == asked)


def _stems(query: Query, language: str) -> frozenset[str]:
    return frozenset(stemming.stem(word, language) for word in query.sought(language))
