"""What is done in the background when something is published, or when an editor asks."""

from django.apps import apps
from django_tasks import task

from . import keeping, rounds
from .models import Address, Link, LinkCheckSettings


@task()
def check_pages(ids):
    """Check the links of pages that were published."""
    keeping.keep(list(keeping.checked_pages().filter(pk__in=ids).specific()))


@task()
def check_object(label, pk):
    """Check the links of a snippet or setting that was saved."""
    if found := apps.get_model(label)._default_manager.filter(pk=pk).first():
        keeping.keep([found])


@task()
def judge_links_to(kind, ids):
    """Look again at links to pages or documents that came, went or changed."""
    keeping.judge_again(keeping.links_to(Link.Kind(kind), ids))


@task()
def ask_address(pk):
    """Ask one address elsewhere now, because an editor wants to know."""
    address = Address.objects.filter(pk=pk).first()
    rules = LinkCheckSettings.load()
    if address and rules.asks_other_sites and not rules.leaves_alone(address.host):
        address.note(rounds.visitor().ask(address.url))
