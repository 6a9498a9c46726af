"""The signs that tell who pays: which, in what order, with what words."""

from __future__ import annotations

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet

from media.models import SiteImage
from media.renditions import prefetch_renditions

MOST_SIGNS = 4


class Sign(NamedTuple):
    """One sign: ``poland``, ``union`` or an uploaded ``picture``, with the words beside it or for it."""

    kind: str
    words: str
    picture: SiteImage | None = None


def _picture(label, **options):
    return models.ForeignKey(
        SiteImage, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=label, **options
    )


@register_snippet
class FundingSigns(models.Model):
    """The signs of one funding, chosen by a programme, a page or the whole site.

    Each sign has its place, so that nobody can put them in a wrong order: European Funds, the
    colours of the Republic, other logos, the emblem of the Union at the end. One set serves all
    languages, since its words are prescribed in Polish. After Annex IX to Regulation (EU) 2021/1060
    and, for projects of 2014 to 2020, article 4 of Regulation (EU) 821/2014.
    """

    class Period(models.TextChoices):
        FROM_2021 = "2021-2027", _("2021 to 2027: at the foot of the page")
        FROM_2014 = "2014-2020", _("2014 to 2020: at the head of the page, seen without scrolling")

    name = models.CharField(
        _("name"), max_length=120, help_text=_("For editors only. For example: Technical Assistance 2014–2020.")
    )
    period = models.CharField(
        _("period"),
        max_length=9,
        choices=Period,
        default=Period.FROM_2021,
        help_text=_(
            "Of the money, not of the page: the rules differ, and the signs stand where these rules want them."
        ),
    )
    european_funds_sign = _picture(
        _("European Funds sign"),
        help_text=_("The file from the book of signs of your programme, unchanged."),
    )
    european_funds_name = models.CharField(
        _("what the sign says"),
        max_length=120,
        blank=True,
        default="Fundusze Europejskie",
        help_text=_("Read out to those who do not see the sign. For example: European Funds for Digital Development."),
    )
    shows_poland = models.BooleanField(
        _("colours of the Republic of Poland"),
        default=True,
        help_text=_("Projects financed in Poland show them; take the tick away for others."),
    )
    other_logo = _picture(_("another logo"), help_text=_("It is shown no larger than the flag of the Union."))
    other_logo_name = models.CharField(
        _("what the logo says"), max_length=120, blank=True, help_text=_("For example: Ministry of Funds.")
    )
    second_logo = _picture(
        _("one more logo"), help_text=_("Only if the agreement asks for it: at most four signs stand together.")
    )
    second_logo_name = models.CharField(
        _("what the logo says"), max_length=120, blank=True, help_text=_("For example: City of Łódź.")
    )
    statement = models.CharField(
        _("words beside the emblem of the Union"),
        max_length=120,
        default="Dofinansowane przez Unię Europejską",
        help_text=_("In Polish and in full: Dofinansowane przez Unię Europejską; before 2021: Unia Europejska."),
    )
    fund = models.CharField(
        _("fund"),
        max_length=120,
        blank=True,
        help_text=_("For projects of 2014 to 2020. For example: Europejski Fundusz Rozwoju Regionalnego."),
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("period"),
        HelpPanel(content=_("Readers see the signs in the order of this form. At most four may stand together.")),
        MultiFieldPanel(
            [FieldPanel("european_funds_sign"), FieldPanel("european_funds_name")], heading=_("European Funds")
        ),
        FieldPanel("shows_poland", heading=_("Republic of Poland")),
        MultiFieldPanel(
            [
                FieldPanel("other_logo"),
                FieldPanel("other_logo_name"),
                FieldPanel("second_logo"),
                FieldPanel("second_logo_name"),
            ],
            heading=_("Other logos"),
        ),
        MultiFieldPanel([FieldRowPanel([FieldPanel("statement"), FieldPanel("fund")])], heading=_("European Union")),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name = _("funding signs")
        verbose_name_plural = _("funding signs")

    def __str__(self):
        return self.name

    @property
    def is_on_first_screen(self) -> bool:
        """Whether readers must see the signs without scrolling."""
        return self.period == self.Period.FROM_2014

    @cached_property
    def pictures(self) -> dict[int, SiteImage]:
        """The uploaded signs by their number, in one query; none if nothing is uploaded."""
        wanted = {self.european_funds_sign_id, self.other_logo_id, self.second_logo_id} - {None}
        return SiteImage.objects.in_bulk(wanted) if wanted else {}

    @property
    def signs(self) -> list[Sign]:
        """The signs from the left to the right, the same in every language."""
        prefetch_renditions(self.pictures.values())
        return [
            *self._uploaded(self.european_funds_sign_id, self.european_funds_name),
            *([Sign("poland", "Rzeczpospolita Polska")] if self.shows_poland else []),
            *self._uploaded(self.other_logo_id, self.other_logo_name),
            *self._uploaded(self.second_logo_id, self.second_logo_name),
            Sign("union", self.statement),
        ]

    def _uploaded(self, picture_id, words) -> list[Sign]:
        picture = self.pictures.get(picture_id)
        return [Sign("picture", words, picture)] if picture else []

    def clean(self):
        super().clean()
        errors = {**self._unnamed_logos(), **self._wrong_words()}
        if self._sign_count() > MOST_SIGNS:
            errors["second_logo"] = _("At most four signs may stand together. Take one of the logos away.")
        if errors:
            raise ValidationError(errors)

    def _sign_count(self) -> int:
        uploaded = (self.european_funds_sign_id, self.other_logo_id, self.second_logo_id)
        return 1 + self.shows_poland + sum(1 for picture in uploaded if picture)

    def _unnamed_logos(self) -> dict:
        message = _("Write what is on the picture: readers who cannot see it need the words.")
        pairs = {
            "european_funds_name": self.european_funds_sign_id,
            "other_logo_name": self.other_logo_id,
            "second_logo_name": self.second_logo_id,
        }
        return {name: message for name, picture in pairs.items() if picture and not getattr(self, name).strip()}

    def _wrong_words(self) -> dict:
        errors = {}
        words = self.statement.casefold()
        if self.statement and not ("europejsk" in words and any(form in words for form in ("unia", "unię", "unii"))):
            errors["statement"] = _(
                "The words must name the European Union in full, not as “UE”. Write: Dofinansowane przez Unię Europejską."
            )
        if self.is_on_first_screen and not self.fund.strip():
            errors["fund"] = _("Projects of 2014 to 2020 name their fund. Write its name in full.")
        return errors
