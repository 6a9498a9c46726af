import json

import pytest
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    StringSegment,
    TemplateSegment,
    TranslationSource,
)
from wagtail_localize.segments import OverridableSegmentValue, RelatedObjectSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments

from pages.contrib.translation.sources import bring_up_to_date
from pages.models import Topic, WorkshopPage
from tests.site_tree import full_workshop


def kept(source):
    """What the tables say a source consists of."""
    place = ("context__path", "order")
    return {
        "strings": set(StringSegment.objects.filter(source=source).values_list(*place, "string__data", "attrs")),
        "templates": set(TemplateSegment.objects.filter(source=source).values_list(*place, "template__template")),
        "objects": set(RelatedObjectSegment.objects.filter(source=source).values_list(*place, "object_id")),
        "choices": set(OverridableSegment.objects.filter(source=source).values_list(*place, "data_json")),
    }


def extracted(page):
    """What Localize finds in a page."""
    found = {"strings": set(), "templates": set(), "objects": set(), "choices": set()}
    for value in extract_segments(page):
        if isinstance(value, TemplateSegmentValue):
            found["templates"].add((value.path, value.order, value.template))
        elif isinstance(value, RelatedObjectSegmentValue):
            found["objects"].add((value.path, value.order, value.translation_key))
        elif isinstance(value, OverridableSegmentValue):
            found["choices"].add((value.path, value.order, json.dumps(value.data)))
        else:
            found["strings"].add((value.path, value.order, value.string.data, json.dumps(value.attrs)))
    return found


def test_a_source_is_kept_as_localize_reads_it(desk):
    page = full_workshop(desk)

    source, _created = TranslationSource.update_or_create_from_instance(page)

    found = kept(source)
    assert found == extracted(source.as_instance())
    assert all(found.values())
    assert set(StringSegment.objects.filter(source=source).values_list("context__field_path", flat=True)) >= {
        *("title", "body.text", "tracks.summary", "tracks.people.role", "galleries.photos.alt")
    }


def test_a_changed_source_leaves_no_segment_of_yesterday(desk):
    page = full_workshop(desk)
    source, _created = TranslationSource.update_or_create_from_instance(page)
    unchanged = dict(StringSegment.objects.filter(source=source).values_list("context__path", "pk"))
    page = WorkshopPage.objects.get(pk=page.pk)
    page.tracks = list(page.tracks.all())[:1]
    page.lead = "Dwa dni rozmów."
    page.save_revision().publish()

    source, _created = TranslationSource.update_or_create_from_instance(WorkshopPage.objects.get(pk=page.pk))

    assert kept(source) == extracted(source.as_instance())
    assert StringSegment.objects.get(source=source, context__path="title").pk == unchanged["title"]


@pytest.mark.parametrize("paragraphs", [1, 40])
def test_reading_a_source_costs_the_same_for_any_length(desk, django_assert_max_num_queries, paragraphs):
    text = "".join(f"<p>Akapit {number}.</p>" for number in range(paragraphs))
    page = desk.add_news(body=[("text", text)])

    with django_assert_max_num_queries(45):
        TranslationSource.update_or_create_from_instance(page)


def test_publishing_brings_the_source_up_to_date_by_itself(desk):
    news = desk.add_news("Nowe domy")
    translation = desk.send(news)

    news.title = "Nowe domy i parki"
    news.save_revision().publish()

    segments = StringSegment.objects.filter(source=translation.source)
    assert segments.get(context__path="title").string.data == "Nowe domy i parki"


def test_publishing_again_without_a_change_asks_nobody_for_anything(desk):
    news = desk.add_news("Nowe domy")
    translation = desk.send(news)
    before = TranslationSource.objects.get(pk=translation.source_id).last_updated_at

    news.save_revision().publish()

    assert TranslationSource.objects.get(pk=translation.source_id).last_updated_at == before


def test_a_saved_snippet_brings_its_source_up_to_date(desk):
    topic = Topic.objects.create(name="Woda", locale=desk.locale)
    translation = desk.send_snippet(topic)

    topic.name = "Woda w mieście"
    topic.save()

    assert StringSegment.objects.get(source=translation.source).string.data == "Woda w mieście"


def test_what_wagtail_notes_about_a_page_is_no_change(desk):
    news = desk.add_news("Nowe domy")
    source = desk.send(news).source

    news.locked = True
    news.save()

    assert bring_up_to_date(source) is False
