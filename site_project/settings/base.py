"""What is true of every installation: apps, languages, content rules."""

import os
import zoneinfo
from datetime import timedelta
from pathlib import Path

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from pages import plugins
from site_project import csp

from . import environment
from .databases import database
from .machine_translation import machine_translator

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = BASE_DIR / "var"

PLUGINS = plugins.discover()

INSTALLED_APPS = plugins.apps_with_plugins(
    [
        "site_project",
        "pages",
        "pages.search.apps.SearchConfig",
        "media",
        "wagtail_localize",
        "wagtail_localize.locales",
        "wagtail.contrib.redirects",
        "wagtail.contrib.search_promotions",
        "wagtail.contrib.settings",
        "wagtail.contrib.typed_table_block",
        "wagtail.embeds",
        "wagtail.sites",
        "wagtail.users",
        "wagtail.snippets",
        "wagtail.documents",
        "wagtail.images",
        # The search app of Wagtail 8 is modelsearch under its old name.
        "wagtail.search",
        "wagtail.admin",
        "wagtail",
        "modelcluster",
        "taggit",
        "rest_framework",
        "django_tasks",
        "django_tasks_db",
        "axes",
        "csp",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        # Wagtail's search on PostgreSQL wants it (postgres.E005); it is idle on SQLite.
        "django.contrib.postgres",
        "django.contrib.sessions",
        "django.contrib.messages",
        "django.contrib.staticfiles",
    ],
    PLUGINS,
)

MIDDLEWARE = [
    "site_project.health.Health",
    "site_project.unavailable.Unavailable",
    "django.middleware.security.SecurityMiddleware",
    "site_project.security_headers.SecurityHeaders",
    "site_project.robots.StayUnlisted",
    "site_project.csp.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "site_project.languages.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "site_project.redirects.RedirectMiddleware",
    # Replaces the answer to a refused login, so nothing may come between it and the view.
    "axes.middleware.AxesMiddleware",
    # The last: it calls the view itself, once all the others have let the request pass.
    "site_project.atomic_writes.AtomicWrites",
]

ROOT_URLCONF = "site_project.urls"
WSGI_APPLICATION = "site_project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                # {{ CSP_NONCE }} of an inline script.
                "csp.context_processors.nonce",
            ],
        },
    },
]

DATABASES = {"default": database(os.environ.get("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'rynek.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "pl"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("pl", "Polski"),
    ("en", "English"),
    ("uk", "Українська"),
    ("ar", "العربية"),
]
LOCALE_PATHS = [BASE_DIR / "site_project" / "locale"]
USE_I18N = WAGTAIL_I18N_ENABLED = True
USE_TZ = True
TIME_ZONE = os.environ.get("TIME_ZONE", "Europe/Warsaw")
# Without names such as "localtime", which browsers do not know.
WAGTAIL_USER_TIME_ZONES = sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone or zone == "UTC")

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "site_project" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", VAR_DIR / "media"))

WAGTAIL_SITE_NAME = "Rynek"
# For a test installation: search engines are asked to list nothing of it.
ROBOTS_NOINDEX = environment.switch("ROBOTS_NOINDEX", default=False)
# Pages of which origins may read the API in a browser ("*": of all), and how often one address may ask; 0: always.
API_ORIGINS = environment.words(os.environ.get("API_ORIGINS", "*"))
API_REQUESTS_PER_MINUTE = environment.number("API_REQUESTS_PER_MINUTE", 3000)

# Receivers inside the house, and such without TLS: for a front end beside the site, and for trying.
WEBHOOKS_ALLOW_INTERNAL = environment.switch("WEBHOOKS_ALLOW_INTERNAL", default=False)
# Wagtail's own APIs at /api/v2/ and /api/v3-preview/, for who already speaks them.
API_V2 = environment.switch("API_V2", default=False)
API_V3_PREVIEW = environment.switch("API_V3_PREVIEW", default=False)
# An e-mail or web address for /.well-known/security.txt.
SECURITY_CONTACT = os.environ.get("SECURITY_CONTACT", "").strip()
WAGTAILADMIN_BASE_URL = os.environ.get("WAGTAILADMIN_BASE_URL", "http://127.0.0.1:8000")
WAGTAILADMIN_USER_LOGIN_FORM = "site_project.login_form.LoginForm"
WAGTAILADMIN_PERMITTED_LANGUAGES = [("pl", _("Polish")), ("en", _("English")), ("uk", _("Ukrainian"))]
WAGTAILIMAGES_IMAGE_MODEL = "media.SiteImage"
WAGTAILDOCS_DOCUMENT_MODEL = "media.SiteDocument"

# media
MEGABYTE = 1024 * 1024
WAGTAILIMAGES_IMAGE_FORM_BASE = "media.forms.SiteImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = int(os.environ.get("IMAGE_MAX_MEGABYTES", "10")) * MEGABYTE
# Decoding takes four bytes for each pixel: 200 MB at most.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILDOCS_DOCUMENT_FORM_BASE = "pages.document_form.DocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = int(os.environ.get("DOCUMENT_MAX_MEGABYTES", "10")) * MEGABYTE
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "odt", "xlsx", "ods", "pptx", "odp", "csv", "txt"]
# Written out, since a slim machine has no list of types of its own.
WAGTAILDOCS_CONTENT_TYPES = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# A file is served only after it was asked whether this reader may see it.
WAGTAILDOCS_SERVE_METHOD = "serve_view"

# A submitted page would otherwise go live in the source language at once.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

# Who may come in. See site_project/lockout.py for what a refused visitor sees.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "site_project.lockout.refuse"
AXES_CLIENT_IP_CALLABLE = "site_project.client_address.client_address"
AXES_RESET_ON_SUCCESS = True
# Knocking at a locked door must not keep it locked for ever.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
TRUSTED_PROXIES = 0
# One door for everybody: readers of restricted pages log in where editors do.
LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = reverse_lazy("wagtailadmin_login")
LOGIN_REDIRECT_URL = reverse_lazy("wagtailadmin_home")

# A working day, then the editor logs in again.
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60

# What a browser may do with our pages.
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": csp.PUBLIC}
# Nothing of ours tells a third party who edits here.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILAPI_DOCS_ENABLED = False

# A long page with many blocks is a form with thousands of fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "pages.search_backend"}}
# Editors see what readers look for; nobody sees who.
SEARCHES_ARE_COUNTED = environment.switch("COUNT_SEARCHES", default=True)

# "database" queues the work for `manage.py db_worker`; otherwise it is done within the request.
TASKS = {
    "default": {
        "BACKEND": {
            "immediate": "django_tasks.backends.immediate.ImmediateBackend",
            "database": "django_tasks_db.DatabaseBackend",
        }[os.environ.get("TASKS_BACKEND", "immediate")]
    }
}

# Without the translators' desk Localize would take a machine's words for accepted ones.
if any(plugin.label == "translation" for plugin in PLUGINS):
    WAGTAILLOCALIZE_MACHINE_TRANSLATOR = machine_translator()

# /readyz says no below it, so that a full disk is noticed before an upload fails.
MINIMUM_FREE_BYTES = environment.number("MINIMUM_FREE_MEGABYTES", 200) * 1024 * 1024

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("LOG_LEVEL", "INFO").upper()},
    "loggers": {
        # Its own handlers mail administrators; the root logger writes the line once.
        "django": {"handlers": [], "propagate": True},
        # Lockouts and failed tasks are warnings; the rest is chatter about each login and each task.
        "axes": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        # gunicorn warns of the body that Django builds for each HEAD request.
        "gunicorn.http.wsgi": {"level": "ERROR"},
        "django.server": {"handlers": ["stderr"], "propagate": False},
    },
}
