"""The link checker: which links of the published site lead nowhere, and where an editor mends them."""

from django.utils.translation import gettext_lazy as _

from pages.plugins import PluginConfig


class Config(PluginConfig):
    name = "pages.contrib.link_checker"
    label = "link_checker"
    verbose_name = _("Link checker")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import listening  # noqa: PLC0415 -- signals need loaded models

        listening.connect()
