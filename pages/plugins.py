"""The socket: what a plugin is, which plugins are installed, and what they offer.

Importable from settings, so nothing here asks Django's settings or a model before apps are loaded.
``docs/plugins.md`` tells plugin authors what each offer means.
"""

from __future__ import annotations

import logging
import os
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.template import TemplateDoesNotExist
from django.template.backends import django as template_backend
from django.template.loader import get_template
from django.utils.module_loading import import_string, module_has_submodule
from packaging.specifiers import SpecifierSet
from packaging.version import Version

logger = logging.getLogger(__name__)

ENTRY_POINT_GROUP = "pages.plugins"
#: Where the rooms of ``pages/contrib/`` are announced.
OWN_ANNOUNCEMENT = Path(__file__).resolve().parent.parent / "pyproject.toml"

#: The version of the socket that ``PluginConfig.requires_socket`` is compared with.
SOCKET_VERSION = Version("1.0")

#: An empty folder: nothing is found in it, neither templates nor static files.
NOWHERE = "/var/empty"

#: Offers that are mappings of ``{name: dotted path}``, gathered lazily.
OFFERS = (
    "body_blocks",
    "api_endpoints",
    "api_webhooks",
    "importers",
    "exporters",
    "machine_translators",
    "slots",
    "public_urls",
    "demo_content",
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
    #: Name to a router whose operations are webhooks: requests that the site sends and does not answer.
    api_webhooks: ClassVar[dict[str, str]] = {}
    #: File suffix without its dot to a reader (bytes to outline).
    importers: ClassVar[dict[str, str]] = {}
    #: File suffix without its dot to an ``Exporter`` (a page's outline to bytes).
    exporters: ClassVar[dict[str, str]] = {}
    #: Name to a Localize machine translator class.
    machine_translators: ClassVar[dict[str, str]] = {}
    #: Place in a page, for example ``"after_body"``, to a template name.
    slots: ClassVar[dict[str, str]] = {}
    #: Name to a URLconf module, mounted at ``/-/<label>/``.
    public_urls: ClassVar[dict[str, str]] = {}
    #: Name to a callable that adds content to the demo site, once.
    demo_content: ClassVar[dict[str, str]] = {}

    is_dormant: bool = False

    def __init__(self, app_name: str, app_module: ModuleType) -> None:
        super().__init__(app_name, app_module)
        # On the instance, so that a plugin may write its own ready() and forget super().
        self.__dict__["ready"] = partial(self._get_ready, self.ready)

    def import_models(self) -> None:
        """Load the models; a plugin whose models are broken sleeps, and the site starts without it."""
        try:
            super().import_models()
        except Exception as error:  # noqa: BLE001 -- whatever a stranger's package raises
            self._leave_out(f"its models cannot be loaded: {error}", error)

    def _get_ready(self, ready: Callable[[], None]) -> None:
        """Do what the plugin does at start, and read its hooks while there is still a way back."""
        try:
            ready()
            if module_has_submodule(self.module, "wagtail_hooks"):
                import_module(f"{self.name}.wagtail_hooks")
        except Exception as error:  # noqa: BLE001 -- whatever a stranger's package raises
            self._leave_out(f"it cannot be started: {error}", error)

    def _leave_out(self, reason: str, error: Exception) -> None:
        discovered: Discovered = settings.PLUGINS
        discovered.leave_out(LeftOut(self.label, f"{type(self).__module__}:{type(self).__qualname__}", reason, error))
        fall_asleep(self)


def fall_asleep(config: AppConfig) -> None:
    """Hide everything of an app but its models: hooks, templates, static files, translations, commands."""
    config.is_dormant = True
    config.path = NOWHERE
    config.module = ModuleType(config.name)  # without __path__ no submodule is autodiscovered
    config.ready = lambda: None
    # Django asks for template tags by an app's name, whatever else its config says.
    template_backend.apps = _AwakeApps


class _AwakeApps:
    """The registry of apps, as far as template tags are concerned."""

    @staticmethod
    def get_app_configs() -> list[AppConfig]:
        return [config for config in apps.get_app_configs() if not getattr(config, "is_dormant", False)]


@dataclass(frozen=True)
class Plugin:
    """An installed plugin that is switched on."""

    label: str
    value: str
    app: str
    config: type[PluginConfig]


@dataclass(frozen=True)
class LeftOut:
    """A plugin that should be on and cannot be, with the reason."""

    label: str
    value: str
    reason: str
    error: Exception | None = field(default=None, compare=False)
    #: Whether its models can still be loaded, so that pages of its types can be deleted.
    can_sleep: bool = True

    def __str__(self) -> str:
        return f"Plugin {self.label!r} ({self.value}) is left out: {self.reason}."


@dataclass
class Discovered:
    """What was found at start: the plugins that are on, and those that had to be left out."""

    on: list[Plugin] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    #: Labels that ``SITE_PLUGINS`` names; the site does not start without these.
    named: frozenset[str] = frozenset()

    def __iter__(self) -> Iterator[Plugin]:
        return iter(self.on)

    def leave_out(self, plugin: LeftOut) -> None:
        """Go on without a plugin, unless it was asked for by its name."""
        if plugin.label in self.named:
            raise ImproperlyConfigured(str(plugin)) from plugin.error
        self.left_out.append(plugin)


def own_plugins() -> list[EntryPoint]:
    """Return the entry points of the plugins that come with the product.

    The site runs from its checkout, which is not a distribution that pip installed, so they
    are read where they are written. A wheel has them in its metadata and no such file.
    """
    if not OWN_ANNOUNCEMENT.exists():
        return []
    announced = tomllib.loads(OWN_ANNOUNCEMENT.read_text(encoding="utf-8"))["project"].get("entry-points", {})
    return [EntryPoint(name, value, ENTRY_POINT_GROUP) for name, value in announced.get(ENTRY_POINT_GROUP, {}).items()]


def _announced() -> dict[str, list[EntryPoint]]:
    """Return each label with everything that claims it; one plugin found in two places counts once."""
    found: dict[str, dict[str, EntryPoint]] = {}
    for entry_point in [*entry_points(group=ENTRY_POINT_GROUP), *own_plugins()]:
        found.setdefault(entry_point.name, {}).setdefault(entry_point.value, entry_point)
    return {label: [claims[value] for value in sorted(claims)] for label, claims in sorted(found.items())}


def _owner(claims: list[EntryPoint]) -> EntryPoint | None:
    """Return the one that may bear a label: a part of the product, or whoever is alone in claiming it."""
    own = {entry_point.value for entry_point in own_plugins()}
    entitled = [claim for claim in claims if claim.value in own] or claims
    return entitled[0] if len(entitled) == 1 else None


def installed_plugins() -> dict[str, EntryPoint]:
    """Return the entry point of every installed plugin by its label, switched on or not.

    A label stands in stored content and in the names of tables. Where two strangers claim the
    same one, nobody can tell whose those are, so neither is taken.
    """
    owners = {label: _owner(claims) for label, claims in _announced().items()}
    return {label: owner for label, owner in owners.items() if owner}


def _claimed_twice() -> Iterator[LeftOut]:
    for label, claims in _announced().items():
        owner = _owner(claims)
        others = [claim.value for claim in claims if claim is not owner]
        if owner and others:
            yield LeftOut(label, ", ".join(others), f"{owner.value} of the product has this label", can_sleep=False)
        elif others:
            yield LeftOut(label, ", ".join(others), "two installed plugins have the same label", can_sleep=False)


def discover(wanted: str | None = None) -> Discovered:
    """Return the plugins that are switched on, each after those it requires, and those left out.

    ``wanted`` is ``all``, ``none`` or a comma-separated list of labels; without it the
    environment variable ``SITE_PLUGINS`` decides, else ``all``. A plugin asked for by its
    name must fit, otherwise ``ImproperlyConfigured`` says why; under ``all`` one that does
    not fit is left out.
    """
    spec = os.environ.get("SITE_PLUGINS", "all") if wanted is None else wanted
    names = {name.strip() for name in spec.split(",")} - {""}
    found = installed_plugins()
    discovered = Discovered(named=frozenset(names - {"all", "none"}))
    if missing := discovered.named - set(_announced()):
        raise ImproperlyConfigured(
            f"SITE_PLUGINS names plugins that are not installed: {', '.join(sorted(missing))}. "
            f"Installed: {', '.join(found) or 'none'}."
        )
    for twice in _claimed_twice():
        if twice.label in found:  # the product's own is not what had to be left out
            discovered.left_out.append(twice)
        else:
            discovered.leave_out(twice)
    loaded: dict[str, Plugin] = {}
    for label, entry_point in found.items():
        if "all" in names or label in discovered.named:
            try:
                loaded[label] = _load(label, entry_point)
            except Exception as error:  # noqa: BLE001 -- whatever a stranger's package raises
                discovered.leave_out(LeftOut(label, entry_point.value, f"it cannot be loaded: {error}", error))
    discovered.on = _ordered(loaded)
    for label in sorted(set(loaded) - {plugin.label for plugin in discovered.on}):
        discovered.leave_out(_unmet(label, loaded))
    return discovered


def _load(label: str, entry_point: EntryPoint) -> Plugin:
    config = entry_point.load()
    if not (isinstance(config, type) and issubclass(config, PluginConfig)):
        raise TypeError(f"{entry_point.value} is not a subclass of PluginConfig")
    if config.requires_socket and not SpecifierSet(config.requires_socket).contains(SOCKET_VERSION, prereleases=True):
        raise RuntimeError(f"it needs socket {config.requires_socket}, this site has {SOCKET_VERSION}")
    own_label = getattr(config, "label", config.name.rpartition(".")[2])
    if own_label != label:
        raise TypeError(f"its entry point is called {label!r} but its app label is {own_label!r}")
    if isinstance(config.requires_plugins, str):
        raise TypeError("requires_plugins is one string; it has to be a tuple of labels")
    for kind in OFFERS:
        if not isinstance(getattr(config, kind), dict):
            raise TypeError(f"{kind} has to map names to paths")
    # The class is named in full: a module that imports PluginConfig holds two
    # AppConfig candidates, and Django would silently take a bare AppConfig.
    return Plugin(label, entry_point.value, f"{config.__module__}.{config.__qualname__}", config)


def _ordered(loaded: dict[str, Plugin]) -> list[Plugin]:
    """Return the plugins whose requirements are met, each after those it requires."""
    ordered: list[Plugin] = []
    waiting = dict(loaded)
    while met := [
        label
        for label, plugin in sorted(waiting.items())
        if {*plugin.config.requires_plugins} <= {other.label for other in ordered}
    ]:
        ordered += [waiting.pop(label) for label in met]
    return ordered


def _unmet(label: str, loaded: dict[str, Plugin]) -> LeftOut:
    """Return why the requirements of a plugin are not met."""
    plugin = loaded[label]
    if circle := _circle(label, loaded):
        return LeftOut(label, plugin.value, f"plugins require each other in a circle: {' -> '.join(circle)}")
    if off := [name for name in plugin.config.requires_plugins if name not in loaded]:
        # Its tables may point at those of a plugin that is not there at all.
        can_sleep = {*off} <= {*installed_plugins()}
        return LeftOut(label, plugin.value, f"it requires plugin {off[0]!r}, which is not on", can_sleep=can_sleep)
    met = _labels(_ordered(loaded))
    required = _unmet(next(name for name in plugin.config.requires_plugins if name not in met), loaded)
    reason = f"it requires plugin {required.label!r}, which is left out"
    return LeftOut(label, plugin.value, reason, can_sleep=required.can_sleep)


def _labels(plugins: Iterable[Plugin]) -> set[str]:
    return {plugin.label for plugin in plugins}


def _circle(label: str, loaded: dict[str, Plugin]) -> list[str]:
    """Return the way from a plugin back to itself along what each requires, or an empty list."""
    ways = [[label]]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for required in loaded[way[-1]].config.requires_plugins:
            if required == label:
                return [*way, label]
            if required in loaded and required not in seen:
                seen.add(required)
                ways.append([*way, required])
    return []


def apps_with_plugins(own_apps: list[str], discovered: Discovered) -> list[str]:
    """Return ``INSTALLED_APPS``: plugins first, the last required ones foremost, dormant ones at the end.

    A plugin that is installed but off stays as its models only (``pages.dormant``), so
    that deleting a page still cascades into its tables and migrations stay complete.
    """
    plugins = [plugin.app for plugin in reversed(discovered.on)]
    return [*plugins, *own_apps, *(f"pages.dormant.{label}" for label in _dormant(discovered))]


def _dormant(discovered: Discovered) -> Iterator[str]:
    """Yield the labels of plugins that are off and whose models can be asked for."""
    without_models = {left.value for left in discovered.left_out if not left.can_sleep}
    for label, entry_point in installed_plugins().items():
        if label in _labels(discovered.on) or entry_point.value in without_models:
            continue
        try:
            import_module(entry_point.module.rpartition(".")[0])
        except Exception as error:  # noqa: BLE001 -- whatever a stranger's package raises
            if label not in {left.label for left in discovered.left_out}:
                reason = f"it cannot be loaded: {error}"
                discovered.leave_out(LeftOut(label, entry_point.value, reason, error))
        else:
            yield label


def plugin_configs() -> list[PluginConfig]:
    """Return the app config of each plugin that is switched on, once apps are loaded."""
    apps.check_apps_ready()
    return [config for config in apps.get_app_configs() if isinstance(config, PluginConfig) and not config.is_dormant]


def offers(kind: str) -> Iterator[tuple[PluginConfig, str, str]]:
    """Yield ``(config, name, path)`` of everything that plugins offer of one kind, unimported."""
    for config in plugin_configs():
        for name, path in getattr(config, kind).items():
            yield config, name, path


def taken(kind: str) -> Iterator[tuple[PluginConfig, str, Any]]:
    """Yield ``(config, name, object)`` of what plugins offer of one kind, imported.

    A broken offer is left out and logged; of a plugin asked for by its name it is an error.
    """
    for config, name, path in offers(kind):
        try:
            offered = imported(path)
        except Exception as error:
            if config.label in settings.PLUGINS.named:
                raise
            _log_once(f"Plugin {config.label!r} offers {kind}[{name!r}] = {path!r}: it cannot be imported ({error}).")
        else:
            yield config, name, offered


def slot_templates(place: str) -> Iterator[Any]:
    """Yield the templates that plugins put into a place of a page; a missing one is left out and logged."""
    for config, name, path in offers("slots"):
        if name == place:
            try:
                yield get_template(path)
            except TemplateDoesNotExist:
                if config.label in settings.PLUGINS.named:
                    raise
                _log_once(f"Plugin {config.label!r} offers slots[{name!r}] = {path!r}: there is no such template.")


@cache
def imported(path: str) -> Any:
    """Return a module or something in one, by its dotted path."""
    try:
        return import_string(path)
    except ImportError:
        # A module that nothing has imported yet is no attribute of its package.
        return import_module(path)


@cache
def _log_once(problem: str) -> None:
    logger.error(problem)


def plugin_body_blocks() -> Iterator[tuple[str, Any]]:
    """Yield name and a new block of each body block that plugins offer.

    A name without the plugin's label as its prefix is refused: stored content must tell
    whose block it is after the plugin has gone.
    """
    for config, name, make in taken("body_blocks"):
        try:
            yield name, _made(config, name, make)
        except Exception as error:
            if config.label in settings.PLUGINS.named:
                raise
            _log_once(f"Body block {name!r} of plugin {config.label!r} is left out: {error}")


def _made(config: PluginConfig, name: str, make: Callable[[], Any]) -> Any:
    if not name.startswith(f"{config.label}_"):
        raise ImproperlyConfigured(f"Body block {name!r} of plugin {config.label!r} must begin with '{config.label}_'.")
    block = make()
    block.set_name(name)
    return block


def owner_of_block(name: str, labels: Iterable[str]) -> str:
    """Return which of the labels a stored block belongs to, or an empty string: the longest one its name begins with."""
    return max((label for label in labels if name.startswith(f"{label}_")), key=len, default="")
