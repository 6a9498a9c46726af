"""The test run: fast passwords, files in a folder that goes away."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .mail import mail_settings

SECRET_KEY = "only for tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
globals().update(mail_settings("locmem"))
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="rynek-tests-"))
# Written after an answer, so in the middle of another test.
SEARCHES_ARE_COUNTED = False
