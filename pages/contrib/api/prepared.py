"""Queries whose SQL is written once; Django takes several times as long to write one as the database to answer it.

Nothing that was read is kept, only the statements: an answer is never older than the database.
"""

from __future__ import annotations

import copy
import datetime
import uuid
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet, UUIDField

#: So many shapes are kept of each query; more come only with other trees of pages.
MOST = 200

#: What stands in a statement for values that come later. No content is like it.
_STAND_INS: dict[type, Callable[[int], Any]] = {
    int: lambda number: 1_919_191_000 + number,
    str: lambda number: f"\ue000prepared {number}\ue000",
    datetime.date: lambda number: datetime.date(9991, 1, 1) + datetime.timedelta(days=number),
    uuid.UUID: lambda number: uuid.UUID(int=2**127 + 1_919_191_000 + number),
}


def prepared(make: Callable[..., QuerySet]) -> Callable[..., list[Any]]:
    """Return a function that reads what ``make`` selects.

    Keywords are values: texts, whole numbers, days, keys, or a sequence of one of these. They
    may not change the query otherwise. Everything else is positional and belongs to its shape.
    """
    statements: dict[tuple[Any, ...], _Statement] = {}

    @wraps(make)
    def read(*shape: Any, **values: Any) -> list[Any]:
        values = {name: _filled_up(value) for name, value in values.items()}
        key = (connections[DEFAULT_DB_ALIAS].vendor, *shape, *(_kind(value) for value in values.values()))
        statement = statements.get(key)
        if statement is None:
            if len(statements) >= MOST:
                statements.clear()
            statement = statements[key] = _Statement(make, shape, values)
        return statement.read(values)

    return read


def _filled_up(value: Any) -> Any:
    """Return a sequence with its last value repeated: statements are made for 1, 2, 4, 8 … values only."""
    if isinstance(value, (str, bytes)) or not isinstance(value, Sequence):
        return value
    length = 1 << (len(value) - 1).bit_length() if value else 0
    return (*value, *[value[-1]] * (length - len(value))) if value else ()


def _kind(value: Any) -> Any:
    return (len(value), type(value[0]) if value else None) if isinstance(value, tuple) else type(value)


class _Statement:
    """One query as the database gets it, with the places where values go."""

    def __init__(self, make: Callable[..., QuerySet], shape: tuple[Any, ...], values: dict[str, Any]):
        flat = list(_flat(values))
        stand_ins = [_STAND_INS[type(value)](number) for number, value in enumerate(flat)]
        self.queryset = make(*shape, **_in_the_form_of(values, iter(stand_ins)))
        self.compiler = self.queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            self.sql, given = self.compiler.as_sql()
        except EmptyResultSet:
            self.sql, given = "", ()
        self.parameters = list(given)
        self.places = list(self._found(stand_ins))
        if self.sql and {number for _place, number, _type in self.places} != {*range(len(flat))}:
            raise ValueError(f"A value of {make.__qualname__} is not in its statement as it is.")

    def _found(self, stand_ins: list[Any]) -> Iterator[tuple[int, int, type]]:
        known = {_stored(stand_in): number for number, stand_in in enumerate(stand_ins)}
        for place, parameter in enumerate(self.parameters):
            if isinstance(parameter, (int, str, datetime.date, uuid.UUID)) and parameter in known:
                yield place, known[parameter], type(parameter)

    def read(self, values: dict[str, Any]) -> list[Any]:
        if not self.sql:
            return []
        parameters, flat = [*self.parameters], [_stored(value) for value in _flat(values)]
        for place, number, type_ in self.places:
            value = flat[number]
            # PostgreSQL is told the width of a whole number by its class.
            parameters[place] = value if type(value) is type_ else type_(value)
        return list(self._asked(tuple(parameters)))

    def _asked(self, parameters: tuple[Any, ...]) -> Iterator[Any]:
        compiler = copy.copy(self.compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]  # of this thread
        compiler.as_sql = lambda *args, **kwargs: (self.sql, parameters)
        asked = object.__new__(type(self.queryset))
        asked.__dict__ = {**self.queryset.__dict__, "_query": _Written(self.queryset.query, compiler)}
        return iter(asked._iterable_class(asked))


class _Written:
    """A query whose compiler has nothing left to do."""

    def __init__(self, query: Any, compiler: Any):
        self._query, self._compiler = query, compiler

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        return self._compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self._query, name)


def _flat(values: dict[str, Any]) -> Iterator[Any]:
    for value in values.values():
        yield from value if isinstance(value, tuple) else (value,)


def _in_the_form_of(values: dict[str, Any], stand_ins: Iterator[Any]) -> dict[str, Any]:
    return {
        name: tuple(next(stand_ins) for _one in value) if isinstance(value, tuple) else next(stand_ins)
        for name, value in values.items()
    }


def _stored(value: Any) -> Any:
    """Return a value as the database keeps it."""
    connection = connections[DEFAULT_DB_ALIAS]
    if isinstance(value, datetime.date):
        return connection.ops.adapt_datefield_value(value)
    if isinstance(value, uuid.UUID):
        return UUIDField().get_db_prep_value(value, connection)
    return value
