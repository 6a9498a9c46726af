"""Pictures, galleries and attachments as blocks of a text."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, CharBlock, ListBlock, StructBlock, StructValue
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from media import api, renditions, samples


class PictureValue(StructValue):
    @property
    def shown_alt(self):
        """The words for the ``alt`` attribute: none for a decoration."""
        return "" if self.get("is_decorative") else self.get("alt") or ""


class PictureBlock(StructBlock):
    """One picture with the words that belong to it in this place.

    Not Wagtail's ``ImageBlock``: wagtail-localize 1.14 fails on one that stands in a block inside a block
    (``handle_image_block`` is given no raw value), and its value is an image shared by all uses of that image.
    """

    image = ImageChooserBlock(label=_("Picture"))
    alt = CharBlock(
        required=False,
        max_length=255,
        label=_("Alternative text"),
        help_text=_(
            "What the picture says in this place, for example “Group leaders at the boards with conclusions”; left "
            "empty, the text from the library is used."
        ),
    )
    is_decorative = BooleanBlock(
        required=False,
        label=_("Only decoration"),
        help_text=_("Tick if the picture adds nothing to the text; screen readers will then pass over it."),
    )
    caption = CharBlock(
        required=False,
        max_length=500,
        label=_("Caption"),
        help_text=_("Printed under the picture, for example “Working group on housing”."),
    )

    def clean(self, value):
        cleaned = super().clean(value)
        image = cleaned["image"]
        if image and not cleaned["is_decorative"] and not cleaned["alt"]:
            # Copied rather than looked up later, so that translators meet it as a text of this page.
            cleaned["alt"] = image.description
        if not self.is_deferred_validation and not (cleaned["alt"] or cleaned["is_decorative"]):
            message = _("Say what the picture shows, or tick “Only decoration” if it adds nothing to the text.")
            raise StructBlockValidationError({"alt": ValidationError(message)})
        return cleaned

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        renditions.prefetch_renditions([value.get("image")])
        return context

    def get_preview_value(self):
        return self.normalize(samples.street())

    def get_api_representation(self, value, context=None):
        return api.picture_data(value, (context or {}).get("request"))

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("One picture with alternative text and a caption.")
        template = "media/blocks/picture.html"
        value_class = PictureValue


class GalleryBlock(StructBlock):
    title = CharBlock(
        required=False,
        max_length=200,
        label=_("Title"),
        help_text=_("Says what the photos have in common, for example “Photos from the workshop”."),
    )
    pictures = ListBlock(PictureBlock(), min_num=1, label=_("Pictures"))

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        renditions.prefetch_renditions(picture.get("image") for picture in value["pictures"])
        return context

    def get_preview_value(self):
        pictures = [samples.street(), samples.river(), samples.estate(), samples.town()]
        return self.normalize({"title": _("Photos from the workshop"), "pictures": pictures})

    def get_api_representation(self, value, context=None):
        request = (context or {}).get("request")
        pictures = list(value["pictures"])
        renditions.prefetch_renditions(picture.get("image") for picture in pictures)
        return {"title": value["title"], "pictures": [api.picture_data(picture, request) for picture in pictures]}

    class Meta:
        icon = "grip"
        label = _("Gallery")
        description = _("Several pictures that readers can enlarge and leaf through.")
        template = "media/blocks/gallery.html"


class AttachmentBlock(StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    title = CharBlock(
        required=False,
        max_length=255,
        label=_("Title in this place"),
        help_text=_("Only if it should differ from the document's own title, for example in a translation."),
    )

    def get_api_representation(self, value, context=None):
        return api.attachment_data(value, (context or {}).get("request"))

    class Meta:
        icon = "doc-full"
        label = _("Attachment")


class AttachmentsBlock(StructBlock):
    title = CharBlock(
        required=False,
        max_length=200,
        label=_("Title"),
        help_text=_("Heads the group, for example “Presentations”."),
    )
    is_expected = BooleanBlock(
        required=False,
        label=_("Files will follow"),
        help_text=_("Tick while there are no files yet: readers are told that they will appear here."),
    )
    documents = ListBlock(AttachmentBlock(), default=[], label=_("Documents"))

    def clean(self, value):
        cleaned = super().clean(value)
        if not self.is_deferred_validation and not (cleaned["documents"] or cleaned["is_expected"]):
            message = _("Add a document, or tick “Files will follow” if it is still to come.")
            raise StructBlockValidationError({"is_expected": ValidationError(message)})
        return cleaned

    def get_preview_value(self):
        documents = [samples.presentation(), samples.summary()]
        return self.normalize({"title": _("Presentations"), "is_expected": False, "documents": documents})

    def get_api_representation(self, value, context=None):
        request = (context or {}).get("request")
        return {
            "title": value["title"],
            "is_expected": value["is_expected"],
            "documents": [api.attachment_data(item, request) for item in value["documents"]],
        }

    class Meta:
        icon = "download"
        label = _("Attachments")
        description = _("Documents to download, with their format, size and language.")
        template = "media/blocks/attachments.html"
