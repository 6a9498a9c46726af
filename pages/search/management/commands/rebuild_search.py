"""``manage.py rebuild_search``: make the index of readers' search anew."""

import time

from django.core.management.base import BaseCommand

from pages.search import indexing

LINE_EVERY_SECONDS = 2


class Command(BaseCommand):
    help = "Makes the index of the search for readers anew. The site can be searched meanwhile."

    def handle(self, *args, verbosity=1, **options):
        told, count = time.monotonic(), 0
        for done, count in indexing.rebuild():
            if verbosity and time.monotonic() - told > LINE_EVERY_SECONDS:
                told = time.monotonic()
                self.stdout.write(f"{done} of {count}")
        self.stdout.write(f"Pages and documents in the index: {count}.")
