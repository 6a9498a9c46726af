"""A developer's machine and the demo: errors are shown, nothing is secret."""

import os

from .base import *  # noqa: F403
from .base import VAR_DIR

# The demo is served with DEBUG=0: its visitors meet the site's own error pages.
DEBUG = os.environ.get("DEBUG", "1") == "1"
SECRET_KEY = "only for development: production takes its own from the environment"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
EMAIL_BACKEND = os.environ.get("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")

VAR_DIR.mkdir(exist_ok=True)
