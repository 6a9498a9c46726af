"""Addresses below ``/-/download/``."""

from django.urls import re_path

from . import downloads

urlpatterns = [
    # The name is for the reader's folder; the number says which page.
    re_path(r"^(?P<page_id>\d{1,18})/(?P<name>[^/\0]*)\.(?P<suffix>[a-z0-9]+)$", downloads.published, name="page_file"),
]
