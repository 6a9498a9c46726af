"""Long files: read and made in the background, cancelled, begun again, and killed at the worst moments."""

import json
import os
import signal
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from pages.contrib.docx import lengths, works
from pages.contrib.docx.models import ReturnedFile, WaitingFile, Work
from pages.interchange import drafts
from pages.interchange.unfinished import FOLDER, Marks
from pages.models import NewsPage
from tests.people import person

from .test_importing import PICTURE, whole_document


@pytest.fixture(autouse=True)
def _everything_is_long(monkeypatch):
    monkeypatch.setattr(lengths, "LONG_TEXT_BYTES", 0)


@pytest.fixture
def editor(site, client):
    user = person("redaktorka", is_superuser=True)
    client.force_login(user)
    return user


def upload(client, site, content=None):
    file = SimpleUploadedFile("Opis.docx", content or whole_document())
    client.post(reverse("word_files:upload", args=[site.news.pk]), {"file": file, "page_type": "pages.newspage"})
    waiting = WaitingFile.objects.order_by("-uploaded_at").first()
    return waiting, reverse("word_files:preview", args=[waiting.pk])


def work_on(waiting):
    works.do.func(str(waiting.pk))


def test_a_long_file_becomes_a_page_while_its_editor_waits_elsewhere(client, site, editor):
    waiting, address = upload(client, site)

    assert "is being read" in client.get(address).content.decode()
    assert "is being read" in client.get(address).content.decode()
    work_on(waiting)
    preview = client.get(address).content.decode()
    assert "Dziedziniec w pięciu krokach" in preview
    assert "Kto może?" in preview
    client.post(address, {"title": "Nowy", "changes": "rejected", "show": "1"})
    assert "is being read" in client.get(address).content.decode()
    work_on(waiting)
    assert "tajne" in client.get(address).content.decode()
    client.post(address, {"title": "Nowy tytuł", "changes": "accepted", "headings": ["0"], "create": "1"})
    assert "is being made" in client.get(address).content.decode()
    work_on(waiting)

    page = NewsPage.objects.get(title="Nowy tytuł")
    assert client.get(address).url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert not page.live
    assert "Kto może?" in [block.value["text"] for block in page.body if block.block_type == "heading"]
    assert not WaitingFile.objects.exists()
    assert not Work.objects.exists()
    work_on(waiting)  # a task that is done twice does nothing twice
    assert NewsPage.objects.count() == 1


def test_who_cancels_gets_no_page_although_the_work_has_begun(client, site, editor, monkeypatch):
    waiting, address = upload(client, site)
    work_on(waiting)
    client.post(address, {"title": "Nowy", "create": "1"})
    read = works.reading

    def cancelled_meanwhile(*args, **kwargs):
        client.post(reverse("word_files:discard", args=[waiting.pk]))
        return read(*args, **kwargs)

    monkeypatch.setattr(works, "reading", cancelled_meanwhile)
    work_on(waiting)

    assert not NewsPage.objects.exists()
    assert not WaitingFile.objects.exists()
    assert client.get(address).status_code == 404


def test_two_editors_get_what_each_has_asked_for(client, site, editor, monkeypatch, django_user_model):
    waiting, address = upload(client, site)
    other = person("redaktor", is_superuser=True)
    client.force_login(other)
    others, others_address = upload(client, site)
    read, calls = works.reading, []

    def others_turn(*args, **kwargs):
        calls.append(1)
        if len(calls) == 1:
            work_on(others)
            client.post(others_address, {"title": "Drugi", "create": "1"})
            work_on(others)
        return read(*args, **kwargs)

    monkeypatch.setattr(works, "reading", others_turn)
    work_on(waiting)

    assert NewsPage.objects.get().owner == other
    assert client.get(address).status_code == 404
    client.force_login(editor)
    assert "Dziedziniec w pięciu krokach" in client.get(address).content.decode()


def test_a_work_that_two_workers_do_makes_one_page(client, site, editor, monkeypatch):
    waiting, address = upload(client, site)
    work_on(waiting)
    client.post(address, {"title": "Nowy", "create": "1"})
    read, calls = works.reading, []

    def slow(*args, **kwargs):
        calls.append(1)
        if len(calls) == 1:  # so slow that it seems dead, and another takes over
            Work.objects.update(begun_at=timezone.now() - 2 * Work.SILENCE)
            assert "was interrupted" in client.get(address).content.decode()
            work_on(waiting)
        return read(*args, **kwargs)

    monkeypatch.setattr(works, "reading", slow)
    work_on(waiting)

    assert (len(calls), NewsPage.objects.count()) == (2, 1)


def test_a_file_that_cannot_be_read_says_why_and_can_be_tried_again(client, site, editor, monkeypatch):
    waiting, address = upload(client, site)
    monkeypatch.setattr(works, "reading", lambda *args, **kwargs: 1 / 0)
    work_on(waiting)
    assert "could not be done" in client.get(address).content.decode()

    monkeypatch.undo()
    client.post(address)
    work_on(waiting)

    assert "Dziedziniec" in client.get(address).content.decode()


def test_the_timer_clears_what_nobody_decided_about_and_what_killed_imports_left(site, editor):
    page = site.add_news()
    values = {"name": "x.docx", "content": b"x", "uploaded_by": editor}
    long_ago = timezone.now() - 2 * WaitingFile.KEPT
    for day in (long_ago, timezone.now()):
        WaitingFile.objects.create(parent=site.news, page_type="pages.newspage", uploaded_at=day, **values)
        ReturnedFile.objects.create(page=page, uploaded_at=day, **values)
    kept = drafts.Library(editor).image("a.png", PICTURE, alt="Dziedziniec")
    lost = default_storage.save("original_images/lost.png", ContentFile(b"x"))
    marks = Marks()
    for name in (lost, kept.file.name):
        marks.add(name)

    call_command("clear_uploads", verbosity=0)
    assert default_storage.exists(lost)  # whoever writes it may still be at work
    call_command("clear_uploads", minutes=0, verbosity=0)

    assert (WaitingFile.objects.count(), ReturnedFile.objects.count()) == (1, 1)
    assert not default_storage.exists(lost)
    assert default_storage.exists(kept.file.name)
    assert default_storage.listdir(FOLDER)[1] == []


#: Each step is a process of its own, which kills itself at its moment; told is what the next one finds.
_STEPS = """
import json, os, pathlib, signal, sys
import django
from django.conf import settings

django.setup()
settings.MEDIA_ROOT = sys.argv[1]
from django.core.management import call_command
from django.db import connection
from pages.contrib.docx import taking, works
from pages.contrib.docx.models import ReturnedFile, WaitingFile, Work
from pages.interchange import drafts
from pages.models import NewsPage
from media.models import SiteImage
from tests.contrib.docx.test_importing import whole_document
from tests.contrib.docx.test_returning import edited, taken_away
from tests.people import person
from tests.site_tree import SiteTree
from wagtail.models import Revision
from django.test import Client

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def ask_for(kind, asked, **of):
    (file,) = of.values()
    Work.objects.create(pk=file.pk, kind=kind, asked=asked, **of)

def prepare():
    site, user = SiteTree(), person("redaktorka", is_superuser=True)
    client = Client()
    client.force_login(user)
    page = site.add_news("Nowe podwórka", lead="Trzy miasta.")
    back = edited(taken_away(client, page), ("Trzy miasta.", "Cztery miasta."))
    values = {"name": "Opis.docx", "uploaded_by": user}
    new = WaitingFile.objects.create(parent=site.news, page_type="pages.newspage", content=whole_document(), **values)
    ask_for("make", {"title": ["Nowy"], "create": ["1"]}, file=new)
    returned = ReturnedFile.objects.create(page=page, content=back, **values)
    ask_for("take", {"take": ["changed:lead"], "revision": [str(page.latest_revision_id)]}, returned=returned)

def work(kind):
    works.do.func(str(Work.objects.get(kind=kind).pk))

def make_and_die_after_a_picture_is_stored():
    stored = drafts.with_stored_pictures
    drafts.with_stored_pictures = lambda *args: (stored(*args), die())
    work("make")

def make_and_die_before_the_end_of_the_transaction():
    made = drafts.create
    drafts.create = lambda *args, **kwargs: (made(*args, **kwargs), die())
    work("make")

def take_and_die_before_the_end_of_the_transaction():
    taking.log = lambda *args, **kwargs: die()
    work("take")

def clear():
    call_command("clear_uploads", minutes=0, verbosity=0, stdout=open(os.devnull, "w"))

def both_to_the_end():
    work("make")
    work("take")

def found():
    files = len(list(pathlib.Path(sys.argv[1]).glob("original_images/*")))
    rows = [model.objects.count() for model in (SiteImage, NewsPage, WaitingFile, Revision, ReturnedFile)]
    Work.objects.update(begun_at="2020-01-01 00:00:00Z")
    return [files, *rows]

told = []
for step in (
    prepare,
    make_and_die_after_a_picture_is_stored,
    clear,
    make_and_die_before_the_end_of_the_transaction,
    take_and_die_before_the_end_of_the_transaction,
    clear,
    both_to_the_end,
    clear,
):
    connection.close()
    child = os.fork()
    if not child:
        try:
            step()
        except BaseException:
            os._exit(1)
        os._exit(0)
    told.append([os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), *found()])
print(json.dumps(told))
"""


@pytest.fixture
def own_database(transactional_db, tmp_path):
    """The address of a copy of the database without content, which other processes may fill."""
    if connection.vendor == "sqlite":
        copy = tmp_path / "copy.sqlite3"
        with connection.cursor():
            copy.write_bytes(connection.connection.serialize())
        yield f"sqlite:///{copy}"
        return
    # Nobody may be connected to what is copied, no thread of an earlier test either.
    connection.close()
    values = connection.settings_dict
    name = f"{values['NAME']}_killed"
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [values["NAME"]])
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{values["NAME"]}"')
    try:
        at = values["PORT"] and f":{values['PORT']}"
        yield f"postgres://{values['USER']}:{values['PASSWORD']}@{quote(values['HOST'], safe='')}{at}/{name}"
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_a_kill_leaves_nothing_half_made_and_the_work_can_be_done_again(own_database, tmp_path):
    environment = os.environ | {"DATABASE_URL": own_database, "DJANGO_SETTINGS_MODULE": "site_project.settings.test"}

    command = [sys.executable, "-c", _STEPS, str(tmp_path / "media")]
    done = subprocess.run(command, env=environment, cwd=settings.BASE_DIR, capture_output=True, timeout=200)

    assert not done.returncode, done.stderr
    killed = -signal.SIGKILL
    # How it ended; files of pictures, their rows, pages, waiting files, revisions, files that came back.
    assert json.loads(done.stdout) == [
        [0, 0, 0, 1, 1, 1, 1],
        [killed, 1, 0, 1, 1, 1, 1],
        [0, 0, 0, 1, 1, 1, 1],
        [killed, 1, 0, 1, 1, 1, 1],
        [killed, 1, 0, 1, 1, 1, 1],
        [0, 0, 0, 1, 1, 1, 1],
        [0, 1, 1, 2, 0, 3, 0],
        [0, 1, 1, 2, 0, 3, 0],
    ]
