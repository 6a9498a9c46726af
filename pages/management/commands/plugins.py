"""Tell which plugins are on, off, left out or gone, what they offer and what uses them; purge one."""

import json
from dataclasses import asdict

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from pages import plugin_report, plugins


class Command(BaseCommand):
    help = __doc__
    # What is wrong with a plugin is told below, and only once.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("action", nargs="?", choices=["list", "purge"], default="list")
        parser.add_argument("label", nargs="?", help="The plugin to purge.")
        parser.add_argument("--used", metavar="NAME", help="Tell what uses this plugin, with addresses.")
        parser.add_argument("--json", action="store_true", help="Tell it as JSON.")

    def handle(self, action, label, used, **options):
        if action == "purge":
            self.purge(label)
        elif used:
            self.tell_use(used, options["json"])
        else:
            self.list(options["json"])

    def list(self, as_json):
        reports = plugin_report.reports()
        if as_json:
            self._write_json({"socket": str(plugins.SOCKET_VERSION), "plugins": [asdict(report) for report in reports]})
            return
        used = plugin_report.used_blocks()
        for report in reports:
            self._tell(report, used.get(report.label, []))
        if not reports:
            self.stdout.write("No plugin is installed.")

    def _tell(self, report, places):
        self.stdout.write(f"{report.label}  {report.state}  {_origin(report)}".rstrip())
        for problem in report.problems:
            self.stdout.write(f"    {problem}")
        if report.requires_socket:
            self.stdout.write(f"    fits socket: {report.requires_socket} (this site has {plugins.SOCKET_VERSION})")
        if report.requires_plugins:
            self.stdout.write(f"    requires: {', '.join(report.requires_plugins)}")
        for kind, names in report.offers.items():
            self.stdout.write(f"    {kind}: {', '.join(names)}")
        if places:
            self.stdout.write(f"    used on {len(places)} pages: {', '.join(str(place.id) for place in places)}")

    def tell_use(self, label, as_json):
        use = plugin_report.use_of(label)
        if not use and label not in {report.label for report in plugin_report.reports()}:
            raise CommandError(f"No plugin is called {label!r}, and nothing stored is of such a plugin.")
        if as_json:
            self._write_json({"plugin": label, **asdict(use)})
            return
        if not use:
            self.stdout.write(f"Nothing uses {label}.")
        for place in use.places:
            self._tell_place(place, ", ".join(f"{name} × {number}" for name, number in place.blocks.items()))
        for name, pages in use.pages.items():
            self.stdout.write(f"page type {name}: {len(pages)}")
            for page in pages:
                self._tell_place(page)
        for model, number in use.rows.items():
            self.stdout.write(f"rows of {model}: {number}")

    def _tell_place(self, place, note=""):
        words = [
            f"  {place.id}",
            place.title,
            note,
            place.url or place.edit_url,
            "" if place.is_live else "not published",
        ]
        self.stdout.write("  ".join(word for word in words if word))

    def _write_json(self, told):
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))

    def purge(self, label):
        entry_point = plugins.installed_plugins().get(label)
        if entry_point is None:
            raise CommandError(f"{label!r} is not installed. Install it, then purge it: its own code knows its tables.")
        if places := plugin_report.used_blocks().get(label):
            numbers = ", ".join(str(place.id) for place in places)
            self.stdout.write(f"{len(places)} pages keep blocks of {label}; they stay stored and unseen: {numbers}")
        with transaction.atomic():
            for model in plugin_report.page_types(label):
                for page in model.objects.all():
                    page.delete()
        call_command("migrate", label, "zero", interactive=False, verbosity=0)
        call_command("remove_stale_contenttypes", include_stale_apps=True, interactive=False, verbosity=0)
        next_step = (
            f"Now uninstall {entry_point.dist.name}." if entry_point.dist else "Now leave it out of SITE_PLUGINS."
        )
        self.stdout.write(f"Pages and tables of {label} are deleted. {next_step}")


def _origin(report):
    if report.state == "gone":
        return f"Its tables remain. Install it again and run: manage.py plugins purge {report.label}"
    return f"{report.distribution} {report.version}" if report.distribution else "part of the product"
