"""“Update translations” where languages ask for review: their changes become drafts, and the message says so."""

from django.contrib import messages
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from pages import translation_permissions

from .gate import holding_back


class Update(translation_permissions.Update):
    def get_form(self):
        """Offer no machine translation here: its words would count as accepted, and nobody saw what it costs."""
        form = super().get_form()
        form.fields.pop("use_machine_translation", None)
        return form

    def form_valid(self, form):
        with holding_back() as locales:
            response = super().form_valid(form)
        if locales:
            names = get_text_list([locale.get_display_name() for locale in locales], _("and"))
            messages.warning(
                self.request, _("Waiting for review, not published: %(languages)s.") % {"languages": names}
            )
        return response
