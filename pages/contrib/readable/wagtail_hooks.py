"""Where the room meets the site: who is told that a document can be read, and what editors see of it."""

from django.urls import path, reverse
from wagtail import hooks

from pages.attached_texts import AttachedText

from . import listing, uploading
from .models import Reading, State


@hooks.register("find_text_address")
def address(document):
    return reverse("readable:page", args=[document.pk]) if document.has_text_page else ""


@hooks.register("find_attached_text")
def text(document):
    reading = Reading.objects.filter(document=document, checksum=document.checksum, state=State.READ).first()
    if reading is None:
        return None
    return AttachedText([words for _level, _id, words in reading.headings], reading.text.split("\n"))


# Before Wagtail's own, whose addresses these views take over.
@hooks.register("register_admin_urls", order=-1)
def addresses_that_tell():
    return [
        path("documents/", listing.Documents.as_view(), name="readable_documents"),
        path("documents/results/", listing.Documents.as_view(results_only=True), name="readable_documents_results"),
        path("documents/multiple/add/", uploading.AddDocuments.as_view(), name="readable_add_documents"),
    ]
