"""``pages.dormant.<label>``: the app config of a plugin that is installed but switched off.

Only its models and migrations are loaded, so that deleting a page still cascades into
the plugin's tables and ``migrate`` stays complete. Nothing else of it is seen by Django
or Wagtail: no hooks, templates, static files, translations or commands.
"""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings
from django.utils.module_loading import module_has_submodule

from .plugins import NOWHERE, LeftOut, fall_asleep, installed_plugins


def __getattr__(label: str) -> type[AppConfig]:
    entry_point = installed_plugins().get(label)
    if entry_point is None:
        raise AttributeError(label)
    return _dormant_config(label, entry_point.module.rpartition(".")[0])


def _dormant_config(label: str, package_name: str) -> type[AppConfig]:
    class DormantConfig(AppConfig):
        name = package_name
        path = NOWHERE

        def __init__(self, app_name, app_module):
            super().__init__(app_name, app_module)
            self.package = app_module
            fall_asleep(self)
            self.ready = self.offer_no_pages

        def import_models(self):
            self.models = self.apps.all_models[self.label]
            if module_has_submodule(self.package, "models"):
                try:
                    self.models_module = import_module(f"{self.name}.models")
                except Exception as error:  # noqa: BLE001 -- whatever a stranger's package raises
                    _leave_out(label, f"it is off, and its models cannot be loaded: {error}", error)

        def offer_no_pages(self):
            from wagtail.models import Page  # noqa: PLC0415 -- models load after this module

            for model in self.get_models():
                if issubclass(model, Page):
                    model.is_creatable = False

    DormantConfig.label = label
    DormantConfig.__name__ = DormantConfig.__qualname__ = label
    return DormantConfig


def _leave_out(label: str, reason: str, error: Exception) -> None:
    if label not in {left.label for left in settings.PLUGINS.left_out}:
        settings.PLUGINS.leave_out(LeftOut(label, installed_plugins()[label].value, reason, error))
