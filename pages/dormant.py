"""``pages.dormant.<label>``: the app config of a plugin that is installed but switched off.

Only its models and migrations are loaded, so that deleting a page still cascades into
the plugin's tables and ``migrate`` stays complete. Nothing else of it is seen by Django
or Wagtail: no hooks, templates, static files, translations or commands.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from django.apps import AppConfig
from django.utils.module_loading import module_has_submodule

from .plugins import installed_plugins


def __getattr__(label: str) -> type[AppConfig]:
    entry_point = installed_plugins().get(label)
    if entry_point is None:
        raise AttributeError(label)
    return _dormant_config(label, entry_point.module.rpartition(".")[0])


def _dormant_config(label: str, package_name: str) -> type[AppConfig]:
    class DormantConfig(AppConfig):
        name = package_name
        # An empty folder: nothing is found in it, neither templates nor static files.
        path = "/var/empty"
        is_dormant = True

        def __init__(self, app_name, app_module):
            super().__init__(app_name, app_module)
            self.package = app_module
            self.module = ModuleType(app_name)  # without __path__ no submodule is autodiscovered

        def import_models(self):
            self.models = self.apps.all_models[self.label]
            if module_has_submodule(self.package, "models"):
                self.models_module = import_module(f"{self.name}.models")

        def ready(self):
            from wagtail.models import Page  # noqa: PLC0415 -- models load after this module

            for model in self.get_models():
                if issubclass(model, Page):
                    model.is_creatable = False

    DormantConfig.label = label
    DormantConfig.__name__ = DormantConfig.__qualname__ = label
    return DormantConfig
