"""Makes of a stranger's Word file a template that can be handed out: only what documents need is carried over.

Every document made of a template is public, and a template often was a letter once. So the package is written anew with
the parts on a list of good ones; comments, tracked changes, properties, data sources and addresses of other
computers stay behind, or the file is refused where leaving them out would change what the editor sees.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from copy import deepcopy
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from pages.interchange.package import Package, Reason, Refused, Relation
from pages.interchange.picture_formats import picture_format

from ..writing import UnusableTemplate
from ..writing.elements import element
from ..writing.story import DECORATIVE

MAX_TEMPLATE_BYTES = 5 << 20
#: Of all parts, unpacked: each document that is written carries them.
MAX_UNPACKED_BYTES = 16 << 20

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CONTENT_TYPES = {
    "document": f"{_WORD}.document.main+xml",
    "styles": f"{_WORD}.styles+xml",
    "numbering": f"{_WORD}.numbering+xml",
    "settings": f"{_WORD}.settings+xml",
    "fontTable": f"{_WORD}.fontTable+xml",
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
    "header": f"{_WORD}.header+xml",
    "footer": f"{_WORD}.footer+xml",
    "footnotes": f"{_WORD}.footnotes+xml",
}
_PICTURE_TYPES = {
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "bmp": "image/bmp",
    "tif": "image/tiff", "tiff": "image/tiff", "emf": "image/x-emf", "wmf": "image/x-wmf",
}  # fmt: skip
#: Formats that are told by their bytes; the two of Windows are drawn by Word only.
_SNIFFED = {"png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff"}
_FRAMES = ("header", "footer")
_SETTINGS_LEFT_OUT = (
    "attachedTemplate", "documentProtection", "writeProtection", "mailMerge", "trackRevisions", "revisionView",
    "docVars", "rsids", "saveThroughXslt", "attachedSchema", "schemaLibrary", "smartTagType", "footnotePr", "endnotePr",
    "docId", "linkStyles",
)  # fmt: skip
_TRACKED = ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel")
_LEFT_OUT = (
    "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "proofErr", "permStart", "permEnd",
    "pPrChange", "rPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange", "tblGridChange",
    "numberingChange", "embedRegular", "embedBold", "embedItalic", "embedBoldItalic", "numIdMacAtCleanup",
    "printerSettings", "lastRenderedPageBreak",
)  # fmt: skip
_A4 = {"w": 11906, "h": 16838}
_MARGINS = {"top": 1417, "right": 1417, "bottom": 1417, "left": 1417, "header": 708, "footer": 708, "gutter": 0}
#: Above the numbers that the pictures of a text get.
_FIRST_PICTURE = 100_000


@dataclass
class _Part:
    kind: str
    name: str
    content: bytes = b""
    relations: dict[str, Relation] = field(default_factory=dict)
    #: Where the relations lead in the new package.
    targets: dict[str, str] = field(default_factory=dict)


def too_large() -> str:
    return _("A template can have at most %(size)s MB. Make its pictures smaller.") % {"size": MAX_TEMPLATE_BYTES >> 20}


def cleaned(content: bytes, *, keeps_text: bool) -> bytes:
    """Return a template as a .docx without anything that must not be handed out.

    ``keeps_text`` tells whether the text itself is wanted or only its look. Raises ``Refused`` for what is no
    sound file, and ``UnusableTemplate`` with a sentence for the person who chose it.
    """
    if len(content) > MAX_TEMPLATE_BYTES:
        raise UnusableTemplate(too_large())
    return _Cleaning(Package(content), keeps_text).bytes()


class _Cleaning:
    def __init__(self, package: Package, keeps_text: bool):
        self._package = package
        self._keeps_text = keeps_text
        self._parts: dict[str, _Part] = {}
        self._unpacked = 0
        self._pictures = _FIRST_PICTURE

    def bytes(self) -> bytes:
        self._refuse_macros()
        main = next((r.target for r in self._package.relations("").values() if r.kind == "officeDocument"), "")
        self._take("document", main or "word/document.xml")
        return _zipped(list(self._parts.values()))

    def _refuse_macros(self) -> None:
        types = self._package.read("[Content_Types].xml") or b""
        if b"macroEnabled" in types or any("vbaproject" in name for name in self._package.names):
            raise UnusableTemplate(
                _("The template holds macros. Save it as .dotx or .docx, which have none, and upload that.")
            )

    def _take(self, kind: str, name: str) -> str:
        """Take a part with all that it needs; return its name in the new package."""
        if name in self._parts:
            return self._parts[name].name
        number = sum(part.kind == kind for part in self._parts.values())
        made = _Part(kind, f"word/{kind}{number or ''}.xml")
        self._parts[name] = made
        root = self._package.xml(name)
        if root is None:
            raise Refused(Reason.NO_TEXT if kind == "document" else Reason.DAMAGED, name)
        if etree.QName(root).localname == "document" and root.find(qn("w:body")) is None:
            raise Refused(Reason.NO_TEXT, name)
        root = parse_xml(etree.tostring(root))
        relations = self._package.relations(name)
        self._tidy(kind, root)
        self._take_relations(made, root, relations)
        made.content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        self._count(made.content)
        return made.name

    def _count(self, content: bytes) -> None:
        self._unpacked += len(content)
        if self._unpacked > MAX_UNPACKED_BYTES:
            raise UnusableTemplate(_("The template is too large once it is unpacked. Make its pictures smaller."))

    # ---- what a part says

    def _tidy(self, kind: str, root: etree._Element) -> None:
        if kind == "document":
            _keep_one_frame(root)
            if not self._keeps_text:
                _without_text(root)
            _need_page(root)
        for name in _LEFT_OUT:
            for found in list(root.iter(qn(f"w:{name}"))):
                found.getparent().remove(found)
        if kind == "settings":
            for found in [child for child in root if etree.QName(child).localname in _SETTINGS_LEFT_OUT]:
                root.remove(found)
            for zoom in root.iter(qn("w:zoom")):
                zoom.set(qn("w:percent"), zoom.get(qn("w:percent"), "100"))
        for found in root.iter():
            for attribute in [key for key in found.attrib if "paraId" in key or "textId" in key or "}rsid" in key]:
                del found.attrib[attribute]
        if kind in {"document", "footnotes", *_FRAMES}:
            self._tidy_text(kind, root)

    def _tidy_text(self, kind: str, root: etree._Element) -> None:
        if any(next(root.iter(qn(f"w:{name}")), None) is not None for name in _TRACKED):
            raise UnusableTemplate(
                _(
                    "The template holds tracked changes. Accept or reject them all in Word (Review), then upload it again."
                )
            )
        for mark in list(root.iter(qn("w:commentReference"), qn("w:annotationRef"))):
            mark.getparent().remove(mark)
        for link in list(root.iter(qn("w:hyperlink"))):
            if link.get(qn("r:id")) is None:
                _unwrapped(link)
        for number in list(root.iter(qn("w:id"))):
            if number.getparent().tag == qn("w:sdtPr"):
                number.getparent().remove(number)
        for binding in list(root.iter(qn("w:dataBinding"))):
            binding.getparent().remove(binding)
        for described in root.iter(qn("wp:docPr")):
            self._pictures += 1
            described.set("id", str(self._pictures))
            if kind in _FRAMES and not described.get("descr"):
                # What stands on top of each page is no content: decoration, unless somebody says what it shows.
                described.attrib.pop("descr", None)
                described[:] = [child for child in described if etree.QName(child).localname != "extLst"]
                described.append(parse_xml(DECORATIVE))

    # ---- what a part refers to

    def _take_relations(self, made: _Part, root: etree._Element, relations: dict[str, Relation]) -> None:
        used = {value for found in root.iter() for key, value in found.attrib.items() if f"{{{_RELATIONS}}}" in key}
        # Some are named nowhere in the text: the part itself needs them.
        needed = _own_parts(made.kind, self._keeps_text)
        own = {key for key, relation in relations.items() if relation.kind in needed and relation.kind not in _FRAMES}
        for key in sorted(used | own):
            relation = relations.get(key)
            if relation is None:
                raise Refused(Reason.DAMAGED, made.name)
            made.relations[key] = relation
            made.targets[key] = self._target(made, relation)

    def _target(self, made: _Part, relation: Relation) -> str:
        if relation.kind == "hyperlink" and relation.is_external:
            if urlsplit(relation.target).scheme.lower() not in {"http", "https", "mailto", "tel"}:
                raise UnusableTemplate(
                    _("A link in the template leads to “%(address)s”, which readers cannot open. Take it out.")
                    % {"address": relation.target[:100]}
                )
            return relation.target
        if relation.is_external:
            raise UnusableTemplate(
                _(
                    "A picture of the template is only linked. Embed it in Word (Insert, Pictures), then upload it again."
                )
            )
        if relation.kind == "image":
            return self._take_picture(relation.target)
        if relation.kind in _own_parts(made.kind, self._keeps_text):
            return self._take(relation.kind, relation.target)
        raise UnusableTemplate(
            _(
                "The template holds an embedded object, a chart or another file (“%(name)s”). Put a picture in its place."
            )
            % {"name": posixpath.basename(relation.target)[:100]}
        )

    def _take_picture(self, name: str) -> str:
        if name in self._parts:
            return self._parts[name].name
        suffix = name.rpartition(".")[2].lower()
        content = self._package.read(name) or b""
        if suffix not in _PICTURE_TYPES or (suffix in _SNIFFED and not picture_format(content[:32])):
            raise UnusableTemplate(
                _("A picture of the template (“%(name)s”) is in a format that cannot be used. Save it as PNG or JPEG.")
                % {"name": posixpath.basename(name)[:100]}
            )
        self._count(content)
        number = sum(part.kind == "image" for part in self._parts.values()) + 1
        made = _Part("image", f"word/media/template{number}.{suffix}", content)
        self._parts[name] = made
        return made.name


def _own_parts(kind: str, keeps_text: bool) -> tuple[str, ...]:
    if kind != "document":
        return ()
    own = ("styles", "numbering", "settings", "fontTable", "theme", *_FRAMES)
    return (*own, "footnotes") if keeps_text else own


def _keep_one_frame(root: etree._Element) -> None:
    """Give the last section the headers and footers that it takes over from sections before it."""
    sections = list(root.iter(qn("w:sectPr")))
    frames: dict[tuple[str, str], etree._Element] = {}
    for section in sections:
        for found in section.findall(qn("w:headerReference")) + section.findall(qn("w:footerReference")):
            frames[(found.tag, found.get(qn("w:type"), "default"))] = found
    if sections and len(sections) > 1:
        last = sections[-1]
        has = {(found.tag, found.get(qn("w:type"), "default")) for found in last}
        for place, (_key, found) in enumerate(item for item in frames.items() if item[0] not in has):
            last.insert(place, deepcopy(found))


def _without_text(root: etree._Element) -> None:
    body = root.find(qn("w:body"))
    last = body[-1] if len(body) and body[-1].tag == qn("w:sectPr") else None
    for child in list(body):
        if child is not last:
            body.remove(child)
    for background in root.findall(qn("w:background")):
        root.remove(background)


def _need_page(root: etree._Element) -> None:
    """Let the text end with a section that has a size and margins."""
    body = root.find(qn("w:body"))
    if not len(body) or body[-1].tag != qn("w:sectPr"):
        body.append(element("w:sectPr"))
    section = body[-1]
    frames = len(section.findall(qn("w:headerReference"))) + len(section.findall(qn("w:footerReference")))
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    if size is None:
        size = element("w:pgSz", **_A4)
        section.insert(frames, size)
    if margins is None:
        size.addnext(element("w:pgMar", **_MARGINS))
    else:
        for side, value in _MARGINS.items():
            margins.set(qn(f"w:{side}"), margins.get(qn(f"w:{side}"), str(value)))


def _unwrapped(found: etree._Element) -> None:
    parent, place = found.getparent(), found.getparent().index(found)
    parent[place : place + 1] = list(found)


def _zipped(parts: list[_Part]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _content_types(parts))
        archive.writestr("_rels/.rels", _relations_xml({"rId1": ("officeDocument", "word/document.xml", False)}))
        for part in parts:
            archive.writestr(part.name, part.content)
            if part.targets:
                told = {
                    key: (relation.kind, _address(part.targets[key], relation), relation.is_external)
                    for key, relation in part.relations.items()
                }
                folder, base = posixpath.split(part.name)
                archive.writestr(f"{folder}/_rels/{base}.rels", _relations_xml(told))
    return file.getvalue()


def _address(target: str, relation: Relation) -> str:
    return target if relation.is_external else posixpath.relpath(target, "word")


def _content_types(parts: list[_Part]) -> bytes:
    root = etree.Element(f"{{{_TYPES}}}Types", nsmap={None: _TYPES})
    suffixes = {part.name.rpartition(".")[2] for part in parts if part.kind == "image"}
    known = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    for suffix, kind in {**known, **{suffix: _PICTURE_TYPES[suffix] for suffix in suffixes}}.items():
        etree.SubElement(root, f"{{{_TYPES}}}Default", Extension=suffix, ContentType=kind)
    for part in parts:
        if part.kind != "image":
            etree.SubElement(
                root, f"{{{_TYPES}}}Override", PartName=f"/{part.name}", ContentType=_CONTENT_TYPES[part.kind]
            )
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _relations_xml(relations: dict[str, tuple[str, str, bool]]) -> bytes:
    root = etree.Element(f"{{{_PACKAGE_RELATIONS}}}Relationships", nsmap={None: _PACKAGE_RELATIONS})
    for key, (kind, target, is_external) in relations.items():
        made = etree.SubElement(
            root, f"{{{_PACKAGE_RELATIONS}}}Relationship", Id=key, Type=f"{_RELATIONS}/{kind}", Target=target
        )
        if is_external:
            made.set("TargetMode", "External")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
