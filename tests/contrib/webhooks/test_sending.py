"""A message is signed, arrives in order, is repeated until it is taken, and is given up some day."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from pages.contrib.webhooks import sending
from pages.contrib.webhooks.models import MOST_ATTEMPTS, WAITS, Attempt, Delivery, Receiver
from tests.contrib.webhooks.conftest import states
from tests.worker import work_off

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def test_a_publication_is_told_signed_and_under_one_id(hooks, site):
    receiver = hooks.receiver()
    page = site.add_news("Nowe domy")

    hooks.send()

    (request,), (message,) = hooks.got, hooks.messages
    assert (message["type"], message["data"]["id"]) == ("page.published", page.pk)
    assert hooks.is_signed(request, receiver.secret)
    assert request.headers["Content-Type"] == "application/json"
    assert request.headers["webhook-id"] == message["id"]
    assert states() == ["delivered"]
    attempt = Attempt.objects.get()
    assert (attempt.problem, attempt.status, attempt.response) == ("", 200, "ok")


def test_after_a_change_of_secret_both_hold_for_a_day(hooks, site):
    receiver = hooks.receiver()
    former = receiver.secret
    receiver.change_secret()
    site.add_news("A")
    hooks.send()
    site.add_news("B")
    hooks.send(after=timedelta(hours=25))

    assert [hooks.is_signed(request, former) for request in hooks.got] == [True, False]
    assert [hooks.is_signed(request, receiver.secret) for request in hooks.got] == [True, True]


def test_what_fails_is_repeated_under_the_same_id_and_in_order(hooks, site):
    receiver = hooks.receiver("page.published", "page.unpublished")
    page = site.add_news()
    page.unpublish()
    hooks.answer(500)

    hooks.send()
    assert hooks.told == ["page.published"]  # one that has an error of its own rests
    hooks.send(after=4 * SECOND)
    assert len(hooks.got) == 1
    hooks.send(after=6 * SECOND)

    assert hooks.told == ["page.published", "page.published", "page.unpublished"]
    assert hooks.messages[0] == hooks.messages[1]
    assert states() == ["delivered", "delivered"]
    receiver.refresh_from_db()
    assert (receiver.failures, receiver.failing_since, receiver.rests_until) == (0, None, None)


def test_no_answer_in_time_is_a_failure(hooks, site, monkeypatch):
    monkeypatch.setattr(sending, "TIMEOUT_SECONDS", 0.2)
    hooks.receiver()
    site.add_news()
    hooks.answer(None)

    hooks.send()

    assert Attempt.objects.get().problem == "too_slow"
    hooks.send(after=6 * SECOND)
    assert states() == ["delivered"]


def test_a_message_that_is_refused_does_not_hold_up_the_next_one(hooks, site):
    hooks.receiver("page.published", "page.unpublished")
    page = site.add_news()
    page.unpublish()
    hooks.answer(400)

    hooks.send()

    assert hooks.told == ["page.published", "page.unpublished"]
    assert states() == ["waiting", "delivered"]


def test_a_redirect_is_not_followed(hooks, site):
    hooks.receiver()
    site.add_news()
    hooks.answer(307, Location=f"{hooks.address}/elsewhere")

    hooks.send()

    assert len(hooks.got) == 1
    assert Attempt.objects.get().problem == "redirect"


def test_the_receiver_may_ask_for_time(hooks, site):
    hooks.receiver()
    site.add_news()
    hooks.answer(429, **{"Retry-After": "600"})

    hooks.send()
    hooks.send(after=9 * MINUTE)
    assert len(hooks.got) == 1
    hooks.send(after=11 * MINUTE)

    assert states() == ["delivered"]


def test_some_day_it_is_given_up_and_an_administrator_hears_of_it(hooks, site):
    hooks.receiver()
    site.add_news()
    hooks.answer(*[500] * MOST_ATTEMPTS)
    waited = timedelta()

    hooks.send()
    for wait in WAITS:
        waited += wait + timedelta(minutes=31)  # the receiver rests, too
        hooks.send(after=waited)

    assert len(hooks.got) == MOST_ATTEMPTS
    assert states() == ["given_up"]
    assert Receiver.objects.in_trouble().get().failures == MOST_ATTEMPTS


def test_one_that_is_gone_is_switched_off(hooks, site):
    receiver = hooks.receiver()
    site.add_news("A")
    site.add_news("B")
    hooks.answer(410)

    hooks.send()

    receiver.refresh_from_db()
    assert (len(hooks.got), receiver.is_active, states()) == (1, False, ["given_up", "given_up"])
    assert receiver in Receiver.objects.in_trouble()
    site.add_news("C")
    assert Delivery.objects.count() == 2


class Killed(BaseException):
    """The process ends at once; nothing is tidied up."""


def test_a_process_killed_before_the_answer_leaves_nothing_undone(hooks, site, monkeypatch):
    hooks.receiver()
    site.add_news()

    def killed(*args, **kwargs):
        real(*args, **kwargs)
        raise Killed

    real = sending.send
    with monkeypatch.context() as dying:
        dying.setattr(sending, "send", killed)
        dying.setattr(sending, "_release", lambda *args: None)
        with pytest.raises(Killed):
            hooks.send()
    assert Attempt.objects.get().problem == "cut_short"

    hooks.send(after=MINUTE)  # it might still be at work
    assert len(hooks.got) == 1
    hooks.send(after=4 * MINUTE)

    # Nobody can know whether the first one arrived; its id tells the receiver.
    assert hooks.messages[0] == hooks.messages[1]
    assert states() == ["delivered"]


def test_nobody_else_sends_to_a_receiver_meanwhile(hooks, site):
    receiver = hooks.receiver()
    site.add_news()

    with sending.claimed(receiver.pk):
        hooks.send()
        assert hooks.got == []
    hooks.send()

    assert len(hooks.got) == 1


def test_what_is_rolled_back_is_told_to_nobody(hooks, site):
    hooks.receiver()

    with transaction.atomic():
        site.add_news()
        assert Delivery.objects.exists()
        transaction.set_rollback(True)

    assert not Delivery.objects.exists()


def test_the_command_sends_what_is_due_and_forgets_what_is_old(hooks, site, capsys):
    hooks.receiver()
    site.add_news("A")
    hooks.answer(500)
    call_command("send_webhooks")
    assert "Sent 0 messages, 1 failed; 1 wait." in capsys.readouterr().out
    Receiver.objects.update(rests_until=None)
    Delivery.objects.update(due_at=timezone.now())
    call_command("send_webhooks")
    assert "Sent 1 messages, 0 failed; 0 wait." in capsys.readouterr().out

    Delivery.objects.update(made_at=timezone.now() - timedelta(days=31))
    site.add_news("B")
    Delivery.objects.filter(state="waiting").update(made_at=timezone.now() - timedelta(days=4))
    call_command("send_webhooks")

    assert [*Delivery.objects.values_list("message__data__title", "state")] == [("B", "given_up")]


def test_the_worker_sends_at_once_and_comes_back(hooks, site, settings, django_capture_on_commit_callbacks):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    hooks.receiver()
    hooks.answer(500)
    with django_capture_on_commit_callbacks(execute=True):
        site.add_news("A")
        site.add_news("B")
    with django_capture_on_commit_callbacks(execute=True):
        site.add_news("C")

    work_off()
    assert (hooks.told, states()) == (["page.published"], ["waiting"] * 3)
    # However many events there are, one task is put off.
    assert DBTaskResult.objects.filter(status="READY", task_path__endswith="send_to").count() == 1

    Receiver.objects.update(rests_until=None)
    Delivery.objects.update(due_at=timezone.now())
    DBTaskResult.objects.update(run_after=timezone.now())
    work_off()
    assert states() == ["delivered"] * 3
    assert not DBTaskResult.objects.filter(status="READY", task_path__endswith="send_to").exists()


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("https://127.0.0.1/", "private_network"),
        ("https://[::ffff:10.0.0.1]:8443/", "private_network"),
        ("https://169.254.169.254/latest/", "private_network"),
        ("https://localhost/", "private_network"),
        ("http://93.184.215.14/", "not_encrypted"),
        ("https://user:secret@example.org/", "malformed"),
    ],
)
def test_nothing_is_sent_into_the_house(hooks, site, settings, address, problem):
    settings.WEBHOOKS_ALLOW_INTERNAL = False
    hooks.receiver(address=address)
    site.add_news()

    hooks.send()

    attempt = Attempt.objects.get()
    assert (attempt.problem, attempt.status) == (problem, None)


def test_publishing_costs_one_query_where_nobody_listens(site):
    page = site.add_news()
    with CaptureQueriesContext(connection) as queries:
        page.save_revision().publish()

    assert sum("webhooks_" in query["sql"] for query in queries) == 1
