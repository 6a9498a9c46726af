"""In which shapes an editor sees a page before others do: widths of screens, list, shared link, paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks

#: The widths that the site is drawn for.
SIZES = [
    {"name": "mobile", "icon": "mobile-alt", "device_width": 360, "label": _("On a phone")},
    {"name": "tablet", "icon": "tablet-alt", "device_width": 768, "label": _("On a tablet")},
    {"name": "desktop", "icon": "desktop", "device_width": 1280, "label": _("On a wide screen")},
]
MODES = [
    ("", pgettext_lazy("preview", "Page")),
    ("list", _("In lists and search results")),
    ("share", _("As a shared link")),
    # The page itself; base.html puts the print style on the screen.
    ("print", _("On paper")),
]
#: Modes with a template of their own; the others show the page.
TEMPLATES = {"list": "previews/list.html", "share": "previews/share.html"}


class PreviewMode(NamedTuple):
    """A shape that a plugin adds; ``serve`` answers with it, given the page as it is being edited and the request."""

    name: str
    label: str
    serve: Callable[[Any, HttpRequest], HttpResponseBase]


def modes_of_plugins(page: Any) -> Iterator[PreviewMode]:
    """Yield what plugins add for a page (hook ``find_preview_modes``)."""
    for find in hooks.get_hooks("find_preview_modes"):
        yield from find(page)
