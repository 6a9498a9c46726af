"""The ``demo`` command: load the demo site and serve it."""

import logging
import os
import socket
import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Site

from site_project.demo import accounts, loading, words

ADDRESS = "127.0.0.1"


class Command(BaseCommand):
    help = "Load the demo site into the configured database and serve it on 127.0.0.1."

    def add_arguments(self, parser):
        port = os.environ.get("PORT") or 8000
        parser.add_argument("--port", type=int, default=port, help="the port to serve on (default: PORT, else 8000)")
        parser.add_argument("--no-serve", action="store_true", help="load only")
        parser.add_argument(
            "--force-in-production",
            action="store_true",
            help="load even where DEBUG is off; accounts are then left out unless --with-accounts is given",
        )
        parser.add_argument(
            "--with-accounts", action="store_true", help="make the demo accounts even where DEBUG is off"
        )

    def handle(self, **options):
        with translation.override(_language_of_the_terminal()):
            self._run(**options)

    def _run(self, *, port, no_serve, force_in_production, with_accounts, **options):
        serves = settings.DEBUG and not no_serve
        with_accounts = with_accounts or settings.DEBUG
        self._refuse_production(force_in_production)
        if serves:
            _refuse_busy_port(port)
        self._load(with_accounts)
        _point_site_at(port)
        self._tell(port, with_accounts)
        if serves:
            self._serve(port)

    def _refuse_production(self, forced):
        if not settings.DEBUG and not forced:
            raise CommandError(
                _(
                    "These settings are not for development (DEBUG is off), so the demo is not loaded: it would put "
                    "invented pages on a real site, and its accounts have a password that everybody knows. If you "
                    "mean it, add --force-in-production."
                )
            )

    def _load(self, with_accounts):
        # Hundreds of lines about single pages and tasks would hide the progress.
        for name in ("wagtail", "django_tasks"):
            logging.getLogger(name).setLevel(logging.WARNING)
        self._say(_("database tables"))
        call_command("migrate", interactive=False, verbosity=0)
        try:
            done = loading.load(self._say, with_accounts)
        except loading.NotEmpty as error:
            raise CommandError(str(error)) from error
        if not done:
            self._say(_("the demo is loaded already; nothing was changed"))

    def _say(self, line):
        self.stdout.write(f"  demo: {line}")
        self.stdout.flush()

    def _tell(self, port, with_accounts):
        base = f"http://{ADDRESS}:{port}"
        self.stdout.write("\n" + _("The site:"))
        for language in words.plan()["languages"]:
            self.stdout.write(f"  {base}/{language}/")
        self.stdout.write(_("Where editors work:") + f"\n  {base}/admin/")
        if with_accounts:
            names = ", ".join(name for name, _group, _language in accounts.ACCOUNTS)
            self.stdout.write(_("Accounts: %(names)s") % {"names": names})
            self.stdout.write(
                _("Password of each, unless it has been changed: %(password)s") % {"password": accounts.PASSWORD}
            )
        self.stdout.flush()

    def _serve(self, port):
        self.stdout.write("\n" + _("Serving; Ctrl+C stops it.") + "\n")
        self.stdout.flush()
        # DEBUG is off, so that visitors meet the site's own error pages; --insecure serves static files then.
        environment = {**os.environ, "DEBUG": "0", "WAGTAILADMIN_BASE_URL": f"http://{ADDRESS}:{port}"}
        command = [sys.executable, sys.argv[0], "runserver", "--noreload", "--insecure", f"{ADDRESS}:{port}"]
        os.execve(sys.executable, command, environment)  # noqa: S606 -- our own program


def _language_of_the_terminal():
    """Return the language that the terminal's locale asks for, if we speak it, else English.

    The site's own is for its readers: whoever types the command may not be one of them.
    """
    wanted = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    code = wanted.partition(".")[0].partition("_")[0]
    return code if code in dict(settings.WAGTAILADMIN_PERMITTED_LANGUAGES) else "en"


def _refuse_busy_port(port):
    with socket.socket() as probe:
        # As the server does it: a port that was closed a moment ago is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except (OSError, OverflowError) as error:
            raise CommandError(
                _(
                    "Port %(port)s cannot be used (%(error)s). Try another: PORT=8001 make demo, or "
                    "manage.py demo --port 8001."
                )
                % {"port": port, "error": error}
            ) from error


def _point_site_at(port):
    """Make full addresses right for this port, unless an editor gave the site a name of its own."""
    Site.objects.filter(is_default_site=True, hostname__in=["localhost", ADDRESS]).exclude(
        hostname=ADDRESS, port=port
    ).update(hostname=ADDRESS, port=port)
    Site.clear_site_root_paths_cache()
