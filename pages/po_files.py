"""Upload of a translator's PO file: what cannot be read is refused with a sentence, and nothing is changed."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail_localize.views import edit_translation


def upload_po_file(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Let Localize take the file; a file it stumbles over, such as one without its header, is refused."""
    try:
        with transaction.atomic():
            return edit_translation.upload_pofile(request, translation_id)
    except (LookupError, ValueError):
        messages.error(
            request,
            _("This is not a PO file of this translation. Download the file here, fill it in and upload it again."),
        )
        return redirect(get_valid_next_url_from_request(request) or reverse("wagtailadmin_home"))


def admin_addresses():
    """Return the pattern for Localize's own address; it must stand before Localize's."""
    return [path("localize/translate/<int:translation_id>/pofile/upload/", upload_po_file)]
