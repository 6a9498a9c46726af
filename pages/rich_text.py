"""Links to pages inside rich text, in the reader's language and in a small number of queries."""

from django.utils.html import escape
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

# The widest integer of a primary key has 19 digits; longer ones overflow in the database.
_MAX_ID_DIGITS = 18


class PageLinks(PageLinkHandler):
    """Write links to pages in one query, or two when some lead to another language's page.

    Wagtail's own handler takes one query for each page type and one for each translation,
    and an id that is no number, as a clumsy import may leave it, is an error 500 there.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        ids = [str(attrs.get("id", "")) for attrs in attrs_list]
        wanted = {int(id_) for id_ in ids if id_.isdecimal() and len(id_) <= _MAX_ID_DIGITS}
        pages = Page.objects.select_related("locale").in_bulk(wanted)
        shown = {str(pk): page for pk, page in _in_active_language(pages).items()}
        urls = (shown[id_].url if id_ in shown else None for id_ in ids)
        return [f'<a href="{escape(url)}">' if url else "<a>" for url in urls]


def _in_active_language(pages: dict[int, Page]) -> dict[int, Page]:
    """Return the pages with each replaced by its live translation into the active language."""
    language = get_language()
    foreign = {page.translation_key for page in pages.values() if page.locale.language_code != language}
    if not foreign:
        return pages
    live = Page.objects.live().filter(translation_key__in=foreign, locale__language_code=language)
    translations = {page.translation_key: page for page in live.select_related("locale")}
    return {pk: translations.get(page.translation_key, page) for pk, page in pages.items()}
