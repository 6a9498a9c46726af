"""Tell which plugins are on, dormant or gone, what they offer and where they are used; purge one."""

from django.apps import apps
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from wagtail.models import Page

from pages import plugins
from pages.body import UNAVAILABLE, BodyField


def pages_with_blocks_of(label: str) -> list[int]:
    """Return the ids of pages whose stored body holds blocks of the plugin, on, dormant or gone."""
    prefix = f"{label}_"
    found = set()
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, BodyField):
                for pk, stored in model.objects.values_list("pk", field.name).iterator():
                    types = (
                        block.value["type"] if block.block_type == UNAVAILABLE else block.block_type for block in stored
                    )
                    if any(name.startswith(prefix) for name in types):
                        found.add(pk)
    return sorted(found)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("action", nargs="?", choices=["list", "purge"], default="list")
        parser.add_argument("label", nargs="?", help="The plugin to purge.")

    def handle(self, action, label, **options):
        if action == "purge":
            self.purge(label)
        else:
            self.list()

    def list(self):
        installed = plugins.installed_plugins()
        on = {config.label: config for config in plugins.plugin_configs()}
        for label, entry_point in installed.items():
            origin = (
                f"{entry_point.dist.name} {entry_point.dist.version}" if entry_point.dist else "part of the product"
            )
            self.stdout.write(f"{label}  {'on' if label in on else 'dormant'}  {origin}")
            if label in on:
                self._list_offers(on[label])
            self._list_use(label)
        known = {config.label for config in apps.get_app_configs()}
        with_tables = {app for app, _name in MigrationRecorder(connection).applied_migrations()}
        for label in sorted(with_tables - known):
            self.stdout.write(
                f"{label}  gone  Its tables remain. Install it again and run: manage.py plugins purge {label}"
            )
            self._list_use(label)
        if not installed:
            self.stdout.write("No plugin is installed.")

    def _list_offers(self, config):
        for kind in plugins.OFFERS:
            if offered := getattr(config, kind):
                self.stdout.write(f"    {kind}: {', '.join(offered)}")

    def _list_use(self, label):
        if used := pages_with_blocks_of(label):
            self.stdout.write(f"    used on {len(used)} pages: {', '.join(map(str, used))}")

    def purge(self, label):
        entry_point = plugins.installed_plugins().get(label)
        if entry_point is None:
            raise CommandError(f"{label!r} is not installed. Install it, then purge it: its own code knows its tables.")
        if used := pages_with_blocks_of(label):
            self.stdout.write(
                f"{len(used)} pages keep blocks of {label}; they stay stored and unseen: {', '.join(map(str, used))}"
            )
        with transaction.atomic():
            for model in apps.get_app_config(label).get_models():
                if issubclass(model, Page):
                    for page in model.objects.all():
                        page.delete()
        call_command("migrate", label, "zero", interactive=False, verbosity=0)
        call_command("remove_stale_contenttypes", include_stale_apps=True, interactive=False, verbosity=0)
        next_step = (
            f"Now uninstall {entry_point.dist.name}." if entry_point.dist else "Now leave it out of SITE_PLUGINS."
        )
        self.stdout.write(f"Pages and tables of {label} are deleted. {next_step}")
