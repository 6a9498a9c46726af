"""The database of ``DATABASE_URL``, set up so that editors never lose a write to another."""

from typing import Any

import dj_database_url

#: How long a writer waits for its turn before the visitor is asked to try again.
BUSY_TIMEOUT_SECONDS = 20

# WAL lets everybody read while one writes; NORMAL loses nothing when a process is killed. The first 256 MB are read
# through a map in memory that all processes share: searches and long lists take half the time.
_SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=268435456;"


def database(url: str) -> dict[str, Any]:
    """Return the ``DATABASES`` entry of ``url``, for SQLite or PostgreSQL."""
    config: dict[str, Any] = dict(dj_database_url.parse(url))
    options = config.setdefault("OPTIONS", {})
    if config["ENGINE"] == "django.db.backends.sqlite3":
        options.setdefault("timeout", BUSY_TIMEOUT_SECONDS)
        options.setdefault("init_command", _SQLITE_PRAGMAS)
        # A transaction that begins as a reader cannot wait for the write lock: it fails at once.
        options.setdefault("transaction_mode", "IMMEDIATE")
    else:
        # To compile a query that joins a dozen tables takes seconds, and it is done in milliseconds without.
        options.setdefault("options", "-c jit=off")
        config["CONN_MAX_AGE"] = 600
        # Without it each kept connection costs one error after the database restarts.
        config["CONN_HEALTH_CHECKS"] = True
    return config
