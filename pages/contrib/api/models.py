"""Front ends that show what the API tells, registered so that editors can preview in them."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

PLACE = "{token}"
#: Where a front end that is being built may stand without TLS.
THIS_MACHINE = {"127.0.0.1", "localhost"}


class FrontEnd(models.Model):
    """A site or app of somebody's that can show a draft when it is given a preview token."""

    name = models.CharField(_("name"), max_length=60, unique=True, help_text=_("As editors read it in the preview."))
    address = models.CharField(
        _("address of the preview"),
        max_length=500,
        help_text=_(
            "With {token} where the preview token goes, for example https://app.example.org/preview?token={token}"
        ),
    )
    page_types = models.JSONField(_("page types"), default=list, blank=True)

    class Meta:
        verbose_name = _("front end")
        verbose_name_plural = _("front ends")
        ordering = ("name",)

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if problem := _problem(self.address):
            raise ValidationError({"address": problem})

    def shows(self, page_type: type[models.Model]) -> bool:
        return not self.page_types or page_type._meta.label in self.page_types

    def address_for(self, token: str) -> str:
        return self.address.replace(PLACE, quote(token, safe=""))

    @property
    def origin(self) -> str:
        """What a browser compares when it is asked to show the front end in a frame."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"


def _problem(address: str) -> str:
    """Return what is wrong with an address, or nothing."""
    if address.count(PLACE) != 1:
        return _("Write {token} once, where the preview token goes.")
    try:
        URLValidator(schemes=["http", "https"])(address.replace(PLACE, "x"))
        parts = urlsplit(address)
    except (ValidationError, ValueError):
        return _("This is no address of a site. It begins with https://")
    if PLACE in parts.netloc or "@" in parts.netloc or not parts.netloc.isascii():
        return _("The name of the site has plain letters, and neither {token} nor a password in it.")
    if parts.scheme != "https" and parts.hostname not in THIS_MACHINE:
        return _("A token must not travel openly. Write an address that begins with https://")
    return ""
