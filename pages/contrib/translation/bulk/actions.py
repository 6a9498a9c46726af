"""What can be done with pages chosen in the explorer: send for translation, update, fill in, put into a file."""

from __future__ import annotations

from functools import cached_property

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Locale, Page
from wagtail.permissions import page_permission_policy

from ..exchange.choosing import MOST_TRANSLATIONS, named_in_address
from ..jobs import tasks
from ..jobs.running import make
from ..models import Job
from ..requests import stored
from .chosen_pages import Begun, Chosen, ToSubmit
from .forms import LanguagesForm, OneLanguageForm, SubmitForm, UpdateForm

#: How many names a message has.
NAMES_SHOWN = 5


class _ForTranslation(PageBulkAction):
    """Show what was chosen with its languages and what is left out with the reason; the languages are asked for."""

    template_name = "translation/bulk/confirm.html"
    form_class = LanguagesForm
    chosen_as: type = Begun
    #: The right to pages that a language is offered for.
    right = "change"
    explanation = ""
    button = gettext_lazy("Continue")

    def get_actionable_objects(self):
        """Take all; what cannot be done is told page by page."""
        ids = self.request.GET.getlist("id")
        parent = self.request.GET.get("childOf") or None
        if parent is not None and not _is_number(parent):
            raise Http404
        if "all" in ids:
            ids = self.get_all_objects_in_listing_query(parent)
        pages = Page.objects.filter(pk__in=[pk for pk in ids if _is_number(str(pk))])
        return list(pages.filter(depth__gt=1).select_related("locale").order_by("path")), {"items_with_no_access": []}

    @cached_property
    def pages(self) -> list[Page]:
        return self.get_actionable_objects()[0]

    @cached_property
    def rows(self) -> list[Chosen]:
        return self.chosen_as(self.request.user, self.pages).rows

    @cached_property
    def offered(self) -> list[Locale]:
        """The languages of what was chosen, and those where pages below may be worked on."""
        found = {locale.pk for row in self.rows for locale in row.locales}
        if any(page.numchild for page in self.pages):
            mine = page_permission_policy.instances_user_has_permission_for(self.request.user, self.right)
            below = set(mine.order_by().values_list("locale", flat=True).distinct())
            languages = {page.locale_id for page in self.pages}
            # Nothing is translated into the language that it is written in.
            found |= below - languages if len(languages) == 1 else below
        return list(Locale.objects.filter(pk__in=found))

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"offered": self.offered}

    def get_context_data(self, **kwargs):
        # Wagtail's asks for the rights to each page singly.
        context = super(PageBulkAction, self).get_context_data(**kwargs)
        return context | {
            "rows": [row for row in self.rows if not row.reason],
            "left_out": [row for row in self.rows if row.reason],
            "heading": self.display_name,
            "explanation": self.explanation,
            "button": self.button,
            "can_begin": bool(self.offered),
            "has_children": any(page.numchild for page in self.pages),
        }

    def object_context(self, obj):
        return {"item": obj}

    @cached_property
    def taken(self):
        """What was chosen, with the pages below where these are wanted."""
        pages = self.pages
        if self.cleaned_form.cleaned_data["include_descendants"]:
            within = Page.objects.none()
            for page in pages:
                within |= Page.objects.descendant_of(page, inclusive=True)
            pages = within.order_by("path")
        return self.chosen_as(self.request.user, pages)


class _AsJob(_ForTranslation):
    kind: Job.Kind

    def execute_action(self, objects, **kwargs):
        steps = self.taken.steps(self.cleaned_form.chosen_locales)
        job = make(self.kind, steps, self.request.user, **self.details)
        tasks.begin(job)
        self.next_url = reverse("translation:job", args=[job.pk])
        return len(objects), 0

    @property
    def details(self) -> dict:
        return {}


class SubmitBulkAction(_AsJob):
    kind = Job.Kind.SUBMIT
    chosen_as = ToSubmit
    form_class = SubmitForm
    right = "add"
    action_type = "translation_submit"
    display_name = gettext_lazy("Send for translation")
    aria_label = gettext_lazy("Send selected pages for translation")
    explanation = gettext_lazy("The pages are made as drafts in the languages that you choose.")
    button = gettext_lazy("Send for translation")
    action_priority = 200

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"rows": [row for row in self.rows if not row.reason]}

    @property
    def details(self):
        form = self.cleaned_form
        return {"asks": form.cleaned_data["asks"], **stored(**form.told)}


class UpdateBulkAction(_AsJob):
    kind = Job.Kind.UPDATE
    form_class = UpdateForm
    action_type = "translation_update"
    display_name = gettext_lazy("Update translations")
    aria_label = gettext_lazy("Update translations of selected pages")
    explanation = gettext_lazy(
        "Pictures, files, order and whatever else is not text come over from the source; what was translated stays."
    )
    button = gettext_lazy("Update translations")
    action_priority = 210

    @property
    def details(self):
        return {"publishes": self.cleaned_form.cleaned_data["publishes"]}


class _LeadsOn(_ForTranslation):
    """Nothing is done yet: the next page shows what will be."""

    address = ""

    def prepare_action(self, objects, objects_without_access):
        locales = self.cleaned_form.chosen_locales
        translations = self.taken.translations(locales)
        self._tell(self.taken.left_out(locales))
        if not translations:
            messages.error(
                self.request, _("In this language there is no translation of these pages that you may change.")
            )
            return redirect(self.next_url)
        if len(translations) > MOST_TRANSLATIONS:
            said = _("Only the first %(number)s translations were taken. Do the others afterwards.")
            messages.warning(self.request, said % {"number": MOST_TRANSLATIONS})
        return redirect(f"{reverse(self.address)}?{named_in_address(translations[:MOST_TRANSLATIONS])}")

    def _tell(self, left_out) -> None:
        if not left_out:
            return
        said = [_("Left out:")]
        for page, why in left_out[:NAMES_SHOWN]:
            said.append(_("“%(title)s”: %(why)s") % {"title": page.get_admin_display_title(), "why": why})
        if (more := len(left_out) - NAMES_SHOWN) > 0:
            said.append(_("And %(number)s more.") % {"number": more})
        messages.warning(self.request, " ".join(said))


class PretranslateBulkAction(_LeadsOn):
    action_type = "translation_pretranslate"
    display_name = gettext_lazy("Pre-translate")
    aria_label = gettext_lazy("Pre-translate selected pages")
    explanation = gettext_lazy("The next page says what comes from the memory, and what would be sent to a machine.")
    address = "translation:pretranslate"
    action_priority = 220


class ExportBulkAction(_LeadsOn):
    form_class = OneLanguageForm
    action_type = "translation_export"
    display_name = gettext_lazy("Files for translators")
    aria_label = gettext_lazy("Download selected pages as a file for translators")
    explanation = gettext_lazy("One file holds all pages in one language. The next page asks for its format.")
    address = "translation:exchange"
    action_priority = 230


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 16


BULK_ACTIONS = (SubmitBulkAction, UpdateBulkAction, PretranslateBulkAction, ExportBulkAction)
