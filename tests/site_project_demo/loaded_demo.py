"""The demo as a visitor meets it: loaded by its command into a database of its own, and served."""

import fcntl
import json
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

import psycopg
import requests
from bs4 import BeautifulSoup
from django.db import connection

from tests.run import ROOT


class LoadedDemo:
    """One loaded demo in ``folder``; processes that share the folder load it once."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.environment = {
            **os.environ,
            # It speaks the language of the terminal; the tests read English.
            "LC_ALL": "C.UTF-8",
            "DJANGO_SETTINGS_MODULE": "site_project.settings.development",
            "DATABASE_URL": database_url(folder),
            "MEDIA_ROOT": str(folder / "media"),
            "LOG_LEVEL": "WARNING",
            "PYTHONUNBUFFERED": "1",
        }
        with _lock(folder):
            if not (folder / "loaded").exists():
                (folder / "loaded").write_text(self.command("demo", "--no-serve"))
        self.load_output = (folder / "loaded").read_text()

    def command(self, *words: str, **options) -> str:
        """Run a command of ``manage.py`` and return what it says."""
        run = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            **options,
        )
        assert run.returncode == 0, run.stdout + run.stderr
        return run.stdout

    def ask(self, program: str):
        """Run a program in the demo's own Django and return what it leaves in ``answer``."""
        script = f"import json\n{program}\nprint(json.dumps(answer))"
        return json.loads(self.command("shell", "--no-imports", "-c", script).strip().splitlines()[-1])

    @contextmanager
    def served(self):
        """Serve it with its own command, as ``make demo`` does."""
        port = _free_port()
        server = subprocess.Popen(
            [sys.executable, "manage.py", "demo", "--port", str(port)],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.address = f"http://127.0.0.1:{port}"
        try:
            self.serve_output = _read_until(server.stdout, "Ctrl+C")
            _wait_for(port)
            yield self
        finally:
            server.terminate()
            server.wait(timeout=20)

    def get(self, path: str) -> requests.Response:
        return requests.get(urljoin(self.address, path), timeout=30)

    def page(self, path: str) -> BeautifulSoup:
        response = self.get(path)
        assert response.status_code == 200, (path, response.status_code)
        return BeautifulSoup(response.content, "html.parser")


def database_url(folder: Path) -> str:
    """Return a new SQLite file, or on PostgreSQL a new database beside that of the tests."""
    if connection.vendor != "postgresql":
        return f"sqlite:///{folder / 'demo.sqlite3'}"
    name = "rynek_demo_of_the_tests"
    server, _slash, _name = os.environ["DATABASE_URL"].rpartition("/")
    with _lock(folder), psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as database:
        if not (folder / "created").exists():
            database.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            database.execute(f"CREATE DATABASE {name}")
            (folder / "created").touch()
    return f"{server}/{name}"


@contextmanager
def _lock(folder: Path):
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _read_until(stream, words: str) -> str:
    lines = []
    for line in stream:
        lines.append(line)
        if words in line:
            break
    return "".join(lines)


def _wait_for(port: int, seconds: int = 120):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError(f"Nothing answers on port {port}.")
