import datetime
import socket

import pytest
from aiosmtpd.controller import Controller
from django.contrib.auth.models import Group, User
from django.utils import timezone
from wagtail.models import GroupPagePermission

from pages.models import SectionPage
from tests.site_tree import SiteTree


class Reviewed(SiteTree):
    """A site with people, and section pages of any age."""

    def add_section(self, title="O nas", *, days_old=0, **fields) -> SectionPage:
        page = self._publish(self.home, SectionPage(title=title, **fields))
        SectionPage.objects.filter(pk=page.pk).update(last_published_at=days_ago(days_old))
        return SectionPage.objects.get(pk=page.pk)

    def add_person(self, name, *rights, page=None) -> User:
        group = Group.objects.create(name=f"Grupa: {name}")
        group.permissions.add(*Group.objects.get(name="Editors").permissions.filter(codename="access_admin"))
        for right in rights:
            GroupPagePermission.objects.create(group=group, page=page or self.home, permission_type=right)
        user = User.objects.create_user(name, f"{name}@example.org", "password")
        user.groups.add(group)
        return user


def days_ago(days):
    return timezone.now() - datetime.timedelta(days=days)


def day(days_from_today):
    return timezone.localdate() + datetime.timedelta(days=days_from_today)


@pytest.fixture
def site(db) -> Reviewed:
    site = Reviewed()
    # Home and the lists are old enough to be due by themselves; tests speak of their own pages.
    GroupPagePermission.objects.all().delete()
    return site


class Mailbox:
    """What a mail server took, and whom it refuses."""

    def __init__(self):
        self.letters, self.refused = [], set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.letters.append(envelope)
        return "250 taken"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def mailbox(letters_go_to):
    """A real mail server on this machine."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    letters_go_to(controller.port)
    yield box
    controller.stop()
