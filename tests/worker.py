"""The worker of the task queue, within the process of the tests."""

from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult


def work_off() -> None:
    """Do what the worker would do; as a command it would close the connection of the test."""
    worker = Worker(
        queue_names=["default"], interval=0, batch=True, backend_name="default",
        startup_delay=False, max_tasks=None, worker_id="test",
    )  # fmt: skip
    while task := DBTaskResult.objects.ready().first():
        task.claim("test")
        worker.run_task(task)
