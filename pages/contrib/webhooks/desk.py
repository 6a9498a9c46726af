"""The administrator's desk: receivers with their secrets, the log of deliveries, "send a test" and "send again"."""

from __future__ import annotations

import json

import django_filters
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy

from . import sending
from .events import EVENTS, TEST
from .forms import ReceiverForm
from .models import Delivery, Receiver
from .writing import write_test


class DeliveryPolicy(ModelPermissionPolicy):
    """The log is read by whoever may view it or looks after receivers; nobody writes it by hand."""

    def user_has_permission(self, user, action):
        return action == "view" and (super().user_has_permission(user, "view") or may_change(user))

    def user_has_permission_for_instance(self, user, action, instance):
        return self.user_has_permission(user, action)


register_permission_policy(Delivery, DeliveryPolicy(Delivery), exact_class=True)


def may_change(user) -> bool:
    return policy_registry.get_by_type(Receiver).user_has_permission(user, "change")


class ReceiverIndex(generic.IndexView):
    add_item_label = gettext_lazy("Add a receiver")


class AddReceiver(generic.CreateView):
    def get_success_url(self):
        # There stands the secret that the other side needs next.
        return reverse("webhook_receivers:inspect", args=[self.object.pk])


class InspectReceiver(generic.InspectView):
    template_name = "webhooks/receiver.html"

    def dispatch(self, *args, **kwargs):
        return never_cache(super().dispatch)(*args, **kwargs)

    def get_page_title(self):
        return self.object.description

    def get_page_subtitle(self):
        return ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "may_change": may_change(self.request.user),
            "deliveries": self.object.deliveries.all()[:5],
            "has_former_secret": len(self.object.keys(timezone.now())) > 1,
        }


class ReceiverViewSet(ModelViewSet):
    model = Receiver
    name = "webhook_receivers"
    url_prefix = "webhooks/receivers"
    icon = "link-external"
    menu_label = gettext_lazy("Webhooks")
    menu_hook = "register_settings_menu_item"
    menu_order = 960
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_class = InspectReceiver
    inspect_template_name = "webhooks/receiver.html"
    index_view_class = ReceiverIndex
    add_view_class = AddReceiver
    search_fields = ["description", "address"]
    list_filter = ["is_active"]
    list_display = [
        TitleColumn("description", label=gettext_lazy("Description"), url_name="webhook_receivers:inspect"),
        Column("address", label=gettext_lazy("Address")),
        Column("state_words", label=gettext_lazy("State")),
        DateColumn("failing_since", label=gettext_lazy("Fails since")),
    ]

    def get_form_class(self, for_update=False):
        return ReceiverForm

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/test/", send_test, name="test"),
            path("<int:pk>/secret/", change_secret, name="secret"),
        ]


class DeliveryFilterSet(WagtailFilterSet):
    receiver = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Receiver"), queryset=lambda request: Receiver.objects.all()
    )
    event = django_filters.ChoiceFilter(
        label=gettext_lazy("Event"), choices=[(event.name, event.label) for event in (*EVENTS.values(), TEST)]
    )
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=Delivery.State.choices)

    class Meta:
        model = Delivery
        fields = ["receiver", "event", "state"]


class DeliveryIndex(generic.IndexView):
    default_ordering = ["-pk"]
    any_permission_required = ["view"]
    page_title = gettext_lazy("Webhook deliveries")

    def get_base_queryset(self):
        return super().get_base_queryset().select_related("receiver")


class InspectDelivery(generic.InspectView):
    template_name = "webhooks/delivery.html"
    any_permission_required = ["view"]
    page_title = gettext_lazy("Delivery")

    def get_page_subtitle(self):
        return self.object.event_words

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "may_change": may_change(self.request.user),
            "attempts": self.object.attempts.all(),
            "message": json.dumps(self.object.message, indent=2, ensure_ascii=False),
        }


class DeliveryViewSet(ModelViewSet):
    model = Delivery
    name = "webhook_deliveries"
    url_prefix = "webhooks/deliveries"
    icon = "mail"
    menu_label = gettext_lazy("Webhook deliveries")
    menu_hook = "register_reports_menu_item"
    menu_order = 1120
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = DeliveryIndex
    inspect_view_class = InspectDelivery
    inspect_template_name = "webhooks/delivery.html"
    exclude_form_fields = []
    filterset_class = DeliveryFilterSet
    list_per_page = 50
    list_display = [
        TitleColumn("event_words", label=gettext_lazy("Event"), url_name="webhook_deliveries:inspect"),
        Column("subject", label=gettext_lazy("About")),
        Column("receiver", label=gettext_lazy("Receiver")),
        Column("get_state_display", label=gettext_lazy("State"), sort_key="state"),
        Column("attempt_count", label=gettext_lazy("Attempts")),
        DateColumn("made_at", label=gettext_lazy("Time"), sort_key="pk"),
    ]

    def get_permissions_to_register(self):
        return super().get_permissions_to_register().filter(codename="view_delivery")

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("<int:pk>/again/", send_again, name="again")]


# One request to another server lasts; no transaction, and with SQLite no other writer, waits for it.
@require_POST
@transaction.non_atomic_requests
def send_test(request, pk):
    """Send a message that tells nothing, and say what came of it."""
    receiver = _changeable(request, Receiver, pk)
    delivery = write_test(receiver, "Rynek says hello.")
    _say(request, sending.send_now(delivery))
    return redirect("webhook_deliveries:inspect", delivery.pk)


@require_POST
@transaction.non_atomic_requests
def send_again(request, pk):
    """Send a message once more, under its old id, and say what came of it."""
    delivery = _changeable(request, Delivery, pk)
    if not delivery.receiver.is_active and delivery.event != TEST.name:
        messages.error(request, _("The receiver is switched off. Switch it on first."))
    else:
        delivery.state, delivery.attempt_count, delivery.due_at = Delivery.State.WAITING, 0, timezone.now()
        delivery.save(update_fields=["state", "attempt_count", "due_at"])
        _say(request, sending.send_now(delivery))
    return redirect("webhook_deliveries:inspect", pk)


@require_POST
def change_secret(request, pk):
    """Make a new secret; messages are signed with both for a day."""
    receiver = _changeable(request, Receiver, pk)
    receiver.change_secret()
    log(instance=receiver, action="webhooks.change_secret", user=request.user)
    messages.success(request, _("There is a new secret. For a day messages are signed with the former one, too."))
    return redirect("webhook_receivers:inspect", pk)


def _changeable(request, model, pk):
    if not may_change(request.user):
        raise PermissionDenied
    return get_object_or_404(model, pk=pk)


def _say(request, attempt):
    if attempt is None:
        messages.warning(request, _("Another process is sending to this receiver. Look again in a minute."))
    elif attempt.problem:
        messages.error(request, str(attempt.words))
    else:
        messages.success(request, str(attempt.words))
