import pytest

from tests.site_tree import SiteTree


@pytest.fixture
def site(db) -> SiteTree:
    return SiteTree()
