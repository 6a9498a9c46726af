"""Properties of one's own in a Word file, which python-docx does not write."""

from __future__ import annotations

from collections.abc import Mapping

from docx.document import Document as WordDocument
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

_PLACE = PackURI("/docProps/custom.xml")
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
#: What every property of one's own is called by (ISO/IEC 29500-1, 22.3.2.2).
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
#: 0 and 1 are reserved.
_FIRST_NUMBER = 2


def add_properties(document: WordDocument, properties: Mapping[str, str]) -> None:
    """Give a document properties; those that its template had are left out."""
    root = etree.Element(f"{{{_PROPERTIES}}}Properties", nsmap={None: _PROPERTIES, "vt": _TYPES})
    for number, (name, value) in enumerate(properties.items(), start=_FIRST_NUMBER):
        made = etree.SubElement(root, f"{{{_PROPERTIES}}}property", fmtid=_FORMAT, pid=str(number), name=name)
        etree.SubElement(made, f"{{{_TYPES}}}lpwstr").text = value
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype == _RELATION:
            del package.rels[key]
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    package.relate_to(Part(_PLACE, _CONTENT_TYPE, blob, package), _RELATION)
