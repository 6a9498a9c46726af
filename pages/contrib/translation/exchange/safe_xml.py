"""Reading XML that came from outside: no entities, no fetching, no giants; and writing it so that it can be read."""

from __future__ import annotations

from django.utils.translation import gettext as _
from lxml import etree

from pages.interchange.strict_xml import strict_parser

from .package import DamagedFile

XML = "{http://www.w3.org/XML/1998/namespace}"


def read_xml(content: bytes) -> etree._Element:
    """Return the root element; raise ``DamagedFile`` for what is no sound XML or declares entities."""
    try:
        root = etree.fromstring(content, strict_parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        if line:
            raise DamagedFile(
                _("The file is damaged: line %(line)s is not sound XML. Nothing was imported.") % {"line": line}
            ) from error
        raise DamagedFile(_("The file is damaged: it is not sound XML. Nothing was imported.")) from error
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and (list(declared.iterentities()) or list(declared.iterelements())):
        raise DamagedFile(_("The file declares entities, which no program for translators does. Nothing was imported."))
    return root


def write_xml(root: etree._Element, doctype: str | None = None) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, doctype=doctype)


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return etree.QName(element).localname


def add_text(parent: etree._Element, text: str) -> None:
    """Append text after whatever stands in ``parent`` already."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def plain_text(element: etree._Element | None) -> str:
    """Return all the text inside an element."""
    return "".join(str(text) for text in element.itertext()) if element is not None else ""
