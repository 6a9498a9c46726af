"""Where readers come from: the pages that show a document."""

from wagtail.models import Page, ReferenceIndex

from pages.models.reading import open_to_all

MOST = 5


def pages_that_show(document) -> list[Page]:
    """Return open pages that show a document directly, the newest first."""
    page_type = ReferenceIndex._get_base_content_type(Page)
    shown_on = ReferenceIndex.get_references_to(document).filter(base_content_type=page_type)
    ids = [int(pk) for pk in shown_on.values_list("object_id", flat=True).distinct()]
    pages = Page.objects.live().filter(pk__in=ids).select_related("locale").order_by("-first_published_at")
    return list(open_to_all(pages)[:MOST])
