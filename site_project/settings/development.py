"""A developer's machine and the demo: errors are shown, nothing is secret."""

import os

from .base import *  # noqa: F403
from .base import VAR_DIR
from .mail import mail_settings

# The demo is served with DEBUG=0: its visitors meet the site's own error pages.
DEBUG = os.environ.get("DEBUG", "1") == "1"
SECRET_KEY = "only for development: production takes its own from the environment"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
globals().update(mail_settings(os.environ.get("EMAIL_BACKEND", "console")))

VAR_DIR.mkdir(exist_ok=True)
