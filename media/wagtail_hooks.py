"""Where the library meets Wagtail's admin and its document view."""

from django.http import Http404
from django.urls import path
from wagtail import hooks

from media import choosers, privacy, views


@hooks.register("before_serve_document")
def close_unpublished_documents(document, request):
    """Answer 404 unless a published page shows the document, or the reader edits the site."""
    if document.is_public or views.is_editor(request.user):
        return
    # A collection with rules of its own says who may read; Wagtail asks for the password or the group.
    if document.collection.get_view_restrictions() or privacy.may_see(request, document):
        return
    raise Http404("No such document.")


# After Wagtail's choosers, whose widgets ours replace in forms.
@hooks.register("register_admin_viewset", order=1)
def choosers_that_upload_many():
    return [choosers.pictures, choosers.documents]


@hooks.register("register_admin_urls")
def version_addresses():
    return [path("document-versions/<int:version_id>/", views.serve_version, name="media_document_version")]
