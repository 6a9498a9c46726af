"""What holds for all translations into one language."""

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Locale

from ..machine.providers import choices


class LanguageSettings(models.Model):
    """How translations into a language are made and shown; it is edited together with the language.

    A language without a row of its own has the defaults.
    """

    locale = models.OneToOneField(Locale, on_delete=models.CASCADE, related_name="translation_settings")
    requires_review = models.BooleanField(
        _("review before publishing"),
        default=False,
        help_text=_("Translations into this language go live only after a reviewer has accepted them."),
    )
    reviewers = models.ForeignKey(
        Group,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("reviewers"),
        help_text=_(
            "Of those who may publish pages in this language, the members of this group review. "
            "Empty: everybody who may publish them."
        ),
    )
    tells_outdated = models.BooleanField(
        _("tell readers that a translation is outdated"),
        default=True,
        help_text=_("The page then says since when, and leads to the original."),
    )
    offers_other_languages = models.BooleanField(
        _("offer other languages where a page is missing"),
        default=True,
        help_text=_("Who looks for a page that is not translated yet is told in which languages it can be read."),
    )
    marks_foreign_parts = models.BooleanField(
        _("mark parts that are not translated yet"),
        default=True,
        help_text=_("Screen readers then read these parts in the language they are written in."),
    )

    machine_translator = models.CharField(
        _("machine translation"),
        max_length=100,
        blank=True,
        choices=choices,
        help_text=_(
            "With a service chosen here, people who have the permission can send it texts of the site, drafts too, "
            "to be translated into this language. What it answers is a proposal that a person has to accept."
        ),
    )

    panels = [
        FieldPanel("requires_review"),
        FieldPanel("reviewers"),
        FieldPanel("tells_outdated"),
        FieldPanel("offers_other_languages"),
        FieldPanel("marks_foreign_parts"),
        FieldPanel("machine_translator"),
    ]

    class Meta:
        verbose_name = _("translations into a language")
        verbose_name_plural = _("translations into languages")

    def __str__(self):
        return str(self.locale)

    @classmethod
    def of(cls, locale: Locale) -> "LanguageSettings":
        """Return what holds for a language; unsaved defaults where nobody has chosen anything."""
        return cls.objects.filter(locale=locale).select_related("reviewers").first() or cls(locale=locale)
