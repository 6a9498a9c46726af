"""Clients that were generated from the OpenAPI document walk through the site, and their types are checked."""

import importlib
import json
import shutil
import subprocess
import sys
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import httpx
import pytest
from django.contrib.auth import get_user_model
from wagtail.models import APIToken, Locale
from wagtail_localize.models import Translation, TranslationSource

from pages.models import NewsIndexPage, NewsPage
from tests.contrib.docx.test_importing import whole_document
from tests.factories import SiteImageFactory
from tests.site_tree import SiteTree

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
BESIDE_PYTHON = Path(sys.executable).parent
SECONDS = 120
SEEN = {
    "home": "Modelowa Rewitalizacja Miast",
    "count": 1,
    "body": ["2: Wnioski", "<p>Miasta wymieniły <b>doświadczenia</b>.</p>", "Mapa 1000"],
    "found": ["Nowe domy"],
    "languages": {"pl": "current", "en": "missing"},
    "verdicts": {"accepted": 1},
}
DRAFT = "Dziedziniec w pięciu krokach"


@pytest.fixture
def token(committed, db):
    """A site with one article whose translation is under way, and a token for it."""
    with committed():
        site = SiteTree()
        picture = {"image": SiteImageFactory(), "alt": "Mapa", "caption": ""}
        words = "<p>Miasta wymieniły <b>doświadczenia</b>.</p>"
        body = [("heading", {"text": "Wnioski", "level": "2"}), ("text", words), ("picture", picture)]
        news = site.add_news("Nowe domy", body=NewsPage._meta.get_field("body").stream_block.normalize(body))
        source, _is_new = TranslationSource.update_or_create_from_instance(news)
        english = Locale.objects.get_or_create(language_code="en")[0]
        Translation.objects.create(source=source, target_locale=english).save_target(publish=False)
    user = get_user_model().objects.create_superuser("robot", "robot@example.org", "only for tests")
    return APIToken.create_token(user=user, name="robot")[1]


@pytest.fixture
def document(api, token, tmp_path):
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(api.get("/openapi.json")), encoding="utf-8")
    return path


def done(*command, **options):
    """Run a command and return what it said; its complaint when it failed."""
    said = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, **options)
    assert said.returncode == 0, said.stdout + said.stderr
    return said.stdout + said.stderr


def test_a_generated_client_walks_through_the_site_in_python(application, token, document, tmp_path, monkeypatch):
    choices = tmp_path / "choices.yml"
    choices.write_text("literal_enums: true\npost_hooks: []\n")
    made = ("--path", document, "--output-path", tmp_path / "rynek_client", "--meta", "none", "--config", choices)
    said = done(BESIDE_PYTHON / "openapi-python-client", "generate", *made)
    assert "arning" not in said
    assert "nable" not in said
    done(
        *(BESIDE_PYTHON / "mypy", "--config-file=", "--cache-dir=/dev/null", "--follow-imports=silent"),
        HERE / "walk.py",
        env={"MYPYPATH": str(tmp_path)},
    )

    monkeypatch.syspath_prepend(tmp_path)
    client, walk = importlib.import_module("rynek_client"), importlib.import_module("tests.contrib.api.walk")
    options = {
        "base_url": "http://localhost",
        "raise_on_unexpected_status": True,
        "httpx_args": {"transport": httpx.WSGITransport(application)},
    }

    parent = NewsIndexPage.objects.get(locale__language_code="pl").pk

    seen = walk.walk(
        client.Client(**options), client.AuthenticatedClient(token=token, **options), parent, whole_document()
    )

    assert seen == SEEN | {"draft": DRAFT}
    assert not NewsPage.objects.get(title=DRAFT).live


class Silent(WSGIRequestHandler):
    def log_message(self, *words):
        pass


def test_a_generated_client_walks_through_the_site_in_typescript(application, token, document, tmp_path):
    folder = tmp_path / "typescript"
    shutil.copytree(HERE / "typescript", folder, ignore=shutil.ignore_patterns("node_modules"))
    _install(folder)
    tools = folder / "node_modules" / ".bin"
    done(tools / "openapi-typescript", document, "-o", folder / "schema.d.ts", cwd=folder)
    done(tools / "tsc", "-p", ".", cwd=folder)

    with make_server("127.0.0.1", 0, application, handler_class=Silent) as server:
        server.timeout = 0.2
        address = f"http://127.0.0.1:{server.server_port}"
        # This process answers, so that what the test made needs no commit.
        command = ["node", folder / "out" / "walk.js", address, token]
        walking = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        while walking.poll() is None:
            server.handle_request()
        said, complaint = walking.communicate()

    assert not complaint, complaint
    assert json.loads(said) == SEEN


def _install(folder):
    """Install the pinned compilers; whoever has no Node, or no network, leaves the test out and learns why."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("The TypeScript client needs Node and npm.")
    command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"]
    try:
        installed = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        pytest.skip(f"npm did not install the TypeScript compiler within {SECONDS} seconds.")
    if installed.returncode:
        pytest.skip(f"npm cannot install the TypeScript compiler: {installed.stderr.strip()[-300:]}")
