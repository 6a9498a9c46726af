"""Which word an institution uses for which, from one language into another."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Locale

from ..language_fields import LanguageSelect


class GlossaryTerm(models.Model):
    """A word or a phrase with its translation; found in texts in every inflected form."""

    source_locale = models.ForeignKey(
        Locale, on_delete=models.CASCADE, related_name="+", verbose_name=_("from"), db_index=False
    )
    target_locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+", verbose_name=_("into"))
    term = models.CharField(
        _("term"), max_length=255, help_text=_("In its basic form; other forms of it are found as well.")
    )
    target = models.CharField(_("translation"), max_length=255, blank=True)
    forbidden = models.TextField(
        _("not to be used"),
        blank=True,
        max_length=2000,
        help_text=_("Translations that are wrong here, one to a line."),
    )
    note = models.CharField(
        _("note"), max_length=500, blank=True, help_text=_("What it means, or when to use it; shown to translators.")
    )
    do_not_translate = models.BooleanField(
        _("do not translate"), default=False, help_text=_("A name that stays as it is in every language.")
    )
    case_matters = models.BooleanField(
        _("capital letters matter"), default=False, help_text=_("Then “Hub” is found, but “hub” is not.")
    )

    panels = [
        FieldRowPanel(
            [FieldPanel("source_locale", widget=LanguageSelect), FieldPanel("target_locale", widget=LanguageSelect)]
        ),
        FieldPanel("term"),
        FieldPanel("target"),
        FieldPanel("do_not_translate"),
        FieldPanel("forbidden"),
        FieldPanel("case_matters"),
        FieldPanel("note"),
    ]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_locale", "target_locale", "term"],
                name="one_glossary_entry_for_each_term",
                violation_error_message=_("This term is in the glossary for these languages already."),
            )
        ]
        ordering = ["term", "pk"]
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary")

    def __str__(self):
        return f"{self.term} → {self.wanted}" if self.wanted else self.term

    def clean(self):
        if self.source_locale_id and self.source_locale_id == self.target_locale_id:
            raise ValidationError({"target_locale": _("Choose two different languages.")})
        if not self.wanted:
            raise ValidationError({"target": _("Give the translation, or say that the term is not translated.")})
        if self.wanted.casefold() in {word.casefold() for word in self.forbidden_targets}:
            raise ValidationError({"forbidden": _("The translation itself cannot be forbidden.")})

    @property
    def wanted(self) -> str:
        """What a translation should say."""
        return self.term if self.do_not_translate else self.target

    @property
    def forbidden_targets(self) -> list[str]:
        return [line.strip() for line in self.forbidden.splitlines() if line.strip()]
