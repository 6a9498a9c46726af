"""``manage.py check_links``: the links within the site, and with ``--external`` those to other sites that are due."""

from django.core.management.base import BaseCommand, CommandError

from pages.contrib.link_checker import keeping, rounds
from pages.contrib.link_checker.models import Link

REASONS = {
    "off": "Other sites are not asked: an administrator can switch it on in Settings, Link checker.",
    "busy": "Another process is asking other sites at this moment.",
    "time": "The round took its time; the rest is asked in the next one.",
}


class Command(BaseCommand):
    help = "Check the links of everything published. A run that was stopped goes on where it was."

    def add_arguments(self, parser):
        parser.add_argument("--external", action="store_true", help="ask other sites too, if that is switched on")
        parser.add_argument("--limit", type=int, help="look at so many pages, and ask so many addresses, at most")

    def handle(self, *args, external, limit, **options):
        if limit is not None and limit < 1:
            raise CommandError("--limit is a number of pages: 1 or more.")
        pages = keeping.sweep(tell=lambda done: self._say(options, f"{done} pages"), most=limit)
        self.stdout.write(f"Looked at {pages} pages; {Link.objects.exclude(problem='').count()} links are broken.")
        if external:
            self._ask_others(limit or rounds.MOST_PER_ROUND, options)

    def _ask_others(self, most, options):
        outcome = rounds.ask_due(rounds.visitor(), most, tell=lambda address: self._say(options, address.url))
        if outcome.reason == "no network":
            raise CommandError("No site answers at all: this server seems to have no way out. Nothing was recorded.")
        if outcome.reason:
            self.stdout.write(REASONS[outcome.reason])
        broken = Link.objects.filter(address__state="broken").count()
        self.stdout.write(f"Asked {outcome.asked} addresses; {broken} links to other sites are broken.")

    def _say(self, options, words):
        if options["verbosity"] > 1:
            self.stdout.write(words)
