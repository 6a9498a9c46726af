"""The translators' desk: what to translate next, what changed, and everything that saves translating twice."""

from django.utils.translation import gettext_lazy as _

from pages.plugins import PluginConfig


class Config(PluginConfig):
    name = "pages.contrib.translation"
    label = "translation"
    verbose_name = _("Translators' desk")
    default_auto_field = "django.db.models.BigAutoField"
