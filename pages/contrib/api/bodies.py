"""Read the body of a request: texts that can be stored, or a refusal."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.parser import Parser

from .problems import Problem


class BodyParser(Parser):
    """JSON and forms without the characters that no database takes."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        data = json.loads(request.body, parse_constant=_refuse)
        _check(data)
        return data

    def parse_querydict(self, data: MultiValueDict, list_fields: list[str], request: HttpRequest) -> dict[str, Any]:
        _check([value for values in data.lists() for value in (values[0], *values[1])])
        return super().parse_querydict(data, list_fields, request)


def _check(data: Any) -> None:
    if isinstance(data, str):
        if "\0" in data:
            raise Problem(400, "The request holds a character that no text has.")
        data.encode()  # half of a pair of surrogates is no text
    elif isinstance(data, dict):
        _check(list(data))
        _check(list(data.values()))
    elif isinstance(data, list):
        for item in data:
            _check(item)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number of JSON")
