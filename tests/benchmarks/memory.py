"""How long the translation memory takes: ``python -m tests.benchmarks.memory [--segments N] [--postgresql FOLDER]``.

Makes a database of its own for the time of the run, fills it with made-up sentences of words that are as frequent as
words are, and asks for segments that are the same, similar and unlike. Nothing here passes or fails: the numbers stand in
docs/performance.md.
"""

import argparse
import os
import random
import re
import statistics
import time
from collections import Counter
from itertools import accumulate
from pathlib import Path

from .listing import database

ROOT = Path(__file__).parents[2]
MADE_UP = 15_000
ASKED = 100


def main():
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--segments", type=int, default=50_000)
    options.add_argument("--postgresql", type=Path, metavar="FOLDER", help="the folder of initdb and pg_ctl")
    asked = options.parse_args()
    with database(asked.postgresql) as address:
        os.environ |= {
            "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "site_project.settings.test", "LOG_LEVEL": "WARNING",
        }  # fmt: skip
        import django  # noqa: PLC0415 -- settings read the address of the database

        django.setup()
        Benchmark(asked.segments).run()


class Benchmark:
    """A memory of one pair of languages and a half of another, and the segments to look for."""

    def __init__(self, segments):
        from django.core.management import call_command  # noqa: PLC0415 -- needs settings
        from django.db import connection  # noqa: PLC0415 -- needs settings

        call_command("migrate", verbosity=0)
        self.chance, self.connection = random.Random(2018), connection
        self.words, self.weights = self.vocabulary()
        self.texts = [self.sentence() for _number in range(segments)]

    def vocabulary(self):
        """The words of the demo, as frequent as they are there, and rarer ones put together of their halves."""
        texts = (path.read_text() for path in sorted((ROOT / "site_project/demo/pl").glob("*.toml")))
        counts = Counter(word.lower() for text in texts for word in re.findall(r"[^\W\d_]+", text))
        real = sorted(counts)
        long = [word for word in real if len(word) > 5]
        while len(counts) < len(real) + MADE_UP:
            one, other = self.chance.choices(long, k=2)
            counts.setdefault(one[: len(one) // 2] + other[len(other) // 2 :], 50 / len(counts))
        return list(counts), list(accumulate(counts.values()))

    def sentence(self):
        length = min(60, max(2, round(self.chance.lognormvariate(2.4, 0.6))))
        return " ".join(self.chance.choices(self.words, cum_weights=self.weights, k=length)).capitalize() + "."

    def run(self):
        from pages.contrib.translation.memory import NewEntry, matches, remember  # noqa: PLC0415 -- needs settings

        began = time.perf_counter()
        remember(NewEntry(text, text[::-1], "pl", "en") for text in self.texts)
        remember(NewEntry(text, text[::-1], "pl", "uk") for text in self.texts[::2])
        with self.connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        self.clock = time.perf_counter if self.connection.vendor == "postgresql" else time.process_time
        vendor, count = self.connection.vendor, len(self.texts)
        print(f"{vendor}: {count} segments and half as many of other languages ({time.perf_counter() - began:.0f} s)")
        some = self.chance.sample(self.texts, min(ASKED, count))
        for name, texts in (
            ("the same", some),
            ("a word in seven is another", [self.changed(text) for text in some]),
            ("unlike anything", [self.sentence() for _text in some]),
        ):
            self.measure(name, texts, matches)
        began = self.clock()
        matches([self.changed(text) for text in some], "pl", "en")
        print(f"  all {len(some)} similar ones at once: {(self.clock() - began) * 1000 / len(some):.1f} ms each")

    def changed(self, text):
        words = text.split(" ")
        for _time in range(max(1, len(words) // 7)):
            words[self.chance.randrange(len(words))] = self.chance.choice(self.words)
        return " ".join(words)

    def measure(self, name, texts, matches):
        matches([self.sentence()], "pl", "en")
        times, found = [], 0
        for text in texts:
            began = self.clock()
            found += bool(matches([text], "pl", "en")[text])
            times.append((self.clock() - began) * 1000)
        print(
            f"  {name}: median {statistics.median(times):.1f} ms, 95 of 100 under "
            f"{statistics.quantiles(times, n=20)[-1]:.1f} ms; found for {found} of {len(texts)}"
        )


if __name__ == "__main__":
    main()
