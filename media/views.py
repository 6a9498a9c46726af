"""The addresses of files: open for what a published page shows, closed for the rest."""

from pathlib import PurePosixPath

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe
from wagtail.documents.views.serve import serve as serve_wagtail_document
from wagtail.permissions import policy_registry
from wagtail.users.models import UserProfile

from media import privacy
from media.models import DocumentVersion, Rendition, SiteDocument, SiteImage

# Long enough to spare requests, short enough that a picture taken down is soon gone from caches.
PUBLIC_SECONDS = 3600
MIME_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
UNKNOWN_TYPE = "application/octet-stream"


@require_safe
def serve_file(request, path):
    """Serve a picture from the upload folder; 404 for whoever may not see it, as if it were not there.

    Only names that stand in the database are ever looked for on the disk, so no path leads out of the folder.
    """
    if "\0" in path:  # PostgreSQL cannot even be asked for it.
        raise Http404("No such file.")
    rendition = _rendition(path)
    if rendition and rendition.image.is_public:
        return respond(request, rendition.file, is_public=True)
    file = _private_file(request, path, rendition)
    if file is None:
        raise Http404("No such file.")
    return respond(request, file, is_public=False)


def _rendition(path):
    return Rendition.objects.select_related("image").filter(file=path).first()


def _private_file(request, path, rendition):
    """Return the file at ``path`` for an editor, or for a reader of a restricted page that shows it."""
    if is_editor(request.user):
        return rendition.file if rendition else _original(path) or _portrait(path)
    if rendition and privacy.may_see(request, rendition.image):
        return rendition.file
    return None


def _original(path):
    image = SiteImage.objects.filter(file=path).first()
    return image and image.file


def _portrait(path):
    profile = UserProfile.objects.filter(avatar=path).first()
    return profile and profile.avatar


def is_editor(user):
    return user.is_authenticated and user.has_perm("wagtailadmin.access_admin")


def respond(request, file, *, is_public):
    """Send a stored file, or say that the reader has it already."""
    try:
        modified, size = file.storage.get_modified_time(file.name), file.size
    except OSError as error:  # The row outlived its file, for example after a partial restore.
        raise Http404("The file is missing.") from error
    etag = quote_etag(f"{int(modified.timestamp()):x}-{size:x}")
    response = get_conditional_response(request, etag=etag, last_modified=int(modified.timestamp()))
    if response is None:
        response = FileResponse(file.storage.open(file.name), content_type=_mime_type(file.name))
        response["Content-Length"] = size
    response["ETag"] = etag
    return harden(response, is_public=is_public)


def _mime_type(name):
    return MIME_TYPES.get(PurePosixPath(name).suffix.lower(), UNKNOWN_TYPE)


def harden(response, *, is_public):
    """Keep a file from running anything, and a private one out of every cache."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'"
    if is_public:
        patch_cache_control(response, public=True, max_age=PUBLIC_SECONDS)
    else:
        response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def serve_document(request, document_id, document_filename):
    """Serve a document as Wagtail does, its hooks included, and say how long it may be kept."""
    response = serve_wagtail_document(request, document_id, document_filename)
    if response.status_code not in {200, 304}:
        return response
    # A document in a restricted collection is never public, whoever was let in.
    return harden(response, is_public=SiteDocument.objects.public().filter(pk=document_id).exists())


@require_safe
def serve_version(request, version_id):
    """Let those who may edit a document fetch a file that it held before."""
    version = get_object_or_404(DocumentVersion.objects.select_related("document__collection"), pk=version_id)
    policy = policy_registry.get_by_type(SiteDocument)
    if not policy.user_has_permission_for_instance(request.user, "change", version.document):
        raise PermissionDenied
    if not version.file.storage.exists(version.file.name):
        raise Http404("The file is missing.")
    stream = version.file.storage.open(version.file.name)
    return harden(
        FileResponse(stream, as_attachment=True, filename=version.filename, content_type=UNKNOWN_TYPE),
        is_public=False,
    )
