"""One stream of blocks for every page: ours, the plugins', and a parking place for blocks of absent plugins."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.functional import cached_property
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.telepath import register
from wagtail.blocks.field_block import FieldBlockAdapter
from wagtail.blocks.stream_block import StreamBlockAdapter
from wagtail.fields import StreamField

from media.blocks import AttachmentsBlock, GalleryBlock, PictureBlock

from .blocks import (
    AbbreviationsBlock,
    AccordionBlock,
    CalloutBlock,
    ContactBlock,
    EmbedBlock,
    HeadingBlock,
    LinksBlock,
    QuoteBlock,
    TableBlock,
    TextBlock,
)
from .plugins import installed_plugins, plugin_body_blocks

UNAVAILABLE = "unavailable"


class UnavailableWidget(forms.HiddenInput):
    """Carry a parked block through the editor's form and say that it is there."""

    template_name = "pages/admin/unavailable_widget.html"

    @property
    def is_hidden(self):
        # A hidden field would lose its words: the editor must see that content is parked here.
        return False


class UnavailableBlock(blocks.FieldBlock):
    """Hold ``{"type": …, "value": …}`` of a block whose plugin is not switched on."""

    def __init__(self, **kwargs):
        self.field = forms.JSONField(required=False, widget=UnavailableWidget())
        super().__init__(**kwargs)

    def get_form_state(self, value):
        return json.dumps(value)

    def value_from_datadict(self, data, files, prefix):
        return json.loads(data.get(prefix) or "null")

    def clean(self, value):
        if not isinstance(value, dict) or not isinstance(value.get("type"), str):
            raise ValidationError(_("This content cannot be added by hand."))
        return value

    def render(self, value, context=None):
        return ""

    def get_api_representation(self, value, context=None):
        return None

    def get_searchable_content(self, value):
        return []

    def get_translatable_segments(self, value):
        """Offer nothing for translation: only the absent plugin knows what its value means."""
        return []

    def restore_translated_segments(self, value, segments):
        return value

    class Meta:
        label = _("Unavailable content")
        icon = "warning"
        group = " "


class BodyBlock(blocks.StreamBlock):
    """The blocks an editor may put into a page: ours, then the plugins'.

    Stock Wagtail drops a block of an unknown type at the page's next save. Here it is
    parked: kept in the stored body, shown to editors as unavailable, hidden from readers,
    and alive again when its plugin returns.
    """

    heading = HeadingBlock()
    text = TextBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    accordion = AccordionBlock()
    abbreviations = AbbreviationsBlock()
    picture = PictureBlock(group=_("Pictures and files"))
    gallery = GalleryBlock(group=_("Pictures and files"))
    embed = EmbedBlock(group=_("Pictures and files"))
    attachments = AttachmentsBlock(group=_("Pictures and files"))
    table = TableBlock(group=_("Data and links"))
    contact = ContactBlock(group=_("Data and links"))
    links = LinksBlock(group=_("Data and links"))

    def __init__(self, local_blocks=None, **kwargs):
        super().__init__(local_blocks, **kwargs)
        self.child_blocks.update(plugin_body_blocks())
        parking_place = UnavailableBlock()
        parking_place.set_name(UNAVAILABLE)
        self.child_blocks[UNAVAILABLE] = parking_place

    def _park(self, item: Any) -> Any:
        if isinstance(item, dict) and item.get("type") not in self.child_blocks:
            parked = {"type": item.get("type"), "value": item.get("value")}
            return {**item, "type": UNAVAILABLE, "value": parked}
        return item

    def _unpark(self, item: dict) -> dict:
        if item["type"] == UNAVAILABLE and isinstance(item["value"], dict):
            return {**item, **item["value"]}
        return item

    def to_python(self, value):
        if isinstance(value, str) and value:
            try:
                value = json.loads(value)
            except ValueError:
                return super().to_python(value)
        if isinstance(value, list) and value and isinstance(value[0], dict):
            value = [self._park(item) for item in value]
        return super().to_python(value)

    def bulk_to_python(self, values):
        return super().bulk_to_python([[self._park(item) for item in stream] for stream in values])

    def get_prep_value(self, value):
        return [self._unpark(item) for item in super().get_prep_value(value)]

    def render_basic(self, value, context=None):
        shown = [child for child in value if child.block_type != UNAVAILABLE]
        return super().render_basic(shown, context)

    def get_api_representation(self, value, context=None):
        data = super().get_api_representation(value, context)
        return [item for item in data if item["type"] != UNAVAILABLE]


@cache
def _known_labels() -> list[str]:
    """Return the labels that the name of a parked block can begin with: of plugins, and of apps that were here."""
    of_tables = {app for app, _name in MigrationRecorder(connection).applied_migrations()}
    return sorted({*installed_plugins(), *of_tables})


class UnavailableBlockAdapter(FieldBlockAdapter):
    """Give the editor's script what it needs to say which plugin a parked block needs."""

    js_constructor = "pages.UnavailableBlock"

    def js_args(self, block):
        name, widget, meta = super().js_args(block)
        return [name, widget, meta | {"pluginLabels": _known_labels()}]

    @property
    def media(self):
        return super().media + forms.Media(js=["pages/body-block.js"])


register(UnavailableBlockAdapter(), UnavailableBlock)


class BodyBlockAdapter(StreamBlockAdapter):
    """Tell the editor's script to keep parked blocks and to offer none in its menu."""

    js_constructor = "pages.BodyBlock"

    @property
    def media(self):
        return super().media + forms.Media(js=["pages/body-block.js"])


register(BodyBlockAdapter(), BodyBlock)


class BodyField(StreamField):
    """A StreamField that names its block class by dotted path.

    Migrations record only that path, so ``makemigrations --check`` is clean whichever
    plugins are installed; models rebuilt from a migration resolve the same path.
    """

    def __init__(self, block: str = "pages.body.BodyBlock", **kwargs):
        self.block_path = block
        super().__init__([], **kwargs)

    @cached_property
    def stream_block(self):
        # A plugin's blocks may import its models, and those may import ours.
        apps.check_models_ready()
        block = import_string(self.block_path)()
        block.set_meta_options(self.block_opts)
        return block

    def deconstruct(self):
        name, path, _args, kwargs = super(StreamField, self).deconstruct()
        return name, path, [self.block_path], kwargs
