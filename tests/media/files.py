"""Files for the tests of uploads: honest ones, broken ones and hostile ones, all made on the spot."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

WORD_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/{part}" ContentType="application/{kind}"/></Types>'
)
OFFICE = "vnd.openxmlformats-officedocument."


def picture(name="photo.jpg", size=(1000, 667), format="JPEG", mode="RGB", noise=False):
    image = Image.effect_noise(size, 80).convert(mode) if noise else Image.new(mode, size, "teal")
    stream = BytesIO()
    image.save(stream, format)
    return upload(name, stream.getvalue())


def truncated(name, format):
    whole = picture(name, format=format, noise=True).read()
    return upload(name, whole[: len(whole) // 2])


def huge_png():
    """A PNG of a few bytes whose header claims 20,000 by 20,000 pixels."""
    header = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\x00" * 100)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return upload("huge.png", b"\x89PNG\r\n\x1a\n" + body)


def package(parts):
    """Return a ZIP of the given parts, name -> content."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def office(part, kind, **more):
    return package({"[Content_Types].xml": WORD_TYPES.format(part=part, kind=kind), part: "<document/>", **more})


def pptx(slides):
    return office(
        "ppt/presentation.xml",
        f"{OFFICE}presentationml.presentation.main+xml",
        **{f"ppt/slides/slide{number}.xml": "<slide/>" for number in range(1, slides + 1)},
    )


def xlsx():
    return office("xl/workbook.xml", f"{OFFICE}spreadsheetml.sheet.main+xml")


def opendocument(kind="text", pages=3, language="uk", **more):
    meta = (
        '<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0">'
        f'<office:meta><dc:language>{language}</dc:language><meta:document-statistic meta:page-count="{pages}"/>'
        "</office:meta></office:document-meta>"
    )
    return package(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": "<content/>",
            "meta.xml": meta,
            **more,
        }
    )


def pdf(pages=2, language="pl-PL"):
    from pypdf import PdfWriter  # noqa: PLC0415 -- slow import
    from pypdf.generic import NameObject, TextStringObject  # noqa: PLC0415

    writer = PdfWriter()
    for _number in range(pages):
        writer.add_blank_page(width=595, height=842)
    writer.root_object[NameObject("/Lang")] = TextStringObject(language)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def upload(name, content):
    return SimpleUploadedFile(name, content)
