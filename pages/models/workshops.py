"""Workshops: the list, the event, its tracks with the people who lead them."""

import datetime
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from pages.blocks import TEXT_FEATURES

from .base import BasePage, StoryPage, editing_tabs
from .files import HasFiles
from .filters import CityFacet, ProgrammeFacet, TimeFacet, TopicFacet, YearFacet
from .forms import WorkshopPageForm
from .galleries import galleries_panel
from .keyset import Run
from .listings import ListedPage, ListingPage
from .reading import open_to_all
from .rows import Row, RowWithRows

BIGGEST_KEY = 2**31 - 1


def validate_time_zone(name):
    """Refuse a name that is not in the IANA time zone database."""
    if name not in available_timezones():
        raise ValidationError(
            _("“%(name)s” is not a time zone. Write for example Europe/Warsaw."), params={"name": name}
        )


class WorkshopIndexPage(ListingPage):
    """The list of workshops: those to come first, the nearest foremost, then the past ones."""

    subpage_types = ["pages.WorkshopPage"]
    page_description = _("The list of all workshops: those to come, then the past ones.")
    template = "pages/listing_page.html"
    files = {**ListingPage.files, "calendar.ics": "pages.calendars.calendar_of_listing"}
    facets = (TimeFacet, TopicFacet, ProgrammeFacet, CityFacet, YearFacet)
    lists_events = True

    class Meta:
        verbose_name = _("list of workshops")
        verbose_name_plural = _("lists of workshops")

    @property
    def entry_type(self):
        return WorkshopPage

    def runs(self, today):
        return [Run(falls=False, since=today), Run(falls=True, until=today - datetime.timedelta(days=1))]


class EventStatus(models.TextChoices):
    """Whether a workshop takes place; whether it is over follows from its dates."""

    PLANNED = "planned", _("as planned")
    POSTPONED = "postponed", _("postponed, the new date is not known yet")
    CANCELLED = "cancelled", _("cancelled")


class WorkshopPage(HasFiles, ListedPage):
    """An event over one or several days, with tracks led by named people."""

    starts_on = models.DateField(
        _("first day"), help_text=_("Without a day it cannot be saved. If it is not known yet, give a likely one.")
    )
    ends_on = models.DateField(
        _("last day"),
        null=True,
        blank=True,
        help_text=_("The day on which it ends, for example the Friday of that week. Empty: it lasts one day."),
    )
    starts_at = models.TimeField(
        pgettext_lazy("time of day", "from"),
        null=True,
        blank=True,
        help_text=_("When it begins, for example 9:00. Empty: the whole day."),
    )
    ends_at = models.TimeField(
        pgettext_lazy("time of day", "to"),
        null=True,
        blank=True,
        help_text=_("When people can leave, for example 15:30; on the last day if there are several."),
    )
    time_zone = models.CharField(
        _("time zone"), max_length=60, default="Europe/Warsaw", validators=[validate_time_zone]
    )
    venue = models.CharField(
        _("venue"),
        max_length=250,
        blank=True,
        help_text=_("Building, street and number, for example: City Hall, Rynek 1; or: online."),
    )
    city = models.CharField(
        _("city"), max_length=120, blank=True, help_text=_("Only its name, as readers filter by it. For example: Łódź.")
    )
    organiser = models.ForeignKey(
        "pages.Organisation",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organiser"),
        help_text=_("Who invites, for example: City of Łódź. If it is not on the list, add it there."),
    )
    edition = models.PositiveSmallIntegerField(
        _("number in the series"),
        null=True,
        blank=True,
        help_text=_(
            "If the meetings of the programme are numbered, for example: 4. The previous and next one are found by dates."
        ),
    )

    event_status = models.CharField(
        _("does it take place?"),
        max_length=10,
        choices=EventStatus.choices,
        default=EventStatus.PLANNED,
        help_text=_("Readers see it at the top of the page, in lists and in their calendars. The page stays."),
    )
    status_note = models.CharField(
        _("what readers should know about it"),
        max_length=250,
        blank=True,
        help_text=_("Shown when the workshop is postponed or cancelled. For example: The new date will be 12 May."),
    )

    files = {"calendar.ics": "pages.calendars.calendar_of_workshop"}
    joined_when_read = (*StoryPage.joined_when_read, "organiser")

    base_form_class = WorkshopPageForm
    edit_handler = editing_tabs(
        content=[
            *BasePage.opening_panels,
            StoryPage.picture_panel,
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("starts_on", required_on_save=True), FieldPanel("ends_on")]),
                    FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                    FieldRowPanel([FieldPanel("event_status"), FieldPanel("status_note")]),
                    FieldRowPanel([FieldPanel("venue"), FieldPanel("city")]),
                    FieldRowPanel([FieldPanel("organiser"), FieldPanel("edition")]),
                    InlinePanel(
                        "audiences",
                        heading=_("For whom"),
                        label=_("Group"),
                        help_text=_("Each group in a row of its own, for example: mayors."),
                    ),
                ],
                heading=_("When, where, for whom"),
            ),
            # Hardly ever another one, so it is folded.
            FieldPanel(
                "time_zone",
                classname="collapsed",
                widget=forms.Select(choices=[(name, name) for name in sorted(available_timezones())]),
                help_text=_("Of the place where it happens, or of the host of a meeting on the internet."),
            ),
            FieldPanel("body"),
            InlinePanel(
                "tracks",
                heading=_("Tracks"),
                label=_("Track"),
                help_text=_(
                    "One for each group that worked on its own; readers see them in this order. None is needed."
                ),
            ),
            BasePage.contact_panel,
        ],
        attachments=[galleries_panel(at_tracks=True), *BasePage.attachment_panels],
        publication=[FieldPanel("display_date"), *StoryPage.filing_panels, *BasePage.publication_panels],
    )
    search_fields = [
        *StoryPage.search_fields,
        index.SearchField("city"),
        index.SearchField("venue"),
        index.FilterField("starts_on"),
        index.RelatedFields("tracks", [index.SearchField("title"), index.SearchField("summary")]),
    ]
    api_fields = [
        *StoryPage.api_fields,
        APIField("starts_on", writable=True),
        APIField("ends_on", writable=True),
        APIField("starts_at", writable=True),
        APIField("ends_at", writable=True),
        APIField("starts"),
        APIField("ends"),
        APIField("time_zone", writable=True),
        APIField("venue", writable=True),
        APIField("city", writable=True),
        APIField("organiser", writable=True),
        APIField("audiences"),
        APIField("edition", writable=True),
        APIField("status"),
        APIField("event_status", writable=True),
        APIField("status_note", writable=True),
        APIField("tracks"),
    ]
    override_translatable_fields = [
        *StoryPage.override_translatable_fields,
        SynchronizedField("time_zone", overridable=False),
    ]
    parent_page_types = ["pages.WorkshopIndexPage"]
    subpage_types = []
    page_description = _("A meeting with a date: tracks, experts, gallery, materials.")

    class Meta:
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")
        indexes = [
            models.Index(fields=["list_id", "display_date", "page_ptr"], name="workshops_by_announcement"),
            models.Index("list_id", Coalesce("ends_on", "starts_on"), "page_ptr", name="workshops_of_list"),
            models.Index(
                "list_id", "programme", Coalesce("ends_on", "starts_on"), "page_ptr", name="workshops_of_programme"
            ),
        ]

    @property
    def begun_anew(self):
        today = timezone.localdate()
        length = self.last_day - self.starts_on
        return super().begun_anew | {"starts_on": today, "ends_on": today + length if self.ends_on else None}

    @classmethod
    def day_in_lists(cls):
        # The last day, not the first: an exhibition that lasts all year does not stand above the workshop of
        # tomorrow, and one index serves those to come and the past ones.
        return Coalesce("ends_on", "starts_on")

    @property
    def takes_place(self) -> bool:
        return self.event_status == EventStatus.PLANNED

    @property
    def last_day(self) -> datetime.date:
        return self.ends_on or self.starts_on

    @property
    def is_over_days(self) -> bool:
        return self.last_day != self.starts_on

    @property
    def starts(self) -> datetime.datetime:
        """The moment it begins; midnight where no time is given."""
        return self._moment(self.starts_on, self.starts_at or datetime.time.min)

    @property
    def ends(self) -> datetime.datetime:
        """The moment it ends; the end of the last day where no time is given."""
        return self._moment(self.last_day, self.ends_at or datetime.time.max)

    def _moment(self, day, time):
        return datetime.datetime.combine(day, time, tzinfo=ZoneInfo(self.time_zone))

    @property
    def status(self) -> str:
        """``upcoming``, ``under_way`` or ``past``, from the dates and the clock."""
        now = timezone.now()
        if now < self.starts:
            return "upcoming"
        return "past" if now > self.ends else "under_way"

    @cached_property
    def tracks_with_people(self):
        """Tracks in their order with people, outcomes and pictures loaded."""
        if self.has_rows_in_memory:
            return list(self.tracks.all())
        people = TrackPerson.objects.select_related("person__photo")
        outcomes = TrackOutcome.objects.select_related("document")
        return list(self.tracks.prefetch_related(Prefetch("people", people), Prefetch("outcomes", outcomes)))

    def pictures(self):
        people = [row.person for track in self.tracks_with_people for row in track.people.all()]
        return [*super().pictures(), *(person.photo for person in people)]

    @property
    def previous_in_series(self):
        """The workshop of the same programme before this one, or nothing."""
        return next((page for page in self._neighbours if self._is_before(page)), None)

    @property
    def next_in_series(self):
        """The workshop of the same programme after this one, or nothing."""
        return next((page for page in self._neighbours if not self._is_before(page)), None)

    def _is_before(self, other) -> bool:
        return (other.starts_on, other.pk) < (self.starts_on, self._number)

    @property
    def _number(self) -> int:
        """The primary key, or one behind all others when the page is previewed before it is first saved."""
        return self.pk or BIGGEST_KEY

    @cached_property
    def _neighbours(self):
        if not self.programme_id:
            return []
        series = WorkshopPage.objects.live().filter(locale_id=self.locale_id, programme_id=self.programme_id)
        series = open_to_all(series)
        earlier = Q(starts_on__lt=self.starts_on) | Q(starts_on=self.starts_on, pk__lt=self._number)
        later = Q(starts_on__gt=self.starts_on) | Q(starts_on=self.starts_on, pk__gt=self._number)
        before = series.filter(earlier).order_by("-starts_on", "-pk").values("pk")[:1]
        after = series.filter(later).order_by("starts_on", "pk").values("pk")[:1]
        found = WorkshopPage.objects.filter(Q(pk=Subquery(before)) | Q(pk=Subquery(after)))
        return list(found.defer("body"))

    def clean(self):
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day is before the first day. Check both dates.")})
        if self.ends_at and not self.starts_at:
            raise ValidationError(
                {"starts_at": _("Give the time it begins too, or leave both empty for the whole day.")}
            )
        if self.starts_at and self.ends_at and not self.is_over_days and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("It ends before it begins. Check both times.")})


class WorkshopAudience(Row):
    """A group the workshop is for."""

    page = ParentalKey(WorkshopPage, on_delete=models.CASCADE, related_name="audiences")
    name = models.CharField(_("name"), max_length=120, help_text=_("For example: representatives of model cities."))

    panels = [FieldPanel("name")]
    api_fields = [APIField("name")]

    class Meta(Row.Meta):
        verbose_name = _("audience group")
        verbose_name_plural = _("audience groups")

    def __str__(self):
        return self.name


class TrackSubject(models.TextChoices):
    """What a track is about, as the drawing beside its title shows it: the icon ``track-<value>``."""

    ECONOMY = "economy", _("shops, money, work")
    HOUSING = "housing", _("housing")
    VOICE = "voice", _("residents’ say, non-governmental organisations")
    GREEN = "green", _("greenery and public space")
    WATER = "water", _("water and climate")
    TRANSPORT = "transport", _("walking, cycling, transport")
    HERITAGE = "heritage", _("culture and monuments")
    EDUCATION = "education", _("education and youth")
    HEALTH = "health", _("health and care")
    DATA = "data", _("data and diagnosis")
    OTHER = "other", _("something else")


class Track(RowWithRows):
    """A thematic track of a workshop: what it was about, who led it, what came of it."""

    page = ParentalKey(WorkshopPage, on_delete=models.CASCADE, related_name="tracks")
    title = models.CharField(
        _("title"),
        max_length=200,
        help_text=_("What the group worked on. For example: Water in courtyards and streets."),
    )
    short_title = models.CharField(
        _("short title"),
        max_length=80,
        blank=True,
        help_text=_("For the list of tracks at the side. For example: Water."),
    )
    subject = models.CharField(
        pgettext_lazy("what a track is about", "subject"),
        max_length=20,
        choices=TrackSubject.choices,
        default=TrackSubject.OTHER,
        help_text=_("Chooses the small drawing above the title."),
    )
    summary = RichTextField(
        _("summary"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("What was talked about and what came of it, in one or two paragraphs."),
    )

    panels = [
        FieldRowPanel([FieldPanel("title"), FieldPanel("short_title")]),
        FieldPanel("subject"),
        FieldPanel("summary"),
        InlinePanel("people", heading=_("People"), label=_("Person")),
        InlinePanel("outcomes", heading=_("Outcomes"), label=_("Outcome")),
    ]
    api_fields = [
        APIField("title"),
        APIField("short_title"),
        APIField("subject"),
        APIField("summary"),
        APIField("people"),
        APIField("outcomes"),
    ]

    class Meta(RowWithRows.Meta):
        verbose_name = _("track")
        verbose_name_plural = _("tracks")

    @property
    def icon_name(self) -> str:
        """The drawing of its subject in ``images/icons.svg``."""
        return f"track-{self.subject}"

    @property
    def plain_summary(self) -> str:
        return get_text_for_indexing(self.summary).strip()

    def __str__(self):
        return self.title


class TrackPerson(Row):
    """Somebody who leads a track, with the wording of the role there."""

    track = ParentalKey(Track, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(
        "pages.Person",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("person"),
        help_text=_("Each person is kept once; a new one is added in the window that opens."),
    )
    role = models.CharField(
        _("role"), max_length=120, blank=True, help_text=_("For example: expert guidance, moderation.")
    )

    panels = [FieldRowPanel([FieldPanel("person"), FieldPanel("role")])]
    api_fields = [APIField("person"), APIField("role")]

    class Meta(Row.Meta):
        verbose_name = _("person of a track")
        verbose_name_plural = _("people of a track")


class TrackOutcome(Row):
    """Something that came of a track; its document may come later."""

    track = ParentalKey(Track, on_delete=models.CASCADE, related_name="outcomes")
    name = models.CharField(_("name"), max_length=250, help_text=_("For example: A small catalogue of advice."))
    document = models.ForeignKey(
        "media.SiteDocument",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("document"),
        help_text=_("May follow later: until then readers see the name alone."),
    )

    panels = [FieldPanel("name"), FieldPanel("document")]
    api_fields = [APIField("name"), APIField("document")]

    class Meta(Row.Meta):
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")

    def __str__(self):
        return self.name
