"""The administrator's first screen: receivers that take nothing."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages.dashboard import WaitingPanel, WaitingRow

from .desk import may_change
from .models import Receiver


class FailingReceiversPanel(WaitingPanel):
    """Receivers that fail, or that said that they are gone."""

    name = "failing_webhooks"
    heading = gettext_lazy("Webhooks that do not arrive")
    order = 290

    def rows(self, request):
        if not may_change(request.user):
            return []
        return [self._row(receiver) for receiver in Receiver.objects.in_trouble()]

    def _row(self, receiver) -> WaitingRow:
        since = receiver.gone_at or receiver.failing_since
        note = _("since %(day)s") % {"day": date_format(localtime(since), "SHORT_DATE_FORMAT")} if since else ""
        return WaitingRow(receiver.description, reverse("webhook_receivers:inspect", args=[receiver.pk]), note)
