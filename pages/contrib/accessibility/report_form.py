"""The form in which a reader reports a problem; without a cookie, so without Django's CSRF token."""

from urllib.parse import urlsplit

from django import forms
from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

LONGEST = 4000
FASTEST_SECONDS = 2
LONGEST_OPEN_SECONDS = 24 * 60 * 60
_signer = signing.TimestampSigner(salt="accessibility.report")


def stamp() -> str:
    """Return a signed moment that the form carries."""
    return _signer.sign("report")


class ReportForm(forms.Form):
    """Description and, if the reader wants an answer, an e-mail address.

    A signed moment stands in for the CSRF token: only a form of ours has one, it is worth something
    for a day, and a program that answers at once is turned away.
    """

    description = forms.CharField(
        max_length=LONGEST,
        strip=True,
        error_messages={
            "required": _("Write what does not work. A sentence is enough."),
            "max_length": _("This is longer than %(limit_value)d characters. Please shorten it."),
        },
    )
    email = forms.EmailField(
        required=False,
        max_length=254,
        error_messages={"invalid": _("This is not a whole e-mail address. Write it like name@office.example.")},
    )
    #: People do not see it; programs fill in whatever they find.
    website = forms.CharField(required=False)
    stamp = forms.CharField(required=False)

    @property
    def is_from_a_program(self) -> bool:
        return bool(self.data.get("website"))

    def clean(self):
        cleaned_data = super().clean()
        if not self.is_fresh():
            raise forms.ValidationError(_("Please send the form once more: it was open for too long or sent too fast."))
        return cleaned_data

    def is_fresh(self) -> bool:
        moment = self.cleaned_data.get("stamp", "")
        try:
            _signer.unsign(moment, max_age=LONGEST_OPEN_SECONDS)
        except signing.BadSignature:
            return False
        try:
            _signer.unsign(moment, max_age=FASTEST_SECONDS)
        except signing.SignatureExpired:
            return True
        return False


def is_from_here(request: HttpRequest) -> bool:
    """Tell whether a form of this site sent the request; browsers say so in ``Origin``."""
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()
