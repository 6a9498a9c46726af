import pytest
from django.contrib.auth.models import User
from django.db.models.signals import post_save
from django.utils import translation
from wagtail.users.models import UserProfile

from tests.site_tree import SiteTree


def _speaks_english(sender, instance, created, **kwargs):
    if created:
        UserProfile.objects.create(user=instance, preferred_language="en")


@pytest.fixture
def site(db) -> SiteTree:
    return SiteTree()


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Run what waits for the end of the transaction: ``with committed(): page.save()``."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def in_english(db):
    """Let everybody made in a test, and direct calls, speak English: tests can then quote the words of the sources."""
    post_save.connect(_speaks_english, sender=User)
    with translation.override("en"):
        yield
    post_save.disconnect(_speaks_english, sender=User)


@pytest.fixture
def admin_page(page, admin_client, live_server, settings):
    """A browser page in which an administrator has signed in."""
    cookie = admin_client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    return page
