"""Count again everything that the translators' desk shows."""

from django.core.management.base import BaseCommand

from pages.contrib.translation.recount import recount_everything


class Command(BaseCommand):
    """For the first start with pages that are there already, and after a restored backup."""

    help = "Makes the translators' desk anew from the pages and their translations."

    def handle(self, **options):
        self.stdout.write(f"{recount_everything()} sources counted.")
