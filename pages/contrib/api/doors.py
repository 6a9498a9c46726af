"""Addresses below ``/api/``: our own, and Wagtail's."""

from django.urls import include, path

from .wagtails.doors import doors

urlpatterns = [path("v1/", include("pages.contrib.api.urls")), *doors()]
