"""Everything that this plugin adds to a site, at one look."""

from django.utils.translation import gettext_lazy as _

from pages.plugins import PluginConfig


class Config(PluginConfig):
    name = "my_plugin"
    verbose_name = _("My plugin")
    default_auto_field = "django.db.models.BigAutoField"
    requires_socket = ">=1.0,<2"

    body_blocks = {"my_plugin_note": "my_plugin.blocks.NoteBlock"}
