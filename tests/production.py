"""The site as the public meets it: production settings, DEBUG off, and the server that docs/operations.md names."""

from __future__ import annotations

import json
import os
import re
import secrets
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import urllib3

ROOT = Path(__file__).resolve().parent.parent
HOST = "www.example.org"
#: Whoever makes sessions and tokens for the server signs them with it.
SECRET_KEY = secrets.token_urlsafe(60)
SECONDS_TO_START = 60
LISTENING = re.compile(r"Listening at: http://127\.0\.0\.1:(\d+)")


class Answer:
    """What the server sent, read as an answer of Django's test client is."""

    def __init__(self, sent: urllib3.BaseHTTPResponse):
        self.status_code, self.content, self.headers = sent.status, sent.data, sent.headers
        self.cookies = sent.headers.getlist("Set-Cookie")

    def __getitem__(self, name: str) -> str:
        return self.headers[name]

    def __contains__(self, name: str) -> bool:
        return name in self.headers

    def json(self) -> Any:
        return json.loads(self.content)


class Visitor:
    """A client behind the server that does TLS: what it asks arrives as that server passes it on."""

    def __init__(self, port: int):
        self._connections = urllib3.HTTPConnectionPool("127.0.0.1", port, timeout=30, retries=False)

    def get(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        return self._ask("GET", path, headers)

    def head(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        return self._ask("HEAD", path, headers)

    def options(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        return self._ask("OPTIONS", path, headers)

    def _ask(self, method: str, path: str, headers: dict[str, str] | None) -> Answer:
        passed_on = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}
        path = path.removeprefix(f"https://{HOST}")
        return Answer(self._connections.request(method, path, headers=passed_on | (headers or {}), redirect=False))


@contextmanager
def served(database: Path, media_root: Path | str, **environment: str) -> Iterator[Visitor]:
    """Serve the site of an SQLite database that is filled already; its log lies beside it."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    settings = {
        "DJANGO_SETTINGS_MODULE": "site_project.settings.production",
        "SECRET_KEY": SECRET_KEY,
        "ALLOWED_HOSTS": HOST,
        "DATABASE_URL": f"sqlite:///{database}",
        "WAGTAILADMIN_BASE_URL": f"https://{HOST}",
        "DEFAULT_FROM_EMAIL": f"site@{HOST}",
        "MEDIA_ROOT": str(media_root),
        "COUNT_SEARCHES": "0",
    }
    log = database.with_suffix(".log")
    with (
        log.open("w") as written,
        subprocess.Popen(command(), cwd=ROOT, env=kept | settings | environment, stderr=written) as server,
    ):
        try:
            yield _visitor(server, log)
        finally:
            server.send_signal(signal.SIGINT)  # at once, without waiting for connections that are kept


def command() -> list[str]:
    """Return the command that docs/operations.md starts the server with, at a port that is free."""
    written = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    words = shlex.split(re.search(r"^\.venv/bin/gunicorn (.*)$", written, re.MULTILINE)[1])  # type: ignore[index]
    words[words.index("--bind") + 1] = "127.0.0.1:0"
    return [sys.executable, "-m", "gunicorn", *words]


def _visitor(server: subprocess.Popen[bytes], log: Path) -> Visitor:
    """Return a visitor once a worker answers; each takes seconds to load the site."""
    until = time.monotonic() + SECONDS_TO_START
    visitor = None
    while visitor is None or visitor.get("/healthz").status_code != 200:
        said = log.read_text()
        if server.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"The server does not answer:\n{said}")
        if found := LISTENING.search(said):
            visitor = Visitor(int(found[1]))
        else:
            time.sleep(0.05)
    return visitor
