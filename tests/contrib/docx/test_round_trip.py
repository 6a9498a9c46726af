"""Page to Word and back, over pages made by chance: nothing changes by itself, and k edits are k proposals.

``--pages 1000`` tries as many; a failure names the seed of its page.
"""

import io
import json
import re
import zipfile
from collections import Counter
from functools import partial

import pytest
from lxml import etree, html

from pages.contrib.docx.coming_back import PageState, compared, state_of
from pages.contrib.docx.files import open_file
from pages.contrib.docx.writing import write
from pages.interchange.comparing import State
from pages.interchange.kept_languages import KeptLanguages
from pages.interchange.outline import Heading, Outline, Paragraph, Table, inside
from pages.interchange.parts import in_parts
from pages.interchange.slots import Kind
from pages.interchange.stored import page_of, piece
from pages.interchange.tables import grid
from tests.factories import SiteDocumentFactory, SiteImageFactory
from tests.site_tree import full_workshop

from .generated_pages import (
    HABITS,
    Chance,
    add_a_note,
    add_a_paragraph,
    add_a_picture,
    add_a_table,
    add_an_item,
    body,
    edit_a_row,
    exchange_a_picture,
    has_merged_rows,
    is_item,
    lose_a_bookmark,
    parts_of,
    write_a_word,
)
from .word_files import RELATIONS as OF_OFFICE
from .word_files import p, part, png

pytestmark = pytest.mark.django_db

RELATIONS = "".join(
    f'<Relationship Id="{id_}" Target="{target}" Type="{OF_OFFICE}/{kind}"{mode}/>'
    for id_, kind, target, mode in (
        ("rIdOther", "image", "media/other.png", ""),
        ("rIdNotes", "footnotes", "footnotes.xml", ""),
        ("rIdLink", "hyperlink", "https://example.org/nowy", ' TargetMode="External"'),
    )
)
NOTES = range(2, 9)
FOOTNOTES = part("footnotes", "".join(f'<w:footnote w:id="{n}">{p(f"Przypis {n}.")}</w:footnote>' for n in NOTES))
SPAN = re.compile(r"</?span[^>]*>")
LISTED = (Kind.RICH, Kind.PAIR, Kind.LINK)
NEW = {
    "paragraph": partial(add_a_paragraph, words="Całkiem nowe słowa."),
    "heading": partial(add_a_paragraph, words="Całkiem nowa część", style="Heading2"),
    "quote": partial(add_a_paragraph, words="Nareszcie!", style="Quote"),
    "table": add_a_table,
    "picture": partial(add_a_picture, relation="rIdOther", alt="Nowy obraz."),
}
ROWS = {"add row": State.NEW, "delete row": State.DELETED, "move row": State.MOVED}


@pytest.fixture
def pages_tried(request):
    return range(request.config.getoption("--pages"))


def stored(page, chance, links, images, documents, targets):
    """Return the page with a body made by chance."""
    page.body = json.dumps(body(chance, links, images, documents, targets))
    return page_of(page, {**page.serializable_data()})


def file_of(page, change=lambda root: None):
    """Return the Word file of a page, its main part changed, as it is read.

    It holds what a person may add: a picture, an address and footnotes.
    """
    told = in_parts(page)
    file = write(told.outline, told.text.read)
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    root = etree.fromstring(parts["word/document.xml"])
    change(root)
    parts["word/document.xml"] = etree.tostring(root)
    parts["word/media/other.png"] = png()
    name = "word/_rels/document.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", RELATIONS.encode() + b"</Relationships>")
    assert "word/footnotes.xml" not in parts
    parts["word/footnotes.xml"] = FOOTNOTES
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return open_file(made.getvalue(), parts=True)


def with_habits(chance, keeping=None):
    """Return what programs do to a file by themselves."""
    habits = [habit for habit in HABITS if chance.random() < 0.5 and habit is not keeping]

    def change(root):
        for habit in habits:
            habit(chance, root)

    return change


def words_of(outline):
    return " ".join(_lines(outline.blocks)).split()


def _lines(blocks):
    for block in blocks:
        if isinstance(block, (Paragraph, Heading)):
            yield "".join(str(getattr(piece, "number", getattr(piece, "text", " "))) for piece in block.content)
        elif isinstance(block, Table):
            # Cells that say the same may be one by now, or one cell no more.
            for row in grid(block, lambda cell: " ".join(_lines(cell.blocks))):
                yield from row
        else:
            for inner in inside(block):
                yield from _lines(inner)


def edits(chance, state: PageState, root):
    """Change some pieces, each in one way, and return what should be proposed."""
    parts = parts_of(root)
    owners = {}
    for name, slot in state.told.slots.items():
        if slot.owner[0]:
            owners.setdefault(slot.owner, []).append((slot, parts[f"_part_{name}"]))
    blocks = [owner for owner in owners if owner[0] == "body"]
    chosen = chance.sample(list(owners), min(len(owners), chance.randint(1, 6)))
    # Something new where its neighbour was deleted would look like that neighbour written anew.
    chosen = [owner for owner in chosen if owner not in blocks or not _near(blocks, owner) & set(chosen)]
    expected, moved, notes = [], False, -1
    for owner in chosen:
        slots = owners[owner]
        kinds = ["word"] + (["delete", "move", *NEW] if owner[0] == "body" and len(blocks) > 2 * len(chosen) else [])
        table = next((elements for slot, elements in slots if slot.kind is Kind.TABLE), None)
        if table:
            kinds += list(ROWS)
            rows = [tuple(row["values"]) for row in piece(state.data, owner)["table"]["rows"]]
        if owner[0] == "galleries":
            kinds.append("picture")
        picture = next((elements for slot, elements in slots if slot.kind is Kind.PICTURE), None)
        if picture:
            kinds.append("exchange")
        listed = next(
            ((slot, elements) for slot, elements in reversed(slots) if slot.kind in LISTED and is_item(elements[-1])),
            None,
        )
        if listed:
            kinds.append("item")
        texts = [elements for slot, elements in slots if slot.kind is Kind.RICH]
        if texts:
            kinds.append("note")
        kind = chance.choice(kinds)
        if kind == "move row" and (len(set(rows)) < 2 or has_merged_rows(table)):
            kind = "add row"
        writable = [found for found in slots if found[0].kind not in (Kind.FIXED, Kind.PICTURE)]
        if kind == "word" and writable:
            write_a_word(chance.choice(writable)[1])
            expected.append((State.CHANGED, owner))
        elif kind == "delete":
            for element in (element for _slot, elements in slots for element in elements):
                element.getparent().remove(element)
            expected.append((State.DELETED, owner))
        elif kind in NEW:
            is_in_gallery = kind == "picture" and (
                owner[0] == "galleries" or "pictures" in str(piece(state.data, owner))
            )
            NEW[kind]((chance.choice(slots) if is_in_gallery else slots[-1])[1])
            expected.append((State.NEW, owner if owner[0] == "body" else owner[:2]))
        elif kind == "note":
            notes += 1
            add_a_note(chance.choice(texts), NOTES[notes])
            expected.append((State.CHANGED, owner))
        elif kind == "item":
            add_an_item(listed[1], chance.choice(("", "rIdLink")))
            expected.append((State.CHANGED if listed[0].kind is Kind.RICH else State.NEW, owner))
        elif kind == "exchange":
            exchange_a_picture(picture, "rIdOther", chance.choice(("", "Inny obraz.")))
            expected.append((State.CHANGED, owner))
        elif kind in ROWS:
            edit_a_row(table, kind, chance.randrange(len(rows)))
            expected.append((ROWS[kind], owner))
        elif kind == "move" and not moved:
            place = blocks.index(owner)
            targets = [other for other in blocks if other not in chosen and abs(blocks.index(other) - place) > 1]
            if targets:
                last = owners[chance.choice(targets)][-1][1][-1]
                for element in reversed([element for _slot, elements in slots for element in elements]):
                    last.addnext(element)
                moved = True
                expected.append((State.MOVED, owner))
    return expected


def _near(blocks, owner):
    place = blocks.index(owner)
    return {*blocks[max(0, place - 1) : place], *blocks[place + 1 : place + 2]}


def test_a_file_nobody_has_edited_changes_nothing_and_edits_are_told_one_by_one(site, pages_tried):
    workshop = full_workshop(site, photos=2, tracks=2, documents=2)
    article = site.add_news("Nowe domy", lead="Trzy miasta.\nI gminy.")
    images = [SiteImageFactory(file__color=color) for color in ("teal", "orange")]
    for image in images:
        image.get_rendition("width-240|format-jpeg")
        image.file.close()
    images = [image.pk for image in images]
    documents = [SiteDocumentFactory().pk for _ in range(2)]
    targets = [site.news.pk, site.workshops.pk]
    links = [f'<a linktype="page" id="{targets[0]}">', f'<a linktype="document" id="{documents[0]}">',
             '<a href="https://example.org/a?b=1&amp;c=2">', '<a href="mailto:biuro@example.org">']  # fmt: skip
    for seed in pages_tried:
        chance = Chance(seed)
        page = stored(chance.choice((workshop, article)), chance, links, images, documents, targets)
        state = state_of(page)
        told = compared(page, file_of(page, with_habits(chance)), state, state)
        assert told.comparison.proposals == [], seed
        values_come_back_as_they_are(told, state, seed)

        expected = []
        # A part that is written anew and has lost its mark is told as deleted and new (decision 44).
        habits = with_habits(chance, keeping=lose_a_bookmark)

        def change(root, chance=chance, state=state, habits=habits, expected=expected):
            expected += edits(chance, state, root)
            habits(root)

        file = file_of(page, change)
        back = compared(page, file, state, state)
        found = [(found.state, found.owner or found.after) for found in back.comparison.proposals]
        assert sorted(found) == sorted(expected), seed
        assert all(found.is_suggested for found in back.comparison.proposals), seed

        take_pictures_as(back.bringing, images[0])
        taken = page_of(page, back.bringing.data_with(back.comparison.proposals))
        after = state_of(taken)
        assert taken_notes(taken) == [words_of(Outline(note.blocks)) for note in file.outline.notes], seed
        assert words_of(file_of(taken).outline) == words_of(file.outline), seed
        if {kind for kind, _owner in expected} <= {State.CHANGED}:
            assert languages_on(page) - languages_on(taken) == Counter(), seed
        again = compared(taken, file, state, after).comparison.proposals
        assert [proposal for proposal in again if proposal.can_be_taken and not is_exchange(proposal)] == [], seed


def take_pictures_as(bringing, image):
    """Let an image of the library stand for all pictures of the file."""
    bringing.image_of = lambda picture: image
    plain = bringing.make_blocks

    def made(blocks):
        found = plain(blocks)
        for block in found:
            if block["type"] == "picture":
                block["value"]["image"] = image
        return found

    bringing.make_blocks = made


def taken_notes(page):
    """Take the list of footnotes off the end of a page, and return the words of each."""
    if not page.body or page.body[-1].block_type != "text":
        return []
    above, notes = page.body[-2:] if len(page.body) > 1 else (None, None)
    if above is None or above.block_type != "heading" or above.value["text"] != "Przypisy":
        return []
    items = html.fragment_fromstring(notes.value.source, create_parent="div").iter("li")
    del page.body[-2:]
    return [item.text_content().split() for item in items]


def is_exchange(proposal):
    # The image that the test put in its place is another than the file's.
    return any(change.slot.kind is Kind.IMAGE for change in proposal.changes)


def languages_on(page):
    texts = (str(block.value.source) for block in page.body if block.block_type == "text")
    return sum(map(languages_of, texts), Counter())


def languages_of(markup):
    """Count the letters that are marked, each with its language."""
    marked = html.fragment_fromstring(markup, create_parent="div").iter("span")
    return Counter((letter, mark.get("lang")) for mark in marked for letter in mark.text_content() if letter.isalnum())


def values_come_back_as_they_are(back, state, seed):
    """What would be stored if it had changed is what is stored: marks, links, lists, lines."""
    for name, slot in state.told.slots.items():
        value = back.values.of(slot, state.said[name]).value
        raw = piece(state.data, slot.path)
        if slot.kind is Kind.RICH:
            assert "".join(value) == SPAN.sub("", raw), seed
            written = "".join(map(KeptLanguages(raw).put_on, value))
            assert SPAN.sub("", written) == SPAN.sub("", raw), seed
            assert languages_of(raw) - languages_of(written) == Counter(), seed
        elif slot.kind in (Kind.LINE, Kind.LINES) and raw:
            assert value == raw, seed
        elif slot.kind is Kind.PAIR:
            assert value == (raw["abbreviation"], raw["expansion"]), seed
