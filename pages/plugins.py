"""The socket: what a plugin is, which plugins are installed, and what they offer.

Importable from settings, so it touches neither Django's settings nor any model.
``docs/plugins.md`` tells plugin authors what each offer means.
"""

from __future__ import annotations

import os
import tomllib
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any, ClassVar

from django.apps import AppConfig, apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string
from packaging.specifiers import SpecifierSet
from packaging.version import Version

ENTRY_POINT_GROUP = "pages.plugins"
#: Where the rooms of ``pages/contrib/`` are announced.
OWN_ANNOUNCEMENT = Path(__file__).resolve().parent.parent / "pyproject.toml"

#: The version of the socket that ``PluginConfig.requires_socket`` is compared with.
SOCKET_VERSION = Version("1.0")

#: Offers that are mappings of ``{name: dotted path}``, gathered lazily.
OFFERS = (
    "body_blocks",
    "api_endpoints",
    "importers",
    "exporters",
    "machine_translators",
    "slots",
    "public_urls",
)


class PluginConfig(AppConfig):
    """Declare everything that a plugin adds; the site pulls it in when it is needed.

    Each offer maps a name to a dotted path (``slots`` to a template name), so reading
    the class imports nothing of the plugin and a system check can name a broken offer.
    """

    #: PEP 440 range of socket versions, for example ``">=1.0,<2"``.
    requires_socket: ClassVar[str] = ""
    #: Labels of plugins that must be on, and are loaded before this one.
    requires_plugins: ClassVar[tuple[str, ...]] = ()

    #: Block name, beginning with ``<label>_``, to a ``Block`` class or a callable that returns a block.
    body_blocks: ClassVar[dict[str, str]] = {}
    #: URL prefix to a router of the API.
    api_endpoints: ClassVar[dict[str, str]] = {}
    #: File suffix without its dot to a reader (bytes to outline).
    importers: ClassVar[dict[str, str]] = {}
    #: File suffix without its dot to a writer (outline to bytes).
    exporters: ClassVar[dict[str, str]] = {}
    #: Name to a Localize machine translator class.
    machine_translators: ClassVar[dict[str, str]] = {}
    #: Place in a page, for example ``"after_body"``, to a template name.
    slots: ClassVar[dict[str, str]] = {}
    #: Name to a URLconf module, mounted at ``/-/<label>/``.
    public_urls: ClassVar[dict[str, str]] = {}

    is_dormant: ClassVar[bool] = False


@dataclass(frozen=True)
class Plugin:
    """An installed plugin that is switched on."""

    label: str
    app: str
    config: type[PluginConfig]
    distribution: str
    version: str


def own_plugins() -> list[EntryPoint]:
    """Return the entry points of the plugins that come with the product.

    The site runs from its checkout, which is not a distribution that pip installed, so they
    are read where they are written. A wheel has them in its metadata and no such file.
    """
    if not OWN_ANNOUNCEMENT.exists():
        return []
    announced = tomllib.loads(OWN_ANNOUNCEMENT.read_text(encoding="utf-8"))["project"].get("entry-points", {})
    return [EntryPoint(name, value, ENTRY_POINT_GROUP) for name, value in announced.get(ENTRY_POINT_GROUP, {}).items()]


def installed_plugins() -> dict[str, EntryPoint]:
    """Return the entry point of every installed plugin by its label, switched on or not."""
    found: dict[str, EntryPoint] = {}
    announced = [*entry_points(group=ENTRY_POINT_GROUP), *own_plugins()]
    for entry_point in sorted(announced, key=lambda e: (e.name, e.value)):
        known = found.setdefault(entry_point.name, entry_point)
        if known.value != entry_point.value:
            raise ImproperlyConfigured(
                f"Two installed plugins are called {entry_point.name!r}: {known.value} and {entry_point.value}."
            )
    return found


def discover(wanted: str | None = None) -> list[Plugin]:
    """Return the plugins that are switched on, each after those it requires.

    ``wanted`` is ``all``, ``none`` or a comma-separated list of labels; without it the
    environment variable ``SITE_PLUGINS`` decides, else ``all``. A plugin asked for by its
    name must load, otherwise ``ImproperlyConfigured`` says why; under ``all`` a plugin
    that cannot load is left out with a warning.
    """
    spec = os.environ.get("SITE_PLUGINS", "all") if wanted is None else wanted
    names = {name.strip() for name in spec.split(",")} - {""}
    found = installed_plugins()
    explicit = names - {"all", "none"}
    if missing := explicit - set(found):
        raise ImproperlyConfigured(
            f"SITE_PLUGINS names plugins that are not installed: {', '.join(sorted(missing))}. "
            f"Installed: {', '.join(found) or 'none'}."
        )
    loaded: dict[str, Plugin] = {}
    for label, entry_point in found.items():
        if "all" not in names and label not in explicit:
            continue
        try:
            loaded[label] = _load(label, entry_point)
        except Exception as error:  # whatever a stranger's package raises
            message = f"Plugin {label!r} ({entry_point.value}) cannot be loaded: {error}"
            if label in explicit:
                raise ImproperlyConfigured(message) from error
            warnings.warn(message, RuntimeWarning, stacklevel=2)
    return _ordered(loaded)


def _load(label: str, entry_point: EntryPoint) -> Plugin:
    config = entry_point.load()
    if not (isinstance(config, type) and issubclass(config, PluginConfig)):
        raise TypeError(f"{entry_point.value} is not a subclass of PluginConfig")
    if config.requires_socket and not SpecifierSet(config.requires_socket).contains(SOCKET_VERSION, prereleases=True):
        raise RuntimeError(f"it needs socket {config.requires_socket}, this site has {SOCKET_VERSION}")
    own_label = getattr(config, "label", config.name.rpartition(".")[2])
    if own_label != label:
        raise TypeError(f"its entry point is called {label!r} but its app label is {own_label!r}")
    distribution = entry_point.dist
    return Plugin(
        label=label,
        # The class is named in full: a module that imports PluginConfig holds two
        # AppConfig candidates, and Django would silently take a bare AppConfig.
        app=f"{config.__module__}.{config.__qualname__}",
        config=config,
        distribution=distribution.name if distribution else "",
        version=distribution.version if distribution else "",
    )


def _ordered(loaded: dict[str, Plugin]) -> list[Plugin]:
    ordered: list[Plugin] = []

    def add(label: str, chain: tuple[str, ...] = ()) -> None:
        if label in chain:
            raise ImproperlyConfigured(f"Plugins require each other in a circle: {' -> '.join((*chain, label))}.")
        if label not in loaded:
            raise ImproperlyConfigured(f"Plugin {chain[-1]!r} requires plugin {label!r}, which is not switched on.")
        if loaded[label] not in ordered:
            for required in loaded[label].config.requires_plugins:
                add(required, (*chain, label))
            ordered.append(loaded[label])

    for label in sorted(loaded):
        add(label)
    return ordered


def apps_with_plugins(own_apps: list[str], plugins: list[Plugin]) -> list[str]:
    """Return ``INSTALLED_APPS``: plugins first, the last required ones foremost, dormant ones at the end.

    A plugin that is installed but off stays as its models only (``pages.dormant``), so
    that deleting a page still cascades into its tables and migrations stay complete.
    """
    on = {plugin.label for plugin in plugins}
    dormant = [f"pages.dormant.{label}" for label in installed_plugins() if label not in on]
    return [*(plugin.app for plugin in reversed(plugins)), *own_apps, *dormant]


def plugin_configs() -> list[PluginConfig]:
    """Return the app config of each plugin that is switched on, once apps are loaded."""
    apps.check_apps_ready()
    return [config for config in apps.get_app_configs() if isinstance(config, PluginConfig)]


def offers(kind: str) -> Iterator[tuple[PluginConfig, str, str]]:
    """Yield ``(config, name, path)`` of everything that plugins offer of one kind, unimported."""
    for config in plugin_configs():
        for name, path in getattr(config, kind).items():
            yield config, name, path


@cache
def _imported(path: str) -> Any:
    return import_string(path)


def plugin_body_blocks() -> Iterator[tuple[str, Callable[[], Any]]]:
    """Yield name and block factory of the body blocks that plugins offer.

    Raises ``ImproperlyConfigured`` for a name without the plugin's label as its prefix:
    stored content must tell whose block it is after the plugin has gone.
    """
    for config, name, path in offers("body_blocks"):
        if not name.startswith(f"{config.label}_"):
            raise ImproperlyConfigured(
                f"Body block {name!r} of plugin {config.label!r} must begin with '{config.label}_'."
            )
        yield name, _imported(path)
