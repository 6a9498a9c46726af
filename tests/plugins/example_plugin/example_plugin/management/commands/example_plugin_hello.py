from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Say hello from the example plugin."

    def handle(self, **options):
        self.stdout.write("Hello from the example plugin.")
