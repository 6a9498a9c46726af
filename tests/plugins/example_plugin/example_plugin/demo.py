from wagtail.models import Site

from .models import PollPage


def add_poll():
    """Put a poll below the home page of the demo."""
    home = Site.objects.get(is_default_site=True).root_page
    home.add_child(instance=PollPage(title="Which day suits you?", slug="example-poll"))
