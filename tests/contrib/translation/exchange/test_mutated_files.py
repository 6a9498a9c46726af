"""A corpus of files as people, programs and networks change them, taken over for real: each has its verdict."""

from contextlib import contextmanager
from dataclasses import replace
from random import Random
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from rapidfuzz.distance import Levenshtein
from wagtail_localize.models import StringTranslation

from pages.contrib.translation.exchange import bilingual_docx, po, xliff12, xliff20
from pages.contrib.translation.exchange.package import DamagedFile, State
from pages.contrib.translation.exchange.verdicts import Verdict, import_file
from pages.contrib.translation.models import SegmentDraft
from pages.contrib.translation.segments import segments_of

from ..seeds import seeds
from .returning import filled, packed

MODULES = [xliff12, xliff20, po, bilingual_docx]
pytestmark = pytest.mark.usefixtures("in_english")

BODY = [("text", "<p>Miasta wymieniły <b>doświadczenia</b>. Zobacz <a href='https://example.org'>katalog</a>.</p>")]
WORDS = {
    "Nowe domy": "New houses",
    "Trzy miasta budują.": "Three towns are building.",
    'Miasta wymieniły <b>doświadczenia</b>. Zobacz <a id="a1">katalog</a>.': (
        'Cities shared <b>experience</b>. See the <a id="a1">catalogue</a>.'
    ),
}
TITLE, LEAD, TEXT = WORDS
#: So far may words be from those that were sent when bytes of them were changed.
BYTES_CHANGED = 3


@pytest.fixture
def translation(desk):
    return desk.send(desk.add_news(TITLE, slug="domy", lead="Trzy miasta budują.", body=BODY))


@pytest.fixture
def sent(translation):
    return filled(packed(translation), WORDS, State.ACCEPTED)


@pytest.fixture
def chief(db):
    return User.objects.create_superuser("chief")


@contextmanager
def undone():
    """Try something on the database and take it back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def changed(package, source, **fields):
    """Return the package with one unit changed."""
    units = [replace(unit, **fields) if unit.source == source else unit for unit in package.units]
    return replace(package, parts=[replace(package.parts[0], units=units)])


def with_other_ids(package, make):
    units = [replace(unit, id=make(unit.id)) for unit in package.units]
    return replace(package, parts=[replace(package.parts[0], units=units)])


def without(package, source):
    units = [unit for unit in package.units if unit.source != source]
    return replace(package, parts=[replace(package.parts[0], units=units)])


#: What was done to the file, and what becomes of title, lead and text; ``None``: no line speaks of it.
CORPUS = {
    "untouched": (lambda file: file, [Verdict.ACCEPTED] * 3),
    "a unit dropped": (lambda file: without(file, LEAD), [Verdict.ACCEPTED, None, Verdict.ACCEPTED]),
    "words emptied": (
        lambda file: changed(file, LEAD, target="", state=State.EMPTY),
        [Verdict.ACCEPTED, Verdict.EMPTY, Verdict.ACCEPTED],
    ),
    "a link lost": (
        lambda file: changed(file, TEXT, target="Cities shared <b>experience</b>. See the catalogue."),
        [Verdict.ACCEPTED, Verdict.ACCEPTED, Verdict.BROKEN],
    ),
    "a link of elsewhere": (
        lambda file: changed(file, TEXT, target='Cities shared <b>experience</b>. See <a id="a7">it</a>.'),
        [Verdict.ACCEPTED, Verdict.ACCEPTED, Verdict.BROKEN],
    ),
    "too long": (
        lambda file: changed(file, TITLE, target="x" * 300),
        [Verdict.TOO_LONG, Verdict.ACCEPTED, Verdict.ACCEPTED],
    ),
    "ids of another site": (
        lambda file: with_other_ids(file, lambda unit: replace(unit, translation=UUID(int=7))),
        [Verdict.UNKNOWN] * 3,
    ),
    "ids of another place": (
        lambda file: with_other_ids(file, lambda unit: replace(unit, place="0" * 10)),
        # The same words elsewhere on the page: a person has to look.
        [Verdict.SOURCE_CHANGED] * 3,
    ),
    "ids of other words": (
        lambda file: with_other_ids(file, lambda unit: replace(unit, source="0" * 10)),
        [Verdict.SOURCE_CHANGED] * 3,
    ),
}


@pytest.mark.parametrize("module", MODULES)
def test_each_change_of_a_file_has_its_verdict(translation, sent, chief, module):
    found = {}
    for name, (change, _expected) in CORPUS.items():
        with undone():
            lines = import_file(module.write(change(sent)), "returned.xlf", chief)
            by_source = {line.words: line.verdict for line in lines} | {line.source: line.verdict for line in lines}
            found[name] = [
                by_source.get(plain) for plain in (TITLE, LEAD, "Miasta wymieniły doświadczenia. Zobacz katalog.")
            ]
            went_in = {segment.source for segment in segments_of(translation) if segment.target}
            assert went_in == {
                source for source, verdict in zip(WORDS, found[name], strict=True) if verdict is Verdict.ACCEPTED
            }

    assert found == {name: expected for name, (_change, expected) in CORPUS.items()}


@pytest.mark.parametrize("module", MODULES)
def test_a_file_for_another_language_or_page_imports_nothing(desk, sent, chief, module):
    other = desk.send(desk.add_news("Inna strona"))

    with pytest.raises(DamagedFile, match="language"):
        import_file(module.write(replace(sent, target_language="de")), "returned.xlf", chief)
    lines = import_file(module.write(sent), "returned.xlf", chief, only=[other.pk])

    assert {line.verdict for line in lines} == {Verdict.REFUSED}
    assert stored() == ({}, 0)


def stored():
    """Return the accepted words by their source, and how many drafts there are."""
    rows = StringTranslation.objects.values_list("translation_of__data", "data")
    return dict(rows), SegmentDraft.objects.count()


@pytest.mark.parametrize("module", MODULES)
def test_a_file_that_was_cut_off_brings_whole_words_or_none(sent, chief, module):
    content = module.write(sent)

    for seed in seeds(8):
        assert_taken_or_refused(content[: Random(seed).randrange(len(content))], chief, 0, seed)


@pytest.mark.parametrize("module", MODULES)
def test_words_of_a_file_with_changed_bytes_never_land_in_another_segment(sent, chief, module):
    content = module.write(sent)

    for seed in seeds(8):
        random, changed_bytes = Random(seed), bytearray(content)
        for _number in range(random.randint(1, BYTES_CHANGED)):
            changed_bytes[random.randrange(len(content))] ^= 1 << random.randrange(8)
        assert_taken_or_refused(bytes(changed_bytes), chief, BYTES_CHANGED, seed)


def assert_taken_or_refused(content, chief, most, seed):
    """Accepted are words that are almost those that were sent for this segment; a refused file changes nothing."""
    with undone():
        try:
            import_file(content, "returned.xlf", chief)
        except DamagedFile:
            assert stored() == ({}, 0), seed
        for source, words in stored()[0].items():
            assert Levenshtein.distance(words, WORDS[source]) <= most, seed
