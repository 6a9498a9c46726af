"""A page stays where its kind belongs."""

import pytest
from django.contrib.messages import get_messages


@pytest.mark.parametrize("where", ["news", "home"])
def test_a_page_moved_below_a_wrong_parent_is_refused_with_a_sentence(admin_client, site, where):
    workshop = site.add_workshop("Warsztaty o wodzie")

    response = admin_client.post(f"/admin/pages/{workshop.pk}/move/{getattr(site, where).pk}/confirm/")

    assert (response.status_code, response["Location"]) == (302, f"/admin/pages/{workshop.pk}/move/")
    sentence = str(next(iter(get_messages(response.wsgi_request))))
    assert "Warsztaty o wodzie" in sentence
    workshop.refresh_from_db()
    assert workshop.get_parent() == site.workshops.page_ptr


def test_a_page_is_not_moved_below_itself(admin_client, site):
    response = admin_client.post(f"/admin/pages/{site.home.pk}/move/{site.news.pk}/confirm/")

    assert response["Location"] == f"/admin/pages/{site.home.pk}/move/"
