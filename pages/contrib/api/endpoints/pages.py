"""Pages by address and by number."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router

from pages.endpoints import Language, Number, Told

from ..answers import answer
from ..drafts import draft_for, page_of, token_for
from ..finding import MISSING, in_language, page_at, page_by_number, redirect_from
from ..page_types import any_page, page_or_redirect
from ..telling import specific, tell

router = Router()
#: Beside `/pages/`.
previews = Router()

PageNumber = Annotated[Number, Path(description="The number of the page in any language.")]
Address = Annotated[str, Query(description="The address in any language, as a path or in full.", max_length=2000)]


class PreviewToken(Told):
    """What shows the latest draft of one page to whoever has it, for an hour."""

    token: str
    expires_at: datetime.datetime


@router.get("/by-path/", response=page_or_redirect(), summary="A page by its address", operation_id="get_page_by_path")
def by_path(
    request: HttpRequest,
    path: Address,
) -> Any:
    """Return the page at an address, or, with the type `redirect`, where an old address leads."""
    page = page_at(request, path)
    if page:
        return _page(request, page)
    if redirect := redirect_from(request, path):
        return answer(request, redirect)
    raise Http404(MISSING)


@router.get(
    "/{page_id}/",
    response={200: any_page(), 403: None},
    summary="A page by its number",
    operation_id="get_page",
    url_name="get_page",
    openapi_extra={"security": [{}]},  # only drafts need a token
)
def by_number(
    request: HttpRequest,
    page_id: PageNumber,
    language: Annotated[Language | None, Query(description="The language in which to tell it.")] = None,
    fallback: Annotated[
        bool, Query(description="If it is not published in that language, tell it as it is, marked `is_fallback`.")
    ] = False,
    version: Annotated[
        Literal["published", "draft"], Query(description="`draft` needs the token of somebody who may edit the page.")
    ] = "published",
) -> Any:
    """Return a page with everything that is needed to show it."""
    if version == "draft":
        return answer(request, tell(draft_for(request, page_id), request, is_draft=True), is_public=False)
    page, is_fallback = in_language(request, page_by_number(request, page_id), language, fallback)
    return _page(request, page, is_fallback=is_fallback)


@router.get(
    "/{page_id}/preview-token/",
    response={200: PreviewToken, 403: None},
    summary="A token to preview a draft",
    operation_id="get_preview_token",
)
def preview_token(request: HttpRequest, page_id: PageNumber) -> Any:
    """Return a token for `/preview/`. Needs the token of somebody who may edit the page."""
    token, expires_at = token_for(draft_for(request, page_id))
    return answer(request, {"token": token, "expires_at": expires_at}, is_public=False)


@previews.get("/preview/", response=any_page(), summary="A draft by a preview token", operation_id="get_preview")
def preview(request: HttpRequest, token: Annotated[str, Query(max_length=500)]) -> Any:
    """Return the latest draft of the page that a preview token was made for."""
    return answer(request, tell(page_of(token), request, is_draft=True), is_public=False)


def _page(request: HttpRequest, page: Any, *, is_fallback: bool = False) -> Any:
    said = tell(specific(page), request, is_fallback=is_fallback)
    return answer(request, said, changed_at=page.last_published_at)
