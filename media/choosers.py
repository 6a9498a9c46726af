"""Choosers of pictures and documents: where many can be chosen, many can be uploaded in one go.

Wagtail's choosers take many at once from the library but upload one by one. Here the upload tab of
such a chooser takes many files too. Each becomes an item of the library and comes back as chosen.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.documents.forms import get_document_form
from wagtail.documents.views import chooser as document_views
from wagtail.images.forms import get_image_form
from wagtail.images.views import chooser as image_views
from wagtail.images.widgets import AdminImageChooser
from wagtail.permissions import policy_registry
from wagtail.utils.file import hash_filelike

from media.models import SiteDocument, SiteImage

#: One request carries them all; more would keep the editor waiting without a word.
MOST_FILES = 40


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    widget = ManyFilesInput

    def clean(self, data, initial=None):
        return [super(ManyFilesField, self).clean(file, initial) for file in data or []]


class UploadManyForm(forms.Form):
    """Put many files into the library, each judged as if it came alone.

    Good files are kept also when others are refused: they travel along in ``kept``.
    A file that the library has already is not stored again.
    """

    model: ClassVar[type]
    #: Fields of the form for one file that are asked for once for all.
    shared: ClassVar[tuple[str, ...]] = ("collection",)

    kept = forms.ModelMultipleChoiceField(queryset=None, required=False, widget=forms.MultipleHiddenInput)
    files = ManyFilesField(label=_("Files"), required=False)

    def __init__(self, *args, user, instance=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        single = self.single_form_class(user=user)
        self.fields |= {name: single.fields[name] for name in self.shared if name in single.fields}
        self.fields["files"].widget.attrs["accept"] = single.fields["file"].widget.attrs.get("accept", "")
        self.fields["kept"].queryset = self.choosable

    @property
    def single_form_class(self):
        raise NotImplementedError

    @cached_property
    def choosable(self):
        policy = policy_registry.get_by_type(self.model)
        return policy.instances_user_has_any_permission_for(self.user, ["choose"])

    def clean(self):
        cleaned = super().clean()
        files = cleaned.get("files") or []
        if not (files or cleaned.get("kept")):
            raise ValidationError({"files": _("Choose at least one file.")})
        if len(files) > MOST_FILES:
            limit = _("At most %(count)s files can be uploaded at once. Take fewer, and upload the rest after that.")
            raise ValidationError({"files": limit % {"count": MOST_FILES}})
        return cleaned

    def save(self) -> list:
        """Return the items of the library; what is wrong with the other files then stands in the errors."""
        items = list(self.cleaned_data["kept"])
        for file in self.cleaned_data["files"]:
            item = self._in_library(file) or self._save(file)
            if item and item not in items:
                items.append(item)
        return items

    def _in_library(self, file):
        return self.choosable.filter(file_hash=hash_filelike(file)).first()

    def _save(self, file):
        data = {name: self.data.get(self.add_prefix(name), "") for name in self.shared}
        data["title"] = PurePath(file.name).stem
        one = self.model(uploaded_by_user=self.user)
        form = self.single_form_class(data, {"file": file}, user=self.user, instance=one)
        if form.is_valid():
            return form.save()
        for messages in form.errors.values():
            for message in messages:
                self.add_error("files", f"{file.name}: {message}")
        return None

    def keep(self, items) -> None:
        """Carry items along while the editor is told which files were refused."""
        if not items:
            return
        self.data = self.data.copy()
        self.data.setlist(self.add_prefix("kept"), [str(item.pk) for item in items])
        words = ngettext(
            "%(count)s file is in the library: %(titles)s. Add others in place of the refused ones, or only press "
            "“Upload” again.",
            "%(count)s files are in the library: %(titles)s. Add others in place of the refused ones, or only press "
            "“Upload” again.",
            len(items),
        )
        titles = ", ".join(item.title for item in items)
        self.add_error("files", words % {"count": len(items), "titles": titles})


class UploadPicturesForm(UploadManyForm):
    model = SiteImage
    shared = ("collection", "credit", "licence")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["files"].label = _("Pictures")
        self.fields["files"].help_text = _(
            "Take as many as you like, up to %(count)s. Each gets a row of its own on the page, where you say what it "
            "shows."
        ) % {"count": MOST_FILES}

    @property
    def single_form_class(self):
        return get_image_form(SiteImage)


class UploadDocumentsForm(UploadManyForm):
    model = SiteDocument
    shared = ("collection", "kind")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["files"].label = _("Documents")
        self.fields["files"].help_text = _(
            "Take as many as you like, up to %(count)s. The names of the files become their titles; you can give "
            "each another title in its row."
        ) % {"count": MOST_FILES}

    @property
    def single_form_class(self):
        return get_document_form(SiteDocument)


class UploadsMany:
    """Mixed into the views of a chooser that show its upload form."""

    many_form_class: ClassVar[type[UploadManyForm]]

    @property
    def takes_many(self) -> bool:
        return bool(self.request.GET.get("multiple"))

    def get_creation_form_class(self):
        return self.many_form_class if self.takes_many else super().get_creation_form_class()

    def post(self, request):
        if not self.takes_many:
            return super().post(request)
        self.form = self.get_creation_form()
        if not self.form.is_valid():
            return self.get_reshow_creation_form_response()
        items = self.form.save()
        if self.form.errors:
            self.form.keep(items)
            return self.get_reshow_creation_form_response()
        return self.get_multiple_chosen_response(items)


class UploadsPictures(UploadsMany):
    many_form_class = UploadPicturesForm
    model = SiteImage


class ChoosePictures(UploadsPictures, image_views.ImageChooseView):
    pass


class UploadPictures(UploadsPictures, image_views.ImageUploadView):
    pass


class UploadsDocuments(UploadsMany):
    many_form_class = UploadDocumentsForm


class ChooseDocuments(UploadsDocuments, document_views.DocumentChooseView):
    pass


class UploadDocuments(UploadsDocuments, document_views.DocumentChooserUploadView):
    pass


class PictureChooser(AdminImageChooser):
    chooser_modal_url_name = "media_picture_chooser:choose"


#: Wagtail's own word is translated once for all, into the language of whoever came first.
SEARCH = _("Search")


class PictureChooserViewSet(image_views.ImageChooserViewSet):
    search_tab_label = SEARCH
    choose_view_class = ChoosePictures
    create_view_class = UploadPictures
    # Registered with the addresses, hence after Wagtail's own widget for pictures.
    register_widget = True
    widget_class = PictureChooser
    widget_telepath_adapter_class = None


class DocumentChooserViewSet(document_views.DocumentChooserViewSet):
    search_tab_label = SEARCH
    choose_view_class = ChooseDocuments
    create_view_class = UploadDocuments


pictures = PictureChooserViewSet("media_picture_chooser", model=SiteImage, url_prefix="images/choose-many")
documents = DocumentChooserViewSet("media_document_chooser", model=SiteDocument, url_prefix="documents/choose-many")
