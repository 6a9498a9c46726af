"""The site's search page: published pages in the reader's language, and public documents."""

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe
from wagtail.documents import get_document_model
from wagtail.models import Locale, Page

from .search_words import clean

RESULTS_PER_PAGE = 10
MAX_DOCUMENTS = 10


@require_safe
def search(request: HttpRequest) -> TemplateResponse:
    """Show ``search/results.html``.

    Its context: ``query`` as it was cleaned, ``results`` (a paginator page of specific
    pages), ``total`` (how many pages were found) and ``documents``.
    """
    query = clean(request.GET.get("q", ""))
    results = found_pages(query, request.GET.get("page"))
    context = {
        "query": query,
        "results": results,
        "total": results.paginator.count,
        "documents": found_documents(query),
    }
    return TemplateResponse(request, "search/results.html", context)


def found_pages(query: str, number: str | int | None) -> PaginatorPage:
    """Return one paginator page of what readers may open; a wrong number means the nearest one."""
    if not query:
        return Paginator(Page.objects.none(), RESULTS_PER_PAGE).get_page(1)
    published = Page.objects.live().public().filter(locale=Locale.get_active(), depth__gt=1)
    return Paginator(published.specific().search(query), RESULTS_PER_PAGE).get_page(number)


def found_documents(query: str) -> list:
    """Return public documents with all words of ``query`` in their titles."""
    if not query:
        return []
    return list(get_document_model().objects.public().search(query, fields=["title"])[:MAX_DOCUMENTS])
