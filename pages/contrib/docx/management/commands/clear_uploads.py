"""``manage.py clear_uploads``: forget Word files that nobody decided about, and what killed imports have left."""

import datetime

from django.core.management.base import BaseCommand

from pages.contrib.docx.models import FinishedImport, ReturnedFile, WaitingFile
from pages.interchange.unfinished import PATIENCE, clear_unfinished


class Command(BaseCommand):
    help = "Delete uploaded Word files that are older than a day, and pictures that killed imports have left. Daily."

    def add_arguments(self, parser):
        parser.add_argument(
            "--minutes",
            type=int,
            default=PATIENCE // datetime.timedelta(minutes=1),
            help="how long ago a picture was written that no page has (default: 60)",
        )

    def handle(self, **options):
        files = sum(
            model.objects.forgotten().delete()[1].get(model._meta.label, 0)
            for model in (WaitingFile, ReturnedFile, FinishedImport)
        )
        pictures = clear_unfinished(datetime.timedelta(minutes=options["minutes"]))
        self.stdout.write(f"{files} uploaded files and {pictures} pictures without a page were deleted.")
