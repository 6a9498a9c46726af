"""What the desk can be narrowed to."""

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q
from django.forms import RadioSelect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.coreutils import get_content_type_label
from wagtail.models import Locale

from ..models import DeskCell, DeskSource, State
from . import asked

#: How deep in the tree a page may stand to count as a section of the site.
DEEPEST_SECTION = 3

#: A new section may be missing among the choices for so long, and nobody waits for two queries more.
KEPT_SECONDS = 60

TO_DO = "to_do"
STATES_TO_DO = (State.OUTDATED, State.REQUESTED, State.MISSING, State.IN_TRANSLATION, State.TRANSLATED)


def sections() -> list[tuple[str, str]]:
    """Return path and name of the pages below which something to translate may stand, home pages first."""
    sources = DeskSource.objects.filter(page__depth__lte=DEEPEST_SECTION, page__numchild__gt=0)
    rows = sources.order_by("page__path").values_list("page__path", "page__depth", "title")
    return [(path, f"{'– ' * (depth - 2)}{title}") for path, depth, title in rows]


def kinds() -> list[int]:
    """Return the ids of the types of pages and snippets that are on the desk."""
    return list(DeskSource.objects.order_by().values_list("content_type", flat=True).distinct())


def to_choose_from() -> dict[str, list]:
    """Return the lists of sections and types; they may be a minute old."""
    read = {"section": sections, "content_type": kinds}
    return cache.get_or_set(
        "translation.desk.choices", lambda: {name: ask() for name, ask in read.items()}, KEPT_SECONDS
    )


class DeskFilterSet(WagtailFilterSet):
    """Language and state speak of the same cell: "outdated in Ukrainian"."""

    language = django_filters.ChoiceFilter(
        label=_("Language"),
        empty_label=None,
        null_label=_("All"),
        null_value=None,
        widget=RadioSelect,
        method="by_cell",
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(TO_DO, _("Something to do")), *State.choices],
        empty_label=None,
        null_label=_("All"),
        null_value=None,
        widget=RadioSelect,
        method="by_cell",
    )
    deadline = django_filters.ChoiceFilter(
        label=_("Deadline"),
        choices=asked.DEADLINES,
        empty_label=None,
        null_label=_("All"),
        null_value=None,
        widget=RadioSelect,
        method="by_cell",
    )
    person = django_filters.ChoiceFilter(label=_("Person"), method="by_cell")
    section = django_filters.ChoiceFilter(label=_("Section"), method="by_section")
    content_type = django_filters.ChoiceFilter(label=_("Type"))

    class Meta:
        model = DeskSource
        fields = ["language", "state", "deadline", "person", "section", "content_type"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Read once: a field asks a function for its choices again each time it is checked or shown.
        self.locales = list(Locale.objects.all())
        self.filters["language"].extra["choices"] = [
            (locale.language_code, locale.get_display_name()) for locale in self.locales
        ]
        choices = to_choose_from()
        types = [ContentType.objects.get_for_id(pk) for pk in choices["content_type"]]
        named = [(str(kind.pk), get_content_type_label(kind)) for kind in types]
        self.filters["content_type"].extra["choices"] = sorted(named, key=lambda choice: choice[1])
        self.filters["section"].extra["choices"] = choices["section"]
        self.filters["person"].extra["choices"] = asked.people()

    @cached_property
    def wanted_cells(self) -> Q:
        """The cells that the choices of language, state, deadline and person speak of."""
        chosen = self.form.cleaned_data if self.form.is_valid() else {}
        wanted = Q()
        if chosen.get("language"):
            wanted &= Q(locale__language_code=chosen["language"])
        if state := chosen.get("state"):
            wanted &= Q(state__in=STATES_TO_DO) if state == TO_DO else Q(state=state)
        if deadline := chosen.get("deadline"):
            wanted &= asked.by_deadline(deadline)
        if person := chosen.get("person"):
            wanted &= asked.by_person(person, self.request.user)
        return wanted

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset)
        if self.wanted_cells:
            queryset = queryset.filter(Exists(DeskCell.objects.filter(self.wanted_cells, source=OuterRef("pk"))))
        return queryset

    def by_cell(self, queryset, name, value):
        return queryset  # all choices together, in filter_queryset

    def by_section(self, queryset, name, path):
        return queryset.filter(page__path__startswith=path)
