"""A Word file as a program sends it: read with its decisions, and told in one report."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from wagtail.models import Page

from .forms import ChoicesForm, first_values
from .told import Reading, reading


class NotAsWanted(Exception):
    """The decisions do not fit the file; the message says which."""


def imported(
    content: bytes, name: str, wanted: dict[str, Any], parent: Page, page_type: type[Page]
) -> tuple[Reading, ChoicesForm]:
    """Read a file as a program wants it; raises ``Refused`` and ``NotAsWanted``."""
    language = parent.locale.language_code
    found = reading(content, language, changes=wanted["changes"])
    told = found.told()
    form = ChoicesForm(told, page_type, _data(wanted, first_values(told, PurePath(name).name)))
    if not form.is_valid():
        lines = (f"{field}: {said}" for field, all_said in form.errors.items() for said in all_said)
        raise NotAsWanted(" ".join(lines))
    return found.with_choices(form.choices(), language), form


def _data(wanted: dict[str, Any], usual: dict[str, Any]) -> dict[str, Any]:
    return {
        **usual,
        "title": wanted["title"] or usual["title"],
        "lead": usual["lead"] if wanted["lead"] is None else wanted["lead"],
        "starts_on": wanted["starts_on"],
        "changes": wanted["changes"],
        "first_row_heads": wanted["first_row_heads"],
        "headings": [str(number) for number in wanted["headings"]],
    }


def report(found: Reading, form: ChoicesForm, page: Page | None = None) -> dict[str, Any]:
    """Return what became of a file, or would; with the page what the library refused is told, too."""
    told = found.told()
    lines = {name: told.report.get(name, []) for name in ("to_do", "changed", "left_out")}
    return {
        "title": form.cleaned_data["title"],
        "lead": form.cleaned_data["lead"],
        "blocks": len(found.body.blocks if page is None else page.body),
        **lines,
        "comments": told.comments,
        "bold_lines": told.suggestions,
        "has_tracked_changes": told.has_changes,
    }
