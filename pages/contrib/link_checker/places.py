"""Name the place of a link as an editor sees it: "Text, block 3", "Tracks 2, summary"."""

from __future__ import annotations

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.fields import StreamField


def describe(model, place: list) -> str:
    """Return the words for the steps that ``extraction`` took; a step that is unknown today ends them."""
    words, where = [], model
    for kind, name, *number in place:
        step = STEPS[kind](where, name, *number)
        if step is None:
            break
        said, where = step
        words.append(capfirst(said))
    # "Text, block 2" is enough: that it stands in the body goes without saying.
    if len(words) > 1 and place[0][0] == "field":
        words = words[1:]
    return ", ".join(words)


def _field(model, name):
    try:
        field = model._meta.get_field(name)
    except (AttributeError, FieldDoesNotExist):
        return None
    return str(field.verbose_name), field.stream_block if isinstance(field, StreamField) else None


def _row(model, name, number):
    relation = next((each for each in model._meta.related_objects if each.get_accessor_name() == name), None)
    if relation is None:
        return None
    row = relation.related_model
    return _("%(name)s %(number)s") % {"name": row._meta.verbose_name, "number": number}, row


def _block(stream, name, number):
    if not isinstance(stream, blocks.StreamBlock) or name not in stream.child_blocks:
        return None
    block = stream.child_blocks[name]
    return _("%(name)s, block %(number)s") % {"name": block.label, "number": number}, _inner_stream(block)


def _inner_stream(block):
    return block if isinstance(block, blocks.StreamBlock) else None


STEPS = {"field": _field, "row": _row, "block": _block}
