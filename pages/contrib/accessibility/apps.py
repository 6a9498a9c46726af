"""The accessibility room: the statement that the law asks for, tools of a page, reports of problems."""

from django.utils.translation import gettext_lazy as _

from pages.plugins import PluginConfig


class Config(PluginConfig):
    name = "pages.contrib.accessibility"
    label = "accessibility"
    verbose_name = _("Accessibility")
    default_auto_field = "django.db.models.BigAutoField"

    slots = {"head": "accessibility/head.html", "page_tools": "accessibility/page_tools.html"}
    public_urls = {"report": "pages.contrib.accessibility.urls"}

    def ready(self):
        from . import linking  # noqa: PLC0415 -- signals need loaded models

        linking.connect()
