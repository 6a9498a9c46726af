"""What is known of each plugin, and what of the site hangs on it; the command and the admin tell it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import DraftStateMixin, Page

from . import plugins
from .body import BodyField
from .checks import broken_offers

STATES = {
    "on": pgettext_lazy("plugin", "on"),
    "dormant": pgettext_lazy("plugin", "off"),
    "left out": pgettext_lazy("plugin", "left out"),
    "gone": pgettext_lazy("plugin", "uninstalled"),
}

#: Offers in the words of people who do not write plugins.
OFFERS = {
    "body_blocks": gettext_lazy("Blocks"),
    "api_endpoints": gettext_lazy("Addresses of the API"),
    "api_webhooks": gettext_lazy("Webhooks"),
    "importers": gettext_lazy("Files it reads"),
    "exporters": gettext_lazy("Files it writes"),
    "machine_translators": gettext_lazy("Machine translators"),
    "slots": gettext_lazy("Places in pages"),
    "public_urls": gettext_lazy("Public addresses"),
    "demo_content": gettext_lazy("Content of the demo"),
    "page_types": gettext_lazy("Page types"),
}


@dataclass(frozen=True)
class PluginReport:
    """One plugin, as the installation knows it."""

    label: str
    name: str
    state: str
    #: The distribution it came with; empty for a part of the product.
    distribution: str = ""
    version: str = ""
    is_part_of_product: bool = False
    requires_socket: str = ""
    requires_plugins: list[str] = field(default_factory=list)
    #: Names by kind of offer; page types among them.
    offers: dict[str, list[str]] = field(default_factory=dict)
    #: Why it is left out, and which of its offers are.
    problems: list[str] = field(default_factory=list)

    @property
    def state_words(self):
        return STATES[self.state]

    @property
    def told_offers(self):
        return [(OFFERS[kind], names) for kind, names in self.offers.items()]


def reports() -> list[PluginReport]:
    """Return what is known of every plugin: installed ones by their label, then those that left tables behind."""
    problems: dict[str, list[str]] = {}
    for label, problem in broken_offers():
        problems.setdefault(label, []).append(problem)
    installed = plugins.installed_plugins()
    told = [_installed(label, entry_point, problems.get(label, [])) for label, entry_point in installed.items()]
    told += [
        PluginReport(left.label, left.label, "left out", problems=[str(left)])
        for left in settings.PLUGINS.left_out
        if left.value not in {entry_point.value for entry_point in installed.values()}
    ]
    return [*told, *(PluginReport(label, label, "gone") for label in _gone({report.label for report in told}))]


def _installed(label: str, entry_point: EntryPoint, problems: list[str]) -> PluginReport:
    reasons = [str(left) for left in settings.PLUGINS.left_out if left.value == entry_point.value]
    is_on = label in {config.label for config in plugins.plugin_configs()}
    config = _config(entry_point)
    offers = {kind: sorted(getattr(config, kind)) for kind in plugins.OFFERS if getattr(config, kind, None)}
    if types := page_types(label):
        offers["page_types"] = [str(model._meta.verbose_name) for model in types]
    return PluginReport(
        label=label,
        name=str(getattr(config, "verbose_name", label)),
        state="on" if is_on else "left out" if reasons else "dormant",
        distribution=entry_point.dist.name if entry_point.dist else "",
        version=entry_point.dist.version if entry_point.dist else "",
        is_part_of_product=entry_point.value in {own.value for own in plugins.own_plugins()},
        requires_socket=getattr(config, "requires_socket", ""),
        requires_plugins=list(getattr(config, "requires_plugins", ())),
        offers=offers,
        problems=[*reasons, *problems],
    )


def _config(entry_point: EntryPoint) -> type[plugins.PluginConfig] | None:
    """Return the config class, of a plugin that is off too; None for one that is broken or no plugin."""
    try:
        config = entry_point.load()
    except Exception:  # noqa: BLE001 -- whatever a stranger's package raises; the reason is told already
        return None
    return config if isinstance(config, type) and issubclass(config, plugins.PluginConfig) else None


def _gone(known: set[str]) -> list[str]:
    """Return the labels of apps whose migrations ran here and that nothing brings any more."""
    of_apps = {config.label for config in apps.get_app_configs()}
    return sorted({app for app, _name in MigrationRecorder(connection).applied_migrations()} - of_apps - known)


def page_types(label: str) -> list[type[Page]]:
    """Return the page types of a plugin, whether it is on or off."""
    return [model for model in models_of(label) if issubclass(model, Page)]


def models_of(label: str) -> list[type[Model]]:
    """Return the models of a plugin, whether it is on or off; none of one that is gone."""
    try:
        return list(apps.get_app_config(label).get_models())
    except LookupError:
        return []


# --- what hangs on a plugin -----------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """A page, or another thing with a body, and its blocks by type."""

    title: str
    id: int
    url: str
    edit_url: str
    is_live: bool
    blocks: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Use:
    """What would be missed if a plugin went."""

    places: list[Place]
    #: Pages by the name of the plugin's page type.
    pages: dict[str, list[Place]]
    #: Rows by the model's label; page types are not among them.
    rows: dict[str, int]

    def __bool__(self) -> bool:
        return bool(self.places or any(self.pages.values()) or self.has_rows)

    @property
    def has_rows(self) -> bool:
        return any(self.rows.values())


def use_of(label: str) -> Use:
    """Return where blocks, page types and tables of a plugin are used, whether it is on, dormant or gone."""
    types = page_types(label)
    return Use(
        places=used_blocks().get(label, []),
        pages={str(model._meta.verbose_name): [_place(page) for page in _with_locales(model)] for model in types},
        rows={
            model._meta.label: model._base_manager.count() for model in models_of(label) if not issubclass(model, Page)
        },
    )


def _with_locales(model: type[Page]):
    return model._base_manager.select_related("locale").order_by("path")


def used_blocks() -> dict[str, list[Place]]:
    """Return what holds blocks of plugins, by the plugin's label: published or in the latest draft.

    A block that nobody here knows counts for what stands before its first underscore.
    """
    found: dict[str, list[Place]] = {}
    labels = {report.label for report in reports()}
    for model, name in _bodies():
        own_blocks = set(model._meta.get_field(name).stream_block.base_blocks)
        for thing in model._base_manager.iterator(chunk_size=200):
            counted = Counter(block for block in _block_types(thing, name) if "_" in block and block not in own_blocks)
            by_label: dict[str, dict[str, int]] = {}
            for block, number in sorted(counted.items()):
                label = plugins.owner_of_block(block, labels) or block.partition("_")[0]
                by_label.setdefault(label, {})[block] = number
            for label, blocks in by_label.items():
                found.setdefault(label, []).append(_place(thing, blocks))
    return found


def _bodies() -> Iterator[tuple[type[Model], str]]:
    for model in apps.get_models():
        for model_field in model._meta.local_fields:
            if isinstance(model_field, BodyField):
                yield model, model_field.name


def _block_types(thing: Model, name: str) -> list[str]:
    """Return the types of blocks in a body, as stored; in what is published and in the draft a block counts once."""
    stored = [*_stored(getattr(thing, name))]
    if isinstance(thing, DraftStateMixin) and thing.has_unpublished_changes and thing.latest_revision:
        known = {block.get("id") for block in stored}
        draft = json.loads(thing.latest_revision.content.get(name) or "[]")
        stored += [block for block in draft if block.get("id") not in known]
    return [block["type"] for block in stored]


def _stored(value):
    return value.stream_block.get_prep_value(value)


def _place(thing: Model, blocks: dict[str, int] | None = None) -> Place:
    is_page = isinstance(thing, Page)
    return Place(
        title=thing.get_admin_display_title() if is_page else str(thing),
        id=thing.pk,
        url=(thing.get_full_url() or "") if is_page else "",
        edit_url=AdminURLFinder().get_edit_url(thing) or "",
        is_live=getattr(thing, "live", True),
        blocks=blocks or {},
    )
