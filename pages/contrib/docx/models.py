"""Word files between their preview and the page that is made of them, or changed after them."""

import datetime
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .stationery.kinds import Kind


class UploadQuerySet(models.QuerySet):
    def forgotten(self):
        """Those that nobody decided about for so long that they are deleted."""
        return self.filter(uploaded_at__lt=timezone.now() - Upload.KEPT)


class Upload(models.Model):
    """An uploaded file that somebody has yet to decide about.

    Its bytes stand in the row: seen by nobody but who uploaded them, and gone in the same transaction in which
    the page comes, or changes.
    """

    KEPT: ClassVar = datetime.timedelta(days=1)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("file"), max_length=255)
    content = models.BinaryField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = UploadQuerySet.as_manager()
    # Otherwise a page would seem to be used where somebody tried a file out.
    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True

    def __str__(self):
        return self.name


class WaitingFile(Upload):
    """A file whose page is not made yet."""

    parent = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    page_type = models.CharField(max_length=100)

    class Meta:
        verbose_name = _("waiting Word file")
        verbose_name_plural = _("waiting Word files")


class ReturnedFile(Upload):
    """A file that was made of a page and has come back, until an editor has chosen what of it to take."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("returned Word file")
        verbose_name_plural = _("returned Word files")


class Work(models.Model):
    """What is done with a long file in the background; it goes with its file, so whoever puts that away cancels it."""

    class Kind(models.TextChoices):
        READ = "read"
        MAKE = "make"
        COMPARE = "compare"
        TAKE = "take"
        #: Read and, if asked, make, for a program that waits elsewhere.
        IMPORT = "import"

    class State(models.TextChoices):
        WAITING = "waiting"
        TOLD = "told"
        FAILED = "failed"

    #: One that has said nothing for so long was killed.
    SILENCE: ClassVar = datetime.timedelta(minutes=2)

    #: That of its file.
    id = models.UUIDField(primary_key=True, editable=False)
    file = models.OneToOneField(WaitingFile, on_delete=models.CASCADE, null=True, related_name="work")
    returned = models.OneToOneField(ReturnedFile, on_delete=models.CASCADE, null=True, related_name="work")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.READ)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    #: The form as it was sent, lists of values by their names.
    asked = models.JSONField(default=dict)
    #: What the editor is shown, once it was read or compared.
    told = models.JSONField(null=True)
    trouble = models.TextField(blank=True)
    #: Who works on it, if anybody does, and when that one was last heard of; before that, when it was asked for.
    runner = models.CharField(max_length=32, blank=True)
    begun_at = models.DateTimeField(default=timezone.now)
    #: How far it is: which of the steps of its kind, and how much of that, where it can be counted.
    step = models.PositiveSmallIntegerField(default=0)
    percent = models.PositiveSmallIntegerField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        verbose_name = _("work on a Word file")
        verbose_name_plural = _("works on Word files")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(file=models.F("id"), returned=None) | models.Q(file=None, returned=models.F("id")),
                name="work_on_one_file",
            )
        ]

    def __str__(self):
        return f"{self.kind}: {self.state}"

    @property
    def upload(self) -> Upload:
        """The file it is about."""
        return self.file or self.returned

    @property
    def is_interrupted(self) -> bool:
        """Whether nobody seems to work on it although it is not done."""
        return self.state == self.State.WAITING and self.begun_at < timezone.now() - self.SILENCE


class FinishedImport(models.Model):
    """What became of a file that a program has sent, kept for a while after the file went into its page."""

    #: That of the file.
    id = models.UUIDField(primary_key=True, editable=False)
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    report = models.JSONField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = UploadQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        verbose_name = _("finished import")
        verbose_name_plural = _("finished imports")

    def __str__(self):
        return str(self.pk)


class WordTemplate(models.Model):
    """A Word file of the institution that written documents begin as, as ``stationery.cleaning`` has left it."""

    LETTERHEAD: ClassVar = "page"
    PURPOSES: ClassVar = [(LETTERHEAD, _("Pages as Word files")), *Kind.choices]

    purpose = models.CharField(_("for"), max_length=20, choices=PURPOSES)
    name = models.CharField(_("name"), max_length=100)
    #: Of a letterhead: for pages in this language only; empty for all.
    language = models.CharField(_("language"), max_length=20, blank=True)
    content = models.BinaryField()
    checksum = models.CharField(max_length=64, db_index=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        verbose_name = _("Word template")
        verbose_name_plural = _("Word templates")
        ordering = ["purpose", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["language"], condition=models.Q(purpose="page"), name="one_letterhead_for_a_language"
            )
        ]

    def __str__(self):
        return self.name
