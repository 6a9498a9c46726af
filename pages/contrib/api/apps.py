"""What the room adds: the API for other front ends, mounted at ``/api/v1/``."""

from django.utils.translation import gettext_lazy as _

from pages.plugins import PluginConfig


class Config(PluginConfig):
    name = "pages.contrib.api"
    label = "api"
    verbose_name = _("API for other front ends")
    default_auto_field = "django.db.models.BigAutoField"
