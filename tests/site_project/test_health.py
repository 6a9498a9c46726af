"""What a load balancer, and a reader without a database, gets to see."""

import json
import logging

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, ProgrammingError
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from site_project import health


def lose(error):
    def view(request):
        raise error

    return view


urlpatterns = [
    path("pl/locked/", lose(OperationalError("database is locked"))),
    path("locked/", lose(InterfaceError("connection already closed"))),
    path("unmigrated/", lose(OperationalError("no such table: wagtailcore_site"))),
    path("bug/", lose(DatabaseError("something else"))),
    path("sql/", lose(ProgrammingError("syntax error"))),
    path("fine/", lambda request: HttpResponse("fine")),
]

with_views = pytest.mark.urls(__name__)


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


def test_a_living_process_says_so_without_asking_anything(visitor):
    response = visitor.get("/healthz", headers={"host": "10.0.0.7"})

    assert (response.status_code, response.content) == (200, b"ok")
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_ready_site_is_well_in_all_parts(visitor):
    response = visitor.get("/readyz")

    assert json.loads(response.content) == dict.fromkeys(["database", "migrations", "cache", "storage", "search"], "ok")
    assert response.status_code == 200


@override_settings(MINIMUM_FREE_BYTES=2**62)
def test_a_full_disk_is_not_ready_and_says_why_in_the_log_only(visitor, monkeypatch, caplog):
    monkeypatch.setattr(health, "CHECKS", {"storage": health.storage, "cache": health.kept_values})

    response = visitor.get("/readyz")

    assert (response.status_code, json.loads(response.content)) == (503, {"storage": "not ready", "cache": "ok"})
    assert "MB are free in" in caplog.text


def test_a_part_that_hangs_does_not_hold_the_answer(visitor, monkeypatch):
    import threading  # noqa: PLC0415

    released = threading.Event()
    monkeypatch.setattr(health, "TIMEOUT_SECONDS", 0.1)
    monkeypatch.setattr(health, "CHECKS", {"database": released.wait})

    response = visitor.get("/readyz")
    released.set()

    assert (response.status_code, json.loads(response.content)) == (503, {"database": "timeout"})


@with_views
@pytest.mark.parametrize(
    ("address", "accepted", "language", "title"),
    [
        ("/pl/locked/", "en", "pl", "Strona chwilowo nie działa"),
        ("/locked/", "uk,en;q=0.5", "uk", "Сайт тимчасово недоступний"),
        ("/locked/", "en", "en", "The site is unavailable for a moment"),
        ("/locked/", "ar", "en", "The site is unavailable for a moment"),
        ("/locked/", "", "pl", "Strona chwilowo nie działa"),
    ],
)
def test_without_a_database_readers_are_asked_to_come_back(visitor, address, accepted, language, title):
    response = visitor.get(address, headers={"accept-language": accepted})

    page = response.content.decode()
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert f'<html lang="{language}">' in page
    assert f"<h1>{title}</h1>" in page
    assert "Traceback" not in page


@with_views
def test_a_database_without_tables_tells_the_server_what_to_run(visitor, caplog):
    with caplog.at_level(logging.ERROR):
        response = visitor.get("/unmigrated/")

    assert response.status_code == 503
    assert "python manage.py migrate" in caplog.text
    assert "migrate" not in response.content.decode()


@with_views
@pytest.mark.parametrize("address", ["/bug/", "/sql/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_error_of_ours_is_a_500_without_a_trace(visitor, address, method):
    response = getattr(visitor, method)(address)

    assert response.status_code == 500
    assert "Something broke on our side" in response.content.decode()
    assert "Error" not in response.content.decode()


# No database is allowed in this file: each answer above was made without one.
handler500 = "site_project.errors.server_error"
