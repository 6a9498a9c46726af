"""The head and the foot of every page, which an editor changes and a translator translates."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import RichTextField
from wagtail.models import TranslatableMixin
from wagtail.snippets.models import register_snippet

from .rows import Row


class OnePerLocale(TranslatableMixin, ClusterableModel):
    """A snippet of which each language has one."""

    # No page refers to it, and every page shows it: what it links to is open to readers (media.privacy).
    is_shown_everywhere = True

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def clean(self):
        super().clean()
        twins = type(self).objects.filter(locale_id=self.locale_id).exclude(pk=self.pk)
        if self.locale_id and twins.exists():
            raise ValidationError(_("This language has one already. Edit that one."))


class MenuLink(Row):
    """A link to a page of the site, or to an address elsewhere."""

    page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page"),
        help_text=_("The best choice for a page of this site: the link follows when the page moves."),
    )
    url = models.URLField(
        _("or address"),
        blank=True,
        help_text=_("Only for another site, with https. For example: https://www.example.org"),
    )
    label = models.CharField(_("words"), max_length=80, blank=True, help_text=_("Empty: the short title of the page."))

    panels = [FieldPanel("page"), FieldRowPanel([FieldPanel("url"), FieldPanel("label")])]

    class Meta(Row.Meta):
        abstract = True

    def __str__(self):
        return self.label or self.url or str(self.page)

    def clean(self):
        super().clean()
        if bool(self.page_id) == bool(self.url):
            raise ValidationError({"page": _("Choose a page or give an address, one of the two.")})
        if self.url and not self.label:
            raise ValidationError({"label": _("Write the words of the link: an address says little to a reader.")})


@register_snippet
class Header(OnePerLocale):
    """The head of every page: the site's name, its owner and the main menu."""

    site_name = models.CharField(
        _("name of the site"),
        max_length=120,
        help_text=_("Stands beside the logo on every page. For example: Model Revitalisation of Cities."),
    )
    owner_name = models.CharField(
        _("institution"),
        max_length=200,
        blank=True,
        help_text=_("Who runs the site. For example: Ministry of Funds and Regional Policy."),
    )

    panels = [
        FieldPanel("site_name"),
        FieldPanel("owner_name"),
        InlinePanel("links", heading=_("Main menu"), label=_("Link")),
    ]

    class Meta(OnePerLocale.Meta):
        verbose_name = _("header and main menu")
        verbose_name_plural = _("headers and main menus")

    def __str__(self):
        return self.site_name


class HeaderLink(MenuLink):
    header = ParentalKey(Header, on_delete=models.CASCADE, related_name="links")

    class Meta(MenuLink.Meta):
        verbose_name = _("link of the main menu")


@register_snippet
class Footer(OnePerLocale):
    """The foot of every page: how to reach the institution, and links."""

    heading = models.CharField(_("heading"), max_length=120, help_text=_("Heads the address. For example: Contact."))
    address = RichTextField(
        _("address"),
        blank=True,
        features=["bold", "link"],
        help_text=_("Institution, street, postal code and city, as on a letter."),
    )
    email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("A box that somebody reads every day. For example: office@example.org")
    )

    panels = [
        FieldPanel("heading"),
        FieldPanel("address"),
        FieldPanel("email"),
        InlinePanel("links", heading=_("Links"), label=_("Link")),
    ]

    class Meta(OnePerLocale.Meta):
        verbose_name = _("footer")
        verbose_name_plural = _("footers")

    def __str__(self):
        return self.heading


class FooterLink(MenuLink):
    footer = ParentalKey(Footer, on_delete=models.CASCADE, related_name="links")

    class Meta(MenuLink.Meta):
        verbose_name = _("link of the footer")
