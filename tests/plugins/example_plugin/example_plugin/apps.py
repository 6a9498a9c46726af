"""Everything the example plugin adds to a site, at one look."""

from pages.plugins import PluginConfig


class ExamplePluginConfig(PluginConfig):
    name = "example_plugin"
    verbose_name = "Example plugin"
    default_auto_field = "django.db.models.BigAutoField"
    requires_socket = ">=1.0,<2"

    body_blocks = {"example_plugin_poll": "example_plugin.blocks.PollBlock"}
    slots = {"after_body": "example_plugin/after_body.html"}
    public_urls = {"poll": "example_plugin.urls"}
    machine_translators = {"whispering": "example_plugin.machine.Whispering"}
