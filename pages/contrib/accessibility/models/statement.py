"""The accessibility statement: fields for what differs, while the fixed sentences stand in its templates."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from pages.contrib.accessibility.statement_form import StatementForm
from pages.models import BasePage
from pages.models.base import address_panel
from pages.models.files import HasFiles
from pages.models.rows import Row

FEATURES = ["bold", "ol", "ul", "link", "list-number"]
#: The fixed headings and sentences of this language are Polish law; others follow the model of the Union.
POLISH = "pl"


class AccessibilityStatement(HasFiles, BasePage):
    """A statement after the Polish technical conditions 2.0 of 31 July 2024, one for each language.

    Versions in other languages follow the model of Implementing Decision (EU) 2018/1523 and keep the
    identifiers of the Polish one.
    """

    class Status(models.TextChoices):
        FULL = "full", _("fully compliant")
        PARTIAL = "partial", _("partly compliant")
        NONE = "none", _("not compliant")

    class Method(models.TextChoices):
        SELF = "self", _("self-assessment by the institution")
        EXTERNAL = "external", _("assessment by somebody else")

    entity = models.CharField(
        _("institution"),
        max_length=250,
        help_text=_("Its full name, as in its statute. For example: Ministry of Funds and Regional Policy."),
    )
    site_published_on = models.DateField(
        _("site published on"),
        default=timezone.localdate,
        help_text=_("When the site went public. This date never changes."),
    )
    site_updated_on = models.DateField(
        _("last significant change of the site"),
        default=timezone.localdate,
        help_text=_("A new look or a new function, not a new article. No such change yet: the day of publication."),
    )
    status = models.CharField(_("state of the site"), max_length=8, choices=Status, default=Status.PARTIAL)
    cost_assessment_url = models.URLField(
        _("assessment of excessive costs"),
        blank=True,
        help_text=_("Needed if costs are a reason above. The address of the published analysis."),
    )
    prepared_on = models.DateField(
        _("statement prepared on"),
        default=timezone.localdate,
        help_text=_("When it was first written. This date never changes."),
    )
    reviewed_on = models.DateField(
        _("last review of the statement"),
        null=True,
        blank=True,
        help_text=_("Every year by 31 March, and after each change that matters. Empty: not reviewed yet."),
    )
    method = models.CharField(_("based on"), max_length=8, choices=Method, default=Method.SELF)
    assessor = models.CharField(
        _("who assessed the site"), max_length=200, blank=True, help_text=_("The name of the company or foundation.")
    )
    report_url = models.URLField(
        _("report of the assessment"), blank=True, help_text=_("Its address, if it is published.")
    )
    facilities = RichTextField(
        _("facilities and limitations"),
        blank=True,
        features=FEATURES,
        help_text=_("Voluntary. For example: the site has a light and a dark look."),
    )
    shortcuts = RichTextField(
        _("keyboard shortcuts"),
        blank=True,
        features=FEATURES,
        help_text=_("Only shortcuts of the site's own. Rynek has none, so this stays empty."),
    )
    architecture = RichTextField(
        _("accessibility of the building"),
        blank=True,
        features=FEATURES,
        help_text=_(
            "Address, entrance, lifts, toilets, parking places, assistance dogs, induction loops. One building after another."
        ),
    )
    architecture_url = models.URLField(
        _("description on a page of its own"), blank=True, help_text=_("The address, if the building has such a page.")
    )
    communication = RichTextField(
        _("accessibility of communication"),
        blank=True,
        features=FEATURES,
        help_text=_(
            "How people can reach you. Say also that an online interpreter of sign language is there, or is not."
        ),
    )

    base_form_class = StatementForm
    files = {"statement.json": "pages.contrib.accessibility.twin.statement_json"}
    template = "accessibility/statement.html"
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    HelpPanel(
                        content=_(
                            "Fill in what is true of your site. Headings, fixed sentences and identifiers come by themselves, "
                            "in the order of the technical conditions 2.0."
                        )
                    ),
                    FieldPanel(
                        "title",
                        help_text=_("The name that readers look for, for example: Accessibility statement."),
                    ),
                    MultiFieldPanel(
                        [
                            FieldPanel("entity"),
                            FieldRowPanel(
                                [
                                    FieldPanel("site_published_on", required_on_save=True),
                                    FieldPanel("site_updated_on", required_on_save=True),
                                ]
                            ),
                        ],
                        heading=_("Whose site"),
                    ),
                    MultiFieldPanel(
                        [
                            FieldPanel("status"),
                            InlinePanel("inaccessible", heading=_("What is not accessible"), label=_("Item")),
                            FieldPanel("cost_assessment_url"),
                        ],
                        heading=_("State of accessibility"),
                    ),
                    MultiFieldPanel(
                        [
                            FieldRowPanel(
                                [FieldPanel("prepared_on", required_on_save=True), FieldPanel("reviewed_on")]
                            ),
                            FieldRowPanel([FieldPanel("method"), FieldPanel("assessor")]),
                            FieldPanel("report_url"),
                        ],
                        heading=_("Preparation and review"),
                    ),
                    MultiFieldPanel(
                        [FieldPanel("facilities"), FieldPanel("shortcuts")], heading=_("Facilities and shortcuts")
                    ),
                    BasePage.contact_panel,
                    InlinePanel("apps", heading=_("Mobile apps"), label=_("App")),
                    MultiFieldPanel(
                        [FieldPanel("architecture"), FieldPanel("architecture_url"), FieldPanel("communication")],
                        heading=_("Building and communication"),
                    ),
                ],
                heading=_("Content"),
            ),
            ObjectList([address_panel, *Page.settings_panels], heading=_("Publication")),
        ]
    )
    search_fields = [*BasePage.search_fields, index.SearchField("architecture"), index.SearchField("communication")]
    api_fields = [
        *BasePage.api_fields,
        APIField("entity"),
        APIField("site_published_on"),
        APIField("site_updated_on"),
        APIField("status"),
        APIField("inaccessible"),
        APIField("cost_assessment_url"),
        APIField("prepared_on"),
        APIField("reviewed_on"),
        APIField("method"),
        APIField("assessor"),
        APIField("report_url"),
        APIField("facilities"),
        APIField("shortcuts"),
        APIField("apps"),
        APIField("architecture"),
        APIField("architecture_url"),
        APIField("communication"),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("status", overridable=False),
        SynchronizedField("method", overridable=False),
    ]
    parent_page_types = ["pages.HomePage"]
    subpage_types = []
    max_count_per_parent = 1
    page_description = _("What the law asks every public site to say about its accessibility. One for each language.")

    class Meta:
        verbose_name = _("accessibility statement")
        verbose_name_plural = _("accessibility statements")

    @property
    def is_polish(self) -> bool:
        return self.locale.language_code == POLISH

    @property
    def last_looked_at(self):
        """The day of the last review, else of the preparation."""
        return self.reviewed_on or self.prepared_on

    def content_not_accessible(self, reason: str) -> list[InaccessibleContent]:
        return [item for item in self.inaccessible.all() if item.reason == reason]

    @property
    def failures(self):
        return self.content_not_accessible(InaccessibleContent.Reason.FAILURE)

    @property
    def exempt(self):
        return self.content_not_accessible(InaccessibleContent.Reason.EXEMPT)

    @property
    def costly(self):
        return self.content_not_accessible(InaccessibleContent.Reason.COST)


class InaccessibleContent(Row):
    """Something on the site that not everybody can use, with the reason and another way to it."""

    class Reason(models.TextChoices):
        FAILURE = "failure", _("it does not meet the requirements")
        EXEMPT = "exempt", _("the act does not cover it")
        COST = "cost", _("making it accessible would cost too much")

    page = ParentalKey(AccessibilityStatement, on_delete=models.CASCADE, related_name="inaccessible")
    reason = models.CharField(_("reason"), max_length=8, choices=Reason, default=Reason.FAILURE)
    description = models.TextField(
        _("what and why"),
        max_length=1000,
        help_text=_("In plain words. For example: Films from before 2019 have no captions."),
    )
    alternative = models.TextField(
        _("another way"),
        max_length=1000,
        blank=True,
        help_text=_(
            "How people get the same content. For example: Write to us, and we will send the text of the film."
        ),
    )

    panels = [FieldPanel("reason"), FieldPanel("description"), FieldPanel("alternative")]
    api_fields = [APIField("reason"), APIField("description"), APIField("alternative")]
    override_translatable_fields = [SynchronizedField("reason", overridable=False)]

    class Meta(Row.Meta):
        verbose_name = _("content that is not accessible")
        verbose_name_plural = _("content that is not accessible")

    def __str__(self):
        return self.description


class MobileApp(Row):
    """A mobile app of the institution, which has a statement of its own."""

    page = ParentalKey(AccessibilityStatement, on_delete=models.CASCADE, related_name="apps")
    name = models.CharField(_("name"), max_length=120, help_text=_("For example: mObywatel, Android."))
    url = models.URLField(_("where to get it"))
    statement_url = models.URLField(_("its accessibility statement"))

    panels = [FieldPanel("name"), FieldRowPanel([FieldPanel("url"), FieldPanel("statement_url")])]
    api_fields = [APIField("name"), APIField("url"), APIField("statement_url")]

    class Meta(Row.Meta):
        verbose_name = _("mobile app")
        verbose_name_plural = _("mobile apps")

    def __str__(self):
        return self.name
