"""A small site on a SQLite file that several threads write to at once; run in processes by the tests.

``python -m tests.site_project.write_load FILE THREADS WRITES`` prints how many answers had which status.
"""

import sys
import threading
import time
from collections import Counter

import django
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from site_project.settings.databases import database


def write(request):
    """Read the number of rows, wait a little, write it: without a transaction numbers would repeat."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM entry")
        (count,) = cursor.fetchone()
        time.sleep(0.005)
        cursor.execute("INSERT INTO entry (number) VALUES (%s)", [count])
        cursor.execute("INSERT INTO entry_log (number) VALUES (%s)", [count])
    return HttpResponse("written")


urlpatterns = [path("write/", write)]


def main(file, threads, writes):
    settings.configure(
        SECRET_KEY="load",
        ALLOWED_HOSTS=["testserver"],
        DATABASES={"default": database(f"sqlite:///{file}")},
        MIDDLEWARE=["site_project.atomic_writes.AtomicWrites"],
        ROOT_URLCONF=__name__,
        LANGUAGES=[("en", "English")],
        LANGUAGE_CODE="en",
    )
    django.setup()
    statuses = Counter()

    def editor():
        client = Client(raise_request_exception=False)
        for _ in range(writes):
            statuses[client.post("/write/").status_code] += 1

    running = [threading.Thread(target=editor) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    print(dict(statuses))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
