"""Wagtail's own APIs for who already speaks them, each behind a setting: ``/api/v2/`` and ``/api/v3-preview/``."""
