"""``manage.py fill_translation_memory``: remember what was accepted while the memory was not listening."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from pages.contrib.translation.memory.beginning import remember_everything


class Command(BaseCommand):
    """``migrate`` does this by itself while the memory is empty."""

    help = _("Puts all accepted translations into the translation memory. To run it again does no harm.")

    def handle(self, **options):
        self.stdout.write(_("Translations remembered: %(count)s.") % {"count": remember_everything()})
