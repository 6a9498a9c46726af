"""The search page of a language."""

from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from media.renditions import prefetch_renditions
from pages.formats import direction

from . import hits
from .finding import RESULTS_ON_A_PAGE, Elsewhere, Option, facets_of, find


@require_safe
def search(request: HttpRequest) -> TemplateResponse:
    """Show ``search/results.html``.

    Its context: ``found`` (see ``pages.search.finding``), ``entries`` for the pager, ``facets``
    as groups of a form, ``elsewhere`` as links.
    """
    asked, page = request.GET.get("q", ""), request.GET.get("page", "1")
    found = find(asked, get_language() or "", facets_of(request.GET.dict()), page, request)
    prefetch_renditions([getattr(result.source, "lead_image", None) for result in found.results])
    if found.page == 1:
        hits.note(found.query)
    numbers = Paginator(range(found.pages * RESULTS_ON_A_PAGE), RESULTS_ON_A_PAGE)
    facets = [_facet(name, options) for name, options in found.facets.items()]
    context = {
        "found": found,
        "query": found.query,
        "entries": numbers.get_page(found.page),
        "facets": facets,
        "chosen": sum(facet["is_chosen"] for facet in facets),
        "elsewhere": [_elsewhere(one, found.query) for one in found.elsewhere],
    }
    return TemplateResponse(request, "search/results.html", context)


def _facet(name: str, options: list[Option]) -> dict:
    labels = {"kind": _("Kind"), "year": _("Year"), "programme": _("Programme")}
    return {"name": name, "label": labels[name], "options": options, "is_chosen": any(o.is_chosen for o in options)}


def _elsewhere(one: Elsewhere, query: str) -> dict:
    code = one.language
    with override(code):
        href = f"{reverse('search')}?{urlencode({'q': query})}"
    name = dict(settings.LANGUAGES)[code]
    return {"code": code, "name": name, "direction": direction(code), "count": one.count, "href": href}
