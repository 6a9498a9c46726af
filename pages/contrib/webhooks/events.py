"""The events that are told, and exactly what a message of each says.

A message tells numbers and addresses, so that whoever receives it can ask the API for the rest; of what readers cannot
open it tells the number only.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import Field, create_model

from pages.endpoints import Told


class WebhookPage(Told):
    """A page. What readers cannot open has neither title nor addresses."""

    id: int
    type: str = Field(examples=["pages.NewsPage"])
    language: str = Field(examples=["pl"])
    translation_key: str = Field(description="The same for all versions of the page in other languages.")
    is_public: bool = Field(description="Whether everybody can open the page now.")
    title: str | None
    url: str | None = Field(description="Its address; of a page that was withdrawn, the one where readers found it.")
    api_url: str | None = Field(description="Where the API tells the whole page.")


class WebhookMovedPage(WebhookPage):
    """A page that has another address. Pages below it have moved along and are not told one by one."""

    previous_url: str | None = Field(description="Where readers found it before.")


class WebhookTranslation(WebhookPage):
    """A page that is a translation."""

    original_id: int = Field(description="The page that it is a translation of.")
    original_language: str


class WebhookDocument(Told):
    """A file to download. One that readers cannot fetch has a number only."""

    id: int
    is_public: bool = Field(description="Whether everybody can fetch the file now.")
    title: str | None
    url: str | None
    api_url: str | None
    format: str | None = Field(examples=["PDF"])
    size_bytes: int | None
    checksum: str | None = Field(description="SHA-256 of the file.")


class WebhookTest(Told):
    """Something to try a receiver with."""

    words: str


@dataclass(frozen=True)
class Event:
    """Something that receivers may want to hear of."""

    name: str
    label: str | Promise
    #: In English, for the contract.
    description: str
    data: type[Schema]

    @cached_property
    def message(self) -> type[Schema]:
        """The schema of the whole body that is sent."""
        name = "".join(part.title() for part in self.name.replace("_", ".").split("."))
        return create_model(
            f"Webhook{name}Message",
            __base__=Told,
            __doc__=self.description,
            id=(str, Field(description="The same in every attempt, and in the header `webhook-id`.")),
            type=(Literal[self.name], ...),  # type: ignore[name-defined]
            timestamp=(datetime.datetime, Field(description="When it happened.")),
            data=(self.data, ...),
        )


TEST = Event("test", _("Test"), "Somebody tries the receiver; nothing happened.", WebhookTest)
EVENTS = {
    event.name: event
    for event in (
        Event(
            "page.published",
            _("A page was published, or published again"),
            "A page was published, or published again with changes.",
            WebhookPage,
        ),
        Event(
            "page.unpublished",
            _("A page was withdrawn"),
            "A page was withdrawn: readers cannot open it any more. Each page is told that was withdrawn with it.",
            WebhookPage,
        ),
        Event(
            "page.moved",
            _("A published page has another address"),
            "A published page has another address, since it was moved or renamed. So have the pages below it.",
            WebhookMovedPage,
        ),
        Event(
            "page.deleted",
            _("A page was deleted"),
            "A page that had been published was deleted. Each page is told that was deleted with it.",
            WebhookPage,
        ),
        Event(
            "translation.published",
            _("A translation was published, or published again"),
            "A page that is a translation was published; `page.published` is told of it, too.",
            WebhookTranslation,
        ),
        Event(
            "document.replaced",
            _("The file of a document was replaced"),
            "The file of a document was replaced; its number stays.",
            WebhookDocument,
        ),
        Event("document.deleted", _("A document was deleted"), "A document was deleted.", WebhookDocument),
    )
}


def label_of(name: str) -> str | Promise:
    """Return the words for an event, also for one that is known no more."""
    event = TEST if name == TEST.name else EVENTS.get(name)
    return event.label if event else name
