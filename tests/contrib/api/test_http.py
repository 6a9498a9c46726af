"""Limits, origins, old answers, the page that explains it all; and the room switched off."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils.http import http_date

from pages.contrib.api import answers, unchanged
from pages.models import PageTopic, Topic

ROOT = Path(__file__).resolve().parents[3]
SNAPSHOT = Path(__file__).parent / "openapi.json"


def test_too_many_requests_are_told_when_to_come_again(api, site, settings):
    settings.API_REQUESTS_PER_MINUTE = 2

    api.get("/site/")
    api.get("/site/")
    response = api.response("/site/")

    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 60


def test_only_origins_that_the_site_names_may_read(api, site, settings):
    settings.API_ORIGINS = ["https://front.example"]

    assert api.response("/site/", Origin="https://front.example")["Access-Control-Allow-Origin"]
    assert "Access-Control-Allow-Origin" not in api.response("/site/", Origin="https://elsewhere.example")


def test_a_page_that_was_not_published_again_is_not_sent_again(api, site, committed):
    with committed():
        news = site.add_news()
    mark = api.response(f"/pages/{news.pk}/")

    assert api.response(f"/pages/{news.pk}/", **{"If-None-Match": mark["ETag"]}).status_code == 304
    with committed():
        news.title = "Inny tytuł"
        news.save_revision().publish()
    assert api.response(f"/pages/{news.pk}/", **{"If-None-Match": mark["ETag"]}).status_code == 200


@pytest.fixture
def clock(monkeypatch):
    """A clock that tests move on: an even second."""
    clock = SimpleNamespace(time=lambda: clock.now, now=2_000_000_000.3)
    monkeypatch.setattr(unchanged, "time", clock)
    monkeypatch.setattr(answers, "_remembered", unchanged.Remembered())
    return clock


def test_a_date_is_a_condition_only_for_the_very_answer_that_it_came_with(api, site, committed, clock):
    with committed():
        news = site.add_news()
        label = Topic.objects.create(name="Woda")
        news.page_topics = [PageTopic(topic=label)]
        news.save_revision().publish()

    def asked(**headers):
        response = api.response(f"/pages/{news.pk}/", **headers)
        clock.now += 2
        return response.status_code, response["Last-Modified"]

    def named(name):
        Topic.objects.update(name=name)

    _ok, published = asked()
    assert asked(**{"If-Modified-Since": published})[0] == 200
    _ok, first = asked()
    assert asked(**{"If-Modified-Since": first}) == (304, first)
    assert asked(**{"If-Modified-Since": first, "If-None-Match": '"another"'})[0] == 200
    named("Zieleń")  # without the page
    assert asked(**{"If-Modified-Since": first})[0] == 200
    _ok, second = asked()
    named("Woda")
    assert [asked(**{"If-Modified-Since": date})[0] for date in (second, first, http_date(clock.now))] == [
        200,
        200,
        200,
    ]


def test_no_date_stands_for_two_answers(clock, monkeypatch):
    monkeypatch.setattr(unchanged, "MOST", 1)
    one, other = unchanged.Remembered(), unchanged.Remembered()

    def told(process, mark, address="/a"):
        clock.now += 0.2
        return process.since(address, mark)

    # Nothing before the second is over, in which it might change.
    assert [told(one, "A"), told(other, "B"), told(one, "B"), told(one, "A")] == [None] * 4
    clock.now += 2
    first = told(one, "A")
    assert first % 2 == 1
    assert unchanged.only_told(first) != first
    # Changed back, or forgotten for another address: a later date.
    assert told(one, "B") is None
    clock.now += 2
    second = told(one, "B")
    told(one, "C", address="/c")
    assert told(one, "B") is None
    clock.now -= 60
    assert told(one, "B") is None
    clock.now += 62
    assert first < second < told(one, "B")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client, site, method):
    response = getattr(client, method)("/api/v1/pages/")

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_the_api_says_where_it_is_explained(api, client, site):
    for url in api.get("/").values():
        assert client.get(url).status_code == 200


def test_the_reference_explains_every_address_without_a_script(client, site):
    response = client.get("/api/v1/docs/")

    page = response.content.decode()
    assert "GET /api/v1/pages/by-path/" in page
    assert 'id="schema-HeadingBlock"' in page
    assert "<script" not in page
    assert "'none'" in response["Content-Security-Policy"]


def test_switched_off_it_leaves_no_trace():
    code = (
        "import django; django.setup()\n"
        "from django.urls import resolve, Resolver404\n"
        "try: resolve('/api/v1/pages/'); print('there')\n"
        "except Resolver404: print('gone')"
    )
    environment = {**os.environ, "SITE_PLUGINS": "none", "DJANGO_SETTINGS_MODULE": "site_project.settings.test"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)

    assert done.stdout == "gone\n", done.stderr[-1000:]


def test_the_contract_changes_only_on_purpose(api, site):
    """To take a change over, run ``UPDATE_SNAPSHOTS=1`` with this test, and look at the difference."""
    document = json.dumps(api.get("/openapi.json"), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        SNAPSHOT.write_text(document, encoding="utf-8")

    assert document == SNAPSHOT.read_text(encoding="utf-8")
