"""Panels of the editor's first screen that say what waits for them.

A panel is a subclass of ``WaitingPanel``, handed to Wagtail by the hook
``construct_homepage_panels``: ``panels.append(PagesDueForReview())``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import cached_property
from wagtail.admin.ui.components import Component


@dataclass(frozen=True)
class WaitingRow:
    """One thing to do: its name, where to do it, and a few words on why."""

    title: str
    url: str
    note: str = ""
    #: The language of the title, for screen readers; empty: that of the admin.
    language_code: str = ""


class WaitingPanel(Component):
    """A list of what waits for this person; nothing is shown while nothing waits.

    ``rows()`` names only what the person may act on, the most urgent first.
    """

    name = ""
    heading = ""
    #: Smaller is higher up; Wagtail's own panels stand at 210 to 300.
    order = 230
    rows_shown = 10
    template_name = "pages/admin/waiting_panel.html"

    class Media:
        css = {"all": ["pages/admin/waiting_panel.css"]}

    def rows(self, request: HttpRequest) -> list[WaitingRow]:
        raise NotImplementedError

    def all_url(self, request: HttpRequest) -> str:
        """The address of the whole list; empty: there is none."""
        return ""

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        request = (parent_context or {})["request"]
        rows = self.rows(request)
        return {
            "panel": self,
            "rows": rows[: self.rows_shown],
            "count": len(rows),
            "left_out": max(0, len(rows) - self.rows_shown),
            "all_url": self.all_url(request),
        }

    @cached_property
    def html_id(self) -> str:
        return self.name.replace("_", "-")
