"""An administrator adds a receiver, tries it, reads what became of each message, and sends one again."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from pages.contrib.webhooks.models import Delivery, Receiver
from tests.people import person


@pytest.fixture
def admin(client, db):
    client.force_login(person("administrator", is_superuser=True))
    return client


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def add(client, **fields):
    filled = {"description": "Kiosk", "address": "https://kiosk.example.org/hooks", "events": ["page.published"]}
    return client.post(reverse("webhook_receivers:add"), filled | {"is_active": "on"} | fields, follow=True)


def test_a_receiver_is_added_and_its_secret_can_be_read(admin, site):
    response = add(admin)

    receiver = Receiver.objects.get()
    assert receiver.secret in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert (receiver.events, receiver.is_active) == (["page.published"], True)
    assert "Kiosk" in words(admin.get(reverse("webhook_receivers:index")))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://10.0.0.7/hooks", "not allowed"),
        ("https://localhost/", "not allowed"),
        ("http://kiosk.example.org/", "https://"),
        ("kiosk", "not one that can be asked"),
    ],
)
def test_an_address_that_may_not_be_asked_is_refused_with_a_reason(admin, site, address, said):
    response = add(admin, address=address)

    assert said in words(response)
    assert not Receiver.objects.exists()


def test_a_test_is_sent_at_once_and_the_log_tells_what_came_of_it(admin, hooks, site):
    receiver = hooks.receiver()
    hooks.answer(500, 200)

    response = admin.post(reverse("webhook_receivers:test", args=[receiver.pk]), follow=True)
    assert "The receiver answers with an error of its own." in words(response)
    delivery = Delivery.objects.get()
    assert delivery.state == "given_up"  # nobody is waiting for a test

    response = admin.post(reverse("webhook_deliveries:again", args=[delivery.pk]), follow=True)
    assert "The receiver has taken the message." in words(response)
    assert "HTTP 500" in words(response)
    assert hooks.messages[0] == hooks.messages[1]


def test_the_log_is_narrowed_by_receiver_event_and_state(admin, hooks, site):
    hooks.receiver("page.published")
    other = hooks.receiver("page.unpublished", description="Portal")
    site.add_news("Nowe domy").unpublish()
    hooks.send()
    results = reverse("webhook_deliveries:index_results")

    shown = words(admin.get(results))
    assert "Kiosk" in shown
    assert "Portal" in shown
    for narrowed in ({"receiver": other.pk}, {"event": "page.unpublished"}):
        assert "Kiosk" not in words(admin.get(results, narrowed))
    assert "Kiosk" not in words(admin.get(results, {"state": "given_up"}))


def test_a_switched_off_receiver_is_asked_again_only_after_it_is_switched_on(admin, hooks, site):
    receiver = hooks.receiver()
    site.add_news()
    hooks.answer(410)
    hooks.send()
    delivery = Delivery.objects.get()
    assert "Webhooks that do not arrive" in words(admin.get(reverse("wagtailadmin_home")))

    again = reverse("webhook_deliveries:again", args=[delivery.pk])
    assert "Switch it on first" in words(admin.post(again, follow=True))
    fields = {"description": "Kiosk", "address": hooks.address, "events": ["page.published"], "is_active": "on"}
    admin.post(reverse("webhook_receivers:edit", args=[receiver.pk]), fields)
    admin.post(again)

    delivery.refresh_from_db()
    assert (len(hooks.got), delivery.state) == (2, "delivered")
    assert "Webhooks that do not arrive" not in words(admin.get(reverse("wagtailadmin_home")))


def test_a_new_secret_leaves_the_former_one_valid_for_a_day(admin, site):
    add(admin)
    former = Receiver.objects.get().secret

    response = admin.post(reverse("webhook_receivers:secret", args=[Receiver.objects.get().pk]), follow=True)

    receiver = Receiver.objects.get()
    assert receiver.secret != former
    assert receiver.former_secret == former
    assert "The former secret holds until" in words(response)


def test_whoever_may_only_view_deliveries_sees_no_secret_and_sends_nothing(client, hooks, site):
    receiver = hooks.receiver()
    site.add_news()
    clerk = person("clerk")
    client.force_login(clerk)
    log = reverse("webhook_deliveries:index")
    assert client.get(log).status_code == 302
    clerk.user_permissions.add(Permission.objects.get(codename="view_delivery"))

    assert client.get(log).status_code == 200
    shown = client.get(reverse("webhook_deliveries:inspect", args=[Delivery.objects.get().pk]))
    assert "Send again" not in words(shown)
    for name, pk in (("webhook_deliveries:again", Delivery.objects.get().pk), ("webhook_receivers:test", receiver.pk)):
        assert client.post(reverse(name, args=[pk])).status_code in {302, 403}
    assert client.get(reverse("webhook_receivers:inspect", args=[receiver.pk])).status_code == 302
    assert hooks.got == []
