"""The translation memory in the admin: to look something up, and to throw out what is wrong."""

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from .in_language import in_language
from .models import MemoryEntry
from .wording import plain

SHOWN_LETTERS = 120


class LookedAtOnly(ModelPermissionPolicy):
    """Entries come from accepted translations and files: nobody writes them by hand."""

    def user_has_permission(self, user, action):
        return action not in {"add", "change"} and super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user, action, instance):
        return self.user_has_permission(user, action)


register_permission_policy(MemoryEntry, LookedAtOnly(MemoryEntry), exact_class=True)


def _beginning(field):
    """Return what a cell shows of an entry's ``source`` or ``target``."""

    def beginning(entry):
        words = Truncator(plain(getattr(entry, field))).chars(SHOWN_LETTERS)
        return in_language(words, getattr(entry, f"{field}_language"))

    return beginning


class MemoryIndex(generic.IndexView):
    default_ordering = ["-made_at", "-pk"]

    def get_base_queryset(self):
        return super().get_base_queryset().select_related("person")


class MemoryViewSet(ModelViewSet):
    model = MemoryEntry
    name = "translation_memory"
    url_prefix = "translations/memory"
    icon = "history"
    index_view_class = MemoryIndex
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = [
        "source_language", "target_language", "source", "target", "origin", "person", "made_at", "times_used",
    ]  # fmt: skip
    exclude_form_fields = []
    search_fields = ["source", "target", "origin"]
    list_filter = ["source_language", "target_language", "is_imported"]
    list_per_page = 50
    list_display = [
        TitleColumn(
            "source", label=_("Original"), accessor=_beginning("source"), url_name="translation_memory:inspect"
        ),
        Column("target", label=_("Translation"), accessor=_beginning("target")),
        Column("source_language", label=_("From")),
        Column("target_language", label=_("Into")),
        Column("origin", label=_("Origin")),
        Column("person", label=_("Person")),
        DateColumn("made_at", label=_("Date"), sort_key="made_at"),
        Column("times_used", label=_("Times used"), sort_key="times_used"),
    ]


memory_viewset = MemoryViewSet()
