"""What the link checker remembers: each link of the site, each address elsewhere, and how far it came."""

from __future__ import annotations

import datetime
import hashlib

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.contrib.settings.models import BaseGenericSetting
from wagtail.models import Locale, Page

from .problems import AT_ONCE, PATIENCE, UNSURE

DAY = datetime.timedelta(days=1)
#: How long an answer holds, and how soon one that failed is asked again.
HOLDS_FOR = 7 * DAY
ASK_AGAIN_AFTER = datetime.timedelta(hours=8)
LONGEST_WAIT = 7 * DAY


class LinkCheckSettings(BaseGenericSetting):
    """Whether other sites are asked at all, and which of them never."""

    asks_other_sites = models.BooleanField(
        _("ask other sites"),
        default=False,
        help_text=_("Without it only links within the site are checked."),
    )
    hosts_left_alone = models.TextField(
        _("sites that are never asked"),
        blank=True,
        help_text=_("One name a line, for example: intranet.example.org. Its subdomains are left alone too."),
    )

    panels = [
        HelpPanel(
            content=_(
                "To know whether a link to another site still works, this server asks that site for the page, about "
                "once a week. The other site then learns the network address of this server, the address of your site, "
                "and which of its pages you link to. Nothing about readers or editors leaves the house. Addresses "
                "inside your own network are never asked."
            )
        ),
        FieldPanel("asks_other_sites"),
        FieldPanel("hosts_left_alone"),
    ]

    class Meta:
        verbose_name = _("link checker")

    def leaves_alone(self, host: str) -> bool:
        """Tell whether an editor asked that this host, or one above it, is not visited."""
        names = {name.strip().casefold().lstrip(".") for name in self.hosts_left_alone.splitlines()} - {""}
        return any(host == name or host.endswith(f".{name}") for name in names)


class Address(models.Model):
    """An address elsewhere; asked once for all links that lead to it."""

    class State(models.TextChoices):
        UNASKED = "unasked", _("not asked yet")
        FINE = "fine", _("works")
        MOVED = "moved", _("moved for good")
        UNSURE = "unsure", _("cannot be told")
        FAILING = "failing", _("failed, will be asked again")
        BROKEN = "broken", _("broken")

    #: SHA-256 of the address: an address may be longer than an index allows.
    digest = models.CharField(max_length=64, unique=True)
    url = models.TextField(_("address"))
    host = models.CharField(max_length=255, db_index=True)
    state = models.CharField(max_length=10, choices=State, default=State.UNASKED, db_index=True)
    problem = models.CharField(max_length=30, blank=True)
    http_status = models.PositiveSmallIntegerField(null=True, blank=True)
    moved_to = models.TextField(blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    failing_since = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    ask_after = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("address elsewhere")
        verbose_name_plural = _("addresses elsewhere")

    def __str__(self):
        return self.url

    @staticmethod
    def digest_of(url: str) -> str:
        return hashlib.sha256(url.encode()).hexdigest()

    def note(self, answer, now=None) -> None:
        """Remember what the other site answered; it is broken only when patience has run out."""
        now = now or timezone.now()
        self.asked_at = now
        self.problem, self.http_status, self.moved_to = answer.problem, answer.status, answer.moved_to
        if not answer.problem or answer.problem in UNSURE:
            self._note_no_failure(now)
        else:
            self._note_failure(answer, now)
        self.save()

    def _note_no_failure(self, now):
        self.state = self.State.UNSURE if self.problem else self.State.MOVED if self.moved_to else self.State.FINE
        self.failures, self.failing_since = 0, None
        self.ask_after = now + HOLDS_FOR

    def _note_failure(self, answer, now):
        self.failures = min(self.failures + 1, 1000)
        self.failing_since = self.failing_since or now
        is_certain = answer.problem in AT_ONCE or self.failures >= PATIENCE.get(answer.problem, 3)
        self.state = self.State.BROKEN if is_certain else self.State.FAILING
        wait = max(answer.retry_after or ASK_AGAIN_AFTER, ASK_AGAIN_AFTER)
        self.ask_after = now + min(DAY if is_certain else wait, LONGEST_WAIT)


class LinkQuerySet(models.QuerySet):
    def wanting(self) -> LinkQuerySet:
        """Those with something to tell: broken, moved for good, or nobody can say."""
        told = ["broken", "moved", "unsure"]
        return self.filter(~Q(problem="") | ~Q(moved_to="") | Q(address__state__in=told))

    def broken(self) -> LinkQuerySet:
        return self.filter(~Q(problem="") | Q(address__state="broken"))


class Link(models.Model):
    """One link of a published page, a snippet or a setting, with its place in the editor."""

    class Kind(models.TextChoices):
        PAGE = "page", _("page")
        DOCUMENT = "document", _("document")
        PATH = "path", _("address on this site")
        ELSEWHERE = "elsewhere", _("another site")
        MAIL = "mail", _("e-mail")
        PHONE = "phone", _("phone")

    #: Where the link stands: a page, or another object by its type and key.
    page = models.ForeignKey(Page, on_delete=models.CASCADE, null=True, related_name="+")
    source_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    source_id = models.CharField(max_length=64)
    source_title = models.CharField(max_length=255, blank=True)
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, null=True, related_name="+")
    #: Steps into the source, see ``places``.
    place = models.JSONField(default=list)
    anchor = models.CharField(max_length=255, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    words = models.CharField(max_length=255, blank=True)
    href = models.TextField()
    #: The page or document it names; no key, since what it names may be gone.
    target_id = models.BigIntegerField(null=True)
    address = models.ForeignKey(Address, on_delete=models.PROTECT, null=True, related_name="links")
    problem = models.CharField(_("problem"), max_length=30, blank=True)
    moved_to = models.TextField(blank=True)
    broken_since = models.DateTimeField(null=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("link")
        verbose_name_plural = _("links")
        indexes = [
            models.Index(fields=["source_type", "source_id"]),
            models.Index(fields=["kind", "target_id"]),
            models.Index(fields=["problem"]),
        ]

    def __str__(self):
        return self.words or self.href

    @property
    def told_problem(self) -> str:
        """The code of what is wrong, its own or that of the address elsewhere."""
        if self.problem:
            return self.problem
        if self.moved_to or (self.address and self.address.state == Address.State.MOVED):
            return "moved"
        return self.address.problem if self.address else ""


class Progress(models.Model):
    """How far the checker came: one row, so that a run continues where the last one stopped."""

    busy_until = models.DateTimeField(null=True)
    page_cursor = models.BigIntegerField(default=0)
    swept_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)

    @classmethod
    def get(cls) -> Progress:
        return cls.objects.get_or_create(pk=1)[0]

    @classmethod
    def claim(cls, for_: datetime.timedelta) -> bool:
        """Take the turn to ask other sites; false while another process has it."""
        now = timezone.now()
        free = cls.objects.filter(Q(busy_until=None) | Q(busy_until__lt=now), pk=cls.get().pk)
        return bool(free.update(busy_until=now + for_))

    @classmethod
    def release(cls) -> None:
        cls.objects.filter(pk=1).update(busy_until=None, asked_at=timezone.now())
