"""From a file that was read to a draft in the tree: everything or nothing."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.text import slugify
from wagtail.coreutils import find_available_slug, string_to_ascii
from wagtail.log_actions import log
from wagtail.models import Page

from pages.body import BodyField

from .bodies import BlockData, Body, Change
from .library import Library
from .outline import Place, ReadFile, Report


def page_types_below(parent: Page) -> list[type[Page]]:
    """Return the types of pages with a body that may be created below a page."""
    kind = parent.specific_class
    # The class is enough: this is asked for every row of a list in the explorer.
    return [
        model
        for model in (kind.creatable_subpage_models() if kind else ())
        if isinstance(_field(model, "body"), BodyField) and _field(model, "lead") and model.can_create_at(parent)
    ]


def needs_a_day(page_type: type[Page]) -> bool:
    """Whether a page of this type cannot be saved without the day it takes place."""
    field = _field(page_type, "starts_on")
    return field is not None and not field.null


def _field(model, name):
    return next((field for field in model._meta.fields if field.name == name), None)


def create(
    read: ReadFile,
    body: Body,
    *,
    parent: Page,
    page_type: type[Page],
    user,
    fields: dict[str, Any] | None = None,
    details: dict[str, Any] | None = None,
) -> Page:
    """Create a draft of ``page_type`` below ``parent``; pictures go into the library, nothing is published.

    ``fields`` replaces what the file says, for example its title; ``details`` go into the log. What of the pictures was
    refused is added to the report of ``body``. A failure leaves neither a page nor a picture.
    """
    library = Library(user)
    try:
        with transaction.atomic():
            blocks = with_stored_pictures(read, body.blocks, library, body.report)
            values = {"title": body.title, "lead": body.lead, **(fields or {})}
            slug = slugify(string_to_ascii(values["title"]))[:200] or page_type._meta.model_name
            values["slug"] = find_available_slug(parent, slug)
            page = page_type(**values, owner=user, locale=parent.locale, live=False)
            page.body = blocks
            page = parent.add_child(instance=page)
            log(
                instance=page,
                action="wagtail.create",
                user=user,
                title=page.title,
                data={"from": "file", **(details or {})},
            )
            page.save_revision(user=user, log_action=False)
    except BaseException:  # also when the process is asked to end
        library.take_back()
        raise
    return page


def with_stored_pictures(read: ReadFile, blocks: list[BlockData], library: Library, report: Report) -> list[BlockData]:
    """Return the blocks with pictures of the library; those that cannot be shown are left out and told."""
    images: dict[str, Any] = {}
    made = []
    for block in blocks:
        if block["type"] != "picture":
            made.append(block)
            continue
        value = block["value"]
        name = value["image"]
        if name not in images:
            images[name] = library.image(name, read.picture(name), alt=value["alt"])
        if images[name] is None:
            report.note(Change.PICTURE_REFUSED, Place(words=value["alt"]))
        else:
            made.append({**block, "value": {**value, "image": images[name].pk}})
    return made
