"""What the editor sends."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import CheckWaiver, SegmentComment

#: Far more than any text of a page; keeps somebody from filling the disk.
LONGEST_WORDS = 100_000


class WordsForm(forms.Form):
    """Words for a segment, and which words the translator saw there when the form was made."""

    words = forms.CharField(required=False, strip=False, max_length=LONGEST_WORDS)
    version = forms.CharField(required=False, max_length=80)


class CommentForm(forms.ModelForm):
    class Meta:
        model = SegmentComment
        fields = ["text"]
        error_messages = {"text": {"required": _("Write the comment first.")}}


class WaiverForm(forms.ModelForm):
    class Meta:
        model = CheckWaiver
        fields = ["check_name", "reason"]
        error_messages = {"reason": {"required": _("Say why it is right all the same.")}}
