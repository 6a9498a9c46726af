"""Draw the pictures that stand beside shared links."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pages import share_picture_files


class Command(BaseCommand):
    help = _("Draw the share picture of every published page anew, as after a change of colours or logo.")

    def handle(self, *args, **options):
        drawn = sum(map(share_picture_files.make, share_picture_files.published_pages()))
        message = ngettext("%(count)d share picture changed.", "%(count)d share pictures changed.", drawn)
        self.stdout.write(message % {"count": drawn})
