"""Dates of review: who is reminded of which page, a report of stale pages, and the button that says it is still true."""

from django.utils.translation import gettext_lazy as _

from pages.plugins import PluginConfig


class Config(PluginConfig):
    name = "pages.contrib.reviews"
    label = "reviews"
    verbose_name = _("Reviews of pages")
    default_auto_field = "django.db.models.BigAutoField"
