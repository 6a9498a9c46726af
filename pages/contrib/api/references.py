"""What a page refers to, gathered first and then read in few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Model
from wagtail.models import Page
from wagtail.rich_text.rewriters import FIND_A_TAG, FIND_EMBED_TAG, extract_attrs

from media.models import SiteDocument, SiteImage

# The widest integer of a primary key has 19 digits; longer ones overflow in the database.
MAX_ID_DIGITS = 18
LINKED = {"page": Page, "document": SiteDocument}


class References:
    """Primary keys by model, of everything that raw values name."""

    def __init__(self) -> None:
        self.ids: defaultdict[type[Model], set] = defaultdict(set)

    def add(self, model: type[Model], pk: object) -> None:
        if pk not in (None, ""):
            self.ids[model].add(pk)

    def add_of_html(self, html: str) -> None:
        """Note what the links and pictures of stored rich text lead to."""
        for attrs in map(extract_attrs, FIND_A_TAG.findall(html)):
            if model := LINKED.get(attrs.get("linktype", "")):
                self._add_text(model, attrs.get("id", ""))
        for attrs in map(extract_attrs, FIND_EMBED_TAG.findall(html)):
            if attrs.get("embedtype") == "image":
                self._add_text(SiteImage, attrs.get("id", ""))

    def _add_text(self, model: type[Model], pk: str) -> None:
        if pk.isdecimal() and len(pk) <= MAX_ID_DIGITS:
            self.add(model, int(pk))

    def of(self, model: type[Model]) -> set:
        return self.ids[model]

    def others(self) -> Iterable[type[Model]]:
        """Models that are neither pages nor files."""
        return [model for model in self.ids if model not in {Page, SiteImage, SiteDocument}]
