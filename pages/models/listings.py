"""What lists of pages have in common: pages of twenty entries, with a stable order."""

from django.core.paginator import Paginator

from .base import BasePage, editing_tabs

ENTRIES_ON_A_PAGE = 20


class ListingPage(BasePage):
    """A page that lists its children; ``entries()`` says which and in what order."""

    edit_handler = editing_tabs(
        content=[*BasePage.opening_panels],
        attachments=[*BasePage.attachment_panels],
        publication=BasePage.publication_panels,
    )
    parent_page_types = ["pages.HomePage"]

    class Meta:
        abstract = True

    def entries(self):
        raise NotImplementedError

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        paginator = Paginator(self.entries(), ENTRIES_ON_A_PAGE)
        # A number out of range is answered with the nearest page, never with an error.
        context["entries"] = paginator.get_page(request.GET.get("page"))
        return context
