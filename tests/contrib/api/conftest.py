"""A site with what could leak, published as editors publish it, and a client that speaks JSON."""

import pytest


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
