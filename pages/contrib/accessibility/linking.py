"""The first statement that is published becomes the one that every page links to."""

from wagtail.models import Site
from wagtail.signals import page_published

from pages.models import SiteSettings

from .models import AccessibilityStatement


def connect():
    page_published.connect(link_from_every_page, sender=AccessibilityStatement)


def link_from_every_page(instance, **kwargs):
    """Put a published statement into the settings of its site, if none is there; translations are found from it."""
    for site in Site.objects.filter(root_page__in=_homes_of(instance)):
        settings = SiteSettings.for_site(site)
        if settings.statement_page_id is None:
            settings.statement_page = instance.page_ptr
            settings.save()


def _homes_of(statement):
    """The home page above a statement in every language: a site knows only that of its own."""
    return statement.get_parent().get_translations(inclusive=True)
