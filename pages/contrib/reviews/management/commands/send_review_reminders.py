"""``manage.py send_review_reminders``: one letter for each person whose pages are due; to be run once a day."""

from django.core.management.base import BaseCommand, CommandError

from pages.contrib.reviews.reminders import send_reminders


class Command(BaseCommand):
    help = "Remind people by e-mail of pages that are to be reviewed."

    def handle(self, *args, **options):
        report = send_reminders()
        self.stdout.write(f"Sent {report.sent} letters about {report.pages} pages.")
        for page in report.orphans:
            self.stdout.write(f"Nobody is responsible for page {page.pk}, {page.title}.")
        if report.failed:
            raise CommandError(f"{report.failed} letters could not be sent; they are tried again the next time.")
