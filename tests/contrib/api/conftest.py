"""A site with what could leak, published as editors publish it, and a client that speaks JSON."""

import pytest

from tests.site_tree import SiteTree


@pytest.fixture
def site(db) -> SiteTree:
    return SiteTree()


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Run what waits for the end of the transaction: ``with committed(): page.save()``."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


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
