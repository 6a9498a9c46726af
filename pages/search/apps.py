"""The search as an app of its own: it has tables and follows what editors publish."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "pages.search"
    label = "pages_search"
    verbose_name = _("Search for readers")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import hits, upkeep  # noqa: PLC0415 -- they need loaded apps

        upkeep.connect()
        hits.connect()
