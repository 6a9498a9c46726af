"""Where webhooks stand in the admin: receivers in Settings, deliveries in Reports, a panel on the first screen."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from .desk import DeliveryViewSet, ReceiverViewSet
from .panels import FailingReceiversPanel


@hooks.register("register_admin_viewset")
def register_webhooks():
    return [ReceiverViewSet(), DeliveryViewSet()]


@hooks.register("construct_homepage_panels")
def show_failing_receivers(request, panels):
    panels.append(FailingReceiversPanel())


@hooks.register("register_log_actions")
def register_actions(actions):
    actions.register_action("webhooks.change_secret", _("Change secret"), _("Secret of a webhook receiver changed"))
