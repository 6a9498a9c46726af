"""The form at the editors' door, with every label in the editor's language."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm as WagtailLoginForm


class LoginForm(WagtailLoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Wagtail 8 names the field after the Python attribute, in English everywhere.
        self.fields["password"].label = _("Password")
