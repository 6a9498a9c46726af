"""Word files made of raw XML: each test says what is in its file, also what Word itself would never write."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{MAIN}" xmlns:r="{RELATIONS}"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/></w:style>'
    for id_, name in (
        ("Title", "Title"),
        ("Subtitle", "Subtitle"),
        ("H1", "heading 1"),
        ("H2", "heading 2"),
        ("Nagwek3", "Nagłówek 3"),
        ("Caption", "caption"),
        ("Cytat", "Quote"),
    )
)
_LEVELS = "".join(
    f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{{form}}"/><w:lvlText w:val="{{text}}"/></w:lvl>'
    for level in range(3)
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="1">' + _LEVELS.format(form="bullet", text="•") + "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="2">' + _LEVELS.format(form="decimal", text="§ %1.") + "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
)
BULLET, NUMBERED = 1, 2


def p(content: str, style: str = "", *, list_id: int = 0, level: int = 0, more: str = "") -> str:
    """Return a paragraph; ``content`` is plain words or runs."""
    runs = content if content.startswith("<") else r(content)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>' if list_id else ""
    return f"<w:p><w:pPr>{named}{listed}{more}</w:pPr>{runs}</w:p>"


def r(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def field(instruction: str, result: str) -> str:
    def mark(kind):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    asked = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return mark("begin") + asked + mark("separate") + r(result) + mark("end")


def picture(relation: str, alt: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Obraz 1" descr="{alt}"/><a:graphic><a:graphicData>'
        f'<pic:pic><pic:blipFill><a:blip r:embed="{relation}"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def tr(*cells: str, heads: bool = False, more: str = "") -> str:
    head = "<w:tblHeader/>" if heads else ""
    made = "".join(cell if cell.startswith("<w:tc>") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{head}{more}</w:trPr>{made}</w:tr>"


def tc(words: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(words) if words else '<w:p/>'}</w:tc>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def relation(id_: str, kind: str, target: str, *, external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{id_}" Type="{RELATIONS}/{kind}" Target="{target}"{mode}/>'


def part(name: str, content: str) -> str:
    return f"<w:{name} {NAMESPACES}>{content}</w:{name}>"


def document(body: str) -> str:
    return part("document", f"<w:body>{body}</w:body>")


def docx(
    body: str = "",
    *,
    relations: str = "",
    parts: dict[str, str | bytes] | None = None,
    main: str | bytes | None = None,
    styles: str = STYLES,
    leave_out: tuple[str, ...] = (),
) -> bytes:
    """Return the bytes of a Word file; ``parts`` adds or replaces parts by their names."""
    own = relation("s", "styles", "styles.xml") + relation("n", "numbering", "numbering.xml")
    found = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _relations(relation("d", "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": _relations(own + relations),
        "word/document.xml": document(body) if main is None else main,
        "word/styles.xml": part("styles", styles),
        "word/numbering.xml": part("numbering", NUMBERING),
        **(parts or {}),
    }
    return archive({name: content for name, content in found.items() if name not in leave_out})


def _relations(inner: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def archive(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def lying_about(content: bytes, name: str, size: int) -> bytes:
    """Return an archive whose directory says that one of its parts is ``size`` bytes long."""
    changed = bytearray(content)
    at = content.rfind(name.encode()) - 46
    changed[at + 24 : at + 28] = struct.pack("<I", size)
    return bytes(changed)


def png(width: int = 2, height: int = 2) -> bytes:
    """Return a small sound picture, or one whose header boasts."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes(min(width, 9))) * min(height, 9))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
