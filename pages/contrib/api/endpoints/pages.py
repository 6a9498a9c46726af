"""Pages by address and by number."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router
from pydantic import Field

from ..answers import answer
from ..finding import MISSING, in_language, page_at, page_by_number, redirect_from
from ..page_types import any_page, page_or_redirect
from ..schemas import Language
from ..telling import specific, tell

router = Router()

Number = Annotated[int, Field(ge=1, le=2**31 - 1)]


@router.get("/by-path/", response=page_or_redirect(), summary="A page by its address", operation_id="get_page_by_path")
def by_path(
    request: HttpRequest,
    path: Annotated[str, Query(description="The address in any language, as a path or in full.", max_length=2000)],
) -> Any:
    """Return the page at an address, or, with the type `redirect`, where an old address leads."""
    page = page_at(request, path)
    if page:
        return _page(request, page)
    if redirect := redirect_from(request, path):
        return answer(request, redirect)
    raise Http404(MISSING)


@router.get("/{page_id}/", response=any_page(), summary="A page by its number", operation_id="get_page")
def by_number(
    request: HttpRequest,
    page_id: Annotated[Number, Path(description="The number of the page in any language.")],
    language: Annotated[Language | None, Query(description="The language in which to tell it.")] = None,
    fallback: Annotated[
        bool, Query(description="If it is not published in that language, tell it as it is, marked `is_fallback`.")
    ] = False,
) -> Any:
    """Return a page with everything that is needed to show it."""
    page, is_fallback = in_language(request, page_by_number(request, page_id), language, fallback)
    return _page(request, page, is_fallback=is_fallback)


def _page(request: HttpRequest, page: Any, *, is_fallback: bool = False) -> Any:
    said = tell(specific(page), request, is_fallback=is_fallback)
    return answer(request, said, changed_at=page.last_published_at)
