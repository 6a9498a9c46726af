"""Images and documents of the library, as the editor describes them."""

import hashlib
from pathlib import PurePath
from uuid import uuid4

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, DocumentQuerySet
from wagtail.images.models import AbstractImage, AbstractRendition, ImageQuerySet
from wagtail.search import index

from media import document_facts
from media.signals import document_replaced

NAME_LENGTH = 80


class SiteImageQuerySet(ImageQuerySet):
    def public(self):
        """Keep only the images that a published page shows to everybody."""
        return self.filter(is_public=True)


class Licence(models.TextChoices):
    OWN = "own", _("Our own work")
    CC0 = "cc0", "CC0 1.0"
    CC_BY = "cc-by", "CC BY 4.0"
    CC_BY_SA = "cc-by-sa", "CC BY-SA 4.0"
    PUBLIC_DOMAIN = "public-domain", _("Public domain")
    PERMISSION = "permission", _("Used with the author's permission")
    OTHER = "other", _("Other (say which in the source)")


class SiteImage(AbstractImage):
    description = models.CharField(
        _("alternative text"),
        max_length=255,
        blank=True,
        default="",
        help_text=_(
            "What the picture shows, for people who do not see it, for example “Participants listen to a talk in "
            "the plenary hall”. Each page can word it for its own context."
        ),
    )
    credit = models.CharField(
        _("credit"),
        max_length=200,
        blank=True,
        help_text=_("The author as it should be printed, for example “Photo: Anna Nowak”."),
    )
    licence = models.CharField(
        _("licence"),
        max_length=20,
        choices=Licence.choices,
        blank=True,
        help_text=_("On what terms we may publish the picture, for example “CC BY 4.0”."),
    )
    source = models.CharField(
        _("source"),
        max_length=500,
        blank=True,
        help_text=_(
            "Where the picture comes from: an address or a few words, for example “archive of the department”."
        ),
    )
    consent_note = models.TextField(
        _("consent of the people shown"),
        blank=True,
        help_text=_(
            "For the editors only: who agreed and where it is kept, for example “list signed on 18 July 2018”."
        ),
    )
    is_public = models.BooleanField(_("public"), default=False, editable=False, db_index=True)

    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit",
        "licence",
        "source",
        "consent_note",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    search_fields = [
        *AbstractImage.search_fields,
        index.SearchField("credit"),
        index.FilterField("licence"),
        index.FilterField("is_public"),
    ]

    objects = SiteImageQuerySet.as_manager()

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        # The address of a file is looked up in every reader's request.
        indexes = [models.Index(fields=["file"], name="media_siteimage_file")]

    @property
    def default_alt_text(self):
        """The editor's words or nothing: a title such as “IMG_2041” helps nobody."""
        return self.description

    def save(self, *args, **kwargs):
        replaced = _replaced_file(self)
        super().save(*args, **kwargs)
        if replaced:
            self.renditions.all().delete()
            # Only now is it sure that no rollback will want the old file again.
            transaction.on_commit(lambda: replaced.storage.delete(replaced.name))


class Rendition(AbstractRendition):
    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        unique_together = [("image", "filter_spec", "focal_point_key")]
        indexes = [models.Index(fields=["file"], name="media_rendition_file")]


def document_path(instance, filename):
    """Give every upload a folder of its own, so that a new version may keep the name of the old one."""
    name = PurePath(filename)
    return f"documents/{uuid4().hex[:12]}/{name.stem[:NAME_LENGTH]}{name.suffix.lower()}"


class SiteDocumentQuerySet(DocumentQuerySet):
    def public(self):
        """Keep only the documents that a published page shows to everybody."""
        return self.filter(is_public=True)


class DocumentKind(models.TextChoices):
    SUMMARY = "summary", _("Summary")
    PRESENTATION = "presentation", _("Presentation")
    MINUTES = "minutes", _("Minutes")
    FORM = "form", _("Form")
    REPORT = "report", _("Report")
    OTHER = "other", _("Other")


class SiteDocument(AbstractDocument):
    file = models.FileField(_("file"), upload_to=document_path, max_length=255)
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=DocumentKind.choices,
        default=DocumentKind.OTHER,
        help_text=_("What readers will find in it, for example “Summary”."),
    )
    language = models.CharField(
        _("language"),
        max_length=35,
        blank=True,
        validators=[
            RegexValidator(
                r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
                _("Write the language as a code, for example “pl”, “en” or “uk”."),
            )
        ],
        help_text=_("The language it is written in, for example Polish; left empty, it is read from the file."),
    )
    published_on = models.DateField(
        _("published on"),
        null=True,
        blank=True,
        help_text=_("The date printed on the document or the day it was made known, for example 24.07.2018."),
    )
    page_count = models.PositiveIntegerField(_("pages or slides"), null=True, editable=False)
    checksum = models.CharField(_("SHA-256 checksum"), max_length=64, blank=True, editable=False)
    # Here and not only with whoever made the page: an attachment's line asks in no query of its own.
    text_checksum = models.CharField(
        _("checksum of the file that can be read as a page"), max_length=64, blank=True, editable=False
    )
    is_public = models.BooleanField(_("public"), default=False, editable=False, db_index=True)

    admin_form_fields = ("title", "file", "kind", "language", "published_on", "collection", "tags")

    search_fields = [
        *AbstractDocument.search_fields,
        index.FilterField("kind"),
        index.FilterField("language"),
        index.FilterField("published_on"),
        index.FilterField("is_public"),
    ]

    objects = SiteDocumentQuerySet.as_manager()

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    @property
    def format(self):
        """The type as readers know it, for example “DOCX”."""
        return self.file_extension.upper()

    @property
    def size_bytes(self):
        return self.file_size

    @property
    def has_text_page(self):
        """Whether the text of today's file, not of one before it, can be read as a page."""
        return bool(self.text_checksum) and self.text_checksum == self.checksum

    def clean(self):
        """Leave the file to the form, which looks at its content; Wagtail would look at the name once more."""

    def save(self, *args, **kwargs):
        with transaction.atomic():
            is_replaced = False
            if self.file and not self.file._committed:
                self._set_document_file_metadata()
                is_replaced = self._keep_replaced_version()
            super().save(*args, **kwargs)
            if is_replaced:
                document_replaced.send(sender=type(self), instance=self)

    def _set_document_file_metadata(self):
        super()._set_document_file_metadata()
        with self.open_file() as file:
            self.checksum = hashlib.file_digest(file, "sha256").hexdigest()
            facts = document_facts.read(file, self.file_extension)
            file.seek(0)
        self.page_count = facts.page_count
        self.language = self.language or facts.language

    def _keep_replaced_version(self) -> bool:
        old = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        if old and old.file:
            DocumentVersion.objects.create(
                document=old,
                file=old.file.name,
                file_size=old.file_size,
                checksum=old.checksum,
                page_count=old.page_count,
                replaced_by=getattr(self, "replaced_by", None),
            )
            return True
        return False


class DocumentVersion(models.Model):
    """A file that a document held before; its bytes stay where they were."""

    document = models.ForeignKey(SiteDocument, on_delete=models.CASCADE, related_name="versions")
    file = models.FileField(_("file"), upload_to=document_path, max_length=255)
    file_size = models.PositiveBigIntegerField(_("size in bytes"), null=True)
    checksum = models.CharField(_("SHA-256 checksum"), max_length=64, blank=True)
    page_count = models.PositiveIntegerField(_("pages or slides"), null=True)
    replaced_at = models.DateTimeField(_("replaced at"), auto_now_add=True)
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("replaced by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    # Otherwise an old version would count as a place where the document is used.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("earlier version")
        verbose_name_plural = _("earlier versions")
        ordering = ["-replaced_at", "-pk"]

    def __str__(self):
        return self.filename

    @property
    def filename(self):
        return PurePath(self.file.name).name


def _replaced_file(instance):
    """Return the stored file that a save is about to replace, or None."""
    if not instance.pk or not instance.file or instance.file._committed:
        return None
    old = type(instance).objects.filter(pk=instance.pk).first()
    return old.file if old and old.file else None
