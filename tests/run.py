"""Run every check of the project, one named step after another, and sum them up at the end.

``make test`` calls this inside ``.venv``; it needs nothing but the standard library and the
programs that the steps call. Every step runs even when an earlier one failed, so that one
run tells everything. What a machine lacks is installed where that is allowed, else left
out loudly. Named steps run alone: ``make test STEPS="format lint"``.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.machine import chromium, install_missing, other_python, postgresql_programs
from tests.postgresql import temporary_postgresql

ROOT = Path(__file__).resolve().parent.parent
PYTEST_SUMMARY = re.compile(r"\d+ (?:passed|failed|errors?|skipped|deselected).* in [\d.]+s")
NOT_PASSED_ON = (
    "API_",
    "DATABASE_",
    "DJANGO_",
    "EMAIL_",
    "LOG_LEVEL",
    "MACHINE_",
    "MAKE",
    "MEDIA_",
    "MFLAGS",
    "PYTEST_",
    "SITE_",
    "TASKS_",
)
# tests/conftest.py says which tests share a process.
TWO_AT_A_TIME = ("-n", "2", "--durations", "5")
# Nothing in these depends on the database of the run.
WITHOUT_DATABASE = tuple(f"--ignore=tests/test_{name}.py" for name in ("documentation", "messages", "repository"))
# What a site is without any of its rooms: pages, searches, languages, an admin.
WITHOUT_ROOMS = (
    *(
        f"tests/pages/test_{name}.py"
        for name in ("dashboard", "editing", "navigation", "previews", "queries", "redirects")
    ),
    "tests/search/test_search.py",
    *(f"tests/site_project/test_{name}.py" for name in ("languages", "sitemap")),
)
TYPED = ("pages/plugins.py", "pages/interchange/outline.py", "media/api.py")


class Skipped(Exception):
    """A step cannot run on this machine; the message says how to make it run."""


@dataclass
class Outcome:
    """What became of one step."""

    name: str
    state: str
    seconds: float
    note: str = ""


class Run:
    """One run: calls programs, shows what they print, remembers what matters at the end."""

    def __init__(self) -> None:
        self.outcomes: list[Outcome] = []
        self.summaries: list[str] = []

    def step(self, name: str, check: Callable[[Run], None]) -> None:
        """Run one step; a failure is noted and the run goes on."""
        print(f"\n{'━' * 8} {name} {'━' * max(4, 70 - len(name))}", flush=True)
        started = time.monotonic()
        state, note = "ok", ""
        try:
            check(self)
        except Skipped as reason:
            state, note = "SKIPPED", str(reason)
            print(f"!!! SKIPPED {name}: {reason}", flush=True)
        except subprocess.CalledProcessError as error:
            state, note = "FAILED", f"exit code {error.returncode}"
            print(f"!!! FAILED {name}", flush=True)
        self.outcomes.append(Outcome(name, state, time.monotonic() - started, note))

    def call(self, *command: str | Path, **environment: str) -> None:
        """Run a program in the project's folder; raise ``CalledProcessError`` when it fails."""
        words = [str(word) for word in command]
        print("$ " + " ".join([*(f"{k}={v}" for k, v in environment.items()), *words]), flush=True)
        with subprocess.Popen(
            words,
            cwd=ROOT,
            env=clean_environment() | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process:
            last = ""
            for line in process.stdout or ():
                print(line, end="", flush=True)
                last = line.strip() or last
        if "pytest" in words:
            self.summaries.append(last.strip("= ") if PYTEST_SUMMARY.search(last) else f"no summary: {last}")
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, words)

    def pytest(self, *arguments: str, python: str = sys.executable, **environment: str) -> None:
        """Run pytest, its dots and its summary line visible."""
        self.call(python, "-m", "pytest", *arguments, **environment)

    def report(self) -> int:
        """Print the table of steps, what was left out and pytest's own summaries; return the exit code."""
        print(f"\n{'━' * 80}")
        for outcome in self.outcomes:
            print(f"{outcome.state:8} {outcome.seconds:7.1f} s  {outcome.name}")
        print(f"{'':8} {sum(outcome.seconds for outcome in self.outcomes):7.1f} s  altogether")
        for outcome in self.outcomes:
            if outcome.state == "SKIPPED":
                print(f"!!! SKIPPED {outcome.name}: {outcome.note}")
        failed = [outcome.name for outcome in self.outcomes if outcome.state == "FAILED"]
        print("FAILED: " + ", ".join(failed) if failed else "Every step that could run has passed.")
        for summary in self.summaries:
            print(summary)
        return 1 if failed else 0


def clean_environment() -> dict[str, str]:
    """Return the environment without what would point the tests at somebody's own site."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(NOT_PASSED_ON)}
    return kept | {"DJANGO_SETTINGS_MODULE": "site_project.settings.test", "PYTHONUNBUFFERED": "1"}


def tool(name: str) -> Path:
    """Return a program of the environment that runs this file."""
    return Path(sys.executable).parent / name


def system_packages(_run: Run) -> None:
    """Debian's packages that the later steps want, where this user may install them."""
    install_missing()


def code_format(run: Run) -> None:
    run.call(tool("ruff"), "format", "--check", "--output-format=concise", ".")


def lint(run: Run) -> None:
    run.call(tool("ruff"), "check", "--output-format=concise", ".")


def template_format(run: Run) -> None:
    templates = sorted(path for folder in ("templates", "pages", "media") for path in (ROOT / folder).rglob("*.html"))
    if not templates:
        raise Skipped("there is no template yet")
    run.call(tool("djade"), "--check", "--target-version", "5.2", *(path.relative_to(ROOT) for path in templates))


def types(run: Run) -> None:
    run.call(tool("mypy"), *(path for path in TYPED if (ROOT / path).exists()))


def import_contracts(run: Run) -> None:
    run.call(tool("lint-imports"), "--no-cache")


def migrations(run: Run) -> None:
    for plugins in ("all", "none"):
        run.call(
            *(sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"),
            SITE_PLUGINS=plugins,
            DATABASE_URL="sqlite://:memory:",
        )


def on_sqlite(run: Run) -> None:
    run.pytest(*TWO_AT_A_TIME, "-m", "not browser")


def without_rooms(run: Run) -> None:
    run.pytest(*TWO_AT_A_TIME, *WITHOUT_ROOMS, "--cases", "1", "-m", "not browser and not slow", SITE_PLUGINS="none")


def elsewhere(run: Run) -> None:
    """One case of each test where both are different: the database, and Django with its Python.

    The floor is Django 5.2 on Python 3.11; the lock takes Django 6.1 from Python 3.12 on. One run for both keeps the
    whole within its time.
    """
    absent = []
    if not (programs := postgresql_programs()):
        absent.append("PostgreSQL is absent. On Debian: apt-get install postgresql")
    if not (python := other_python()):
        wanted = "3.12 or newer (for Django 6.1)" if sys.version_info < (3, 12) else "3.11 (for Django 5.2)"
        absent.append(f"Python {wanted} is absent. Install it and put it on PATH, for example with pyenv or uv.")
    if programs or python:
        with temporary_postgresql(programs) if programs else nullcontext("") as url:
            database = {"DATABASE_URL": url} if url else {}
            shorter = (*WITHOUT_DATABASE, "--cases", "1", "-m", "not browser")
            run.pytest(*TWO_AT_A_TIME, *shorter, python=_environment_of(run, python), **database)
    if absent:
        raise Skipped(" ".join(absent))


def _environment_of(run: Run, python: str | None) -> str:
    """Return the interpreter of an environment with every package; without a Python for it, the one of this run."""
    if not python:
        return sys.executable
    run.call("make", "environment", "VENV=.venv-next", "LOCK=requirements-test.lock", f"PYTHON={python}")
    run.call(".venv-next/bin/python", "-m", "django", "--version")
    return ".venv-next/bin/python"


def in_the_browser(run: Run) -> None:
    if not chromium():
        raise Skipped("Chromium is absent. On Debian: apt-get install chromium")
    for again in ((), ("--last-failed",), ("--last-failed",)):
        try:
            run.pytest("-m", "browser", *again)
        except subprocess.CalledProcessError as error:
            # A person waits where a program on a busy machine clicks too early; what is broken fails three times.
            failed = error
        else:
            return
    raise failed


STEPS: dict[str, tuple[str, Callable[[Run], None]]] = {
    "system": ("system packages", system_packages),
    "format": ("format (ruff)", code_format),
    "lint": ("lint (ruff)", lint),
    "templates": ("format of templates (djade)", template_format),
    "types": ("types of the public surface (mypy)", types),
    "imports": ("import contracts (import-linter)", import_contracts),
    "migrations": ("missing migrations, with and without plugins", migrations),
    "sqlite": ("tests on SQLite", on_sqlite),
    "rooms": ("the site with every room switched off", without_rooms),
    "elsewhere": ("shorter run on PostgreSQL and the other Django", elsewhere),
    "browser": ("browser tests in Chromium", in_the_browser),
}


@contextmanager
def stopped_politely() -> Iterator[None]:
    """Turn a request to stop into an exception, so that servers are taken down."""
    previous = signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, previous)


def main() -> int:
    """Run the named steps, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("steps", nargs="*", metavar="step", help=", ".join(STEPS))
    wanted = parser.parse_args().steps
    if unknown := [name for name in wanted if name not in STEPS]:
        parser.error(f"no step is called {', '.join(unknown)}; there are {', '.join(STEPS)}")
    run = Run()
    with stopped_politely():
        for name, (title, check) in STEPS.items():
            if not wanted or name in wanted:
                run.step(title, check)
    return run.report()


if __name__ == "__main__":
    sys.exit(main())
