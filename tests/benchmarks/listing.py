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
import uuid
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
        from django.db import transaction  # noqa: PLC0415 -- needs settings

        began = time.perf_counter()
        # One transaction: else each of some hundred thousand rows is written by itself.
        with transaction.atomic():
            self.fill()
        with self.connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE" if self.connection.vendor == "postgresql" else "ANALYZE")
        print(
            f"{self.connection.vendor}: {self.pages} news, {self.pages} workshops ({time.perf_counter() - began:.0f} s)"
        )
        for name, listing in (("news", self.site.news), ("workshops", self.site.workshops)):
            self.measure(name, listing)

    # --- content ----------------------------------------------------------------------------

    def fill(self):
        from pages.models import Programme, Topic  # noqa: PLC0415 -- needs settings

        locale = self.site.locale
        self.topics = [Topic.objects.create(name=f"Topic {number}", locale=locale) for number in range(12)]
        self.programmes = [Programme.objects.create(name=f"Programme {number}", locale=locale) for number in range(8)]
        news, workshop = self.site.add_news("Page 0"), self.site.add_workshop("Page 0")
        self.multiply(news, "{day} AS display_date")
        self.multiply(workshop, "{day} AS starts_on, NULL AS ends_on, copies.city AS city")

    def multiply(self, page, own):
        """Put copies of a page into its list, each with a day, a programme, a city and topics of its own.

        Written in SQL: making a hundred thousand pages one by one would take longer than anything that is measured.
        """
        from wagtail.models import Page  # noqa: PLC0415 -- needs settings

        kind = type(page)
        first = Page.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TEMPORARY TABLE copies (n integer, step text, key {self.key_type}, day text, programme integer, city text)"
            )
            cursor.executemany("INSERT INTO copies VALUES (%s, %s, %s, %s, %s, %s)", map(self.copy, range(self.pages)))
            day = "CAST(day AS date)" if self.connection.vendor == "postgresql" else "day"
            place = f"%s + n AS id, '{page.get_parent().path}' || step AS path, key AS translation_key"
            words = f"'page-' || n AS slug, '{page.get_parent().url_path}page-' || n || '/' AS url_path"
            self.insert(cursor, "wagtailcore_page", f"{place}, {words}", page.pk, first)
            theirs = f"%s + n AS page_ptr_id, programme AS programme_id, {own.format(day=day)}"
            self.insert(cursor, kind._meta.db_table, theirs, page.pk, first)
            cursor.execute("DROP TABLE copies")
            self.add_topics(cursor, first)

    def insert(self, cursor, table, changes, template, first):
        """Copy one row of a table for each row of ``copies``, some columns changed."""
        columns = [column.name for column in self.connection.introspection.get_table_description(cursor, table)]
        changed = dict(reversed(change.rsplit(" AS ", 1)) for change in changes.split(", ") if " AS " in change)
        values = [changed.get(column, f"template.{column}") for column in columns]
        key = "id" if "id" in columns else "page_ptr_id"
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} "  # noqa: S608 -- names of columns
            f"FROM {table} AS template, copies WHERE template.{key} = {template}",
            [first],
        )

    @property
    def key_type(self):
        return "uuid" if self.connection.vendor == "postgresql" else "text"

    def copy(self, number):
        from wagtail.models import Page  # noqa: PLC0415 -- needs settings

        day = datetime.date.today() + DAY * self.chance.randrange(-365 * YEARS, 365)
        key = uuid.UUID(int=self.chance.getrandbits(128))
        step = Page._get_path("", 1, number + 100)
        return number, step, self.stored(key), str(day), self.programme(number).pk, f"City {self.chance.randrange(30)}"

    def stored(self, key):
        return key if self.connection.vendor == "postgresql" else key.hex

    def add_topics(self, cursor, first):
        """Two topics for every second page; the last topic has three pages."""
        pages = [
            (first + number, topic)
            for number in range(0, self.pages, 2)
            for topic in self.chance.sample(self.topics[:-1], 2)
        ]
        pages += [(first + number, self.topics[-1]) for number in range(RARE)]
        cursor.executemany(
            "INSERT INTO pages_pagetopic (page_id, topic_id, sort_order, locale_id, translation_key) VALUES (%s, %s, 0, %s, %s)",
            ((page, topic.pk, self.site.locale.pk, self.stored(uuid.uuid4())) for page, topic in pages),
        )

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

    def milliseconds(self, url, before=lambda: None, times=3):
        from django.test import Client  # noqa: PLC0415 -- needs settings

        client = Client()
        assert client.get(url).status_code == 200

        def ask():
            before()
            began = self.clock()
            client.get(url)
            return self.clock() - began

        return statistics.median(ask() for _ in range(times)) * 1000

    def reading(self, listing, middle, times=5):
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
