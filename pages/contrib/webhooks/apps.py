"""What the room adds: receivers in Settings, a log of deliveries, and the webhooks in the document of the API."""

from django.utils.translation import gettext_lazy as _

from pages.plugins import PluginConfig


class Config(PluginConfig):
    name = "pages.contrib.webhooks"
    label = "webhooks"
    verbose_name = _("Webhooks")
    default_auto_field = "django.db.models.BigAutoField"

    api_webhooks = {"webhooks": "pages.contrib.webhooks.contract.router"}

    def ready(self):
        from . import listening  # noqa: PLC0415 -- signals need loaded models

        listening.connect()
