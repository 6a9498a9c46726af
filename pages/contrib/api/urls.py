"""Addresses below ``/api/v1/``."""

from .contract import build

app_name = "api"
urlpatterns = build().patterns
