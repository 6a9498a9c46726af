"""In which shapes an editor sees a page before others do: widths of screens, list, shared link, paper."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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
