"""A token from the admin to the first answer it opens, and back to nothing."""

import re

from django.urls import reverse
from wagtail.models import APIToken


def test_an_administrator_makes_a_token_that_opens_drafts_until_it_is_revoked(admin_client, admin_user, api, site):
    news = site.add_news("Nowe domy", slug="nowe-domy")
    news.title = "Nowsze domy"
    news.save_revision()
    settings = admin_client.get(reverse("wagtailadmin_home")).content.decode()

    page = admin_client.post(reverse("wagtailusers_api_tokens:add"), {"name": "Kiosk", "user": admin_user.pk})

    assert reverse("wagtailusers_api_tokens:index") in settings
    token = APIToken.objects.get()
    shown = re.search(r'id="api-token-value"\s+value="([^"]+)"', page.content.decode())[1]
    draft = f"/pages/{news.pk}/?version=draft"
    assert api.get(draft, Authorization=f"Bearer {shown}")["title"] == "Nowsze domy"
    admin_client.post(reverse("wagtailusers_api_tokens:delete", args=[token.pk]))
    assert api.response(draft, Authorization=f"Bearer {shown}").status_code == 401
