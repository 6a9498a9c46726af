"""What the holder of a preview link gets: the newest draft, and the private files that it shows."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe
from wagtail.models import Page

from . import files, links


@require_safe
def show(request, token):
    """Show the newest draft of a page, or say that the link has ended."""
    link = links.find(token)
    if link is None:
        raise Http404
    if not link.is_open:
        return _keep_quiet(_ended(request, link))
    links.note_use(link)
    return _keep_quiet(_draft(request, link, token))


@require_safe
def picture(request, token, signature, name):
    return _keep_quiet(files.picture(_open_link(token), signature, name))


@require_safe
def document(request, token, signature, number, filename=""):
    return _keep_quiet(files.document(_open_link(token), signature, number))


def _open_link(token):
    link = links.find(token)
    if link is None or not link.is_open:
        raise Http404
    return link


def _draft(request, link, token):
    page = link.page.specific
    # A page type whose plugin has gone is a bare Page, and has no template.
    if type(page) is Page or not page.is_previewable():
        raise Http404
    draft = page.get_latest_revision_as_object()
    response = draft.make_preview_request(request, draft.default_preview_mode, {"preview_link": link})
    if response.status_code == 200 and not response.streaming:
        response.content = files.open_files(response.text, link, token)
        response.headers.pop("Content-Length", None)
    return response


def _ended(request, link) -> HttpResponse:
    with translation.override(link.page.locale.language_code):
        return render(request, "preview_links/ended.html", status=410)


def _keep_quiet(response):
    """Keep an answer out of caches and search engines, and its address out of the logs of other sites."""
    add_never_cache_headers(response)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response
