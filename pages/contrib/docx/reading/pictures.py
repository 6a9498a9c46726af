"""Pictures and text boxes in a drawing, whether of today (DrawingML) or of old (VML)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from pages.interchange.addresses import allowed
from pages.interchange.diagrams import A, diagram
from pages.interchange.outline import Inline, ItemList, LineBreak, Link, Notice, Picture, Text
from pages.interchange.picture_formats import picture_format

from .context import Context, Relations
from .names import DECORATIVE, R, chosen, local

_SNIFFED_BYTES = 32
_OFFICE_RELATION = "{urn:schemas-microsoft-com:office:office}relid"
_DIAGRAMS = {"chart", "relIds", "contentPart", "model3d"}


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the frame around a picture says about it."""

    alt: str = ""
    is_decorative: bool = False
    link: Link | None = None


def in_drawing(
    drawing: etree._Element, context: Context, relations: Relations
) -> Iterator[Picture | ItemList | etree._Element]:
    """Yield the pictures of a drawing, the words of diagrams, and its text boxes unread, in reading order."""
    yield from _search(drawing, _Frame(), context, relations)


def _search(parent, frame, context, relations):
    for element in parent:
        name = local(element)
        if _is_hidden(element, name):
            context.note(Notice.HIDDEN)
        elif name == "AlternateContent":
            branch = chosen(element)
            if branch is not None:
                yield from _search(branch, frame, context, relations)
        elif name == "txbxContent":
            yield element
        elif name in ("inline", "anchor"):
            yield from _search(element, _frame(element, relations), context, relations)
        elif name == "pic":
            yield from _drawn(element, frame, context, relations)
        elif name == "imagedata":
            yield from _old(element, context, relations)
        elif name == "relIds" and (words := _diagram(element, context, relations)):
            yield words
        else:
            if name in _DIAGRAMS:
                context.note(Notice.DRAWING, frame.alt)
            yield from _search(element, frame, context, relations)


def _diagram(element, context, relations) -> ItemList | None:
    relation = relations.get(element.get(f"{R}dm", "")) if context.says_diagrams else None
    model = context.package.xml(relation.target) if relation is not None and not relation.is_external else None
    return diagram(model, _plain_words) if model is not None else None


def _plain_words(paragraph: etree._Element) -> list[Inline]:
    return [
        LineBreak() if local(piece) == "br" else Text(piece.text or "") for piece in paragraph.iter(f"{A}t", f"{A}br")
    ]


def _is_hidden(element, name) -> bool:
    """Whether somebody has switched a drawing off, of today or of old."""
    if name in ("inline", "anchor"):
        properties = _properties(element)
        return properties is not None and properties.get("hidden") in ("1", "true")
    return "visibility:hidden" in element.get("style", "").replace(" ", "")


def _properties(frame) -> etree._Element | None:
    return next((child for child in frame if local(child) == "docPr"), None)


def _frame(element, relations) -> _Frame:
    properties = _properties(element)
    if properties is None:
        return _Frame()
    mark = next(properties.iter(DECORATIVE), None)
    decorative = mark is not None and mark.get("val") in ("1", "true")
    return _Frame("" if decorative else _words(properties.get("descr")), decorative, _link(properties, relations))


def _link(properties, relations) -> Link | None:
    click = next((child for child in properties if local(child) == "hlinkClick"), None)
    relation = relations.get(click.get(f"{R}id", "")) if click is not None else None
    address = allowed(relation.target) if relation and relation.is_external else ""
    return Link(address) if address else None


def _words(text: str | None) -> str:
    return " ".join((text or "").split())


def _drawn(element, frame, context, relations):
    blip = next((child for child in element.iter() if local(child) == "blip"), None)
    if blip is not None:
        id_ = blip.get(f"{R}embed") or blip.get(f"{R}link") or ""
        yield from _picture(id_, frame, context, relations)


def _old(element, context, relations):
    id_ = element.get(f"{R}id") or element.get(f"{R}pict") or element.get(_OFFICE_RELATION) or ""
    parent = element.getparent()
    if id_:
        yield from _picture(id_, _Frame(_words(parent.get("alt"))), context, relations)


def _picture(id_, frame, context, relations):
    relation = relations.get(id_)
    if relation is not None and relation.is_external:
        context.note(Notice.PICTURE_LINKED, frame.alt)
        return
    if relation is None or relation.target not in context.package:
        context.note(Notice.PICTURE_MISSING, frame.alt)
        return
    context.count_picture()
    name = relation.target
    if name not in context.picture_formats:
        context.picture_formats[name] = picture_format(context.package.read(name, first=_SNIFFED_BYTES) or b"")
    found = Picture(name, frame.alt, frame.is_decorative, context.picture_formats[name], frame.link)
    if not found.format:
        context.note(Notice.PICTURE_UNSHOWABLE, found.alt)
    elif not found.alt and not found.is_decorative:
        context.note(Notice.PICTURE_WITHOUT_ALT)
    yield found


def with_link(picture: Picture, link: Link | None) -> Picture:
    """Return the picture leading where the words around it lead, unless it has a link of its own."""
    return replace(picture, link=link) if link and not picture.link else picture
