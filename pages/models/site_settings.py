"""Settings of a site that carry no language: colours, the mark, addresses."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from pages import contrast, logos
from pages.identity_preview import IdentityPreview

from .funding import FundingSigns

hue_range = MaxValueValidator(360)


def _page(label, **options):
    return models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=label,
        **options,
    )


class Panorama(models.TextChoices):
    """The drawing at the foot of the pages, in the institution's colours: ``images/<value>.svg``."""

    STREET = "panorama", _("a street of tenement houses")
    RIVER = "panorama-river", _("a town by a river")
    ESTATE = "panorama-estate", _("a housing estate with trees")
    NONE = "none", _("none")


@register_setting(icon="cog")
class SiteSettings(BaseSiteSetting):
    """The identity of the institution and the links that the law asks for."""

    hue = models.PositiveSmallIntegerField(
        _("hue"),
        default=212,
        validators=[hue_range],
        help_text=_("The colour of the institution on the colour wheel, 0 to 360: 212 is blue, 150 green, 25 red."),
    )
    hue_accent = models.PositiveSmallIntegerField(
        _("hue of the accent"),
        default=42,
        validators=[hue_range],
        help_text=_("For small things that should be noticed, 0 to 360: 42 is ochre. Best far from the hue beside it."),
    )
    logo = models.ForeignKey(
        "media.SiteImage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
        help_text=_("Stands at the top of every page: PNG or WebP with a transparent ground, at least 96 pixels high."),
    )
    panorama = models.CharField(
        _("panorama"),
        max_length=20,
        choices=Panorama.choices,
        default=Panorama.STREET,
        help_text=_("Stands at the foot of every page and takes on the colours above."),
    )
    panorama_picture = models.ForeignKey(
        "media.SiteImage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("own panorama"),
        help_text=_(
            "A wide picture from the library instead of a drawing, best 1440 × 220 pixels or more: the skyline of "
            "your town, for example. It is decoration: what readers must know does not belong in it."
        ),
    )
    easy_read_page = _page(
        _("easy-to-read text"), help_text=_("A page of this site. Where it is translated, the translation is linked.")
    )
    easy_read_url = models.URLField(
        _("or its address"), blank=True, help_text=_("If it stands elsewhere. Linked in every language.")
    )
    sign_language_page = _page(
        _("recording in sign language"),
        help_text=_("A page of this site. Where it is translated, the translation is linked."),
    )
    sign_language_url = models.URLField(
        _("or its address"), blank=True, help_text=_("If it stands elsewhere. Linked in every language.")
    )
    bip_url = models.URLField(
        _("Public Information Bulletin"),
        blank=True,
        help_text=_("The address of your bulletin. For example: https://bip.office.example"),
    )
    bip_mark = models.ForeignKey(
        "media.SiteImage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("mark of the bulletin"),
        help_text=_("The official mark as a picture. Empty: an icon of ours stands in its place."),
    )
    accessibility_email = models.EmailField(
        _("e-mail for accessibility"), blank=True, help_text=_("Readers write here to ask for a file in another form.")
    )
    statement_page = _page(
        _("accessibility statement"),
        help_text=_("Linked from every page. The first statement that is published puts itself here."),
    )
    funding = models.ForeignKey(
        FundingSigns,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("funding signs"),
        help_text=_("For every page, unless a programme or page has signs of its own. Empty: none there."),
    )

    # All are shown on every page.
    select_related = [
        "statement_page",
        "easy_read_page",
        "sign_language_page",
        "logo",
        "bip_mark",
        "panorama_picture",
        "funding",
    ]

    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("hue"), FieldPanel("hue_accent")]),
                IdentityPreview(),
                FieldPanel("logo"),
                FieldRowPanel([FieldPanel("panorama"), FieldPanel("panorama_picture")]),
                FieldPanel("funding"),
            ],
            heading=_("Identity"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("easy_read_page"), FieldPanel("easy_read_url")]),
                FieldRowPanel([FieldPanel("sign_language_page"), FieldPanel("sign_language_url")]),
                FieldRowPanel([FieldPanel("bip_url"), FieldPanel("bip_mark")]),
                FieldPanel("accessibility_email"),
                FieldPanel("statement_page"),
            ],
            heading=_("Links and addresses"),
        ),
    ]

    class Meta:
        verbose_name = _("site")

    @property
    def panorama_drawing(self) -> str:
        """The file of the drawing among the static files, empty if none is wanted."""
        return "" if self.panorama == Panorama.NONE else f"images/{self.panorama}.svg"

    def clean(self):
        super().clean()
        if self.hue is not None and self.hue_accent is not None:
            self._refuse_faint_colours()
        if self.logo_id and logos.is_lost_on(self.logo, contrast.palette("light", self.hue or 0, 0)["color-surface"]):
            raise ValidationError(
                {
                    "logo": _(
                        "This logo can hardly be seen on the white header. Choose a darker one, or one on a ground of its own."
                    )
                }
            )

    def _refuse_faint_colours(self):
        faint = contrast.shortfalls(self.hue, self.hue_accent)
        if not faint:
            return
        field, nearest = "hue", contrast.nearest_clear_hue
        if faint[0].is_of_accent:
            field, nearest = "hue_accent", contrast.nearest_clear_accent
        raise ValidationError({field: _faint_message(faint[0], nearest(self.hue, self.hue_accent))})


def _faint_message(worst: contrast.Shortfall, nearest: int | None) -> str:
    said = _(
        "Not everything could be read in this colour: in one place it reaches a contrast of %(ratio)s to 1, and "
        "%(needed)s to 1 is needed (%(front)s on %(ground)s)."
    ) % {"ratio": f"{worst.ratio:.2f}", "needed": f"{worst.needed:.1f}", "front": worst.front, "ground": worst.ground}
    if nearest is None:
        return said
    return said + " " + _("The nearest hue that works is %(hue)s.") % {"hue": nearest}
