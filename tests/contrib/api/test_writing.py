"""What is true of each operation of a plugin that writes, before its own code begins."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from openapi_spec_validator import validate
from wagtail.models import APIToken, Locale

pytestmark = pytest.mark.urls("tests.contrib.api.writing_urls")
WISHES = "/api/v1/wishes/"


@pytest.fixture
def bearer(db):
    """The header of a program that an administrator gave a token."""
    user = get_user_model().objects.create_user("robot", "robot@example.org", "only for tests")
    return {"Authorization": f"Bearer {APIToken.create_token(user=user, name='robot')[1]}"}


@pytest.fixture
def send(client, bearer):
    """Returns the answer to a request with a token."""

    def send(method, path, data=None, headers=bearer, content_type="application/json"):
        body = data if isinstance(data, bytes | str) else json.dumps(data)
        return client.generic(method, path, body, content_type=content_type, headers=headers)

    return send


def test_what_was_written_is_answered_and_never_kept(send):
    response = send("POST", WISHES, {"words": "de"})

    assert response.status_code == 201
    assert response.json() == {"who": "robot", "said": "de"}
    assert response["Cache-Control"] == "private, no-store"
    assert Locale.objects.filter(language_code="de").exists()


def test_only_a_token_counts_and_no_cookie(client, send):
    client.force_login(get_user_model().objects.get(username="robot"))

    without = send("POST", WISHES, {"words": "de"}, headers={})
    wrong = send("POST", WISHES, {"words": "de"}, headers={"Authorization": "Bearer nonsense"})

    assert [without.status_code, wrong.status_code] == [401, 401]
    assert without["WWW-Authenticate"] == "Bearer"
    assert client.get(WISHES).json()["who"] == ""
    assert not Locale.objects.filter(language_code="de").exists()


def test_a_token_is_enough_where_forged_requests_are_looked_for(send, client):
    client.handler.enforce_csrf_checks = True

    assert send("POST", WISHES, {"words": "de"}).status_code == 201


def test_what_was_written_before_a_problem_is_undone(send):
    response = send("POST", WISHES, {"words": "refuse"})

    assert response.status_code == 409
    assert response["Content-Type"] == "application/problem+json"
    assert not Locale.objects.filter(language_code="refuse").exists()


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "", "GET, HEAD, OPTIONS, POST"),
        ("GET", "7/", "OPTIONS, PUT, DELETE"),
        ("PATCH", "7/", "OPTIONS, PUT, DELETE"),
        ("GET", "file/", "OPTIONS, POST"),
    ],
)
def test_other_methods_are_told_which_ones_there_are(send, method, path, allowed):
    response = send(method, WISHES + path, {})

    assert response.status_code == 405
    assert response["Allow"] == allowed


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        (b"{", 400, None),
        (b"[" * 100_000, 400, None),
        (b'{"words": "a\\u0000"}', 400, None),
        (b'{"words": "\\ud800"}', 400, None),
        (b'{"words": NaN}', 400, None),
        (b"\xff\xfe", 400, None),
        (b"", 422, ""),
        (b"[]", 422, "/words"),
        (b'{"languages": []}', 422, "/words"),
        (b'{"words": "de", "languages": [1, "two"]}', 422, "/languages/1"),
    ],
)
def test_a_body_that_says_nothing_is_refused_and_the_place_is_told(send, body, status, pointer):
    response = send("POST", WISHES, body)

    assert response.status_code == status, response.content
    assert [one["pointer"] for one in response.json().get("errors", [])] == ([] if pointer is None else [pointer])


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=hex"])
def test_other_kinds_of_bodies_are_refused(send, kind):
    assert send("POST", WISHES, {"words": "de"}, content_type=kind).status_code == 415


def test_a_body_has_a_size(send, client, bearer, settings):
    too_long = send("POST", WISHES, {"words": "d" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE})
    too_large = client.post(WISHES + "file/", {"file": SimpleUploadedFile("a.txt", b"a" * 30_000)}, headers=bearer)

    assert [too_long.status_code, too_large.status_code] == [413, 413]
    assert "20000" in too_large.json()["detail"]


def test_files_are_taken_as_forms(client, bearer):
    path = WISHES + "file/"

    taken = client.post(path, {"file": SimpleUploadedFile("a.txt", b"words")}, headers=bearer)
    without = client.post(path, {"other": "words"}, headers=bearer)
    broken = client.generic("POST", path, b"--", content_type="multipart/form-data", headers=bearer)

    assert taken.json() == {"who": "a.txt", "said": "words"}
    assert (without.status_code, without.json()["errors"][0]["pointer"]) == (422, "/file")
    assert broken.status_code == 400


def test_parameters_are_known_for_each_method(send):
    assert send("GET", f"{WISHES}?quietly=true").status_code == 400
    assert send("POST", f"{WISHES}?deep=true", {"words": "de"}).status_code == 400
    assert send("POST", f"{WISHES}?quietly=true", {"words": "de"}).status_code == 201
    assert send("PUT", f"{WISHES}x/", {"words": "de"}).status_code == 422
    assert send("DELETE", f"{WISHES}7/").status_code == 204


def test_pages_of_other_origins_may_write_with_a_token(client, db):
    asked = {"Origin": "https://front.example", "Access-Control-Request-Method": "PUT"}
    response = client.options(f"{WISHES}7/", headers=asked)

    assert response.status_code == 204
    assert response["Access-Control-Allow-Methods"] == "OPTIONS, PUT, DELETE"
    assert {"Authorization", "Content-Type"} <= set(response["Access-Control-Allow-Headers"].split(", "))
    assert "Access-Control-Allow-Credentials" not in response


def test_the_document_declares_what_only_writing_answers(client, db):
    document = client.get("/api/v1/openapi.json").json()
    wishes, files = document["paths"]["/api/v1/wishes/"], document["paths"]["/api/v1/wishes/file/"]

    validate(document)
    assert {"401", "403", "409", "413", "415", "422"} <= set(wishes["post"]["responses"])
    assert not {"403", "409", "413", "415"} & set(wishes["get"]["responses"])
    assert "304" not in wishes["post"]["responses"]
    assert "20000" in files["post"]["responses"]["413"]["description"]
    assert "POST /api/v1/wishes/file/" in client.get("/api/v1/docs/").content.decode()
