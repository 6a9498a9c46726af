"""A public server: every secret and every host comes from the environment."""

import os

from django.core.exceptions import ImproperlyConfigured

from . import environment

_values = environment.required(
    {
        "SECRET_KEY": "at least 50 random characters",
        "ALLOWED_HOSTS": "the host names of the site, separated by commas",
        "DATABASE_URL": "postgres://… or sqlite:////folder/rynek.sqlite3",
        "WAGTAILADMIN_BASE_URL": "the https address of the site, used in e-mails to editors",
        "DEFAULT_FROM_EMAIL": "the sender of e-mails",
    }
)

from .base import *  # noqa: E402, F403
from .base import MIDDLEWARE, STORAGES  # noqa: E402
from .mail import mail_settings  # noqa: E402

DEBUG = False
SECRET_KEY = _values["SECRET_KEY"]
# A new key with the old one here keeps sessions and links alive while keys are changed.
SECRET_KEY_FALLBACKS = environment.words(os.environ.get("SECRET_KEY_FALLBACKS", ""))
ALLOWED_HOSTS = environment.words(_values["ALLOWED_HOSTS"])
WAGTAILADMIN_BASE_URL = _values["WAGTAILADMIN_BASE_URL"].rstrip("/")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = WAGTAILADMIN_NOTIFICATION_FROM_EMAIL = _values["DEFAULT_FROM_EMAIL"]

if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS should name the hosts of the site; '*' would answer to every name.")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5:
    raise ImproperlyConfigured("SECRET_KEY should be at least 50 random characters.")
if not WAGTAILADMIN_BASE_URL.startswith("https://"):
    raise ImproperlyConfigured("WAGTAILADMIN_BASE_URL should begin with https://.")

# Proxies between the reader and this process. They must set X-Forwarded-Proto and
# X-Forwarded-For themselves; with 0 both headers are ignored.
TRUSTED_PROXIES = environment.number("TRUSTED_PROXIES", 1)
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True

# A browser takes a __Host- cookie only over TLS, from this host and for the whole host.
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
LANGUAGE_COOKIE_NAME = "__Host-language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True

MIDDLEWARE = list(MIDDLEWARE)
MIDDLEWARE.insert(
    MIDDLEWARE.index("django.middleware.security.SecurityMiddleware") + 1,
    "whitenoise.middleware.WhiteNoiseMiddleware",
)
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

globals().update(
    mail_settings(
        host=os.environ.get("EMAIL_HOST", "localhost"),
        port=environment.number("EMAIL_PORT", 25),
        username=os.environ.get("EMAIL_HOST_USER", ""),
        password=os.environ.get("EMAIL_HOST_PASSWORD", ""),
        use_tls=environment.switch("EMAIL_USE_TLS", default=False),
        use_ssl=environment.switch("EMAIL_USE_SSL", default=False),
        # A mail server that does not answer must not hold a writer's turn for long.
        timeout=10,
    )
)
