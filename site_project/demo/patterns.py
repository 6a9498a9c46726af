"""The patterns of the demo: pages that are never published, for editors to start from."""

from django.utils import timezone

from pages import models
from site_project.demo import pages, words


def add_patterns():
    """Put one pattern into the list of news and one into that of workshops, in the source language."""
    said = words.of_page("patterns", words.source_language())
    _add("news", models.NewsPage(**_common("news", said["news"])))
    _add("workshops", _workshop(said["workshop"]))


def _add(list_key, page):
    pages.find(list_key).add_child(instance=page)
    page.save_revision()


def _common(key, said):
    body = pages.body_of({"key": f"pattern-{key}"}, said["body"], words.source_language())
    groups = [
        models.AttachmentGroup(title=title, is_expected=True, sort_order=number)
        for number, title in enumerate(said["attachments"])
    ]
    return {
        "title": said["title"],
        "lead": said["lead"],
        "body": body,
        "attachment_groups": groups,
        "is_pattern": True,
        "live": False,
    }


def _workshop(said):
    tracks = [models.Track(title=title, sort_order=number) for number, title in enumerate(said["tracks"])]
    audiences = [models.WorkshopAudience(name=name, sort_order=number) for number, name in enumerate(said["audiences"])]
    return models.WorkshopPage(
        **_common("workshop", said), starts_on=timezone.localdate(), tracks=tracks, audiences=audiences
    )
