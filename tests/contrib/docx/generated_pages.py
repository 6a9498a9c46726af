"""Pages made by chance from a seed, with every block we have, and what people do to their Word files."""

from __future__ import annotations

import copy
import random
from html import escape
from uuid import UUID

from lxml import etree

from pages.joined_cells import Joined

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
WORDS = (
    "podwórko", "zieleń", "Łódź", "12 %", "„rewitalizacja”", "§ 3", "A&B", "<nawias>", "місто", "вулиця", "مدينة",
    "10\u00a0maja", "e‑mail", "gmina", "I", "i", "…", "x²", "2026-05-12", "–", "\u201eŁąka\u201d", "o'k", '"cytat"',
)  # fmt: skip
MARKS = ("b", "i", "sup", "sub")


class Chance(random.Random):
    """Chooses the words, blocks and edits of one page."""

    def id(self) -> str:
        return str(UUID(int=self.getrandbits(128), version=4))

    def words(self, most: int = 9) -> str:
        return " ".join(self.choice(WORDS) for _ in range(self.randint(1, most)))

    def marked(self, links: list[str]) -> str:
        """Return words with marks and links, as the editor stores them."""
        parts = []
        for _ in range(self.randint(1, 4)):
            inner = escape(self.words(4), quote=False)
            for mark in MARKS[:2] if self.random() < 0.8 else MARKS[self.randint(2, 3) :][:1]:
                if self.random() < 0.3:
                    inner = f"<{mark}>{inner}</{mark}>"
            if self.random() < 0.2:
                code, direction = self.choice((("uk", "ltr"), ("en", "ltr"), ("ar", "rtl")))
                # Words that stand twice on a page could be marked once and once not.
                inner = f'<span dir="{direction}" lang="{code}">{inner} {self.randrange(10**6)}</span>'
            if links and self.random() < 0.3:
                inner = f"{self.choice(links)}{inner}</a>"
            parts.append(inner)
        return " ".join(parts)

    def rich(self, links: list[str]) -> str:
        made = []
        for _ in range(self.randint(1, 4)):
            # The editor stores two lists that touch as one.
            if self.random() < 0.7 or (made and not made[-1].startswith("<p>")):
                lines = "<br/>".join(self.marked(links) for _ in range(1 + (self.random() < 0.2)))
                made.append(f"<p>{lines}</p>")
            else:
                made.append(self.list(links, 0))
        return "".join(made)

    def list(self, links: list[str], depth: int) -> str:
        tag = self.choice(("ul", "ol"))
        items = []
        number = 0
        for _ in range(self.randint(1, 3)):
            inner = self.list(links, depth + 1) if depth < 2 and self.random() < 0.25 else ""
            number, counted = number + 1, number + 1
            if tag == "ol" and self.random() < 0.2:
                number = self.randint(0, 12)
            value = "" if number == counted else f' value="{number}"'
            items.append(f"<li{value}>{self.marked(links)}{inner}</li>")
        return f"<{tag}>{''.join(items)}</{tag}>"


def body(chance: Chance, links: list[str], images: list[int], documents: list[int], pages: list[int]) -> list[dict]:
    """Return the blocks of a body as they are stored."""
    makers = {
        "heading": lambda: {
            "text": chance.words(6),
            "level": chance.choice("234"),
            "language": chance.choice(["", "", "en", "uk"]),
        },
        "text": lambda: chance.rich(links),
        "quote": lambda: {
            "text": "\n".join(chance.words() for _ in range(chance.randint(1, 3))),
            "author": chance.choice(("", chance.words(3))),
            "language": chance.choice(("", "uk")),
        },
        "callout": lambda: {
            "kind": "info",
            "title": chance.choice(("", chance.words(4))),
            "text": chance.rich(links),
        },
        "accordion": lambda: {
            "title": chance.choice(("", chance.words(4))),
            "items": _items(chance, lambda: {"title": chance.words(5), "text": chance.rich(links)}),
        },
        "abbreviations": lambda: {
            "title": chance.choice(("", "Skróty")),
            "items": _items(chance, lambda: {"abbreviation": "BGK", "expansion": f"Bank {chance.randint(1, 99)}"}),
        },
        "picture": lambda: _picture(chance, images),
        "gallery": lambda: {"title": chance.words(3), "pictures": _items(chance, lambda: _picture(chance, images))},
        "embed": lambda: {
            "title": chance.words(4),
            "url": "https://vimeo.com/123456789",
            "transcript": chance.rich(links),
        },
        "attachments": lambda: {
            "title": chance.choice(("", chance.words(3))),
            "is_expected": False,
            "documents": _items(
                chance, lambda: {"document": chance.choice(documents), "title": chance.choice(("", chance.words(4)))}
            ),
        },
        "table": lambda: _table(chance),
        "contact": lambda: {
            "name": chance.words(3),
            "role": chance.choice(("", chance.words(3))),
            "email": "biuro@example.org",
            "phone": chance.choice(("", "+48 22 123 45 67")),
            "address": "ul. Długa 1\n00-001 Warszawa",
        },
        "links": lambda: {
            "title": chance.choice(("", chance.words(3))),
            "items": _items(chance, lambda: _link(chance, pages)),
        },
    }
    kinds = [chance.choice(list(makers)) for _ in range(chance.randint(1, 9))]
    return [{"type": kind, "value": makers[kind](), "id": chance.id()} for kind in kinds]


def _items(chance, make):
    return [{"type": "item", "value": make(), "id": chance.id()} for _ in range(chance.randint(1, 3))]


def _picture(chance, images):
    is_decorative = chance.random() < 0.2
    alt = "" if is_decorative else chance.words(5)
    caption = chance.choice(("", chance.words(5)))
    return {"image": chance.choice(images), "alt": alt, "is_decorative": is_decorative, "caption": caption}


def _link(chance, pages):
    if chance.random() < 0.5:
        return {"page": chance.choice(pages), "url": "", "text": chance.choice(("", chance.words(3)))}
    return {"page": None, "url": f"https://example.org/{chance.randint(1, 9)}?a=1&b=2", "text": chance.words(3)}


def _table(chance):
    types = [chance.choice(("text", "text", "number")) for _ in range(chance.randint(1, 4))]

    def cell(type_):
        if chance.random() < 0.2:
            return "" if type_ == "text" else None
        return chance.words(3) if type_ == "text" else str(chance.randint(-5000, 5000))

    rows = [[cell(type_) for type_ in types] for _ in range(chance.randint(1, 4))]
    headings = [chance.words(2) for _ in types]
    value = {"has_row_headings": True}
    if chance.random() < 0.7:
        value["further_heading_rows"] = chance.randint(0, min(2, len(rows)))
        value["joined_cells"] = str(chance.choice(list(Joined)))
        _repeat(chance, types, headings, rows, value["further_heading_rows"])
    columns = [{"type": type_, "heading": heading} for type_, heading in zip(types, headings, strict=True)]
    table = {"columns": columns, "rows": [{"values": row} for row in rows], "caption": chance.words(4)}
    return {"table": table, **value}


def _repeat(chance, types, headings, rows, further):
    """Say in some cells what their neighbours say, and name in each row of headings all columns."""
    for place, row in enumerate(rows):
        above = rows[place - 1] if place else headings
        for column, type_ in enumerate(types):
            if place < further and not row[column] and (type_ == "text" or further > 1):
                row[column] = "2026"
            if chance.random() < 0.4 and (place or type_ == "text"):
                row[column] = above[column]
            elif column and types[column - 1] == type_ and chance.random() < 0.3:
                row[column] = row[column - 1]
    for column in range(1, len(headings)):
        if chance.random() < 0.3:
            headings[column] = headings[column - 1]


# --- what programs do to a file without anybody asking ----------------------------------------------


def cut_runs(chance: Chance, root) -> None:
    """Cut runs in two, as Word does when somebody pauses or a word is marked by the spelling checker."""
    for run in list(root.iter(W + "r")):
        text = run.find(W + "t")
        if text is None or len(text.text or "") < 2 or chance.random() < 0.6:
            continue
        at = chance.randint(1, len(text.text) - 1)
        second = copy.deepcopy(run)
        run.set(W + "rsidR", "00A77B3E")
        text.text, second.find(W + "t").text = text.text[:at], text.text[at:]
        for piece in (run, second):
            piece.find(W + "t").set(SPACE, "preserve")
        mark = etree.Element(W + "proofErr")
        mark.set(W + "type", "spellStart")
        run.addnext(second)
        run.addnext(mark)


def name_languages(chance: Chance, root) -> None:
    """Mark some runs with a language, as Word's detection does."""
    for run in root.iter(W + "r"):
        if chance.random() < 0.3:
            properties = run.find(W + "rPr")
            if properties is None:
                properties = etree.Element(W + "rPr")
                run.insert(0, properties)
            for old in properties.findall(W + "lang"):
                properties.remove(old)
            etree.SubElement(properties, W + "lang").set(W + "val", chance.choice(("en-US", "de-DE", "uk-UA")))


def lose_a_bookmark(chance: Chance, root) -> None:
    """Take one bookmark away, as writing over a paragraph does; its neighbours keep theirs."""
    alone = [
        elements
        for elements in parts_of(root).values()
        if len(elements) == 1 and elements[0].find(f"{W}pPr/{W}numPr") is None
    ]
    if alone:
        element = chance.choice(alone)[0]
        for mark in [*element.iter(W + "bookmarkStart"), *element.iter(W + "bookmarkEnd")]:
            mark.getparent().remove(mark)


def wrap_in_controls(chance: Chance, root) -> None:
    """Put content controls of somebody else around paragraphs."""
    for paragraph in list(root.iter(W + "p")):
        if paragraph.getparent().tag == W + "body" and chance.random() < 0.2:
            control = etree.Element(W + "sdt")
            paragraph.addprevious(control)
            etree.SubElement(control, W + "sdtPr")
            etree.SubElement(control, W + "sdtContent").append(paragraph)


def track_changes(chance: Chance, root) -> None:
    """Wrap runs as inserted, and put deleted words beside them."""
    for run in list(root.iter(W + "r")):
        if run.getparent().tag == W + "p" and chance.random() < 0.3:
            inserted, deleted = etree.Element(W + "ins"), etree.Element(W + "del")
            run.addprevious(inserted)
            inserted.append(run)
            gone = etree.SubElement(etree.SubElement(deleted, W + "r"), W + "delText")
            gone.text = "dawne słowa"
            inserted.addnext(deleted)


HABITS = (cut_runs, name_languages, lose_a_bookmark, track_changes, wrap_in_controls)


# --- what people do -----------------------------------------------------------------------------


def parts_of(root) -> dict[str, list]:
    """Return the paragraphs and tables of each part by its name."""
    found: dict[str, list] = {}
    open_ = {}
    for element in root[0]:
        starts = {mark.get(W + "id"): mark.get(W + "name") for mark in element.iter(W + "bookmarkStart")}
        open_ |= {id_: name for id_, name in starts.items() if name.startswith("_part_")}
        for name in open_.values():
            found.setdefault(name, []).append(element)
        for mark in element.iter(W + "bookmarkEnd"):
            open_.pop(mark.get(W + "id"), None)
    return found


def write_a_word(elements) -> None:
    """Add a word to the first run of a part."""
    text = next(text for element in elements for text in element.iter(W + "t"))
    text.text = f"Wreszcie {text.text}"
    text.set(SPACE, "preserve")


def add_a_paragraph(elements, words: str, style: str = "") -> None:
    """Write a new paragraph behind a part."""
    elements[-1].addnext(_paragraph(words, style))


def add_a_table(elements) -> None:
    """Draw a new table behind a part; Word leaves a line between two tables."""
    rows = (("Etap", "Termin"), ("Nabór", "maj"), ("Wybór", "czerwiec"))
    table = etree.Element(W + "tbl")
    for row in rows:
        made = etree.SubElement(table, W + "tr")
        for words in row:
            etree.SubElement(made, W + "tc").append(_paragraph(words))
    for made in (_paragraph(), table, _paragraph()):
        elements[-1].addnext(made)


def add_a_picture(elements, relation: str, alt: str) -> None:
    """Paste a new picture behind a part."""
    paragraph = etree.Element(W + "p")
    frame = etree.SubElement(etree.SubElement(etree.SubElement(paragraph, W + "r"), W + "drawing"), WP + "inline")
    etree.SubElement(frame, WP + "docPr", id="900", name="Obraz", descr=alt)
    graphic = etree.SubElement(etree.SubElement(frame, A + "graphic"), A + "graphicData")
    fill = etree.SubElement(etree.SubElement(graphic, PIC + "pic"), PIC + "blipFill")
    etree.SubElement(fill, A + "blip").set(R + "embed", relation)
    elements[-1].addnext(paragraph)


def add_a_note(elements, number: int) -> None:
    """Put the mark of a footnote at the end of a part."""
    mark = etree.SubElement(etree.Element(W + "r"), W + "footnoteReference")
    mark.set(W + "id", str(number))
    elements[-1].append(mark.getparent())


def _paragraph(words: str = "", style: str = ""):
    paragraph = etree.Element(W + "p")
    if style:
        etree.SubElement(etree.SubElement(paragraph, W + "pPr"), W + "pStyle").set(W + "val", style)
    text = etree.SubElement(etree.SubElement(paragraph, W + "r"), W + "t")
    text.text = words
    return paragraph


def edit_a_row(elements, kind: str, place: int) -> None:
    """Add a row to a table behind one, delete that one, or move it to the end or the beginning."""
    (rows,) = (element.findall(W + "tr") for element in elements if element.tag == W + "tbl")
    at = 1 + place % (len(rows) - 1)
    row, below = rows[at], rows[at + 1] if at + 1 < len(rows) else None
    if kind == "add row":
        made = copy.deepcopy(row)
        for mark in [*made.iter(W + "bookmarkStart"), *made.iter(W + "bookmarkEnd")]:
            mark.getparent().remove(mark)
        goes_on = _cells_that_go_on(below)
        for column, cell in _cells(made).items():
            if (merge := cell.find(f"{W}tcPr/{W}vMerge")) is not None:
                if column in goes_on:
                    # A row inside a merged cell becomes a part of it.
                    merge.set(W + "val", "continue")
                    for text in cell.iter(W + "t"):
                        text.text = ""
                    continue
                merge.getparent().remove(merge)
            for paragraph in cell.findall(W + "p"):
                cell.remove(paragraph)
            text = etree.SubElement(etree.SubElement(etree.SubElement(cell, W + "p"), W + "r"), W + "t")
            text.text = "7"
        row.addnext(made)
        return
    for column, cell in _cells_that_go_on(below).items():
        # What is left of a merged cell keeps its words.
        first = _cells(row)[column]
        if first.find(f"{W}tcPr/{W}vMerge").get(W + "val") == "restart":
            cell.find(f"{W}tcPr/{W}vMerge").set(W + "val", "restart")
            for paragraph in cell.findall(W + "p"):
                cell.remove(paragraph)
            cell.extend(first.findall(W + "p"))
    # Word keeps the marks of a row that goes.
    for mark in list(row.iter(W + "bookmarkEnd")):
        rows[0].find(f"{W}tc/{W}p").append(mark)
    if kind == "delete row":
        row.getparent().remove(row)
    elif row is rows[-1]:
        rows[0].addnext(row)
    else:
        rows[-1].addnext(row)


def has_merged_rows(elements) -> bool:
    """Whether a cell of a table reaches over several rows; where such a row goes when it is moved depends on the program."""
    return any(True for element in elements for _merge in element.iter(W + "vMerge"))


def _cells(row) -> dict[int, etree._Element]:
    """Return the cells of a row by their first columns."""
    found, column = {}, 0
    for cell in row.findall(W + "tc"):
        found[column] = cell
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        column += 1 if span is None else int(span.get(W + "val"))
    return found


def _cells_that_go_on(row) -> dict[int, etree._Element]:
    """Return the cells of a row that belong to the one above them."""
    merges = {column: cell.find(f"{W}tcPr/{W}vMerge") for column, cell in ({} if row is None else _cells(row)).items()}
    return {
        column: _cells(row)[column]
        for column, merge in merges.items()
        if merge is not None and merge.get(W + "val") == "continue"
    }


def exchange_a_picture(elements, relation: str, alt: str) -> None:
    """Put another picture into the frame of one, and other words if there are any."""
    (blip,) = (found for element in elements for found in element.iter(A + "blip"))
    blip.set(R + "embed", relation)
    (frame,) = (found for element in elements for found in element.iter(WP + "docPr"))
    if alt:
        frame.set("descr", alt)
        for child in list(frame):
            frame.remove(child)  # it is no decoration any more


def is_item(element) -> bool:
    return element.find(f"{W}pPr/{W}numPr") is not None


def add_an_item(elements, relation: str = "") -> None:
    """Write a new item behind the last one of a part, with the same marks and dash but other words.

    A link in it leads where the relation does, if one is given.
    """
    made = copy.deepcopy(elements[-1])
    for mark in [*made.iter(W + "bookmarkStart"), *made.iter(W + "bookmarkEnd")]:
        mark.getparent().remove(mark)
    text = next(made.iter(W + "t"))
    text.text, text.attrib[SPACE] = f"Nowe {text.text}", "preserve"
    for link in made.iter(W + "hyperlink") if relation else ():
        link.set(R + "id", relation)
    elements[-1].addnext(made)
