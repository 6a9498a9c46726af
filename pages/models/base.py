"""What every page of the site has, and what news and workshops share."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.api import APIField
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from media.renditions import prefetch_renditions
from pages.body import BodyField

from .attachments import Attachment
from .forms import BasePageForm
from .funding import FundingSigns
from .galleries import Gallery, GalleryPhoto, galleries_panel
from .patterns import PatternPermissions, PatternStaysDraft
from .previews import MODES, SIZES, TEMPLATES, modes_of_plugins
from .programmes import PageTopic, Programme, RelatedPage
from .reading import as_its_type, open_to_all, whole
from .rows import disown_foreign_rows


class BasePage(Page):
    """What every page of the site has: a short title, a lead, a contact, a date of review.

    Abstract, not a swapped page model: wagtail-localize does not support
    ``WAGTAIL_PAGE_MODEL`` (docs/decisions/0001-no-custom-base-page.md).
    """

    short_title = models.CharField(
        _("short title"), max_length=80, blank=True, help_text=_("For menus and breadcrumbs. Empty: the title.")
    )
    lead = models.TextField(
        _("lead"),
        max_length=600,
        blank=True,
        help_text=_(
            "One or two sentences that say the most important thing; also shown in lists and by search engines."
        ),
    )
    contact_name = models.CharField(_("contact"), max_length=200, blank=True, help_text=_("A person or a unit to ask."))
    contact_email = models.EmailField(_("e-mail"), blank=True)
    contact_phone = models.CharField(
        _("phone"), max_length=40, blank=True, help_text=_("With the country code: +48 22 123 45 67.")
    )
    review_on = models.DateField(
        _("to be reviewed on"),
        null=True,
        blank=True,
        help_text=_("When somebody should check that the page is still true, for example a year from now."),
    )
    is_pattern = models.BooleanField(_("pattern"), default=False, editable=False)

    base_form_class = BasePageForm
    opening_panels = [
        TitleFieldPanel(
            "title",
            help_text=_("Say it so that it is understood in a list, too: A courtyard in five steps, not: Courtyards."),
        ),
        FieldPanel(
            "short_title",
            help_text=_("For menus and breadcrumbs, for example: Courtyards. Empty: the title."),
        ),
        FieldPanel(
            "lead",
            help_text=_(
                "The most important in one or two sentences, for example: Ten cities will meet in March to talk about "
                "water in the inner city. Lists and search engines show it too."
            ),
        ),
    ]
    gallery_panels = [galleries_panel()]
    attachment_panels = [
        InlinePanel(
            "attachment_groups",
            heading=_("Documents"),
            label=_("Group of documents"),
            help_text=_(
                "Group the files as readers look for them: Summary, Presentations. Format and size are added by themselves."
            ),
        ),
    ]
    contact_panel = MultiFieldPanel(
        [
            FieldPanel(
                "contact_name",
                heading=_("Person or unit"),
                help_text=_("Whom readers may ask: a person or a unit, for example: Anna Nowak, programme office."),
            ),
            FieldRowPanel(
                [
                    FieldPanel(
                        "contact_email",
                        help_text=_("Best a box that several people read. For example: office@example.org"),
                    ),
                    FieldPanel("contact_phone"),
                ]
            ),
        ],
        heading=_("Contact"),
    )
    content_panels = [*opening_panels, contact_panel]
    publication_panels = [FieldPanel("review_on")]

    search_fields = [
        *Page.search_fields,
        index.SearchField("lead", boost=2),
        index.AutocompleteField("short_title"),
    ]
    api_fields = [
        APIField("short_title", writable=True),
        APIField("lead", writable=True),
        APIField("contact_name", writable=True),
        APIField("contact_email", writable=True),
        APIField("contact_phone", writable=True),
        APIField("review_on", writable=True),
    ]
    override_translatable_fields = [SynchronizedField("contact_phone")]
    show_in_menus_default = False
    preview_sizes = SIZES
    #: Relations that a reader's page shows; they are read together with the page.
    joined_when_read: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.is_pattern and self.live:
            raise PatternStaysDraft(f"Page {self.pk} is a pattern. Start a page from it, and publish that one.")
        return super().save(*args, **kwargs)

    def with_content_json(self, content):
        page = super().with_content_json(disown_foreign_rows(type(self), content))
        # Earlier revisions were made before the page became a pattern.
        page.is_pattern = self.is_pattern
        return page

    def permissions_for_user(self, user):
        return PatternPermissions(user, self)

    def get_admin_display_title(self):
        title = super().get_admin_display_title()
        return _("Pattern: %(title)s") % {"title": title} if self.is_pattern else title

    @property
    def begun_anew(self) -> dict:
        """What a page started from this pattern does not take from it."""
        return {"is_pattern": False, "review_on": None, "go_live_at": None, "expire_at": None}

    @property
    def menu_title(self) -> str:
        """The title where space is short: menus, breadcrumbs, cards."""
        return self.short_title or self.title

    @property
    def has_rows_in_memory(self) -> bool:
        """Whether this is a preview: what is not saved yet cannot be read from the database."""
        return "_cluster_related_objects" in vars(self)

    @cached_property
    def galleries_with_photos(self):
        """Galleries of the page with their pictures, those without pictures left out."""
        if self.has_rows_in_memory:
            return [gallery for gallery in self.galleries.all() if gallery.photos.all()]
        galleries: dict[int, tuple[Gallery, list[GalleryPhoto]]] = {}
        for photo in self._stored_photos():
            galleries.setdefault(photo.gallery_id, (photo.gallery, []))[1].append(photo)
        for gallery, photos in galleries.values():
            gallery.photos.set(photos)
        return [gallery for gallery, _photos in galleries.values()]

    def _stored_photos(self):
        photos = GalleryPhoto.objects.filter(gallery__page_id=self.pk).select_related("gallery", "image")
        return photos.order_by("gallery__sort_order", "gallery__pk", "sort_order", "pk")

    @cached_property
    def photos(self):
        """All pictures of the page's galleries in their order."""
        return [photo for gallery in self.galleries_with_photos for photo in gallery.photos.all()]

    def pictures(self):
        """Every picture that the page shows outside its body."""
        return [photo.image for photo in self.photos]

    def get_context(self, request, *args, **kwargs):
        prefetch_renditions(self.pictures())
        return super().get_context(request, *args, **kwargs)

    @cached_property
    def preview_modes(self):
        return [*MODES, *((mode.name, mode.label) for mode in self._modes_of_plugins)]

    @cached_property
    def _modes_of_plugins(self):
        return list(modes_of_plugins(self))

    def serve_preview(self, request, mode_name):
        added = next((mode for mode in self._modes_of_plugins if mode.name == mode_name), None)
        return added.serve(self, request) if added else super().serve_preview(request, mode_name)

    def get_preview_template(self, request, mode_name):
        return TEMPLATES.get(mode_name) or super().get_preview_template(request, mode_name)

    def get_view_restrictions(self):
        """Return what restricts this page or a page above it, in one query; an alias counts as its source."""
        length = type(self).steplen
        paths = [self.path[:end] for end in range(length, len(self.path) + 1, length)]
        here = Page.objects.filter(path__in=paths)
        # From these few pages to their sources: asked the other way round, a database reads all pages.
        sources = [here.values(name) for name in ("pk", "alias_of", "alias_of__alias_of")]
        return PageViewRestriction.objects.filter(
            Q(page__in=sources[0]) | Q(page__in=sources[1]) | Q(page__in=sources[2])
        )

    @cached_property
    def attachment_groups_to_show(self):
        """Groups that a reader sees: those with documents, and empty ones whose files are expected."""
        groups = self.attachment_groups.all()
        if not self.has_rows_in_memory:
            groups = groups.prefetch_related(Prefetch("attachments", Attachment.objects.select_related("document")))
        return [group for group in groups if group.is_expected or group.attachments.all()]

    @property
    def empty_rows(self) -> list:
        """Galleries and groups that readers do not see because nothing is in them; a preview names them."""
        galleries = [gallery for gallery in self.galleries.all() if not gallery.photos.all()]
        groups = [group for group in self.attachment_groups.all() if not (group.is_expected or group.attachments.all())]
        return [*galleries, *groups]

    @property
    def document_count(self) -> int:
        return sum(len(group.attachments.all()) for group in self.attachment_groups_to_show)

    def headings(self):
        """The body's headings of level 2, for the list "On this page": (id of the block, text, code of its language)."""
        return [
            (block.id, block.value["text"], block.value["language"])
            for block in getattr(self, "body", [])
            if block.block_type == "heading" and block.value["level"] == "2"
        ]


# Wagtail's own says "slug", "title tag" and "meta description". Without "Show in menus": menus are snippets.
address_panel = MultiFieldPanel(
    [
        FieldPanel(
            "slug",
            heading=_("Address of the page"),
            help_text=_(
                "The last part of the address, made from the title: small letters, digits and hyphens. After a change "
                "the old address leads to the new one."
            ),
        ),
        FieldPanel(
            "seo_title",
            heading=_("Title in search engines"),
            help_text=_("Only if it should differ from the title of the page, up to about 60 characters."),
        ),
        FieldPanel(
            "search_description",
            heading=_("Description in search engines"),
            help_text=_("Only if it should differ from the lead, up to about 150 characters."),
        ),
    ],
    heading=_("Address and search engines"),
)


def editing_tabs(content, attachments, publication):
    """Return the three tabs of every editor: content, attachments, publication."""
    return TabbedInterface(
        [
            ObjectList(content, heading=_("Content")),
            ObjectList(attachments, heading=_("Attachments")),
            ObjectList([*publication, address_panel, *Page.settings_panels], heading=_("Publication")),
        ]
    )


class StoryPage(BasePage):
    """What news and workshops share: a lead picture, a date, an author unit, topics, a body."""

    lead_image = models.ForeignKey(
        "media.SiteImage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lead picture"),
    )
    lead_image_alt = models.CharField(
        _("alternative text of the lead picture"),
        max_length=250,
        blank=True,
        help_text=_("Say what is seen. Empty: the picture's own description from the library."),
    )
    lead_image_caption = models.CharField(_("caption of the lead picture"), max_length=250, blank=True)
    display_date = models.DateField(
        _("date shown"),
        default=timezone.localdate,
        help_text=_(
            "The date of publication that readers see and lists are sorted by. For example: the day of the decision, "
            "when it is announced a day later."
        ),
    )
    author_unit = models.ForeignKey(
        "pages.Organisation",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("author unit"),
    )
    programme = models.ForeignKey(
        Programme, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("programme")
    )
    funding = models.ForeignKey(
        FundingSigns,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("funding signs"),
        help_text=_(
            "For example those of a project with money of its own. Empty: those of the programme, or of the whole site."
        ),
    )
    body = BodyField(blank=True, verbose_name=_("body"))

    joined_when_read = ("lead_image", "author_unit", "programme__funding", "funding")

    picture_panel = MultiFieldPanel(
        [
            FieldPanel(
                "lead_image",
                help_text=_("Stands under the title and in lists, best wider than high and at least 1440 pixels wide."),
            ),
            FieldPanel(
                "lead_image_alt",
                help_text=_(
                    "Say what is seen, as if over the phone: Nine people at a table with coloured notes. Empty: the "
                    "picture's own description from the library."
                ),
            ),
            FieldPanel(
                "lead_image_caption",
                help_text=_("What cannot be seen: who, where, when. For example: The third group on 19 July."),
            ),
        ],
        heading=_("Lead picture"),
    )
    filing_panels = [
        FieldPanel(
            "author_unit", help_text=_("The department that wrote it, for example: Department of Regional Programmes.")
        ),
        FieldPanel(
            "programme",
            help_text=_(
                "For example: Model Revitalisation of Cities. Readers can filter lists by it, and its workshops form a series."
            ),
        ),
        FieldPanel("funding"),
        MultipleChooserPanel(
            "page_topics",
            heading=_("Topics"),
            label=_("Topic"),
            chooser_field_name="topic",
            help_text=_(
                "One to three, for example: Water in the city. Readers filter lists by them, and related pages are found."
            ),
        ),
        MultipleChooserPanel(
            "related_links",
            heading=_("Related pages"),
            label=_("Related page"),
            chooser_field_name="target",
            help_text=_("Empty: pages with the same topics are found by themselves."),
        ),
    ]

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.FilterField("display_date"),
    ]
    api_fields = [
        *BasePage.api_fields,
        APIField("lead_image"),
        APIField("lead_image_alt_text"),
        APIField("lead_image_caption"),
        APIField("display_date", writable=True),
        APIField("author_unit", writable=True),
        APIField("programme", writable=True),
        APIField("page_topics"),
        APIField("body", writable=True),
        APIField("galleries"),
        APIField("attachment_groups"),
    ]

    class Meta:
        abstract = True

    @property
    def lead_image_alt_text(self) -> str:
        if not self.lead_image:
            return ""
        return self.lead_image_alt or self.lead_image.description

    @property
    def begun_anew(self):
        return super().begun_anew | {"display_date": timezone.localdate()}

    @property
    def funding_signs(self) -> FundingSigns | None:
        """The signs chosen for this page, else for its programme."""
        return self.funding or (self.programme.funding if self.programme else None)

    def pictures(self):
        signs = self.funding_signs.pictures.values() if self.funding_signs else ()
        return [*super().pictures(), self.lead_image, *signs]

    @cached_property
    def topics(self):
        return [row.topic for row in self.page_topics.select_related("topic")]

    @cached_property
    def related_pages(self):
        """Related pages of this language: those chosen, else the three newest of this type with a common topic."""
        found = list(self._related())
        chosen = [page for page in found if page.place is not None]
        return [as_its_type(page) for page in chosen or found[:3]]

    def _related(self):
        chosen = RelatedPage.objects.filter(page_id=self.pk, target__translation_key=OuterRef("translation_key"))
        topics = PageTopic.objects.filter(page_id=self.pk).values("topic_id")
        same_topic = PageTopic.objects.filter(page_id=OuterRef("pk"), topic_id__in=topics)
        return (
            whole(open_to_all(Page.objects.live()), bodies=False)
            .filter(locale_id=self.locale_id)
            .exclude(pk=self.pk)
            .annotate(
                place=Subquery(chosen.values("sort_order")[:1]),
                shown_date=Coalesce("newspage__display_date", "workshoppage__display_date"),
            )
            .filter(Exists(chosen) | Q(Exists(same_topic), content_type_id=self.content_type_id))
            .order_by(F("place").asc(nulls_last=True), F("shown_date").desc(nulls_last=True), "-pk")[:12]
        )
