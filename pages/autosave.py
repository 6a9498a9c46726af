"""A new page that an autosave has made already is edited, not made again."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from wagtail.admin.utils import set_query_params
from wagtail.admin.views.pages.edit import EditView

from .models.open_forms import open_form


def go_on(request: HttpRequest) -> HttpResponse | None:
    """Return the answer of the page's edit view if the sent form of a new page made one before, else None."""
    known = open_form(request.POST, request.user) if request.method == "POST" else None
    if known is None:
        return None
    response = EditView.as_view()(request, known.page_id)
    return _with_addresses(response, known.page_id) if isinstance(response, JsonResponse) else response


def _with_addresses(response: JsonResponse, page_id: int) -> JsonResponse:
    """Tell the form where its page is edited, as the answer that got lost did."""
    answer = json.loads(response.content)
    if answer.get("success"):
        url = reverse("wagtailadmin_pages:edit", args=[page_id])
        answer |= {"url": url, "hydrate_url": set_query_params(url, {"_w_hydrate_create_view": "1"})}
    return JsonResponse(answer, status=response.status_code)
