"""How long lists of 100,000 pages take: ``python -m tests.benchmarks.listing [--pages N] [--postgresql]``.

Makes a database of its own for the time of the run, fills it, and prints the median of some requests. Nothing here
passes or fails: the numbers stand in docs/performance.md.
"""

import argparse
import contextlib
import datetime
import os
import random
import statistics
import tempfile
import time
from pathlib import Path

DAY = datetime.timedelta(days=1)
YEARS = 20
RARE = 3


def main():
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--pages", type=int, default=100_000, help="of each kind: news, workshops")
    options.add_argument("--postgresql", type=Path, metavar="FOLDER", help="the folder of initdb and pg_ctl")
    asked = options.parse_args()
    with database(asked.postgresql) as address:
        os.environ |= {
            "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "site_project.settings.test", "LOG_LEVEL": "WARNING",
        }  # fmt: skip
        import django  # noqa: PLC0415 -- settings read the address of the database

        django.setup()
        Benchmark(asked.pages).run()


@contextlib.contextmanager
def database(programs):
    if programs:
        from tests.postgresql import temporary_postgresql  # noqa: PLC0415 -- only where it is asked for

        with temporary_postgresql(programs) as address:
            yield address
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/benchmark.sqlite3"


class Benchmark:
    """A site with two long lists, and the requests to measure."""

    def __init__(self, pages):
        from django.core.management import call_command  # noqa: PLC0415 -- needs settings
        from django.db import connection  # noqa: PLC0415 -- needs settings

        from tests.site_tree import SiteTree  # noqa: PLC0415 -- needs settings

        self.pages, self.chance, self.connection = pages, random.Random(2018), connection
        call_command("migrate", verbosity=0)
        self.site = SiteTree()

    def run(self):
        began = time.perf_counter()
        self.fill()
        with self.connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(
            f"{self.connection.vendor}: {self.pages} news, {self.pages} workshops ({time.perf_counter() - began:.0f} s)"
        )
        for name, listing in (("news", self.site.news), ("workshops", self.site.workshops)):
            self.measure(name, listing)

    # --- content ----------------------------------------------------------------------------

    def fill(self):
        from pages.models import NewsPage, Programme, Topic, WorkshopPage  # noqa: PLC0415 -- needs settings

        locale = self.site.locale
        self.topics = [Topic.objects.create(name=f"Topic {number}", locale=locale) for number in range(12)]
        self.programmes = [Programme.objects.create(name=f"Programme {number}", locale=locale) for number in range(8)]
        today = datetime.date.today()
        self.add(NewsPage, self.site.news, lambda: {"display_date": today - DAY * self.chance.randrange(365 * YEARS)})
        self.add(WorkshopPage, self.site.workshops, lambda: self.workshop(today))

    def workshop(self, today):
        starts_on = today + DAY * self.chance.randrange(-365 * YEARS, 365)
        city = f"City {self.chance.randrange(30)}"
        return {"starts_on": starts_on, "ends_on": starts_on + DAY * self.chance.randrange(3), "city": city}

    def add(self, model, parent, fields):
        from django.contrib.contenttypes.models import ContentType  # noqa: PLC0415 -- needs settings
        from wagtail.models import Page  # noqa: PLC0415 -- needs settings

        from pages.models import PageTopic  # noqa: PLC0415 -- needs settings

        kind = ContentType.objects.get_for_model(model)
        now = datetime.datetime.now(datetime.UTC)
        for begin in range(0, self.pages, 10_000):
            numbers = range(begin, min(begin + 10_000, self.pages))
            pages = Page.objects.bulk_create([self.page(parent, number, kind, now) for number in numbers], 500)
            rows = [
                model(page_ptr_id=page.pk, list_id=parent.pk, programme=self.programme(number), **fields())
                for number, page in zip(numbers, pages, strict=True)
            ]
            own = list(model._meta.local_concrete_fields)
            for first in range(0, len(rows), 500):
                # Django has no bulk_create for a model with a parent.
                model._base_manager._insert(rows[first : first + 500], fields=own, using="default", raw=True)
            topics = [
                PageTopic(page=page, topic=topic, sort_order=0, locale=self.site.locale)
                for page in pages
                for topic in self.chance.sample(self.topics[:-1], self.chance.choice((0, 1, 2)))
            ]
            PageTopic.objects.bulk_create(topics, 500)
        PageTopic.objects.bulk_create(
            [
                PageTopic(page=page, topic=self.topics[-1], sort_order=1, locale=self.site.locale)
                for page in pages[:RARE]
            ]
        )

    def page(self, parent, number, kind, now):
        from wagtail.models import Page  # noqa: PLC0415 -- needs settings

        slug = f"page-{number}"
        return Page(
            path=Page._get_path(parent.path, parent.depth + 1, number + 1), depth=parent.depth + 1, slug=slug,
            title=f"Page {number}", draft_title=f"Page {number}", url_path=f"{parent.url_path}{slug}/", live=True,
            locale=parent.locale, content_type=kind, first_published_at=now, last_published_at=now,
        )  # fmt: skip

    def programme(self, number):
        """All but the last have many entries; it has three."""
        return self.programmes[-1] if number < RARE else self.programmes[number % (len(self.programmes) - 1)]

    # --- measuring --------------------------------------------------------------------------

    def measure(self, name, listing):
        from django.core.cache import cache  # noqa: PLC0415 -- needs settings

        entries = listing.entries()
        middle = entries.order_by("day")[self.pages // 2]
        oldest = entries.order_by("day")[15]
        short = {snippet.name: snippet.translation_key.hex[:8] for snippet in (*self.topics, *self.programmes)}
        questions = {
            "first page": "",
            "middle": f"?after={middle.day}-{middle.pk}",
            "last page": f"?after={oldest.day}-{oldest.pk}",
            "one programme of seven": f"?programme={short['Programme 1']}",
            "a programme with three entries": f"?programme={short['Programme 7']}",
            "one topic of eleven": f"?topic={short['Topic 1']}",
            "a topic with three entries": f"?topic={short['Topic 11']}",
            "one year": f"?year={datetime.date.today().year - 10}",
            "feed": "feed.atom",
        }
        if name == "workshops":
            questions |= {"one city of thirty": "?city=City+1", "calendar (300 events)": "calendar.ics"}
        for words, query in questions.items():
            first, later = self.milliseconds(listing.url + query, cache.clear), self.milliseconds(listing.url + query)
            print(f"  {name:10} {words:32} {later:8.1f} ms   counts made anew {first:8.1f} ms")
        print(
            f"  {name:10} {'reading twenty in the middle':32} {self.reading(listing, middle):8.1f} ms   (the query only)"
        )
        print(f"  {name:10} {'the same with OFFSET':32} {self.with_offset(listing):8.1f} ms   (the query only)")

    def clock(self):
        """Return seconds: of this process where it does all the work, so that other programs do not count."""
        return time.process_time() if self.connection.vendor == "sqlite" else time.perf_counter()

    def milliseconds(self, url, before=lambda: None, times=5):
        from django.test import Client  # noqa: PLC0415 -- needs settings

        client = Client()
        assert client.get(url).status_code == 200

        def ask():
            before()
            began = self.clock()
            client.get(url)
            return self.clock() - began

        return statistics.median(ask() for _ in range(times)) * 1000

    def reading(self, listing, middle, times=7):
        from pages.models.keyset import Keyset, Place  # noqa: PLC0415 -- needs settings

        def read():
            began = self.clock()
            Keyset(listing.entries(), listing.runs(listing.today), 20)._take(Place.of(middle), 21)
            return self.clock() - began

        return statistics.median(read() for _ in range(times)) * 1000

    def with_offset(self, listing, times=3):
        half = self.pages // 2

        def read():
            began = self.clock()
            list(
                listing.entry_type.objects.child_of(listing)
                .live()
                .public()
                .order_by("-display_date", "-pk")[half : half + 20]
            )
            return self.clock() - began

        return statistics.median(read() for _ in range(times)) * 1000


if __name__ == "__main__":
    main()
