"""Word files: a .docx becomes a page, and a page a .docx."""

from django.utils.translation import gettext_lazy as _

from pages.plugins import PluginConfig


class Config(PluginConfig):
    name = "pages.contrib.docx"
    label = "docx"
    verbose_name = _("Word files")
    default_auto_field = "django.db.models.BigAutoField"

    importers = {"docx": "pages.contrib.docx.files.open_file"}
    api_endpoints = {"imports": "pages.contrib.docx.endpoints.router"}
    exporters = {"docx": "pages.contrib.docx.exporting.WordExporter"}
