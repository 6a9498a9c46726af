"""Everything the example plugin adds to a site, at one look."""

from pages.plugins import PluginConfig


class ExamplePluginConfig(PluginConfig):
    name = "example_plugin"
    verbose_name = "Example plugin"
    default_auto_field = "django.db.models.BigAutoField"
    requires_socket = ">=1.0,<2"

    body_blocks = {"example_plugin_poll": "example_plugin.blocks.PollBlock"}
    slots = {"after_body": "example_plugin/after_body.html", "head": "example_plugin/head.html"}
    public_urls = {"poll": "example_plugin.urls"}
    importers = {"txt": "example_plugin.plain_text.open_file"}
    exporters = {"txt": "example_plugin.plain_text.PlainTextExporter"}
    machine_translators = {"whispering": "example_plugin.machine.Whispering"}
    api_endpoints = {"example-plugin": "example_plugin.api.router"}
    api_webhooks = {"votes": "example_plugin.api.announced"}
    demo_content = {"poll": "example_plugin.demo.add_poll"}

    def ready(self):
        from . import checks  # noqa: F401, PLC0415 -- a check registers itself
