"""Several queries that do not wait for each other, asked in one go."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache, wraps
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

Rows = list[list[Any]]

#: How each database writes rows as JSON.
_AS_JSON = {
    "sqlite": "(SELECT JSON_GROUP_ARRAY(JSON_ARRAY({columns})) FROM {name})",
    "postgresql": "(SELECT JSON_AGG(JSON_BUILD_ARRAY({columns}))::text FROM {name})",
}


class Part(NamedTuple):
    """A query as the database gets it; one that can find nothing has no SQL."""

    sql: str = ""
    values: tuple[Any, ...] = ()
    columns: int = 0

    def with_values(self, given: Sequence[str]) -> Part:
        """Return the same query with texts in the ``places`` that were kept for them."""
        found = dict(zip(places(len(given)), given, strict=True))
        return self._replace(values=tuple(found.get(value, value) for value in self.values))


def places(count: int) -> list[str]:
    """Return what stands in a query for texts that come later; no content is like it."""
    return [f"\ue000place {number}\ue000" for number in range(count)]


def part(query: QuerySet) -> Part:
    """Write a query."""
    compiler = query.query.get_compiler(connection=connection)
    try:
        sql, values = compiler.as_sql()
    except EmptyResultSet:
        return Part()
    return Part(sql, tuple(values), len(compiler.select))


def written_once(make: Callable[..., QuerySet]) -> Callable[..., Part]:
    """Write a query that is the same each time once; Django takes longer for that than a database to answer."""
    return wraps(make)(cache(lambda *args: part(make(*args))))


def together(*parts: Part) -> list[Rows]:
    """Return the rows of each part, in any order, from one query; values are numbers and texts, as JSON has them."""
    read: list[Rows] = [[] for _part in parts]
    asked = {place: part for place, part in enumerate(parts) if part.sql}
    if not asked:
        return read
    written, told = [], []
    for place, (sql, _values, width) in asked.items():
        name, columns = f"part_{place}", ", ".join(f"c{number}" for number in range(width))
        written.append(f"{name}({columns}) AS ({sql})")
        told.append(_AS_JSON[connection.vendor].format(columns=columns, name=name))
    values = [value for part in asked.values() for value in part.values]
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(written)} SELECT {', '.join(told)}", values)
        for place, rows in zip(asked, cursor.fetchone(), strict=True):
            read[place] = json.loads(rows or "[]")
    return read
