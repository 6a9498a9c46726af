"""The mail server's settings in the form that the running Django reads."""

import django

#: Names of Django 5.2 and of the options that ``MAILERS`` (Django 6.1) gives to the same backend.
_EMAIL_SETTINGS = {
    "host": "EMAIL_HOST",
    "port": "EMAIL_PORT",
    "username": "EMAIL_HOST_USER",
    "password": "EMAIL_HOST_PASSWORD",
    "use_tls": "EMAIL_USE_TLS",
    "use_ssl": "EMAIL_USE_SSL",
    "timeout": "EMAIL_TIMEOUT",
}


def mail_settings(backend: str = "smtp", **options: object) -> dict[str, object]:
    """Return the settings for one of Django's mail backends: ``MAILERS``, or ``EMAIL_…`` before Django 6.1.

    ``backend`` is the name of a module in ``django.core.mail.backends`` or a whole dotted path;
    ``options`` are those of the SMTP backend. Django 6.1 warns of the old settings and refuses both.
    """
    path = backend if "." in backend else f"django.core.mail.backends.{backend}.EmailBackend"
    if django.VERSION >= (6, 1):
        return {"MAILERS": {"default": {"BACKEND": path, "OPTIONS": options}}}
    return {"EMAIL_BACKEND": path} | {_EMAIL_SETTINGS[name]: value for name, value in options.items()}
