"""What the composed site adds to Wagtail's admin."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_log_actions")
def log_the_demo(actions):
    """The record of which steps of the demo are loaded (``site_project.demo.loading``)."""
    actions.register_action("demo.load", _("Load the demo"), _("A part of the demo was loaded"))
