import pytest
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from pages.contrib.translation.segments import segments_of
from tests.site_tree import SiteTree


class Desk(SiteTree):
    """A site whose Polish pages are to be translated into English."""

    def __init__(self):
        super().__init__()
        self.english = Locale.objects.get_or_create(language_code="en")[0]

    def send(self, page, locale=None) -> Translation:
        """Begin a translation of what the page says now, as "Translate this page" does."""
        source, _created = TranslationSource.update_or_create_from_instance(page)
        translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale or self.english)
        translation.save_target(publish=False)
        return translation

    def send_snippet(self, snippet, locale=None) -> Translation:
        """Begin a translation of a snippet that has no drafts."""
        source, _created = TranslationSource.update_or_create_from_instance(snippet)
        return Translation.objects.get_or_create(source=source, target_locale=locale or self.english)[0]

    def change(self, page, **fields):
        """Change and publish a page, and bring its source up to date."""
        for name, value in fields.items():
            setattr(page, name, value)
        page.save_revision().publish()
        page = type(page).objects.get(pk=page.pk)
        TranslationSource.update_or_create_from_instance(page)
        return page


def by_path(translation, path):
    """Return the first segment at a path such as ``title``."""
    return next(segment for segment in segments_of(translation) if segment.path == path)


@pytest.fixture
def desk(db):
    return Desk()
