"""What an endpoint of the API is made of, in any room or plugin: exact schemas, and lists with a cursor.

A list costs the same on every page: each page begins after the last entry of the one before.
"""

from __future__ import annotations

import base64
import datetime
import json
from collections.abc import Callable, Iterable
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db.models import F, Field, IntegerField, Q, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest
from ninja import Schema
from ninja.errors import HttpError, ValidationError
from pydantic import ConfigDict, create_model
from pydantic import Field as Described

BIGGEST_KEY = 2**31 - 1
#: A cursor holds a word of a title at most.
LONGEST_CURSOR = 2000

Number = Annotated[int, Described(ge=1, le=BIGGEST_KEY)]
#: The codes of the site's languages; anything else is refused.
Language = Literal[tuple(code for code, _name in settings.LANGUAGES)]  # type: ignore[valid-type]


class Told(Schema):
    """Something the API tells: exactly these fields, all of them always there."""

    model_config = ConfigDict(extra="forbid", json_schema_serialization_defaults_required=True)


def editor_of(request: HttpRequest) -> AbstractBaseUser:
    """Return the user of the token, who may enter the admin; raises what is answered to anybody else."""
    if not request.user.is_authenticated:
        raise HttpError(401, "This is for who sends a token: `Authorization: Bearer …`.")
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied
    return request.user


class Paging(Schema):
    """How much of a list is asked for, and from where on."""

    limit: int = Described(20, ge=1, le=100, description="How many entries, at most 100.")
    cursor: str | None = Described(
        None, max_length=LONGEST_CURSOR, description="`next_cursor` of the page before; empty: from the beginning."
    )


class Order(NamedTuple):
    """An order of a list: by an expression, and among equals by number."""

    key: Any
    falls: bool
    field: Field


class Window(NamedTuple):
    """One page of a list; ``count`` is that of the whole list."""

    entries: list[Any]
    count: int
    next_cursor: str | None

    def told(self, tell: Callable[[Any], Any]) -> dict[str, Any]:
        return {
            "count": self.count,
            "next_cursor": self.next_cursor,
            "items": [tell(entry) for entry in self.entries],
        }


@cache
def list_of(item: type[Schema]) -> type[Told]:
    """Return the schema of a page of a list."""
    return create_model(
        f"{item.__name__}List",
        __base__=Told,
        count=(int, Described(description="How many entries there are in all.")),
        next_cursor=(str | None, Described(description="Where the next page begins; null on the last one.")),
        items=(list[item], ...),
    )


def by_number(falls: bool = False) -> Order:
    return Order(F("pk"), falls, IntegerField())


def read(entries: QuerySet, order: Order, paging: Any, prepare: Callable[[QuerySet], QuerySet] | None = None) -> Window:
    """Return one page of ``entries``; ``prepare`` joins what is shown of them, which counting does not need."""
    count = entries.count()
    keyed = entries.annotate(order_key=Cast(order.key, order.field))
    if paging.cursor:
        keyed = keyed.filter(_beyond(_opened(paging.cursor, order.field), order.falls))
    keyed = keyed.order_by(*(["-order_key", "-pk"] if order.falls else ["order_key", "pk"]))
    found = list((prepare(keyed) if prepare else keyed)[: paging.limit + 1])
    shown = found[: paging.limit]
    more = len(found) > paging.limit
    return Window(shown, count, _closed(shown[-1].order_key, shown[-1].pk) if more else None)


def page_of(numbers: Iterable[tuple[Any, int]], field: Field, paging: Any) -> Window:
    """Return one page of pairs that are sorted already, such as a moment and a number."""
    pairs = list(numbers)
    rest = pairs
    if paging.cursor:
        after = _opened(paging.cursor, field)
        rest = [pair for pair in pairs if pair > after]
    shown = rest[: paging.limit]
    return Window(shown, len(pairs), _closed(*shown[-1]) if len(rest) > paging.limit else None)


def _beyond(place: tuple[Any, int], falls: bool) -> Q:
    key, pk = place
    way = "lt" if falls else "gt"
    return Q(**{f"order_key__{way}": key}) | Q(order_key=key, **{f"pk__{way}": pk})


def _closed(key: Any, pk: int) -> str:
    written = key.isoformat() if hasattr(key, "isoformat") else key
    return base64.urlsafe_b64encode(json.dumps([written, pk]).encode()).decode().rstrip("=")


def _opened(cursor: str, field: Field) -> tuple[Any, int]:
    """Return the place that a cursor names."""
    try:
        key, pk = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        key = field.to_python(key)
        if not isinstance(pk, int) or not 0 <= pk <= BIGGEST_KEY or key is None or "\0" in str(key):
            raise ValueError(cursor)
        if isinstance(key, datetime.datetime) and key.tzinfo is None:
            raise ValueError(cursor)
        if isinstance(key, int) and not 0 <= key <= BIGGEST_KEY:
            raise ValueError(cursor)
        return key, pk
    except Exception as error:
        raise ValidationError([{"loc": ("query", "cursor"), "msg": "This is no cursor of this list."}]) from error
