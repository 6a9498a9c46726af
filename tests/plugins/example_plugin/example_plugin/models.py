from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting

from pages.body import BodyField
from pages.models import BasePage


class PollPage(BasePage):
    """A page type of a stranger, with our body."""

    body = BodyField(blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    template = "example_plugin/poll_page.html"


class Vote(models.Model):
    """A row that points at any page, to prove that deleting a page still cascades."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    choice = models.CharField(max_length=80)


class PollSettings(BaseSiteSetting):
    """A settings panel of a stranger; it is registered in ``wagtail_hooks.py``."""

    is_open = models.BooleanField("polls are open", default=True)

    class Meta:
        verbose_name = "polls"
