"""How many pages a second the API tells, beside Wagtail's own: ``python -m tests.benchmarks.api [--seconds N]``.

Makes a database of its own with a full workshop page in two languages among 200 others, and asks for it through the
WSGI application of one process, DEBUG off. Nothing here passes or fails: the numbers stand in docs/performance.md.
"""

import argparse
import io
import os
import statistics
import time
from pathlib import Path

from tests.benchmarks.listing import database

OTHERS = 200
ROUNDS = 7


def main():
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--seconds", type=float, default=2, help="how long each address is asked, in each round")
    options.add_argument("--postgresql", type=Path, metavar="FOLDER", help="the folder of initdb and pg_ctl")
    asked = options.parse_args()
    with database(asked.postgresql) as address:
        os.environ |= {
            "API_REQUESTS_PER_MINUTE": "1000000000",  # counted as on a site, never refused
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "site_project.settings.test",
            "LOG_LEVEL": "WARNING",
        }
        import django  # noqa: PLC0415 -- settings read the address of the database

        django.setup()
        from django.test import override_settings  # noqa: PLC0415 -- needs settings

        with override_settings(ROOT_URLCONF="tests.benchmarks.wagtail_v2"):
            run(asked.seconds)


def run(seconds):
    from django.core.handlers.wsgi import WSGIHandler  # noqa: PLC0415 -- needs settings
    from django.core.management import call_command  # noqa: PLC0415 -- needs settings
    from django.db import connection  # noqa: PLC0415 -- needs settings

    call_command("migrate", verbosity=0)
    page = filled()
    application = WSGIHandler()
    ours = f"/api/v1/pages/by-path/?path={page.url}"
    reads = {
        "/api/v1/, by address": Read(application, ours),
        "/api/v1/, 304 for who has it": Read(application, ours, Read(application, ours).mark),
        "/api/v1/, by number": Read(application, f"/api/v1/pages/{page.pk}/"),
        "Wagtail's v2, by number": Read(application, f"/wagtail/v2/pages/{page.pk}/"),
    }
    print(f"{connection.vendor}: a workshop with {page.photo_count} photos, requests a second on one process")
    # In turns, so that whatever else this machine does is felt by all.
    for _ in range(ROUNDS):
        for read in reads.values():
            read.measure(seconds)
    slowest = list(reads.values())[-1]
    for name, read in reads.items():
        print(
            f"  {name:30} {read.status} {read.size / 1024:6.1f} KB {read.queries(connection):3} queries "
            f"{read.rate:7.1f} a second {read.rate / slowest.rate:6.1f} times"
        )


def filled():
    """Return a published workshop with everything, among others like it, with its translation."""
    from django.db import transaction  # noqa: PLC0415 -- needs settings

    from tests.site_tree import SiteTree, full_workshop, translate  # noqa: PLC0415 -- needs settings

    site = SiteTree()
    with transaction.atomic():
        page = full_workshop(site, photos=20, tracks=6, documents=12)
        for number in range(OTHERS):
            site.add_workshop(f"Warsztaty {number}", programme=page.programme)
    for one in (site.home, site.workshops, page):
        translate(one, "en")
    page.photo_count = sum(gallery.photos.count() for gallery in page.galleries.all())
    return page


class Read:
    """One address, asked over and over again."""

    def __init__(self, application, address, mark=""):
        self.application, self.rates = application, []
        path, _mark, query = address.partition("?")
        self.environment = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "192.0.2.1",
            "HTTP_ACCEPT": "application/json",
            "wsgi.url_scheme": "http",
        } | ({"HTTP_IF_NONE_MATCH": mark} if mark else {})
        self.status, self.headers, body = self.ask()
        self.size, self.mark = len(body), self.headers.get("ETag", "")

    def ask(self):
        said = {}

        def start_response(status, headers, error=None):
            said.update(status=status[:3], headers=dict(headers))

        answer = self.application(self.environment | {"wsgi.input": io.BytesIO()}, start_response)
        body = b"".join(answer)
        answer.close()
        return said["status"], said["headers"], body

    def measure(self, seconds):
        began, asked = time.perf_counter(), 0
        while (passed := time.perf_counter() - began) < seconds:
            self.ask()
            asked += 1
        self.rates.append(asked / passed)

    @property
    def rate(self):
        return statistics.median(self.rates)

    def queries(self, connection):
        from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 -- needs settings

        with CaptureQueriesContext(connection) as captured:
            self.ask()
        return len(captured)


if __name__ == "__main__":
    main()
