"""What an attached file says, and where that can be read: asked of plugins that read files.

A plugin answers by two hooks of Wagtail's kind: ``find_text_address(document)`` returns the address of a page with
the document's text or an empty string, without a query; ``find_attached_text(document)`` an ``AttachedText`` or None.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wagtail import hooks

if TYPE_CHECKING:
    from media.models import SiteDocument


@dataclass(frozen=True)
class AttachedText:
    """The words of a file: its headings, and everything else, one paragraph to a line."""

    headings: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def address_of_text(document: SiteDocument) -> str:
    """Return where the text of a document can be read as a page; empty where it cannot."""
    return next(filter(None, (find(document) for find in hooks.get_hooks("find_text_address"))), "")


def text_of(document: SiteDocument) -> AttachedText:
    """Return what a document says, as far as a plugin has read it."""
    found = (find(document) for find in hooks.get_hooks("find_attached_text"))
    return next(filter(None, found), AttachedText())
