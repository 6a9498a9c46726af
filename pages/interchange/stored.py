"""A page's data as nested lists and dictionaries, in which a path leads to a piece."""

from __future__ import annotations

import copy
import json
from typing import Any

from wagtail.models import Page

from .slots import Path

Data = dict[str, Any]


def data_of(page: Page) -> Data:
    """Return all that a revision of the page keeps, its body as a list of blocks."""
    data = copy.deepcopy(page.serializable_data())
    if isinstance(data.get("body"), str):
        data["body"] = json.loads(data["body"] or "[]")
    return data


def page_of(page: Page, data: Data) -> Page:
    """Return the page as it would be with these data."""
    content = copy.deepcopy(data)
    if isinstance(content.get("body"), list):
        content["body"] = json.dumps(content["body"])
    return page.with_content_json(content)


def locate(data: Data, path: Path) -> tuple[Any, Any]:
    """Return the container of a piece and its key there; raises ``LookupError`` where there is no such piece."""
    place: tuple[Any, Any] = (None, None)
    current: Any = data
    for step in path:
        if isinstance(current, list):
            place = _in_list(current, step)
        elif isinstance(current, dict):
            place = (current, step)
        else:
            raise LookupError(path)
        current = place[0][place[1]]
    return place


def piece(data: Data, path: Path) -> Any:
    """Return what stands at a path, or None."""
    try:
        container, key = locate(data, path)
    except LookupError:
        return None
    return container[key]


def remove(data: Data, path: Path) -> None:
    """Take a block or a row out of the list that it stands in."""
    rows = piece(data, path[:-1])
    if isinstance(rows, list):
        rows[:] = [row for row in rows if path[-1] not in _keys(row)]


def _in_list(rows: list[Any], step: str) -> tuple[Any, Any]:
    for number, row in enumerate(rows):
        # Spelled out: with many changes in a long text this line runs millions of times.
        if isinstance(row, dict) and (row.get("id") == step or row.get("translation_key") == step):
            # A block has its value inside; a row of a relation is its own value.
            return (row, "value") if "value" in row else (rows, number)
    raise LookupError(step)


def _keys(row: Any) -> tuple[Any, Any]:
    return (row.get("id"), row.get("translation_key")) if isinstance(row, dict) else (None, None)
