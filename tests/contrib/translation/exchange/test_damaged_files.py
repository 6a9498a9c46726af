"""A corpus of mutated files: each gets its verdict or a plain sentence, none an error of the program."""

import io
import zipfile
from random import Random

import pytest
from django.utils import translation

from pages.contrib.translation.exchange import bilingual_docx, formats, po, tmx, xliff12, xliff20
from pages.contrib.translation.exchange.package import DamagedFile, ReturnedFile, State

from ..seeds import seeds
from .packages import package

BOMB = b"""<?xml version="1.0"?><!DOCTYPE xliff [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language="pl" target-language="en"
original="x" datatype="html"><body><trans-unit id="1"><source>&d;</source></trans-unit></body></file></xliff>"""
FETCHING = BOMB.replace(b'<!ENTITY a "aaaaaaaaaa">', b'<!ENTITY a SYSTEM "file:///etc/passwd">')
EXTERNAL = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]><xliff/>'
SOUND = {module: module.write(package(5)) for module in (xliff12, xliff20, po)}


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def repacked(content, name="word/document.xml", change=lambda part: part):
    """Return a Word file with one part changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            part = old.read(entry)
            new.writestr(entry, change(part) if entry == name else part)
    return stream.getvalue()


@pytest.mark.parametrize("content", [BOMB, FETCHING, EXTERNAL, BOMB.decode().encode("utf-16")])
def test_entities_are_refused(content):
    with pytest.raises(DamagedFile):
        formats.read(content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n",
        b"\0\0\0",
        b"hello",
        b"PK\x03\x04 not a zip",
        b"%PDF-1.7",
        b"<html></html>",
        b"<?xml version='1.0'?><xliff version='1.2'/>",
        b"<xliff xmlns='urn:oasis:names:tc:xliff:document:1.2' version='1.2'/>",
        b"<xliff xmlns='urn:oasis:names:tc:xliff:document:1.2' version='1.2'><file/>",
        'msgid "a"\nmsgstr "ż"\n'.encode("iso-8859-2"),
        b'msgid "a\nmsgstr',
        b'msgctxt "x"',
        b'msgid "Dom"\nmsgstr "Hou',
        b'msgid "Dom"\nmsgstr "Hou\\"',
        b"/etc/passwd",
    ],
)
def test_what_is_no_file_of_ours_is_refused_with_a_sentence(content):
    with pytest.raises(DamagedFile) as refused:
        formats.read(content)

    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("module", [xliff12, xliff20])
def test_a_file_that_was_cut_off_is_refused(module):
    with pytest.raises(DamagedFile, match=r"line \d+|sound"):
        formats.read(SOUND[module][: len(SOUND[module]) // 2])


@pytest.mark.parametrize("module", [xliff12, xliff20])
def test_a_file_in_another_encoding_than_it_says_is_refused(module):
    with pytest.raises(DamagedFile):
        formats.read(SOUND[module].decode().encode("iso-8859-2", "replace"))


def test_a_memory_is_sent_to_the_memory():
    with pytest.raises(DamagedFile, match="TMX"):
        formats.read(tmx.write(package(5)))


def test_two_languages_in_one_file_are_refused():
    two = SOUND[xliff12].replace(b'target-language="en"', b'target-language="de"', 1)

    assert two.count(b"<file ") > 1
    with pytest.raises(DamagedFile, match="several languages"):
        formats.read(two)


def unit(target, module=xliff12):
    """Read one unit with the given inner XML of its target."""
    if module is xliff12:
        content = (
            '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><file source-language="pl" '
            'target-language="en" original="x" datatype="html"><body><trans-unit id="1"><source>x</source>'
            f"<target>{target}</target></trans-unit></body></file></xliff>"
        )
    else:
        content = (
            '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="pl" trgLang="en"><file id="f">'
            f'<unit id="1"><segment><source>x</source><target>{target}</target></segment></unit></file></xliff>'
        )
    (found,) = formats.read(content.encode()).units
    return found


@pytest.mark.parametrize(
    ("module", "target"),
    [
        (xliff12, '<g id="q-1">words</g>'),
        (xliff12, "<g>words</g>"),
        (xliff12, '<x id="b-1"/>words'),
        (xliff12, '<bpt id="b-1"/>words'),
        (xliff12, 'words<ept id="b-1"/>'),
        (xliff12, '<bpt id="b-1"/><g id="i-1">words<ept id="b-1"/></g>'),
        (xliff12, '<x id="cp0"/>words'),
        (xliff12, '<x id="cpD800"/>words'),
        (xliff20, '<pc id="script-1">words</pc>'),
        (xliff20, '<sc id="b-1"/>words'),
        (xliff20, 'words<ec startRef="b-1"/>'),
        (xliff20, '<cp hex="0000"/>words'),
        (xliff20, '<cp hex="zz"/>words'),
        (xliff20, '<ph id="2"/>words'),
    ],
)
def test_swapped_lost_and_foreign_tags_are_named_and_the_words_are_kept(module, target):
    found = unit(target, module)

    assert found.error
    assert found.target == "words"


@pytest.mark.parametrize(
    ("module", "target", "html"),
    [
        (xliff12, '<mrk mtype="seg" mid="1">One.</mrk> <mrk mtype="seg" mid="2">Two.</mrk>', "One. Two."),
        (xliff12, '<bpt id="b-1">&lt;b&gt;</bpt>One<ept id="b-1"/>', "<b>One</b>"),
        (xliff12, '<g id="a1">a</g> <g id="a1">b</g>', '<a id="a1">a</a> <a id="a1">b</a>'),
        (xliff12, "<![CDATA[<b>]]>", "&lt;b&gt;"),
        (xliff20, '<sc id="b-1"/>One<ec startRef="b-1"/>', "<b>One</b>"),
        (xliff20, '<mrk id="m1" type="term">One</mrk>', "One"),
        (xliff20, '<pc id="a1">a</pc><pc id="9" copyOf="a1">b</pc>', '<a id="a1">a</a><a id="a1">b</a>'),
    ],
)
def test_what_other_programs_make_of_tags_is_understood(module, target, html):
    found = unit(target, module)

    assert (found.target, found.error) == (html, "")


def test_a_unit_that_was_cut_into_sentences_is_put_together_again():
    content = (
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="pl" trgLang="en"><file id="f">'
        '<unit id="1"><segment state="translated"><source>A.</source><target>One.</target></segment>'
        "<ignorable><source> </source></ignorable>"
        '<segment state="initial"><source>B.</source><target>Two.</target></segment></unit></file></xliff>'
    )

    (found,) = formats.read(content.encode()).units

    assert (found.source, found.target, found.state) == ("A. B.", "One. Two.", State.DRAFT)


def test_a_word_file_may_come_back_from_a_program_that_drops_controls():
    sent = package(7)
    without = repacked(bilingual_docx.write(sent), change=lambda part: part.replace(b"<w:tag ", b"<w:alias "))

    assert [unit.id for unit in formats.read(without).units] == [unit.id for unit in sent.units]


def test_lines_and_tracked_changes_of_a_word_file_are_read():
    sent = package(7)
    start = b'<w:permStart w:id="1" w:edGrp="everyone"/>'
    words = b"<w:ins><w:r><w:t>New</w:t></w:r></w:ins><w:del><w:r><w:delText>Old</w:delText></w:r></w:del>"
    more = b"<w:r><w:br/></w:r><w:r><w:t>&lt;b&gt;line&lt;/b&gt;</w:t></w:r></w:p><w:p/><w:p>"

    def change(part):
        assert start in part
        return part.replace(start, words + more + start, 1)

    found = formats.read(repacked(bilingual_docx.write(sent), change=change)).units[0]

    assert found.target.startswith("New<br/><b>line</b>")


def test_a_word_file_without_its_column_or_table_is_refused():
    sent = bilingual_docx.write(package(7))
    lost = repacked(sent, change=lambda part: part.replace(b"<w:tc>", b"<w:x>").replace(b"</w:tc>", b"</w:x>"))

    with pytest.raises(DamagedFile, match="table"):
        formats.read(lost)
    with pytest.raises(DamagedFile):
        formats.read(sent[:-100])
    with pytest.raises(DamagedFile):
        formats.read(repacked(sent, change=lambda part: part[:-50]))


@pytest.mark.parametrize("module", [xliff12, xliff20, po])
@pytest.mark.parametrize("seed", seeds(40))
def test_any_mutation_is_read_or_refused(module, seed):
    random = Random(seed)
    content = bytearray(SOUND[module])
    for _number in range(random.randint(1, 6)):
        at = random.randrange(len(content))
        mutation = random.randrange(4)
        if mutation == 0:
            content[at] = random.randrange(256)
        elif mutation == 1:
            del content[at : at + random.randint(1, 40)]
        elif mutation == 2:
            content[at:at] = content[at : at + 60]
        else:
            content[at:at] = random.choice([b"<", b">", b"&", b'"', b"\\", b"\n", b"\xff", b"<b>", b"&#0;"])

    try:
        returned = formats.read(bytes(content))
    except DamagedFile:
        return

    assert isinstance(returned, ReturnedFile)
    assert all(isinstance(found.target, str) for found in returned.units)
