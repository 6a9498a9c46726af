"""What editors are told of a document: at the upload, in its form, in the list."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pages.contrib.readable import audit
from pages.contrib.readable.audit import Kind
from pages.contrib.readable.models import Reading
from pages.interchange.importers import open_file
from tests.contrib.docx.word_files import docx, p, picture, r, relation, tbl, tr
from tests.media.files import pdf
from tests.media.files import picture as drawn

pytestmark = pytest.mark.django_db

CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Raport</dc:title></cp:coreProperties>'
)
ROOT = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/><Relationship Id="c" Type="http://schemas.openxmlformats.org/package/2006/'
    'relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>'
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
POLISH = '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="pl-PL"/></w:rPr></w:rPrDefault></w:docDefaults>'
LONG = p("słowo " * 300)
SILENT_LINK = '<w:hyperlink r:id="l"><w:r><w:t> </w:t></w:r></w:hyperlink>'


def file(body, **parts):
    """Return a Word file of which the upload says that it is one, with a title and a language."""
    relations = relation("i", "image", "media/plan.png") + relation(
        "l", "hyperlink", "https://example.org/", external=True
    )
    plan = drawn("plan.png", (60, 40), "PNG").read()
    whole = {"[Content_Types].xml": TYPES, "_rels/.rels": ROOT, "docProps/core.xml": CORE, "word/media/plan.png": plan}
    return docx(body, relations=relations, parts=whole | parts, styles=POLISH)


def found(content, pages=None):
    return {one["kind"]: one for one in audit.findings(open_file("a.docx", content).outline, pages)}


def test_a_good_document_has_nothing_to_mend():
    heads = tbl(tr("Miasto", "Kwota", heads=True), tr("Łódź", "1"))
    assert (
        found(file(LONG + '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>Cel</w:t></w:r></w:p>' + heads)) == {}
    )


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("body", "parts", "kind", "places"),
    [
        (p("Tekst"), {"docProps/core.xml": "<x/>"}, Kind.NO_TITLE, []),
        (p("Tekst"), {"word/styles.xml": "<x/>"}, Kind.NO_LANGUAGE, []),
        (LONG, {}, Kind.NO_HEADINGS, []),
        (p("słowo " * 30) + p(picture("i")), {}, Kind.PICTURE_WITHOUT_ALT, [[0, 0, ""]]),
        (tbl(tr("Miasto", "Kwota"), tr("Łódź", "1")), {}, Kind.TABLE_WITHOUT_HEADER, [[0, 1, "Miasto"]]),
        (p(r("Zobacz") + SILENT_LINK + r("dalej")), {}, Kind.EMPTY_LINK, [[0, 0, "https://example.org/"]]),
        (p(picture("i", "Skan pisma")), {}, Kind.PICTURE_OF_TEXT, []),
    ],
)
def test_each_barrier_is_found_with_its_place(body, parts, kind, places):
    barriers = found(file(body, **parts))

    assert set(barriers) == {kind}
    assert barriers[kind]["count"] == 1
    assert barriers[kind]["places"] == places


def test_at_the_upload_the_editor_is_told_at_once_and_the_list_remembers(admin_client, committed):
    name = SimpleUploadedFile("raport.docx", file(LONG + p(picture("i"))))
    with committed():
        answer = admin_client.post(reverse("wagtaildocs:add_multiple"), {"title": "Raport", "files[]": name})
        form = answer.json()["form"]

    assert "Tekst nie ma nagłówków" in form
    assert "Nagłówek 1, 2 lub 3" in form
    assert "Ilustracje bez tekstu alternatywnego" in form
    document = Reading.objects.get().document
    edit = admin_client.get(reverse("wagtaildocs:edit", args=[document.pk])).content.decode()
    assert "Tekst nie ma nagłówków" in edit
    assert f"/-/readable/{document.pk}/" in edit
    listed = admin_client.get(reverse("wagtaildocs:index")).content.decode()
    assert "2 rzeczy do poprawy" in listed
    assert "2 rzeczy do poprawy" in admin_client.get(reverse("wagtaildocs:index_results")).content.decode()


def test_a_kind_of_file_that_nobody_reads_is_left_alone(admin_client, upload):
    document = upload("plan.pdf", pdf())

    edit = admin_client.get(reverse("wagtaildocs:edit", args=[document.pk])).content.decode()
    assert "findings-" not in edit
    assert "plan.pdf" in admin_client.get(reverse("wagtaildocs:index")).content.decode()
    assert not Reading.objects.exists()


def test_pictures_in_the_library_are_uploaded_as_before(admin_client):
    answer = admin_client.post(
        reverse("wagtailimages:add_multiple"), {"title": "Plan", "files[]": drawn("plan.png", (60, 40), "PNG")}
    )
    assert answer.json()["success"]
