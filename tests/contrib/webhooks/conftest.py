"""A receiver on this machine: a real HTTP server that answers as it is told and remembers what it got."""

import base64
import hashlib
import hmac
import json
import threading
from collections import deque
from contextlib import suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest
from django.utils import timezone

from pages.contrib.webhooks import sending
from pages.contrib.webhooks.events import EVENTS
from pages.contrib.webhooks.models import Delivery, Receiver
from tests.site_tree import SiteTree


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append(SimpleNamespace(body=body, headers=dict(self.headers), path=self.path))
        status, headers = self.server.answers.popleft() if self.server.answers else (200, {})
        if status is None:
            self.server.let_go.wait(5)
            self.close_connection = True
            return
        with suppress(OSError):
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

    def log_message(self, *args):
        pass


@pytest.fixture(scope="session")
def _server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


class Hooks:
    """The server of a receiver, and time."""

    def __init__(self, server, monkeypatch):
        self.server, self.monkeypatch = server, monkeypatch
        server.got, server.answers, server.let_go = [], deque(), threading.Event()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server.server_port}/hook"

    @property
    def got(self):
        return self.server.got

    @property
    def messages(self):
        return [json.loads(request.body) for request in self.got]

    @property
    def told(self):
        """The events that arrived, in order."""
        return [message["type"] for message in self.messages]

    def answer(self, *statuses, **headers):
        """Set what the next requests are answered; None is no answer at all."""
        self.server.answers.extend((status, headers) for status in statuses)

    def receiver(self, *events, **fields) -> Receiver:
        defaults = {"description": "Kiosk", "address": self.address, "events": list(events or EVENTS)}
        return Receiver.objects.create(**defaults | fields)

    def send(self, after=timedelta()):
        """Send everything that is due, now or after some time has gone by."""
        now = timezone.now() + after
        self.monkeypatch.setattr(sending.timezone, "now", lambda: now)
        for receiver in Receiver.objects.all():
            sending.run(receiver.pk, 60)

    def is_signed(self, request, secret) -> bool:
        key = base64.b64decode(secret.removeprefix("whsec_"))
        signed = f"{request.headers['webhook-id']}.{request.headers['webhook-timestamp']}.".encode() + request.body
        expected = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
        return f"v1,{expected}" in request.headers["webhook-signature"].split()


@pytest.fixture
def hooks(_server, monkeypatch, settings, db) -> Hooks:
    settings.WEBHOOKS_ALLOW_INTERNAL = True
    hooks = Hooks(_server, monkeypatch)
    yield hooks
    _server.let_go.set()


@pytest.fixture
def site(db) -> SiteTree:
    return SiteTree()


def states():
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))
