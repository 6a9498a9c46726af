"""What readers may read is asked in a way that stays quick, whatever a database thinks of its tables."""

import pytest
from django.db import connection
from wagtail.models import Page, PageViewRestriction

from pages.models.reading import open_to_all
from tests.site_tree import SiteTree

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("locks", [0, 2])
def test_no_page_is_compared_with_every_other(locks):
    site = SiteTree()
    pages = [site.add_news(f"Wpis {number}") for number in range(30)]
    for page in pages[:locks]:
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    if connection.vendor == "sqlite":
        plan = open_to_all(Page.objects.order_by()).explain()
        assert "USING INTEGER PRIMARY KEY" in plan, f"Locked pages are not found by their key: {plan}"
    assert open_to_all(Page.objects.child_of(site.news)).count() == 30 - locks
