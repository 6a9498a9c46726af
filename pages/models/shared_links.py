"""What a page shows of itself where its address is shared."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SharePicture(models.Model):
    """The picture drawn of a page when it was last published (``pages/share_picture_files.py``)."""

    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="share_picture", verbose_name=_("page")
    )
    file = models.FileField(_("file"), max_length=100, db_index=True)

    # No place where an editor uses a page.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("share picture")
        verbose_name_plural = _("share pictures")

    def __str__(self):
        return self.file.name
