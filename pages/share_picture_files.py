"""Share pictures as files: drawn when a page is published, shown while it is public, gone when it goes."""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django_tasks import default_task_backend, task
from wagtail.models import Page
from wagtail.signals import page_published

from media.views import is_editor, respond

from .models import BasePage, Header, SharePicture, SiteSettings
from .models.reading import open_to_all
from .share_pictures import as_jpeg

FOLDER = "share"


def make(page: Page) -> bool:
    """Draw the share picture of a published page and return whether it differs from the one before."""
    content = as_jpeg(page)
    # A new picture has a new address: networks keep what they have once seen.
    name = f"{FOLDER}/{page.pk}-{hashlib.sha256(content).hexdigest()[:16]}.jpg"
    before = SharePicture.objects.filter(page_id=page.pk).first()
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(content))
    if before and before.file.name == name:
        return False
    SharePicture.objects.update_or_create(page_id=page.pk, defaults={"file": name})
    if before:
        _remove_later(before.file.name)
    return True


def published_pages():
    """Return the published pages of our types, whose share pictures are to be made."""
    return (page for page in Page.objects.live().specific().iterator(chunk_size=100) if isinstance(page, BasePage))


@task()
def make_share_picture(page_id: int) -> None:
    """Draw the share picture of one page; it may be gone or withdrawn by the time a worker comes to it."""
    page = Page.objects.live().filter(pk=page_id).specific().first()
    if isinstance(page, BasePage):
        make(page)


@task()
def make_all_share_pictures() -> None:
    """Draw them all anew, as after a change of the institution's colours."""
    for page in published_pages():
        make(page)


@require_safe
def share_picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve the share picture of a page that everybody may read; 404 for others, as if it were not there."""
    if "\0" in name:  # PostgreSQL cannot even be asked for it.
        raise Http404("No such file.")
    found = SharePicture.objects.filter(file=f"{FOLDER}/{name}").first()
    is_public = found and open_to_all(Page.objects.live().filter(pk=found.page_id)).exists()
    if not found or not (is_public or is_editor(request.user)):
        raise Http404("No such file.")
    return respond(request, found.file, is_public=is_public)


def connect() -> None:
    """Draw when a page is published or what all pictures show changes; remove what belongs to no page."""
    page_published.connect(_page_published, dispatch_uid="pages.share_picture_files.page")
    post_delete.connect(_removed, sender=SharePicture, dispatch_uid="pages.share_picture_files.removed")
    for model in (Header, SiteSettings):
        post_save.connect(_identity_changed, sender=model, dispatch_uid=f"pages.share_picture_files.{model.__name__}")


def _page_published(sender, instance, **kwargs):
    transaction.on_commit(lambda: make_share_picture.enqueue(instance.pk))


def _identity_changed(sender, instance, raw=False, **kwargs):
    # Without a worker it would all be drawn while the editor waits: `manage.py make_share_pictures` does it then.
    if not raw and default_task_backend.supports_defer:
        transaction.on_commit(make_all_share_pictures.enqueue)


def _removed(sender, instance, **kwargs):
    _remove_later(instance.file.name)


def _remove_later(name: str) -> None:
    """Remove a file once it is sure that no rollback will want it again."""
    transaction.on_commit(lambda: default_storage.delete(name))
