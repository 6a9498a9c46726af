"""A public server starts only with a complete environment, and passes Django's own inspection."""

import os
import secrets
import subprocess
import sys

import pytest
from django.conf import settings

from site_project.settings.databases import database

COMPLETE = {
    "SECRET_KEY": secrets.token_urlsafe(60),
    "ALLOWED_HOSTS": "www.example.org",
    "DATABASE_URL": "sqlite:///:memory:",
    "WAGTAILADMIN_BASE_URL": "https://www.example.org",
    "DEFAULT_FROM_EMAIL": "site@example.org",
}


def manage(*arguments, **environment):
    """Run a command with the production settings and nothing but ``environment``."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=kept | {"DJANGO_SETTINGS_MODULE": "site_project.settings.production"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_the_site_names_every_missing_variable_at_once():
    run = manage("check", SECRET_KEY="  ")

    last_line = run.stderr.strip().splitlines()[-1]
    assert run.returncode == 1
    assert last_line.startswith("django.core.exceptions.ImproperlyConfigured: The site does not start without")
    assert [name for name in COMPLETE if name in last_line] == list(COMPLETE)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("SECRET_KEY", "short", "SECRET_KEY should be at least 50 random characters."),
        ("ALLOWED_HOSTS", "www.example.org, *", "ALLOWED_HOSTS should name the hosts of the site"),
        ("WAGTAILADMIN_BASE_URL", "http://www.example.org", "WAGTAILADMIN_BASE_URL should begin with https://."),
        ("TRUSTED_PROXIES", "many", "TRUSTED_PROXIES should be a whole number, not 'many'."),
    ],
)
def test_the_site_does_not_start_with_an_unsafe_value(name, value, complaint):
    run = manage("check", **COMPLETE | {name: value})

    assert run.returncode == 1
    assert complaint in run.stderr


@pytest.mark.slow
def test_production_passes_the_deployment_check_without_a_warning():
    run = manage("check", "--deploy", "--fail-level", "WARNING", **COMPLETE)

    assert (run.returncode, run.stderr) == (0, "")
    assert "no issues (0 silenced)" in run.stdout


def test_sqlite_is_set_up_for_many_editors():
    options = database("sqlite:////srv/rynek.sqlite3")["OPTIONS"]

    assert options == {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=268435456;",
    }


def test_postgresql_connections_are_kept_and_checked():
    config = database("postgres://rynek:secret@db.example.org/rynek")

    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert (config["CONN_MAX_AGE"], config["CONN_HEALTH_CHECKS"]) == (600, True)


ASK = """
from django.test import Client
client = Client(raise_request_exception=False, headers={"accept-language": "en"})
print(*(client.get(address, secure=True, headers={"host": "www.example.org"}).status_code
        for address in ("/", "/pl/", "/nope", "/admin/", "/readyz", "/healthz")))
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "advice"),
    [
        ("nowhere/rynek.sqlite3", "Make the folder of the database, or correct DATABASE_URL"),
        ("new.sqlite3", "run `python manage.py migrate`"),
    ],
)
def test_a_site_without_its_database_asks_readers_to_come_back_and_tells_the_server_what_to_do(tmp_path, file, advice):
    run = manage("shell", "-v0", "-c", ASK, **COMPLETE | {"DATABASE_URL": f"sqlite:///{tmp_path / file}"})

    assert run.stdout.split() == ["503", "503", "503", "302", "503", "200"]
    assert advice in run.stderr
    assert "Traceback" not in run.stderr
