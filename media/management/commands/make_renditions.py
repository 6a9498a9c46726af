"""Make the renditions that are still missing."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from media import renditions
from media.models import SiteImage


class Command(BaseCommand):
    help = _("Make every size and format of every image that is still missing.")

    def handle(self, *args, **options):
        made, total = 0, SiteImage.objects.count()
        for number, image in enumerate(SiteImage.objects.order_by("pk").iterator(chunk_size=100), start=1):
            made += renditions.make(image)
            self.stdout.write(f"\r{number}/{total} ", ending="")
            self.stdout.flush()
        message = ngettext("%(count)d rendition made.", "%(count)d renditions made.", made)
        self.stdout.write(message % {"count": made})
