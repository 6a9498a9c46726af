"""How long the translators' desk takes: ``python -m tests.benchmarks.desk [--pages N] [--segments N] [--postgresql FOLDER]``.

Makes a database of its own for the time of the run: a desk of many pages by three languages in every state, and one page
of many segments, which is opened, accepted, handed in and published. Nothing here passes or fails: the numbers stand in
docs/performance.md.
"""

import argparse
import os
import random
import statistics
import time
from pathlib import Path

from .listing import database

LANGUAGES = ("en", "uk")


def main():
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--pages", type=int, default=10_000)
    options.add_argument("--segments", type=int, default=500)
    options.add_argument("--postgresql", type=Path, metavar="FOLDER", help="the folder of initdb and pg_ctl")
    asked = options.parse_args()
    with database(asked.postgresql) as address:
        os.environ |= {
            "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "site_project.settings.test", "LOG_LEVEL": "WARNING",
        }  # fmt: skip
        import django  # noqa: PLC0415 -- settings read the address of the database

        django.setup()
        Benchmark(asked.pages, asked.segments).run()


class Benchmark:
    def __init__(self, pages, segments):
        from .listing import Benchmark as Lists  # noqa: PLC0415 -- needs settings

        # Half news, half workshops.
        self.lists, self.segments = Lists(pages // 2), segments
        self.chance, self.connection, self.site = random.Random(2018), self.lists.connection, self.lists.site

    def run(self):
        from django.contrib.auth.models import User  # noqa: PLC0415 -- needs settings
        from django.test import Client  # noqa: PLC0415 -- needs settings
        from wagtail.models import Locale  # noqa: PLC0415 -- needs settings

        self.user = User.objects.create_superuser("chief", "chief@urzad.example", "x")
        self.client = Client()
        self.client.force_login(self.user)
        self.locales = [Locale.objects.get_or_create(language_code=code)[0] for code in LANGUAGES]
        print(f"{self.connection.vendor}:")
        self.one_long_page()
        self.many_pages()

    # --- one page ---------------------------------------------------------------------------

    def one_long_page(self):
        from django.urls import reverse  # noqa: PLC0415 -- needs settings
        from wagtail_localize.models import Translation, TranslationSource  # noqa: PLC0415 -- needs settings

        from pages.contrib.translation.models import LanguageSettings  # noqa: PLC0415 -- needs settings
        from pages.contrib.translation.segments import accept, segments_of  # noqa: PLC0415 -- needs settings
        from tests.site_tree import translate  # noqa: PLC0415 -- needs settings

        english = self.locales[0]
        page = self.site.add_news("Długa strona", body=[("text", self.text(number)) for number in range(self.segments)])
        source, _is_new = self.told(
            "reading the source", lambda: TranslationSource.update_or_create_from_instance(page)
        )
        for parent in (self.site.home, self.site.news):
            translate(parent, english.language_code)
        translation = Translation.objects.create(source=source, target_locale=english)
        translation.save_target(publish=False)
        edit = reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk])
        finish = reverse("translation:finish", args=[translation.pk])
        self.told("opening the editor, nothing translated", lambda: self.get(edit))
        segments = segments_of(translation)
        words = [(segment, f"English words of {segment.source}") for segment in segments]
        self.told(f"accepting all {len(words)} segments", lambda: accept(translation, words, self.user))
        self.told("opening the editor, all accepted", lambda: self.get(f"{edit}?show=all"))
        self.told("accepting one segment more", lambda: self.accept_one(translation, segments[5]))
        self.told("saving the draft", lambda: self.press(finish, "draft"))
        LanguageSettings.objects.create(locale=english, requires_review=True)
        self.told("handing in for review", lambda: self.press(finish, "submit"))
        self.told("opening the review", lambda: self.get(reverse("translation:review", args=[translation.pk])))
        LanguageSettings.objects.all().delete()
        self.told("publishing", lambda: self.press(finish, "publish"))
        assert type(page).objects.get(translation_key=page.translation_key, locale=english).live

    def text(self, number):
        return f"<p>Akapit {number}: miasto <b>odnowiło</b> {number} kamienic przy rynku i dwa podwórza.</p>"

    def get(self, address):
        response = self.client.get(address)
        assert response.status_code == 200, response.status_code

    def press(self, address, button):
        response = self.client.post(address, {"do": button})
        assert response.status_code == 302, response.status_code

    def accept_one(self, translation, segment):
        from django.urls import reverse  # noqa: PLC0415 -- needs settings

        from pages.contrib.translation.editor.rows import version_of  # noqa: PLC0415 -- needs settings
        from pages.contrib.translation.segments import segments_of  # noqa: PLC0415 -- needs settings

        now = next(one for one in segments_of(translation) if one.pk == segment.pk)
        response = self.client.post(
            reverse("translation:segment", args=[translation.pk, segment.pk]),
            {"do": "accept", "version": version_of(now), "words": f"Other words of {segment.source}"},
            headers={"X-Requested-With": "XMLHttpRequest"},
        )
        assert response.json()["isDone"], response.json()

    # --- the desk ---------------------------------------------------------------------------

    def many_pages(self):
        from django.db import transaction  # noqa: PLC0415 -- needs settings

        from pages.contrib.translation.models import DeskSource  # noqa: PLC0415 -- needs settings
        from pages.contrib.translation.recount import recount_everything  # noqa: PLC0415 -- needs settings

        with transaction.atomic():
            self.lists.fill()
        self.told("making the desk anew", recount_everything)
        self.give_states()
        with self.connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"  {DeskSource.objects.count()} pages and snippets by {len(LANGUAGES) + 1} languages")
        for name, query in (
            ("the desk's first page", ""),
            ("the desk, something to do in English", "?language=en&state=to_do"),
            ("the desk, outdated", "?state=outdated"),
            ("the desk, one section", f"?section={self.site.news.path}"),
            ("the desk, a word of a title", "?q=Page+77"),
            ("the desk's last page", "?p=400"),
            ("the desk by title", "?ordering=title"),
        ):
            self.told(name, lambda query=query: self.get(f"/admin/translations/{query}"), times=5)

    def give_states(self):
        """Say of every translation that it is in some state, most published, and that some are asked for."""
        from pages.contrib.translation.models import DeskCell, State  # noqa: PLC0415 -- needs settings
        from pages.contrib.translation.recount import _URGENCY  # noqa: PLC0415 -- needs settings

        states, weights = list(State), [30, 2, 5, 2, 2, 45, 12, 2]
        cells = list(DeskCell.objects.select_related("source"))
        for cell in cells:
            (cell.state,) = self.chance.choices(states, weights)
            cell.urgency, cell.segments = _URGENCY[cell.state], self.chance.randint(5, 60)
            cell.done = self.chance.randint(0, cell.segments)
            cell.words_left = 0 if cell.state == State.PUBLISHED else self.chance.randint(1, 900)
            # Nothing was handed in, so nothing could be opened.
            cell.state = State.IN_TRANSLATION if cell.state == State.IN_REVIEW else cell.state
            cell.target_id = "" if cell.state == State.MISSING else cell.source.object_id
        DeskCell.objects.bulk_update(
            cells, ["state", "urgency", "segments", "done", "words_left", "target_id"], batch_size=500
        )

    # --- measuring --------------------------------------------------------------------------

    def clock(self):
        """Return seconds: of this process where it does all the work, so that other programs do not count."""
        return time.process_time() if self.connection.vendor == "sqlite" else time.perf_counter()

    def told(self, name, do, times=1):
        """Do it, print how long it took in the middle and with how many queries, and return what it returned."""
        from django.db import reset_queries  # noqa: PLC0415 -- needs settings

        self.connection.force_debug_cursor = True
        taken = []
        for _time in range(times):
            reset_queries()
            began = self.clock()
            answer = do()
            taken.append((self.clock() - began) * 1000)
        queries = len(self.connection.queries)
        self.connection.force_debug_cursor = False
        print(f"  {name:40} {statistics.median(taken):8.0f} ms {queries:5} queries")
        return answer


if __name__ == "__main__":
    main()
