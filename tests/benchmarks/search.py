"""How long a search takes on 10,000 pages: ``python -m tests.benchmarks.search [pages] [requests]``.

Works in a database that is made for it and thrown away: SQLite in a file, or a database beside
that of ``DATABASE_URL``. The words are made up and as frequent as words are (Zipf): the first ones
stand on nearly every page. Prints figures (on a busy machine
the time at work tells more than the clock; it leaves out what a database server does); docs/performance.md holds those of a release.
"""

import itertools
import os
import random
import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

WORDS = 30_000
WORDS_ON_A_PAGE = 250
SYLLABLES = "mia sto war szta ty re wi ta li za cja do mo wy pod wór ko zie leń dro ga na gra lo kal spa cer"


@contextmanager
def database():
    """Set Django up with a database that goes away."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_project.settings.test")
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder) / 'benchmark.sqlite3'}")
        import django  # noqa: PLC0415 -- after the environment

        django.setup()
        from django.db import connection  # noqa: PLC0415

        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "test.sqlite3")
        name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield connection
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)


class Language:
    """Made-up words with the frequencies of a natural language."""

    def __init__(self, chance: random.Random):
        self.chance = chance
        self.words = list(
            dict.fromkeys("".join(chance.choices(SYLLABLES.split(), k=chance.randint(2, 5))) for _ in range(WORDS))
        )
        self.frequencies = list(itertools.accumulate(1 / rank for rank in range(1, len(self.words) + 1)))

    def text(self, count: int) -> str:
        return " ".join(self.chance.choices(self.words, cum_weights=self.frequencies, k=count))

    def query(self) -> str:
        """Return what a reader might type: common and rare words, phrases, beginnings, slips."""
        place = self.chance.choice([20, 200, 2000, 20_000])
        words = [
            self.words[self.chance.randrange(min(place, len(self.words)))] for _ in range(self.chance.randint(1, 3))
        ]
        kind = self.chance.random()
        if kind < 0.1:
            return f'"{" ".join(words)}"'
        if kind < 0.2:
            return words[0][:-1] + "x"
        return words[0][:5] if kind < 0.3 else " ".join(words)


def plant(count: int, language: Language) -> None:
    """Put ``count`` published articles into the tree and into the index at once."""
    from wagtail.models import Page  # noqa: PLC0415

    from pages.models import NewsPage  # noqa: PLC0415
    from pages.search import indexing, texts  # noqa: PLC0415
    from pages.search.models import Entry, Posting  # noqa: PLC0415
    from tests.pages.test_queries import grow  # noqa: PLC0415
    from tests.site_tree import SiteTree  # noqa: PLC0415

    site = SiteTree()
    grow(site.news, count)
    pages = list(Page.objects.filter(path__startswith=site.news.path, depth=site.news.depth + 1).order_by("path"))
    used: set[str] = set()
    for start in range(0, count, 500):
        postings, entries = [], []
        for page in pages[start : start + 500]:
            day = date(2026, 11, 1) - timedelta(days=language.chance.randrange(4000))
            body = [language.text(50) for _ in range(WORDS_ON_A_PAGE // 50)]
            text = texts.Text("news", language.text(6), lead=language.text(20), body=body, day=day)
            entries.append(Entry(**indexing.values_of(text), locale=site.locale, page=page))
            postings.append(indexing.weights(text, "pl"))
            used |= {word for _part, words in indexing.parts(text) for word in words}
        stored = Entry.objects.bulk_create(entries)
        Posting.objects.bulk_create(
            [
                Posting(entry=entry, locale=site.locale, stem=stem, weight=weight)
                for entry, weights in zip(stored, postings, strict=True)
                for stem, weight in weights
            ],
            batch_size=5000,
        )
    indexing.learn(site.locale, used)
    assert NewsPage.objects.count() == count


def measure(requests: int, language: Language) -> None:
    from django.test import Client  # noqa: PLC0415

    from pages.search.finding import find  # noqa: PLC0415

    client = Client()
    queries = [language.query() for _ in range(requests)]
    for query in queries[:20]:
        client.get("/pl/search/", {"q": query})
    show("find()", [timed(lambda query=query: find(query, "pl")) for query in queries])
    show("whole page", [timed(lambda query=query: client.get("/pl/search/", {"q": query})) for query in queries])


def timed(work) -> tuple[float, float]:
    """Return milliseconds by the clock, and those in which this process itself was at work."""
    clock, worked = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - clock) * 1000, (time.process_time() - worked) * 1000


def show(name: str, times: list[tuple[float, float]]) -> None:
    for what, milliseconds in zip(("by the clock", "at work"), zip(*times, strict=True), strict=True):
        show_line(f"{name}, {what}", milliseconds)


def show_line(name: str, milliseconds) -> None:
    cuts = statistics.quantiles(milliseconds, n=100)
    print(
        f"{name:26} p50 {cuts[49]:6.1f} ms   p95 {cuts[94]:6.1f} ms   p99 {cuts[98]:6.1f} ms   slowest {max(milliseconds):6.1f} ms"
    )


def main(pages: int = 10_000, requests: int = 300) -> None:
    with database() as connection:
        language = Language(random.Random(2018))
        started = time.perf_counter()
        plant(pages, language)
        # As a database that has run for a while knows its tables.
        connection.cursor().execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
        print(f"{connection.vendor}: {pages} pages planted in {time.perf_counter() - started:.0f} s")
        measure(requests, language)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
