"""The form of a receiver: an address that may be asked, and the events it wants to hear of."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from pages.outside.gatekeeper import Gatekeeper, Refused

from .events import EVENTS
from .models import Receiver
from .problems import PROBLEMS


class ReceiverForm(forms.ModelForm):
    """A receiver as an administrator enters it; its secret is made, not entered."""

    events = forms.MultipleChoiceField(
        label=_("Events"),
        choices=[(event.name, event.label) for event in EVENTS.values()],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What it is told. Messages hold numbers and addresses; the rest can be asked from the API."),
    )

    class Meta:
        model = Receiver
        fields = ["description", "address", "events", "is_active"]

    def clean_address(self):
        address = self.cleaned_data["address"].strip()
        allows_internal = settings.WEBHOOKS_ALLOW_INTERNAL
        try:
            Gatekeeper(any_port=True, allows_internal=allows_internal).check_spelling(address)
        except Refused as refused:
            raise forms.ValidationError(PROBLEMS[refused.problem]) from None
        if not address.startswith("https://") and not allows_internal:
            raise forms.ValidationError(PROBLEMS["not_encrypted"])
        return address

    def save(self, commit=True):
        if self.instance.is_active:
            # Somebody has looked after it: what waits is sent at once.
            self.instance.start_again()
        return super().save(commit)
