"""Switched off, the room leaves no trace."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
LOOK = """
import django; django.setup()
from django.core.management import get_commands
from django.urls import NoReverseMatch, reverse
from wagtail.signals import page_published
from pages.contrib.api.contract import empty
assert "send_webhooks" not in get_commands()
assert "webhooks" not in empty().get_openapi_schema(path_prefix="")
assert not any("webhooks" in str(one[0][0]) for one in page_published.receivers)
try:
    reverse("webhook_receivers:index")
except NoReverseMatch:
    print("no trace")
"""


def test_a_site_without_the_room_neither_sends_nor_announces(tmp_path):
    environment = {
        **os.environ,
        "SITE_PLUGINS": "api",
        "DJANGO_SETTINGS_MODULE": "site_project.settings.test",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'none.sqlite3'}",
    }
    done = subprocess.run([sys.executable, "-c", LOOK], cwd=ROOT, env=environment, capture_output=True, text=True)

    assert done.stdout.strip() == "no trace", done.stderr[-2000:]
