"""``manage.py read_documents``: make the pages of documents that were uploaded before, or all anew."""

from django.core.management.base import BaseCommand

from media.models import SiteDocument
from pages.contrib.readable import listening, readings
from pages.contrib.readable.models import State
from pages.search import indexing


class Command(BaseCommand):
    help = "Makes a readable page of each document that has none yet, and puts its words into the search."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="make every page anew, after an update of the site")

    def handle(self, *, all, verbosity, **options):
        read = refused = left = 0
        for pk in SiteDocument.objects.order_by("pk").values_list("pk", flat=True):
            document = SiteDocument.objects.filter(pk=pk).first()
            if document is None or not readings.can_be_read(document) or (not all and listening.is_read(document)):
                left += 1
                continue
            reading = readings.read(document)
            if reading and reading.state == State.READ:
                indexing.put_document(pk)
                read += 1
            else:
                refused += 1
            if verbosity > 1:
                self.stdout.write(f"{pk} {document.filename}: {reading.state} {reading.reason}".rstrip())
        self.stdout.write(f"{read} documents can be read, {refused} could not be read, {left} left as they are.")
