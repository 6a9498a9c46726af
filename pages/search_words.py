"""What a visitor typed into a search box, made safe for every search engine."""

import re
import unicodedata
from copy import copy

from modelsearch.query import And, Boost, Fuzzy, Not, Or, Phrase, PlainText, SearchQuery

MAX_CHARACTERS = 255


def clean(text: str) -> str:
    """Return the words of ``text``, separated by single spaces; empty if there is nothing to search for.

    Control characters and double quotes become spaces: SQLite's index takes a quote as an
    operator and PostgreSQL refuses a NUL. A "word" without any letter or digit is dropped.
    """
    spaced = "".join(" " if char == '"' or unicodedata.category(char)[0] == "C" else char for char in text)
    words = (word for word in spaced.split() if re.search(r"[^\W_]", word))
    return " ".join(words)[:MAX_CHARACTERS].rstrip()


def clean_query(query: str | SearchQuery) -> str | SearchQuery:
    """Return ``query`` with every text in it cleaned; an empty string if nothing is left of it."""
    if isinstance(query, str):
        return clean(query)
    if isinstance(query, PlainText | Phrase | Fuzzy):
        cleaned = copy(query)
        cleaned.query_string = clean(query.query_string)
        return cleaned if cleaned.query_string else ""
    if isinstance(query, And | Or):
        parts = [part for part in map(clean_query, query.subqueries) if part != ""]
        return type(query)(parts) if len(parts) > 1 else (parts or [""])[0]
    if isinstance(query, Not | Boost):
        cleaned = copy(query)
        cleaned.subquery = clean_query(query.subquery)
        return cleaned if cleaned.subquery != "" else ""
    return query
