"""``manage.py send_translation_digest``: one letter for each translator with what is new or due; to be run once a day."""

from django.core.management.base import BaseCommand, CommandError

from pages.contrib.translation.digest import send_digest


class Command(BaseCommand):
    help = "Tell translators by e-mail what they are asked for, and remind them of deadlines."

    def handle(self, *args, **options):
        report = send_digest()
        self.stdout.write(f"Sent {report.sent} letters about {report.requests} requests.")
        for request in report.orphans:
            self.stdout.write(f"Nobody can be told of request {request.pk}, {request}.")
        if report.failed:
            raise CommandError(f"{report.failed} letters could not be sent; they are tried again the next time.")
