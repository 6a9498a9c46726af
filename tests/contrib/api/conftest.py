"""A site with what could leak, published as editors publish it, and a client that speaks JSON."""

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections


class Api:
    """The API as a program sees it."""

    def __init__(self, client):
        self.client = client

    def get(self, path, *, status=200, **headers):
        """Return the data at an address below ``/api/v1``, after checking the status."""
        response = self.response(path, **headers)
        assert response.status_code == status, response.content[:600]
        return response.json()

    def response(self, path, **headers):
        return self.client.get(f"/api/v1{path}", headers=headers)


@pytest.fixture
def api(client) -> Api:
    return Api(client)


@pytest.fixture
def application(db, settings):
    """The site as a server calls it, for programs that speak HTTP themselves."""
    settings.API_REQUESTS_PER_MINUTE = 0
    settings.ALLOWED_HOSTS = ["*"]
    handler = get_wsgi_application()

    def answer(environ, start_response):
        # The connection holds the transaction in which the test is; Django's own client connects this anew each time.
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        return handler(environ, start_response)

    yield answer
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
