"""XLIFF files against the schemas of OASIS, and what every program for translators relies on.

The schemas are not ours to hand on. They are read from where ``tests/machine.py`` finds or installs them, or from the
folder that XLIFF_SCHEMAS names; without them only the structure is looked at.
"""

import re
import subprocess
import zipfile
from io import BytesIO

import pytest
from docx import Document
from lxml import etree

from pages.contrib.translation.exchange import bilingual_docx, po, tmx, xliff12, xliff20
from tests.machine import XLIFF_SCHEMAS, gettext

from .packages import package

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
X12, X20 = f"{{{xliff12.NAMESPACE}}}", f"{{{xliff20.NAMESPACE}}}"
SEEDS = range(10)


class BesideIt(etree.Resolver):
    """Finds the schema of ``xml:lang`` beside the others instead of on the network."""

    def resolve(self, url, public_id, context):
        return self.resolve_filename(str(XLIFF_SCHEMAS / "xml.xsd"), context) if url.endswith("xml.xsd") else None


def schema(name):
    if not (XLIFF_SCHEMAS / name).exists():
        pytest.skip(f"{name} is not installed")
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(BesideIt())
    return etree.XMLSchema(etree.parse(str(XLIFF_SCHEMAS / name), parser))


@pytest.mark.parametrize(("module", "name"), [(xliff12, "xliff-core-1.2-strict.xsd"), (xliff20, "xliff-core-2.0.xsd")])
def test_files_are_valid_after_the_schema_of_oasis(module, name):
    rules = schema(name)

    for seed in SEEDS:
        rules.assertValid(etree.fromstring(module.write(package(seed))))


@pytest.mark.parametrize("seed", SEEDS)
def test_every_unit_of_xliff_1_2_is_built_as_the_standard_says(seed):
    root = etree.fromstring(xliff12.write(package(seed)))

    units = list(root.iter(f"{X12}trans-unit"))
    assert len({unit.get("id") for unit in units}) == len(units)
    for unit in units:
        names = [etree.QName(child).localname for child in unit]
        assert re.fullmatch(r"source( target)?( note)*( alt-trans)?", " ".join(names))
        for words in unit.findall(f"{X12}source") + unit.findall(f"{X12}target"):
            codes = [code.get("id") for code in words.iter(f"{X12}g", f"{X12}x")]
            assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_code_of_xliff_2_0_has_its_original_data(seed):
    root = etree.fromstring(xliff20.write(package(seed)))

    for unit in root.iter(f"{X20}unit"):
        data = {entry.get("id") for entry in unit.iter(f"{X20}data")}
        codes = list(unit.iter(f"{X20}pc", f"{X20}ph"))
        wanted = {code.get(name) for code in codes for name in ("dataRef", "dataRefStart", "dataRefEnd")} - {None}
        assert wanted == data
        for words in unit.iter(f"{X20}source", f"{X20}target"):
            ids = [code.get("id") for code in words.iter(f"{X20}pc", f"{X20}ph")]
            assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_memory_is_built_as_tmx_1_4_says(seed):
    content = tmx.write(package(seed))
    root = etree.fromstring(content)

    assert b'<!DOCTYPE tmx SYSTEM "tmx14.dtd">' in content
    assert {"creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"} <= set(
        root.find("header").attrib
    )
    for unit in root.iter("tu"):
        assert re.fullmatch(r"(prop )?tuv tuv", " ".join(child.tag for child in unit))
        for seg in unit.iter("seg"):
            opened, closed = ([tag.get("i") for tag in seg.iter(name)] for name in ("bpt", "ept"))
            assert sorted(opened) == sorted(closed)
            assert len(set(opened)) == len(opened)


def test_a_po_file_has_a_plain_header_and_calls_drafts_fuzzy():
    text = po.write(package(4)).decode()

    assert '"Content-Type: text/plain; charset=utf-8\\n"' in text
    assert '"Language: en\\n"' in text
    assert "#, fuzzy" in text


@pytest.mark.skipif(not gettext(), reason="gettext is absent: apt-get install gettext")
@pytest.mark.parametrize("seed", SEEDS[:3])
def test_gettext_finds_nothing_to_warn_of_in_a_po_file(seed, tmp_path):
    file = tmp_path / "translations.po"
    file.write_bytes(po.write(package(seed)))

    check = subprocess.run(["msgfmt", "--check", "-o", tmp_path / "out.mo", file], capture_output=True, text=True)

    assert (check.returncode, check.stderr) == (0, "")


@pytest.fixture(scope="module")
def arabic():
    content = bilingual_docx.write(package(6, "ar"))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {name: etree.fromstring(archive.read(f"word/{name}.xml")) for name in ("document", "settings")}
    return content, parts


def test_word_lets_only_the_targets_be_written_in(arabic):
    _content, parts = arabic
    protection = parts["settings"].find(f"{W}documentProtection")
    rows = [row for row in parts["document"].iter(f"{W}tr") if row.find(f"{W}trPr/{W}tblHeader") is None]

    assert (protection.get(f"{W}edit"), protection.get(f"{W}enforcement")) == ("readOnly", "1")
    assert protection.getnext().tag == f"{W}defaultTabStop"
    assert len(rows) == len(package(6, "ar").units)
    for row in rows:
        cells = row.findall(f"{W}tc")
        assert [len(list(cell.iter(f"{W}permStart"))) for cell in cells] == [0, 0, 1, 0]
        assert next(cells[0].iter(f"{W}lock")).get(f"{W}val") == "sdtContentLocked"
    ids = [control.get(f"{W}val") for control in parts["document"].iter(f"{W}id")]
    assert len(set(ids)) == len(ids)
    assert max(len(tag.get(f"{W}val")) for tag in parts["document"].iter(f"{W}tag")) <= 64


def test_word_repeats_the_header_and_writes_arabic_from_the_right(arabic):
    content, parts = arabic
    document = Document(BytesIO(content))

    for table in parts["document"].iter(f"{W}tbl"):
        assert table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None
        for row in table.findall(f"{W}tr")[1:]:
            source, target = (list(row.findall(f"{W}tc")[column].iter(f"{W}bidi")) for column in (1, 2))
            assert not source
            assert target
    assert document.core_properties.language == "ar"
    assert all(len(row.cells) == 4 for table in document.tables for row in table.rows)
