"""A PostgreSQL of our own for the time of a test run: no network, no password, no trace."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

# Nothing in this cluster has to survive a power cut.
FAST_AND_LOOSE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "60"}


@contextmanager
def temporary_postgresql(programs: Path) -> Iterator[str]:
    """Yield the ``DATABASE_URL`` of a fresh cluster that listens on a socket in a folder of its own."""
    # A path of a socket may have about 100 characters: no deep TMPDIR here.
    home = Path(tempfile.mkdtemp(prefix="rynek-pg-", dir="/tmp"))
    data = home / "data"
    prefix = _as_ordinary_user(home)
    options = " ".join(f"-c {name}={value}" for name, value in FAST_AND_LOOSE.items())
    try:
        _call(
            *prefix,
            programs / "initdb",
            f"--pgdata={data}",
            "--username=rynek",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        _call(
            *prefix,
            programs / "pg_ctl",
            f"--pgdata={data}",
            f"--log={home / 'log'}",
            "--wait",
            "--timeout=60",
            "-o",
            f"-k {home} -c listen_addresses='' {options}",
            "start",
        )
        yield f"postgres://rynek@{quote(str(home), safe='')}/postgres"
    finally:
        if (data / "postmaster.pid").exists():
            subprocess.run([*prefix, programs / "pg_ctl", f"--pgdata={data}", "--mode=immediate", "stop"], cwd=home)
        shutil.rmtree(home, ignore_errors=True)


def _as_ordinary_user(home: Path) -> list[str]:
    """Return what to write before a command, since PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return []
    users = {entry.pw_name for entry in pwd.getpwall()}
    user = "postgres" if "postgres" in users else "nobody"
    shutil.chown(home, user)
    return ["runuser", "-u", user, "--"]


def _call(*command: str | Path) -> None:
    home = next(str(word) for word in command if str(word).startswith("--pgdata=")).removeprefix("--pgdata=")
    done = subprocess.run(
        command,
        cwd=Path(home).parent,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        print(done.stdout)
        raise subprocess.CalledProcessError(done.returncode, list(map(str, command)))
