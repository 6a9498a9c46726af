"""A request changes everything it meant to, or nothing."""

import sqlite3
import subprocess
import sys

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.test import Client
from django.urls import path


def succeed(request):
    Group.objects.create(name="kept")
    return HttpResponse("done")


def fail(request):
    Group.objects.create(name="lost")
    raise RuntimeError("half-way")


def answer_500(request):
    Group.objects.create(name="lost")
    return HttpResponse("broken", status=500)


def fail_in_template(request):
    Group.objects.create(name="lost")
    template = engines["django"].from_string("{{ fail }}")

    def explode():
        raise RuntimeError("while rendering")

    return TemplateResponse(request, template, {"fail": explode})


def write_in_template(request):
    template = engines["django"].from_string("{{ write }}")
    return TemplateResponse(request, template, {"write": lambda: Group.objects.create(name="kept").name})


def lose_the_database(request):
    Group.objects.create(name="lost")
    raise OperationalError("database is locked")


@transaction.non_atomic_requests
def keep_half(request):
    Group.objects.create(name="kept")
    raise RuntimeError("half-way")


def after_commit(request):
    transaction.on_commit(lambda: Group.objects.create(name="after the commit"))
    return HttpResponse("done")


def after_no_commit(request):
    transaction.on_commit(lambda: Group.objects.create(name="after the commit"))
    return HttpResponse("broken", status=503)


def in_transaction(request):
    # The test's own transaction is one block already.
    return HttpResponse(str(len(connection.savepoint_ids)))


urlpatterns = [
    path(f"{view.__name__}/", view)
    for view in (
        succeed,
        fail,
        answer_500,
        fail_in_template,
        write_in_template,
        lose_the_database,
        keep_half,
        after_commit,
        after_no_commit,
        in_transaction,
    )
]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False, headers={"accept-language": "uk"})


def kept():
    return list(Group.objects.filter(name__in=["kept", "lost", "after the commit"]).values_list("name", flat=True))


@pytest.mark.parametrize("address", ["/succeed/", "/write_in_template/"])
def test_what_a_successful_request_wrote_is_kept(visitor, address):
    assert visitor.post(address).status_code == 200
    assert kept() == ["kept"]


@pytest.mark.parametrize(
    ("address", "status"),
    [("/fail/", 500), ("/answer_500/", 500), ("/fail_in_template/", 500), ("/lose_the_database/", 503)],
)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_request_that_fails_half_way_leaves_nothing(visitor, address, status, method):
    assert getattr(visitor, method)(address).status_code == status
    assert kept() == []


def test_a_view_may_ask_for_no_transaction(visitor):
    assert visitor.post("/keep_half/").status_code == 500
    assert kept() == ["kept"]


def test_reading_opens_no_transaction(visitor):
    assert visitor.get("/in_transaction/").content == b"0"
    assert visitor.post("/in_transaction/").content == b"1"


def test_what_waits_for_the_commit_is_done_after_it(visitor, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        visitor.post("/after_commit/")

    assert kept() == ["after the commit"]


def test_what_waits_for_the_commit_is_dropped_with_a_rollback(visitor, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        visitor.post("/after_no_commit/")

    assert kept() == []


def test_a_lost_database_is_said_in_the_visitors_language(visitor):
    response = visitor.post("/lose_the_database/")

    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert "Сайт тимчасово недоступний" in response.content.decode()


@pytest.mark.slow
def test_sixteen_editors_in_two_processes_write_to_one_sqlite_file_without_an_error(tmp_path):
    file = tmp_path / "load.sqlite3"
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE entry (number INTEGER)")
        database.execute("CREATE TABLE entry_log (number INTEGER)")

    processes = [_editors(file, threads=8, writes=10) for _ in range(2)]
    outcomes = [process.communicate() for process in processes]

    assert outcomes == [("{200: 80}\n", "")] * 2
    with sqlite3.connect(file) as database:
        numbers = [number for (number,) in database.execute("SELECT number FROM entry ORDER BY number")]
        assert numbers == list(range(160))
        assert database.execute("SELECT count(*) FROM entry_log").fetchone() == (160,)


@pytest.mark.slow
def test_a_database_locked_by_a_stranger_is_said_and_not_a_server_error(tmp_path):
    file = tmp_path / "locked.sqlite3"
    stranger = sqlite3.connect(file, isolation_level=None)
    stranger.execute("CREATE TABLE entry (number INTEGER)")
    stranger.execute("BEGIN EXCLUSIVE")

    output, _log = _editors(f"{file}?timeout=1", threads=1, writes=1).communicate()

    assert output == "{503: 1}\n"


def _editors(file, threads, writes):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.site_project.write_load", str(file), str(threads), str(writes)],
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
