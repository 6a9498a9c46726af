"""Results that an editor put first for some words (*Settings*, *Promoted search results*)."""

from __future__ import annotations

from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Locale

from pages.models.reading import open_to_all

from . import stemming
from .queries import Query, parse


def promotions(query: Query, locale: Locale) -> list[SearchPromotion]:
    """Return the promotions for these words in any form, in the editor's order.

    A page is promoted in its own language and only while everybody may open it.
    """
    asked = _stems(query, locale.language_code)
    found = SearchPromotion.objects.select_related("query").order_by("sort_order", "pk")
    fitting = [pick for pick in found if _stems(parse(pick.query.query_string), locale.language_code) == asked]
    open_pages = _open_pages([pick.page_id for pick in fitting if pick.page_id], locale)
    return [pick for pick in fitting if not pick.page_id or pick.page_id in open_pages]


def _stems(query: Query, language: str) -> frozenset[str]:
    return frozenset(stemming.stem(word, language) for word in query.sought(language))


def _open_pages(ids: list[int], locale: Locale) -> set[int]:
    if not ids:
        return set()
    pages = SearchPromotion._meta.get_field("page").related_model.objects.live()
    return set(open_to_all(pages.filter(pk__in=ids, locale=locale)).values_list("pk", flat=True))
