import pytest

from pages.contrib.link_checker.asking import Visitor
from tests.contrib.link_checker.bad_server import GatekeeperOfTests, misbehaving_server


@pytest.fixture(scope="session")
def bad_server():
    """A server of this machine that behaves as badly as those of the internet."""
    with misbehaving_server() as server:
        yield server


@pytest.fixture
def visitor(bad_server):
    """A visitor for whom every name ending in .test is the bad server; it never really pauses."""
    bad_server.requests.clear()
    return Visitor(
        "https://miasta.example.org",
        GatekeeperOfTests(bad_server.server_port),
        timeout_seconds=0.5,
        pause_seconds=0,
    )
