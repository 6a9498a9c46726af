import hashlib

import pytest
from django.urls import reverse

from media import archives
from media.models import DocumentVersion, SiteDocument
from tests.factories import SiteDocumentFactory, docx_bytes
from tests.media import files

WRONG_CONTENT = (
    "This is not a working .{0} file, although its name says so. Open it in the program it comes from, save it as "
    ".{0} and upload that."
)
EXECUTABLE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 300
PAGE = b"<!DOCTYPE html><html><script>alert(1)</script></html>"


def add(admin, name, content, **data):
    return admin.post(
        reverse("wagtaildocs:add"),
        {"title": "Summary", "kind": "summary", "file": files.upload(name, content), **data},
    )


def refusal(response):
    return list(response.context["form"].errors["file"])


HONEST = {
    "a.pdf": files.pdf,
    "a.docx": docx_bytes,
    "a.odt": files.opendocument,
    "a.xlsx": files.xlsx,
    "a.ods": lambda: files.opendocument("spreadsheet"),
    "a.pptx": lambda: files.pptx(3),
    "a.odp": lambda: files.opendocument("presentation"),
    "a.csv": lambda: "miasto;liczba\nŁódź;3\n".encode("cp1250"),
    "a.txt": lambda: "Підсумки майстерні".encode(),
    "utf16.txt": lambda: "Zażółć gęślą jaźń".encode("utf-16"),
}


@pytest.mark.parametrize("name", HONEST)
def test_a_document_of_each_allowed_type_is_taken(admin, name):
    content = HONEST[name]()

    response = add(admin, name, content)

    assert response.status_code == 302
    document = SiteDocument.objects.get()
    assert document.checksum == hashlib.sha256(content).hexdigest()
    assert document.size_bytes == len(content)
    assert document.format == name.rpartition(".")[2].upper()


HOSTILE = {
    "an executable named as PDF": ("a.pdf", EXECUTABLE, WRONG_CONTENT.format("pdf")),
    "an executable named as a Word text": ("a.docx", EXECUTABLE, WRONG_CONTENT.format("docx")),
    "an executable named as a text": ("a.txt", EXECUTABLE, WRONG_CONTENT.format("txt")),
    "a web page named as a text": ("a.txt", PAGE, WRONG_CONTENT.format("txt")),
    "a web page named as a table": ("a.csv", PAGE, WRONG_CONTENT.format("csv")),
    "a script named as a text": ("a.txt", b"#!/bin/sh\nrm -rf /", WRONG_CONTENT.format("txt")),
    "a web page named as PDF": ("a.pdf", PAGE, WRONG_CONTENT.format("pdf")),
    "any archive named as a Word text": ("a.docx", files.package({"a.html": "x"}), WRONG_CONTENT.format("docx")),
    "a table named as a Word text": ("a.docx", files.xlsx(), WRONG_CONTENT.format("docx")),
    "a presentation named as an OpenDocument text": (
        "a.odt",
        files.opendocument("presentation"),
        WRONG_CONTENT.format("odt"),
    ),
    "content types with entities": (
        "a.docx",
        files.package(
            {
                "[Content_Types].xml": '<!DOCTYPE x [<!ENTITY a "aaaa">]><Types>&a;</Types>',
                "word/document.xml": "<document/>",
            }
        ),
        WRONG_CONTENT.format("docx"),
    ),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_file_that_is_not_what_its_name_says_gets_a_sentence(admin, what):
    name, content, sentence = HOSTILE[what]

    response = add(admin, name, content)

    assert refusal(response) == [sentence]
    assert not SiteDocument.objects.exists()


@pytest.mark.parametrize("name", ["a.exe", "a.html", "a.svg", "a.docm", "a.zip", "a.pdf.exe", "a.php"])
def test_a_type_that_is_not_on_the_list_gets_a_sentence(admin, name):
    response = add(admin, name, docx_bytes())

    ending = name.rpartition(".")[2]
    assert refusal(response) == [
        f"Files ending in .{ending} cannot be published here. Save the document as one of pdf, docx, odt, xlsx, ods, "
        "pptx, odp, csv, txt and upload that."
    ]


MACROS = "This file contains macros, which could harm readers. Save it without macros and upload it again."


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "a.docx",
            files.office(
                "word/document.xml",
                f"{files.OFFICE}wordprocessingml.document.main+xml",
                **{"word/vbaProject.bin": b"\xd0\xcf"},
            ),
        ),
        ("a.docx", files.office("word/document.xml", "vnd.ms-word.document.macroEnabled.main+xml")),
        ("a.odt", files.opendocument(**{"Basic/Standard/Module1.xml": "<script/>"})),
    ],
)
def test_a_document_with_macros_gets_a_sentence(admin, name, content):
    assert refusal(add(admin, name, content)) == [MACROS]


def test_an_archive_bomb_is_refused_by_the_bytes_that_come_out_of_it(admin):
    bomb = files.office(
        "word/document.xml",
        f"{files.OFFICE}wordprocessingml.document.main+xml",
        **{"word/media/zeros.bin": b"\x00" * (archives.RATIO_MATTERS_FROM_BYTES + 10_000_000)},
    )
    assert len(bomb) < 50_000

    response = add(admin, "a.docx", bomb)

    assert refusal(response)[0].startswith("This file unpacks to far more than a document needs")


def test_an_archive_of_too_many_parts_is_refused(admin):
    many = files.package({f"part{number}.xml": "x" for number in range(archives.MAX_ENTRIES + 1)})

    assert refusal(add(admin, "a.docx", many))[0].startswith("This file unpacks to far more than a document needs")


def test_a_truncated_document_gets_a_sentence(admin):
    content = docx_bytes()

    response = add(admin, "a.docx", content[: len(content) // 2])

    assert refusal(response)[0].startswith("This file is damaged or was cut off on the way.")


def test_a_document_over_the_limit_gets_a_sentence(admin, settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 1024

    response = add(admin, "a.docx", docx_bytes())

    assert refusal(response) == [
        "This document is too big: at most 1.0\xa0KB are allowed. Make its pictures smaller or split it, and upload it "
        "again."
    ]


def test_a_refused_document_gets_its_sentence_when_many_are_uploaded_at_once(admin):
    response = admin.post(
        reverse("wagtaildocs:add_multiple"), {"title": "Summary", "files[]": files.upload("a.pdf", EXECUTABLE)}
    )

    assert response.json() == {"success": False, "error_message": WRONG_CONTENT.format("pdf")}


def test_a_refused_document_gets_its_sentence_in_the_chooser(admin):
    response = admin.post(
        reverse("wagtaildocs_chooser:create"),
        {"document-chooser-upload-title": "Summary", "document-chooser-upload-file": files.upload("a.pdf", EXECUTABLE)},
    )

    assert "This is not a working .pdf file" in response.json()["htmlFragment"]
    assert not SiteDocument.objects.exists()


def test_many_good_documents_can_be_uploaded_at_once(admin):
    response = admin.post(
        reverse("wagtaildocs:add_multiple"), {"title": "Summary", "files[]": files.upload("a.docx", docx_bytes())}
    )

    assert response.json()["success"] is True
    assert len(SiteDocument.objects.get().checksum) == 64


def test_a_pdf_tells_its_pages_and_language(admin):
    add(admin, "a.pdf", files.pdf(pages=4, language="pl-PL"))

    document = SiteDocument.objects.get()
    assert (document.page_count, document.language) == (4, "pl-PL")


def test_a_presentation_tells_its_slides(admin):
    add(admin, "a.pptx", files.pptx(slides=12))

    assert SiteDocument.objects.get().page_count == 12


def test_an_opendocument_text_tells_its_pages_and_language(admin):
    add(admin, "a.odt", files.opendocument(pages=3, language="uk"))

    document = SiteDocument.objects.get()
    assert (document.page_count, document.language) == (3, "uk")


def test_a_word_text_tells_its_pages_only_if_word_counted_them(admin):
    add(admin, "a.docx", docx_bytes("A made-up text"))

    assert SiteDocument.objects.get().page_count is None


def test_the_editor_s_language_is_kept(admin):
    add(admin, "a.pdf", files.pdf(language="pl-PL"), language="uk")

    assert SiteDocument.objects.get().language == "uk"


def test_a_damaged_pdf_is_taken_without_a_number_of_pages(admin):
    add(admin, "a.pdf", b"%PDF-1.7\nnothing that a parser could read")

    assert SiteDocument.objects.get().page_count is None


def test_replacing_a_file_keeps_the_old_one_for_editors(admin, editor, django_capture_on_commit_callbacks):
    first, second = docx_bytes("First"), docx_bytes("Second, corrected")
    add(admin, "summary.docx", first)
    document = SiteDocument.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        admin.post(
            reverse("wagtaildocs:edit", args=[document.pk]),
            {"title": "Summary", "kind": "summary", "file": files.upload("summary.docx", second)},
        )

    document.refresh_from_db()
    version = DocumentVersion.objects.get()
    assert document.filename == "summary.docx"
    assert document.file.read() == second
    assert (version.replaced_by, version.checksum) == (editor, hashlib.sha256(first).hexdigest())
    address = reverse("media_document_version", args=[version.pk])
    assert address in admin.get(reverse("wagtaildocs:edit", args=[document.pk])).content.decode()
    assert b"".join(admin.get(address).streaming_content) == first


def test_deleting_a_document_deletes_its_earlier_versions(django_capture_on_commit_callbacks, db):
    document = SiteDocumentFactory()
    first, storage = document.file.name, document.file.storage
    document.file = files.upload("summary.docx", docx_bytes("Second"))
    document.save()
    assert storage.exists(first)

    with django_capture_on_commit_callbacks(execute=True):
        document.delete()

    assert not storage.exists(first)
    assert not storage.exists(document.file.name)


def test_an_earlier_version_is_closed_to_readers(admin, client):
    add(admin, "summary.docx", docx_bytes("First"))
    document = SiteDocument.objects.get()
    version = DocumentVersion.objects.create(document=document, file=document.file.name)
    client.logout()

    assert client.get(reverse("media_document_version", args=[version.pk])).status_code == 302


def test_changing_only_the_words_keeps_no_version(admin):
    add(admin, "summary.docx", docx_bytes("First"))
    document = SiteDocument.objects.get()

    admin.post(reverse("wagtaildocs:edit", args=[document.pk]), {"title": "Summary of the workshop", "kind": "report"})

    document.refresh_from_db()
    assert (document.title, document.kind) == ("Summary of the workshop", "report")
    assert not DocumentVersion.objects.exists()
