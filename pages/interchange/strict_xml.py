"""How XML from outside is read: no entities, no fetching, no giants."""

from lxml import etree


def strict_parser() -> etree.XMLParser:
    """Return a parser for XML from strangers; comments and processing instructions are left out.

    Without ``huge_tree`` the library itself bounds depth (256), names, attributes and text (10 MB).
    """
    return etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
