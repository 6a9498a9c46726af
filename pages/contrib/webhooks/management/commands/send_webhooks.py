"""``manage.py send_webhooks``: what is due and nobody has sent, after a killed worker, too, or where there is none."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from pages.contrib.webhooks import sending
from pages.contrib.webhooks.models import Attempt, Delivery, Receiver

SECONDS_FOR_EACH = 60


class Command(BaseCommand):
    help = "Send the messages of webhooks that are due. Run it every minute."

    def handle(self, *args, **options):
        started = timezone.now()
        sending.prune()
        receivers = sending.due(started).values_list("receiver", flat=True).order_by().distinct()
        for receiver_id in sorted(receivers):
            sending.run(receiver_id, SECONDS_FOR_EACH)
        attempts = Attempt.objects.filter(made_at__gte=started)
        waiting = Delivery.objects.filter(state=Delivery.State.WAITING).count()
        self.stdout.write(
            f"Sent {attempts.filter(problem='').count()} messages, {attempts.exclude(problem='').count()} failed; "
            f"{waiting} wait."
        )
        for receiver in Receiver.objects.in_trouble():
            self.stderr.write(f"Receiver {receiver.pk} ({receiver.address}) needs an administrator.")
