"""The content: page types, blocks, snippets and the socket for plugins."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = _("Pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import checks, redirects, share_picture_files  # noqa: F401, PLC0415 -- registering needs loaded apps

        redirects.connect()
        share_picture_files.connect()
