"""What a big sitemap costs: ``python -m tests.benchmarks.sitemap [--pages N] [--postgresql FOLDER]``.

Fills a database of its own with news, each in Polish and in English, and asks for the list of parts and for every part.
Nothing here passes or fails: the numbers stand in docs/performance.md.
"""

import argparse
import os
import tracemalloc
from pathlib import Path

from tests.benchmarks.listing import Benchmark, database


def main():
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--pages", type=int, default=30_000, help="in two languages, half of them in each")
    options.add_argument("--postgresql", type=Path, metavar="FOLDER", help="the folder of initdb and pg_ctl")
    asked = options.parse_args()
    with database(asked.postgresql) as address:
        os.environ |= {
            "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "site_project.settings.test", "LOG_LEVEL": "WARNING",
        }  # fmt: skip
        import django  # noqa: PLC0415 -- settings read the address of the database

        django.setup()
        SitemapBenchmark(asked.pages).run()


class SitemapBenchmark(Benchmark):
    """A site whose every news has a translation, and what a crawler asks of it."""

    def fill(self):
        from pages.models import Programme  # noqa: PLC0415 -- needs settings

        # What the copies of the other benchmark refer to.
        self.topics, self.programmes = [], [Programme.objects.create(name="Programme", locale=self.site.locale)]
        self.multiply(self.site.add_news("Page 0"), "{day} AS display_date")
        self.translate_every_second()

    def add_topics(self, cursor, first):
        """A sitemap names none."""

    def programme(self, number):
        return self.programmes[0]

    def translate_every_second(self):
        """Make every second page the English translation of the one before."""
        from wagtail.models import Locale, Page  # noqa: PLC0415 -- needs settings

        english = Locale.objects.create(language_code="en")
        self.site.home.copy_for_translation(english).save_revision().publish()
        listing = self.site.news.copy_for_translation(english)
        listing.save_revision().publish()
        pages = list(Page.objects.child_of(self.site.news).filter(slug__startswith="page-").order_by("pk"))
        originals, translations = pages[0::2], pages[1::2]
        for original, page in zip(originals, translations, strict=False):
            page.locale, page.translation_key = english, original.translation_key
            page.path = listing.path + page.path[-Page.steplen :]
            page.url_path = listing.url_path + page.slug + "/"
        Page.objects.bulk_update(translations, ["locale", "translation_key", "path", "url_path"], batch_size=100)

    def run(self):
        from lxml import etree  # noqa: PLC0415 -- a package of the tests

        self.fill()
        with self.connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"{self.connection.vendor}: {self.pages} news in two languages")
        self.tell("the list of parts", "/sitemap.xml")
        parts = [address.text for address in etree.fromstring(self.content("/sitemap.xml")).iter("{*}loc")]
        for address in parts:
            path = address.removeprefix("http://testserver")
            self.tell(path, path)

    def tell(self, name, path):
        content = self.content(path)
        print(
            f"  {name:20} {content.count(b'<loc>'):6} addresses {len(content) / 1024:8.0f} KB "
            f"{self.milliseconds(path):8.0f} ms {self.megabytes(path):6.1f} MB of memory at most"
        )

    def content(self, path):
        from django.test import Client  # noqa: PLC0415 -- needs settings

        return Client().get(path).content

    def megabytes(self, path):
        """Return what a request holds at most; asked apart, since counting memory takes time."""
        tracemalloc.start()
        try:
            self.content(path)
            return tracemalloc.get_traced_memory()[1] / 1024 / 1024
        finally:
            tracemalloc.stop()


if __name__ == "__main__":
    main()
