"""Addresses below ``/-/docx/``."""

from django.urls import re_path

from . import downloads

app_name = "docx"
urlpatterns = [
    # The name is for the reader's folder; the number says which page.
    re_path(r"^(?P<page_id>\d{1,18})/(?P<name>[^/\0]*)\.docx$", downloads.published, name="page"),
]
