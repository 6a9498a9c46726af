"""Settings of a site that carry no language: colours, the mark, addresses."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

hue_range = MaxValueValidator(360)


@register_setting(icon="cog")
class SiteSettings(BaseSiteSetting):
    """The identity of the institution and the links that the law asks for."""

    hue = models.PositiveSmallIntegerField(
        _("hue"),
        default=212,
        validators=[hue_range],
        help_text=_("The colour of the institution on the colour wheel, 0 to 360: 212 is blue, 150 green, 25 red."),
    )
    hue_accent = models.PositiveSmallIntegerField(_("hue of the accent"), default=42, validators=[hue_range])
    logo = models.ForeignKey(
        "media.SiteImage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("logo")
    )
    easy_read_url = models.URLField(_("easy-to-read text"), blank=True)
    sign_language_url = models.URLField(_("recording in sign language"), blank=True)
    bip_url = models.URLField(_("Public Information Bulletin"), blank=True)
    accessibility_email = models.EmailField(
        _("e-mail for accessibility"), blank=True, help_text=_("Readers write here to ask for a file in another form.")
    )
    statement_page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("accessibility statement"),
    )
    show_funding_signs = models.BooleanField(
        _("show the signs of European Union funding"),
        default=False,
        help_text=_("In the order and wording the rules ask for."),
    )

    # Both are shown on every page.
    select_related = ["statement_page", "logo"]

    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("hue"), FieldPanel("hue_accent")]),
                FieldPanel("logo"),
                FieldPanel("show_funding_signs"),
            ],
            heading=_("Identity"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("easy_read_url"),
                FieldPanel("sign_language_url"),
                FieldPanel("bip_url"),
                FieldPanel("accessibility_email"),
                FieldPanel("statement_page"),
            ],
            heading=_("Links and addresses"),
        ),
    ]

    class Meta:
        verbose_name = _("site")
