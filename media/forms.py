"""Upload forms of the library: a refused file gets a sentence, never a server error."""

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from media.document_files import check_document
from media.image_files import broken_picture, check_picture
from media.models import DocumentKind

MEGAPIXEL = 1_000_000


class SiteImageField(WagtailImageField):
    """Wagtail's checks with sentences that help, and a full decode behind them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        limits = {
            "formats": self.supported_formats_text,
            "size": self.max_upload_size_text,
            "megapixels": self.max_image_pixels // MEGAPIXEL,
        }
        self.help_text = (
            _("A picture in one of the formats %(formats)s, at most %(size)s and %(megapixels)s megapixels.") % limits
        )
        self.error_messages.update(_image_messages(limits))

    def to_python(self, data):
        try:
            file = super().to_python(data)
        except ValidationError:
            raise
        except Exception as error:  # A broken header is met in Wagtail's own checks already.
            raise broken_picture() from error
        if file is not None:
            check_picture(file)
        return file


def _image_messages(limits):
    too_big = _("This picture is too big: at most %(size)s are allowed. Save it smaller and upload it again.") % limits
    return {
        "invalid_image": _("This file is not a picture that can be read. Upload one of: %(formats)s.") % limits,
        "invalid_image_extension": _(
            "Pictures of this type cannot be published here. Save it as one of %(formats)s and upload that."
        )
        % limits,
        # Wagtail puts the type in; the sign is doubled for the second round.
        "invalid_image_known_format": _(
            "This is a %(image_format)s picture, although its name ends in .%(extension)s. Rename it or save it again, "
            "and upload that."
        ),
        "file_too_large": too_big.replace("%", "%%"),
        "file_too_large_unknown_size": too_big,
        "file_too_many_pixels": (
            _(
                "This picture has too many pixels: at most %(megapixels)s megapixels are allowed. Make it smaller, "
                "for example 3000 pixels wide, and upload it again."
            )
            % limits
        ).replace("%", "%%"),
    }


class SiteImageForm(BaseImageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            field = self.fields["file"]
            self.fields["file"] = SiteImageField(label=field.label, required=field.required, widget=field.widget)

    def save(self, commit=True):
        # The model removes a replaced file itself, once no rollback can want it back.
        self.original_file = None
        return super().save(commit=commit)

    class Meta(BaseImageForm.Meta):
        widgets = {**BaseImageForm.Meta.widgets, "consent_note": forms.Textarea(attrs={"rows": 2})}


class SiteDocumentField(WagtailDocumentField):
    """Wagtail's check of the size, and ours of the content."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        too_big = _(
            "This document is too big: at most %(size)s are allowed. Make its pictures smaller or split it, and "
            "upload it again."
        ) % {"size": filesizeformat(self.max_upload_size)}
        self.error_messages["file_too_large"] = too_big.replace("%", "%%")
        self.error_messages["file_too_large_unknown_size"] = too_big

    def to_python(self, data):
        file = super().to_python(data)
        if file is not None:
            check_document(file, file.name)
        return file


class SiteDocumentForm(BaseDocumentForm):
    def __init__(self, *args, **kwargs):
        self.user = kwargs.get("user")
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            field = self.fields["file"]
            self.fields["file"] = SiteDocumentField(label=field.label, required=field.required, widget=field.widget)
        # Uploading many at once sends only the files; each would otherwise wait for its kind before it is kept.
        self.fields["kind"].required = False

    def clean_kind(self):
        return self.cleaned_data["kind"] or DocumentKind.OTHER

    def save(self, commit=True):
        # The replaced file lives on as an earlier version of the document.
        self.original_file = None
        self.instance.replaced_by = self.user
        return super().save(commit=commit)

    class Meta(BaseDocumentForm.Meta):
        # The browser's own date field: it needs no script, so it also works in forms fetched later.
        widgets = {
            **BaseDocumentForm.Meta.widgets,
            "published_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
