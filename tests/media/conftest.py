"""Who uploads: an administrator logged into the admin in English, so that tests can read the sentences."""

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import Page, Site
from wagtail.users.models import UserProfile

from pages.models import HomePage, NewsIndexPage


@pytest.fixture
def editor(db):
    user = get_user_model().objects.create_superuser("anna", "anna@example.org", "workshop")
    UserProfile.objects.create(user=user, preferred_language="en")
    return user


@pytest.fixture
def admin(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def news_index(db):
    """A list of news under a home page that is the root of the default site."""
    home = Page.objects.get(depth=1).add_child(instance=HomePage(title="Programme", slug="programme"))
    Site.objects.filter(is_default_site=True).update(root_page=home)
    Site.clear_site_root_paths_cache()
    return home.add_child(instance=NewsIndexPage(title="News", slug="news"))


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Run what waits for the end of the transaction: ``with committed(): page.save()``."""
    return lambda: django_capture_on_commit_callbacks(execute=True)
