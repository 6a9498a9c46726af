"""What the head of a page tells search engines and social networks about it."""

from __future__ import annotations

import json
from typing import NamedTuple

from babel.core import get_global
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from . import formats, share_pictures, structured_data
from .alternates import default_address
from .models import StoryPage
from .navigation import Frame

DESCRIPTION_LENGTH = 200
#: Territories of Open Graph that differ from the most likely one of CLDR.
OPEN_GRAPH_LOCALES = {"ar": "ar_AR"}
#: As in Django's ``json_script``: nothing an editor types can end the element.
SCRIPT_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


class Alternate(NamedTuple):
    """A version of the page in another language; ``code`` is a value of hreflang."""

    code: str
    address: str


class SharedPage:
    """A page as its address is found and shared: everything ``components/meta.html`` writes."""

    def __init__(self, frame: Frame, query: str = ""):
        """``query`` belongs to the address of this part of a list."""
        self.frame = frame
        self.page = frame.page
        self.query = query

    @cached_property
    def address(self) -> str:
        """The one address of what stands here: a page that only repeats another one names that."""
        page = self.page.alias_of if self.page.alias_of_id else self.page
        address = page.full_url or ""
        return f"{address}{self.query}" if address else ""

    @cached_property
    def alternates(self) -> list[Alternate]:
        """All languages of the page, itself among them, and who else should read which; empty if it has only one."""
        if self.page.alias_of_id:
            return []
        found = {link.code: link.url for link in self.frame.alternates}
        if len(found) < 2:
            return []
        found["x-default"] = default_address(found, is_home=self.is_home)
        return [Alternate(code, self.absolute(address)) for code, address in found.items()]

    @property
    def is_home(self) -> bool:
        return self.page.path == self.frame.home_path

    def absolute(self, address: str) -> str:
        """Return an address of ours with scheme and host, those of the site and not of the request."""
        is_whole = "://" in address or not self.frame.site
        return address if is_whole else f"{self.frame.site.root_url}{address}"

    @property
    def site_name(self) -> str:
        home = self.frame.home
        return self.frame.header.site_name or (home.title if home else "")

    @property
    def title(self) -> str:
        return self.page.seo_title or self.page.title

    @cached_property
    def description(self) -> str:
        """The editor's words for it, the lead, or how the page begins."""
        if not self.page:
            return ""
        said = self.page.search_description or getattr(self.page, "lead", "") or self._first_words
        return Truncator(" ".join(said.split())).chars(DESCRIPTION_LENGTH) if said else ""

    @property
    def _first_words(self) -> str:
        blocks = getattr(self.page, "body", None) or []
        text = next((block.value for block in blocks if block.block_type == "text"), None)
        # A space for each tag: the words of two paragraphs must not grow together.
        return strip_tags(text.source.replace("<", " <")) if text else ""

    @property
    def kind(self) -> str:
        return "article" if isinstance(self.page, StoryPage) else "website"

    @property
    def locale(self) -> str:
        return open_graph_locale(self.frame.language)

    @property
    def other_locales(self) -> list[str]:
        return [open_graph_locale(link.code) for link in self.frame.alternates if not link.is_current]

    @cached_property
    def picture(self) -> str:
        """The address of the share picture; empty while none is drawn."""
        drawn = getattr(self.page, "share_picture", None)
        return self.absolute(drawn.file.url) if drawn else ""

    @property
    def picture_size(self) -> tuple[int, int]:
        return share_pictures.SIZE

    @property
    def picture_words(self) -> str:
        """What can be read on the share picture."""
        starts_on = getattr(self.page, "starts_on", None)
        day = starts_on or getattr(self.page, "display_date", None)
        if not day:
            return self.page.title
        last_day = self.page.last_day if starts_on else day
        return f"{self.page.title}, {formats.range_text(day, last_day, self.frame.language)}"

    @property
    def data(self) -> SafeString:
        """Facts about the page as JSON-LD."""
        facts = structured_data.of_page(self)
        return mark_safe(json.dumps(facts, ensure_ascii=False).translate(SCRIPT_ESCAPES))  # noqa: S308 -- escaped here


def open_graph_locale(language: str) -> str:
    """Return a language with the territory where it is most spoken: ``pl_PL``, ``en_GB``, ``uk_UA``."""
    code = OPEN_GRAPH_LOCALES.get(language) or formats.TERRITORIES.get(language)
    if code:
        return code
    spoken, *rest = language.split("-")
    likely = get_global("likely_subtags").get(spoken, "").rpartition("_")[2]
    territory = rest[-1].upper() if rest and len(rest[-1]) == 2 else likely
    return f"{spoken}_{territory}" if territory else spoken
