"""Word files: a .docx becomes a page, and a page a .docx."""

from django.utils.translation import gettext_lazy as _

from pages.plugins import PluginConfig


class Config(PluginConfig):
    name = "pages.contrib.docx"
    label = "docx"
    verbose_name = _("Word files")
    default_auto_field = "django.db.models.BigAutoField"

    slots = {"page_tools": "docx/download.html"}
    public_urls = {"docx": "pages.contrib.docx.download_urls"}
    importers = {"docx": "pages.contrib.docx.files.open_file"}
