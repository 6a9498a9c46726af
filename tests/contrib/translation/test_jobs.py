"""Long work: seen from afar, cancelled, and gone on with after the process that did it was killed."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.urls import resolve, reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from pages.contrib.translation.jobs import running, tasks
from pages.contrib.translation.jobs.running import LeftOut, make, run
from pages.contrib.translation.models import Job, JobStep, LanguageSettings, SegmentDraft
from pages.contrib.translation.models.jobs import SILENCE
from tests.people import person
from tests.worker import work_off

from .test_machine_translation import begin, estimate_of, post, service  # noqa: F401 -- fixtures

KIND = Job.Kind.UPDATE


@pytest.fixture
def clerk(desk):
    return person("clerk")


@pytest.fixture
def works(monkeypatch):
    """Steps that count what they did; a test can change what the next one does."""
    done = []

    def step_work(step):
        done.append(step.title)
        return ()

    monkeypatch.setitem(running.WORKS, KIND, step_work)
    return done


def job_of(desk, user, *titles) -> Job:
    return make(KIND, [JobStep(subject=1, locale=desk.english, title=title) for title in titles], user)


def shown(client, job):
    return " ".join(client.get(reverse("translation:job", args=[job.pk])).content.decode().split())


def test_a_job_that_had_its_time_is_gone_on_with_where_it_was(desk, clerk, client, works):
    job = job_of(desk, clerk, "a", "b", "c")
    client.force_login(clerk)

    assert run(job.pk, seconds=0)
    page = shown(client, job)
    assert works == ["a"]
    assert "33 % (1 of 3)" in page
    assert '<progress class="job-progress" value="1" max="3"' in page

    client.post(reverse("translation:job_go_on", args=[job.pk]))
    while Job.objects.get().state == Job.State.WAITING:
        run(job.pk, seconds=9)

    assert works == ["a", "b", "c"]
    assert Job.objects.get().state == Job.State.FINISHED
    assert "100 % (3 of 3)" in shown(client, job)


def test_a_cancelled_job_ends_after_what_it_is_doing(desk, clerk, client, works, monkeypatch):
    job = job_of(desk, clerk, "a", "b", "c")
    client.force_login(clerk)

    def cancelled_meanwhile(step):
        works.append(step.title)
        client.post(reverse("translation:job_cancel", args=[job.pk]))
        return ()

    monkeypatch.setitem(running.WORKS, KIND, cancelled_meanwhile)
    run(job.pk, seconds=9)
    run(job.pk, seconds=9)

    job.refresh_from_db()
    assert (job.state, job.finished_at, works) == (Job.State.CANCELLED, None, ["a"])
    assert "Cancelled" in shown(client, job)


def test_a_job_of_a_killed_worker_is_gone_on_with_by_the_next(desk, clerk, works, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    job = job_of(desk, clerk, "a", "b")
    long_ago = timezone.now() - SILENCE - datetime.timedelta(seconds=1)
    Job.objects.filter(pk=job.pk).update(runner="killed", beat_at=long_ago)
    assert Job.objects.get().state == Job.State.STOPPED

    tasks.look_after.enqueue(job.pk)
    work_off()

    assert works == ["a", "b"]
    assert Job.objects.get().state == Job.State.FINISHED
    # It would have looked again; now there is nothing to look after.
    assert DBTaskResult.objects.filter(status="READY").count() == 1
    DBTaskResult.objects.update(run_after=timezone.now())
    work_off()
    assert not DBTaskResult.objects.filter(status="READY").exists()


def test_nobody_works_on_a_job_that_somebody_works_on(desk, clerk, works):
    job = job_of(desk, clerk, "a")
    Job.objects.filter(pk=job.pk).update(runner="somebody", beat_at=timezone.now())

    assert run(job.pk, seconds=9) is False
    assert works == []


def test_a_step_that_fails_or_is_left_out_keeps_no_other_waiting(desk, clerk, client, works, monkeypatch, caplog):
    job = job_of(desk, clerk, "broken", "left out", "good")

    def step_work(step):
        if step.title == "broken":
            raise ZeroDivisionError
        if step.title == "left out":
            raise LeftOut("No reason.")
        return ()

    monkeypatch.setitem(running.WORKS, KIND, step_work)
    run(job.pk, seconds=9)
    client.force_login(clerk)

    states = list(job.steps.values_list("state", flat=True))
    assert states == [JobStep.State.FAILED, JobStep.State.LEFT_OUT, JobStep.State.DONE]
    page = shown(client, job)
    english = '<span lang="en" dir="auto">English</span>'
    assert f"broken ({english}): It could not be done." in page
    assert f"left out ({english}): No reason." in page
    assert "Step 1 of job" in caplog.text


def test_a_job_is_shown_to_who_began_it_and_to_administrators(desk, clerk, client, admin_client, works):
    job = job_of(desk, clerk, "a")
    addresses = [reverse(f"translation:{name}", args=[job.pk]) for name in ("job", "job_go_on", "job_cancel")]
    client.force_login(person("stranger"))

    client.get(addresses[0])
    for address in addresses[1:]:
        client.post(address)
    listed = client.get(reverse("translation:jobs")).context["jobs"]

    assert Job.objects.get().state == Job.State.WAITING
    assert client.get(addresses[0]).status_code in {302, 403}
    assert (list(listed), works) == ([], [])
    assert list(admin_client.get(reverse("translation:jobs")).context["jobs"]) == [job]


@pytest.mark.parametrize("address", ["/admin/translations/pretranslate/", "/admin/translations/jobs/1/go-on/"])
def test_no_transaction_is_open_while_a_machine_is_asked(address):
    # Each batch is committed by itself, and nobody else waits for the answer of a service.
    assert resolve(address).func._non_atomic_requests == {"default"}


def test_the_list_of_three_jobs_asks_no_more_than_that_of_one(
    desk, clerk, client, works, django_assert_max_num_queries
):
    client.force_login(clerk)
    job_of(desk, clerk, "a")
    client.get(reverse("translation:jobs"))
    with django_assert_max_num_queries(20) as of_one:
        client.get(reverse("translation:jobs"))
    job_of(desk, clerk, "a")
    job_of(desk, clerk, "b", "c")
    with django_assert_max_num_queries(len(of_one)):
        client.get(reverse("translation:jobs"))


def test_a_worker_pre_translates_and_a_repeated_step_sends_nothing_twice(
    desk,
    service,  # noqa: F811
    settings,
    post,  # noqa: F811
    client,
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    LanguageSettings.objects.create(locale=desk.english, machine_translator="localize")
    translation = desk.send(desk.add_news("Nowe domy", lead="Trzy miasta budują."))
    home = desk.home.get_root()
    clerk = person("clerk", {home: ("add", "change")})
    clerk.groups.get().permissions.add(Permission.objects.get(codename="use_machine_translation"))
    client.force_login(clerk)

    begin(post, client, translation)
    assert "Waiting" in shown(client, Job.objects.get())
    assert service.requests == []
    work_off()
    # The process died before it could note that the step was done.
    Job.objects.update(finished_at=None, runner="")
    JobStep.objects.update(state=JobStep.State.TODO)
    run(Job.objects.get().pk, seconds=9)

    assert sorted(service.sent) == ["Nowe domy", "Trzy miasta budują."]
    assert SegmentDraft.objects.filter(made_by=clerk, origin="machine").count() == 2


def test_only_who_has_the_permission_sends_texts(desk, service, post, client):  # noqa: F811
    LanguageSettings.objects.create(locale=desk.english, machine_translator="localize")
    translation = desk.send(desk.add_news("Nowe domy"))
    translator = person("translator", {desk.home.get_root(): ("add", "change")})
    client.force_login(translator)

    begin(post, client, translation)
    assert service.requests == []

    translator.groups.get().permissions.add(Permission.objects.get(codename="use_machine_translation"))
    begin(post, client, translation)
    assert service.sent == ["Nowe domy"]

    client.force_login(person("stranger"))
    assert client.get(estimate_of(translation)).status_code in {302, 403}
