"""People and organisations that pages name, each kept once."""

from django import forms
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.api import APIField
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail.snippets.models import register_snippet
from wagtail_localize.fields import SynchronizedField

from pages import spoken_languages


@register_snippet
class Organisation(index.Indexed, TranslatableMixin, models.Model):
    """An institution or a unit of one: an organiser, an author, an employer."""

    name = models.CharField(
        _("name"), max_length=200, help_text=_("In full. For example: Department of Assistance Programmes.")
    )
    short_name = models.CharField(_("short name"), max_length=40, blank=True, help_text=_("For example: MFiPR."))
    url = models.URLField(
        _("website"), blank=True, help_text=_("Its home page, with https. For example: https://www.example.org")
    )

    panels = [FieldPanel("name"), FieldRowPanel([FieldPanel("short_name"), FieldPanel("url")])]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("locale_id")]
    api_fields = [APIField("name"), APIField("short_name"), APIField("url")]
    override_translatable_fields = [SynchronizedField("url")]

    class Meta(TranslatableMixin.Meta):
        ordering = ["name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self):
        return self.name


@register_snippet
class Person(index.Indexed, TranslatableMixin, models.Model):
    """Someone who leads a track or is quoted; the name is kept in the nominative."""

    prefix = models.CharField(
        _("title before the name"), max_length=40, blank=True, help_text=_("For example: dr, prof.")
    )
    name = models.CharField(
        pgettext_lazy("of a person", "name"),
        max_length=120,
        help_text=_("First name and surname: Hanna Gill-Piątek."),
    )
    name_language = models.CharField(
        _("language of the name"),
        max_length=12,
        default=settings.LANGUAGE_CODE,
        help_text=_("So that a screen reader says it right on pages in other languages."),
    )
    position = models.CharField(
        _("position"), max_length=200, blank=True, help_text=_("For example: expert in housing.")
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
        help_text=_("Where the person works, if readers should know it."),
    )
    photo = models.ForeignKey(
        "media.SiteImage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("photo"),
        help_text=_("A face that fills the picture, published with consent. Empty: the initials stand in its place."),
    )
    biography = models.TextField(
        _("about the person"), blank=True, help_text=_("Two or three sentences on what the person does and knows.")
    )

    panels = [
        FieldRowPanel([FieldPanel("prefix"), FieldPanel("name")]),
        FieldPanel("name_language", widget=forms.Select(choices=spoken_languages.choices)),
        FieldPanel("position"),
        FieldPanel("organisation"),
        FieldPanel("photo"),
        FieldPanel("biography"),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("locale_id")]
    api_fields = [
        APIField("prefix"),
        APIField("name"),
        APIField("name_language"),
        APIField("position"),
        APIField("organisation"),
        APIField("photo"),
        APIField("biography"),
    ]
    # A name stays as its owner writes it; a translator who transliterates it overrides both.
    # (Localize offers no field with choices, hence the choices are the form's.)
    override_translatable_fields = [SynchronizedField("name"), SynchronizedField("name_language")]

    class Meta(TranslatableMixin.Meta):
        ordering = ["name"]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self):
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.prefix} {self.name}".strip()

    @property
    def initials(self) -> str:
        """The first letters of the first name and of the surname, for the window without a photo."""
        words = self.name.split()
        return "".join(word[0] for word in dict.fromkeys([*words[:1], *words[-1:]]))
