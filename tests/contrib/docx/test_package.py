"""What the guard lets through and what it refuses, with a reason for each."""

import io
import zipfile

import pytest

from pages.contrib.docx.reading import read
from pages.interchange.html import document as as_html
from pages.interchange.package import Package, Reason, Refused

from .word_files import archive, document, docx, lying_about, p, part, picture, png, relation

GOOD = docx(p("Zwykły akapit."))
BOMB = docx(main=document(p("A" * (70 << 20))))
LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
DOCUMENT = "word/document.xml"


def encrypted(content):
    changed = bytearray(content)
    for sign, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = content.find(sign)
        while at >= 0:
            changed[at + place] |= 1
            at = content.find(sign, at + 1)
    return bytes(changed)


def twice(name, content):
    """Return the good file with one more part of a name that it has already."""
    file = io.BytesIO(GOOD)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(file, "a") as opened:
        opened.writestr(name, content)
    return file.getvalue()


REFUSED = {
    "empty": (b"", Reason.EMPTY),
    "huge": (b"PK" + bytes(26 << 20), Reason.TOO_LARGE),
    "a PDF": (b"%PDF-1.7", Reason.NOT_WORD),
    "a web page": (b"<html><script>alert(1)</script>", Reason.NOT_WORD),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Reason.OLD_WORD),
    "a password": (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), Reason.PASSWORD),
    "encrypted parts": (encrypted(GOOD), Reason.PASSWORD),
    "cut off": (GOOD[: len(GOOD) // 2], Reason.DAMAGED),
    "a bomb": (BOMB, Reason.EXPANDS),
    "a bomb that lies": (lying_about(BOMB, DOCUMENT, 900), Reason.DAMAGED),
    "many parts": (archive({f"{n}.xml": "" for n in range(5_001)}), Reason.TOO_MANY_PARTS),
    "OpenDocument": (archive({"mimetype": "application/vnd.oasis.opendocument.text"}), Reason.OTHER_OFFICE),
    "a spreadsheet": (docx(main="<workbook/>"), Reason.OTHER_OFFICE),
    "no text": (docx(leave_out=(DOCUMENT,)), Reason.NO_TEXT),
    "entities": (docx(main=LAUGHS + document(p("&b;"))), Reason.ENTITIES),
    "entities in UTF-16": (docx(main=(LAUGHS + document(p("&b;"))).encode("utf-16")), Reason.ENTITIES),
    "entities in styles": (docx(p("a"), parts={"word/styles.xml": LAUGHS + part("styles", "")}), Reason.ENTITIES),
    "bytes of no alphabet": (docx(main=document(p("@@")).encode().replace(b"@@", b"\xff\xfe\xc3")), Reason.DAMAGED),
    "forbidden letters": (docx(p("a&#1;b")), Reason.DAMAGED),
    "deep": (docx("<w:sdt><w:sdtContent>" * 900 + p("x") + "</w:sdtContent></w:sdt>" * 900), Reason.TOO_DEEP),
    "long": (docx("<w:p/>" * 60_001), Reason.TOO_LONG),
    "many pictures": (
        docx(p(picture("i") * 2_001), relations=relation("i", "image", "i.png"), parts={"word/i.png": png()}),
        Reason.TOO_MANY_PICTURES,
    ),
}


@pytest.mark.every_case
@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_or_mistaken_file_is_refused_with_its_reason(name):
    content, reason = REFUSED[name]

    with pytest.raises(Refused) as refusal:
        read(content)

    assert refusal.value.reason is reason


def test_two_parts_of_one_name_are_refused_unless_they_say_the_same():
    other = twice(DOCUMENT, document(p("Inna treść.")))
    same = twice(DOCUMENT, document(p("Zwykły akapit.")))

    with pytest.raises(Refused) as refusal:
        Package(other)

    assert refusal.value.reason is Reason.AMBIGUOUS
    assert "Zwykły akapit." in as_html(read(same))


def test_what_is_odd_but_legal_is_read():
    strict = document(p("Tytuł części", "H1")).replace("schemas.openxmlformats.org", "purl.oclc.org/ooxml")
    odd = {
        "ISO Strict": docx(main=strict.replace("/2006/", "/")),
        "UTF-16": docx(main=document(p("Tytuł części", "H1")).encode("utf-16")),
        "elsewhere": archive(
            {"_rels/.rels": _root("/teksty/a.xml"), "teksty/a.xml": document(p("Tytuł części", "H1"))}
        ),
        "without any other part": archive({DOCUMENT: document(p("Tytuł części"))}),
    }

    found = {name: as_html(read(content)) for name, content in odd.items()}

    assert [name for name, html in found.items() if "Tytuł części" not in html] == []
    assert "<h1>Tytuł części</h1>" in found["ISO Strict"]


def _root(target):
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{package}"><Relationship Id="a" Type="{kind}" Target="{target}"/></Relationships>'


def test_no_byte_of_a_good_file_can_be_changed_into_a_crash():
    refused = 0
    for at in range(0, len(GOOD), 7):
        changed = bytearray(GOOD)
        changed[at] ^= 0xFF
        try:
            as_html(read(bytes(changed)))
        except Refused:
            refused += 1

    assert refused
