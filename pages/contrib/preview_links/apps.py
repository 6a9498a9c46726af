"""Preview links: a draft for somebody without an account, until the link expires or is withdrawn."""

from django.utils.translation import gettext_lazy as _

from pages.plugins import PluginConfig


class Config(PluginConfig):
    name = "pages.contrib.preview_links"
    label = "preview_links"
    verbose_name = _("Preview links")
    default_auto_field = "django.db.models.BigAutoField"

    slots = {"head": "preview_links/head.html", "before_header": "preview_links/banner.html"}
    public_urls = {"previews": "pages.contrib.preview_links.urls"}
