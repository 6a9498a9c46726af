"""What a load balancer asks: is the process alive, and can it serve readers."""

import functools
import logging
import shutil
import tempfile
import time
import uuid
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

logger = logging.getLogger("site_project.health")

TIMEOUT_SECONDS = 3

_pool = ThreadPoolExecutor(5, thread_name_prefix="readiness")


class Health:
    """Answer ``/healthz`` without any input or output, and ``/readyz`` with one word for each part.

    Stands first in ``MIDDLEWARE``: no host name, TLS, session or language is asked for.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info == "/healthz":
            return _uncached(HttpResponse("ok", content_type="text/plain"))
        if request.path_info == "/readyz":
            return _uncached(ready())
        return self.get_response(request)


def ready() -> JsonResponse:
    """Return ``{part: "ok" or what is wrong}``, with status 503 unless all are ok."""
    deadline = time.monotonic() + TIMEOUT_SECONDS
    running = {name: _pool.submit(_in_own_connection, check) for name, check in CHECKS.items()}
    found = {name: _outcome(name, future, deadline) for name, future in running.items()}
    return JsonResponse(found, status=200 if set(found.values()) == {"ok"} else 503)


def database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


# Looked up until it is well once: a running process does not lose its migrations.
@functools.cache
def migrations() -> None:
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        raise NotReady(f"{len(pending)} migrations are pending: run `python manage.py migrate`")


def kept_values() -> None:
    key = f"readyz-{uuid.uuid4().hex}"
    cache.set(key, "kept", 10)
    if cache.get(key) != "kept":
        raise NotReady("the cache does not keep values")
    cache.delete(key)


def storage() -> None:
    if not isinstance(default_storage._wrapped, FileSystemStorage):
        default_storage.exists("readyz")
        return
    folder = Path(default_storage.location)
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    if free < settings.MINIMUM_FREE_BYTES:
        raise NotReady(f"only {free // 1024**2} MB are free in {folder}")
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(b"readyz")


def search() -> None:
    from wagtail.models import Page  # noqa: PLC0415 -- models are not loaded when middleware is

    list(Page.objects.search("readyz")[:1])


CHECKS: dict[str, Callable[[], None]] = {
    "database": database,
    "migrations": migrations,
    "cache": kept_values,
    "storage": storage,
    "search": search,
}


class NotReady(Exception):
    """A part works, but not well enough to serve readers."""


def _in_own_connection(check: Callable[[], None]) -> None:
    try:
        check()
    finally:
        connection.close()


def _outcome(name: str, future: Future[None], deadline: float) -> str:
    try:
        future.result(max(0.05, deadline - time.monotonic()))
    except TimeoutError:
        logger.warning("/readyz: %s took longer than %d s", name, TIMEOUT_SECONDS)
        return "timeout"
    except Exception as error:  # noqa: BLE001 -- whatever fails, the answer names the part and never shows a trace
        logger.warning("/readyz: %s: %s", name, error)
        return "not ready"
    return "ok"


def _uncached(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
