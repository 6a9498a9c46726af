"""The source of a translation: read into segments in few queries, and kept in step with what is published."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from wagtail.models import Page
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.segments import OverridableSegmentValue, RelatedObjectSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments

#: What Wagtail notes about a page itself: no translator is asked because of it.
_WORDS_OF_PAGES = {"title", "slug", "seo_title", "search_description", "show_in_menus"}
_NO_CONTENT = {field.name for field in Page._meta.concrete_fields} - _WORDS_OF_PAGES


def bring_up_to_date(source: TranslationSource) -> bool:
    """Read the source again if its content is another than the one kept; return whether it was."""
    instance = source.get_source_instance()
    before = source.content_json
    now = instance.to_json() if hasattr(instance, "to_json") else None
    if now is not None and _content(before) == _content(now):
        return False
    source.update_from_db()
    return now is not None or _content(before) != _content(source.content_json)


def _content(stored: str) -> dict[str, Any]:
    return {name: value for name, value in json.loads(stored).items() if name not in _NO_CONTENT}


@transaction.atomic
def refresh_segments(source: TranslationSource) -> None:
    """Do what ``TranslationSource.refresh_segments`` does, in a fixed number of queries.

    Localize 1.14 looks up and writes each segment by itself: 997 queries for a page of 42.
    """
    instance = source.as_instance()
    values = list(extract_segments(instance))
    contexts = _contexts(source, instance, {value.path for value in values})
    wanted: dict[type[models.Model], list[tuple]] = {
        StringSegment: [],
        TemplateSegment: [],
        RelatedObjectSegment: [],
        OverridableSegment: [],
    }
    rows = _referred_rows(source, values)
    for value in values:
        kind, reference = _kind_and_reference(value, rows)
        wanted[kind].append((contexts[value.path], value.order, *reference))
    for kind, identities in wanted.items():
        _replace(kind, source, identities)


#: The columns that tell segments of one kind apart, after place and order.
_REFERENCES = {
    StringSegment: ("string_id", "attrs"),
    TemplateSegment: ("template_id",),
    RelatedObjectSegment: ("object_id",),
    OverridableSegment: ("data_json",),
}


def _kind_and_reference(value, rows) -> tuple[type[models.Model], tuple]:
    if isinstance(value, TemplateSegmentValue):
        return TemplateSegment, (rows[Template][_template_uuid(value)],)
    if isinstance(value, RelatedObjectSegmentValue):
        return RelatedObjectSegment, (value.translation_key,)
    if isinstance(value, OverridableSegmentValue):
        return OverridableSegment, (json.dumps(value.data, cls=DjangoJSONEncoder),)
    attributes = json.dumps(value.attrs, cls=DjangoJSONEncoder)
    return StringSegment, (rows[String][String._get_data_hash(value.string.data)], attributes)


def _template_uuid(value) -> uuid.UUID:
    return uuid.uuid5(uuid.uuid5(Template.BASE_UUID_NAMESPACE, value.format), value.template)


def _referred_rows(source, values) -> dict[type[models.Model], dict]:
    """Return the id of each string by its hash and of each template by its uuid; add those that are new."""
    strings, templates, objects = {}, {}, {}
    for value in values:
        if isinstance(value, TemplateSegmentValue):
            key = _template_uuid(value)
            templates[key] = Template(
                uuid=key, template=value.template, template_format=value.format, string_count=value.string_count
            )
        elif isinstance(value, RelatedObjectSegmentValue):
            objects[value.translation_key] = TranslatableObject(
                translation_key=value.translation_key, content_type=value.content_type
            )
        elif not isinstance(value, OverridableSegmentValue):
            key = String._get_data_hash(value.string.data)
            strings[key] = String(locale_id=source.locale_id, data=value.string.data, data_hash=key)
    _kept(TranslatableObject.objects.all(), "translation_key", objects)
    return {
        String: _kept(String.objects.filter(locale=source.locale_id), "data_hash", strings),
        Template: _kept(Template.objects.all(), "uuid", templates),
    }


def _kept(queryset: models.QuerySet, key: str, rows: Mapping[Any, models.Model]) -> dict[Any, Any]:
    """Return the primary key of each row by its key; rows that are not there yet are added."""
    if not rows:
        return {}
    found = dict(queryset.filter(**{f"{key}__in": rows}).values_list(key, "pk"))
    new = [row for value, row in rows.items() if value not in found]
    if new:
        # Somebody may add the same string at the same moment: theirs is as good.
        queryset.model._default_manager.bulk_create(new, ignore_conflicts=True)
        found = dict(queryset.filter(**{f"{key}__in": rows}).values_list(key, "pk"))
    return found


def _contexts(source, instance, paths: Iterable[str]) -> dict[str, int]:
    of_object = TranslationContext.objects.filter(object=source.object_id)
    known = {context.path: context for context in of_object}
    new = []
    for path in paths:
        context = known.get(path) or TranslationContext(object_id=source.object_id, path=path)
        if not context.field_path:
            _set_field_path(context, instance)
            context.path_id = TranslationContext._get_path_id(path)
            new.append(context)
    added = [context for context in new if context.pk is None]
    TranslationContext.objects.bulk_update([context for context in new if context.pk], ["field_path"])
    if added:
        TranslationContext.objects.bulk_create(added, ignore_conflicts=True)
        known = {context.path: context for context in of_object.all()}
    return {path: known[path].pk for path in paths}


def _set_field_path(context, instance) -> None:
    # Localize computes it and saves at once; the row is written with all others.
    context.save = lambda **_: None
    context.get_field_path(instance)
    del context.save


def _replace(kind: type[models.Model], source: TranslationSource, identities: list[tuple]) -> None:
    """Leave the segments of one kind that are still wanted, add the new ones and delete the rest."""
    columns = ("context_id", "order", *_REFERENCES[kind])
    new, gone = dict.fromkeys(identities), []
    for pk, *identity in kind.objects.filter(source=source).values_list("pk", *columns):
        if new.pop(tuple(identity), False) is False:
            gone.append(pk)
    if gone:
        kind.objects.filter(pk__in=gone).delete()
    kind.objects.bulk_create(kind(source=source, **dict(zip(columns, identity, strict=True))) for identity in new)
