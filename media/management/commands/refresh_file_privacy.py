"""Recompute which files readers may see."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from media import privacy


class Command(BaseCommand):
    help = _("Recompute for every image and document whether readers may see it.")

    def handle(self, *args, **options):
        changed = privacy.refresh_all()
        message = ngettext("%(count)d file changed.", "%(count)d files changed.", changed)
        self.stdout.write(message % {"count": changed})
