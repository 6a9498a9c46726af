"""Lists of pages: what stands in one, in which order, and how it is read in the same time however long it is."""

from __future__ import annotations

import datetime
from urllib.parse import urlencode

from django.db import models
from django.db.models import Exists, OuterRef, Q, prefetch_related_objects
from django.dispatch import receiver
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move

from .base import BasePage, StoryPage, editing_tabs
from .files import HasFiles
from .filters import Filters
from .keyset import Keyset, Place, Run, Window
from .reading import open_to_all

ENTRIES_ON_A_PAGE = 20
#: So many ids stand in a query; of more, the query that finds them.
MOST_NAMED = 1000


class ListingPage(HasFiles, BasePage):
    """A page that lists its children of one type, with filters, a feed and more pages of twenty."""

    edit_handler = editing_tabs(
        content=[*BasePage.opening_panels],
        attachments=[*BasePage.attachment_panels],
        publication=BasePage.publication_panels,
    )
    parent_page_types = ["pages.HomePage"]
    files = {"feed.atom": "pages.feeds.feed_of_listing"}
    #: What readers may filter by: classes of ``filters``.
    facets = ()
    lists_events = False

    class Meta:
        abstract = True

    @property
    def entry_type(self) -> type[ListedPage]:
        raise NotImplementedError

    def entries(self):
        """Return what readers may see of this list, in no order; each entry carries its ``day``."""
        entries = self.entry_type.objects.filter(list_id=self.pk, live=True)
        return without_locks_of_their_own(entries).annotate(day=self.entry_type.day_in_lists())

    def entries_to_count(self):
        """Return the same entries for counting: the hidden ones are looked for once, the others stand in an index."""
        below = Page.objects.filter(path__startswith=self.path, depth=self.depth + 1)
        hidden = below.filter(Q(live=False) | _has_locks_of_its_own()).order_by().values_list("pk", flat=True)
        few = list(hidden[: MOST_NAMED + 1])
        entries = self.entry_type.objects.filter(list_id=self.pk)
        entries = entries.exclude(pk__in=few if len(few) <= MOST_NAMED else hidden)
        return entries.annotate(day=self.entry_type.day_in_lists())

    def runs(self, today: datetime.date) -> list[Run]:
        return [Run(falls=True)]

    @cached_property
    def today(self) -> datetime.date:
        return timezone.localdate()

    def filters(self, query) -> Filters:
        return Filters(self, self.facets, query)

    def read(self, entries, after=None, before=None, size=ENTRIES_ON_A_PAGE) -> Window:
        """Return one page of these entries with all that a card or a feed shows of them."""
        whole = entries.select_related("lead_image", "locale", "programme", "author_unit").defer("body")
        window = Keyset(whole, self.runs(self.today), size).window(after, before)
        prefetch_related_objects(window.entries, "lead_image__renditions")
        return window

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        filters = self.filters(request.GET)
        places = {name: Place.read(request.GET.get(name)) for name in ("after", "before")}
        window = self.read(filters.entries, **places)
        self.kept_query = filters.query_for_other_languages
        return context | {
            "filters": filters,
            "window": window,
            "entries": window.entries,
            "canonical_query": _address(filters, after=window.after),
            "previous_query": _address(filters, before=window.previous) if window.previous else "",
            "next_query": _address(filters, after=window.next) if window.next else "",
        }


def _address(filters: Filters, **place: Place | None) -> str:
    """Return the query string of a page of the list, ``?`` included; empty for the start without filters."""
    query = [*filters.pairs, *((name, str(value)) for name, value in place.items() if value)]
    return f"?{urlencode(query)}" if query else ""


class ListedPage(StoryPage):
    """A page that stands in a list."""

    # The id of the page above, so that an index can hold a list in its order: the tree is known only by paths, and
    # a condition on paths makes a database sort the whole list. Not a foreign key: the reference index would count
    # each entry as a use of the list.
    list_id = models.IntegerField(null=True, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def day_in_lists(cls):
        """Return the expression of the day by which entries of this type are ordered."""
        return models.F("display_date")

    def save(self, *args, **kwargs):
        above = Page.objects.filter(path=self.path[: -self.steplen])
        self.list_id = above.values_list("pk", flat=True).first()
        return super().save(*args, **kwargs)


@receiver(post_page_move)
def note_the_new_list(sender, instance, parent_page_after, **kwargs):
    """Moving writes paths and nothing else."""
    if issubclass(sender, ListedPage):
        sender.objects.filter(pk=instance.pk).update(list_id=parent_page_after.pk)


def without_locks_of_their_own(entries):
    """Leave out what asks more of a reader than its list does; an alias counts as its source."""
    return entries.exclude(_has_locks_of_its_own())


def _has_locks_of_its_own() -> Q:
    own = PageViewRestriction.objects.filter(page_id=OuterRef("pk"))
    source = open_to_all(Page.objects.filter(pk=OuterRef("alias_of_id")))
    return Q(Exists(own)) | Q(~Exists(source), alias_of__isnull=False)
