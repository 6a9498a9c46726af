"""Wagtail's database search, with every query cleaned: on the site, in the API and in the admin's boxes."""

from typing import Any

from modelsearch.backends import database
from modelsearch.backends.base import BaseSearchBackend
from modelsearch.query import MATCH_NONE

from .search_words import clean_query


class CleanedQueries:
    """Clean a query before the search engine of the database reads it."""

    def _search(self, query_compiler_class: type, query: Any, model_or_queryset: Any, **kwargs: Any) -> Any:
        # An empty query would be answered without a model, which the admin's lists cannot show.
        query = query if query is None else clean_query(query) or MATCH_NONE
        return super()._search(query_compiler_class, query, model_or_queryset, **kwargs)  # type: ignore[misc]


def SearchBackend(params: dict[str, Any]) -> BaseSearchBackend:
    """Return the search backend of the site's database, which cleans its queries."""
    # A process that looked before the tables were there must look again.
    database.USE_SQLITE_FTS = database.USE_SQLITE_FTS or None
    backend = database.SearchBackend(params)
    return type("CleanedSearchBackend", (CleanedQueries, type(backend)), {})(params)
