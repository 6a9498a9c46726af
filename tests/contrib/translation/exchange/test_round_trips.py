"""What a file is given it brings back, to the character, in every format."""

from random import Random

import pytest

from pages.contrib.translation.exchange import bilingual_docx, formats, inline, po, tmx, xliff12, xliff20
from pages.contrib.translation.exchange.package import State

from .packages import package, words

SEEDS = range(25)


@pytest.mark.parametrize("seed", SEEDS)
def test_codes_bring_back_the_html_they_were_made_of(seed):
    html = words(Random(seed))

    assert rebuilt(inline.parse(html)) == html


def rebuilt(nodes):
    builder = inline.Builder()
    rebuild(nodes, builder)
    return builder.html()


def rebuild(nodes, builder):
    for node in nodes:
        if isinstance(node, str):
            builder.text(node)
        elif isinstance(node, inline.Span):
            builder.begin(node.id)
            rebuild(node.children, builder)
            builder.end(node.id)
        else:
            builder.mark(node.id)


@pytest.mark.parametrize("module", [xliff12, xliff20, po])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_file_brings_back_every_unit_exactly(module, seed):
    sent = package(seed, "ar" if seed % 2 else "en")

    returned = formats.read(module.write(sent))

    assert (returned.source_language, returned.target_language) == ("pl", sent.target_language)
    assert [(unit.id, unit.source, unit.target, unit.state, unit.mark, unit.error) for unit in returned.units] == [
        (unit.id, unit.source, unit.target, unit.state, unit.mark, "") for unit in sent.units
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_word_file_brings_back_every_unit_exactly(seed):
    sent = package(seed, "ar" if seed % 2 else "en")

    returned = formats.read(bilingual_docx.write(sent))

    assert (returned.source_language, returned.target_language) == ("pl", sent.target_language)
    assert [(unit.id, unit.source, unit.target, unit.mark, unit.error) for unit in returned.units] == [
        (unit.id, unit.source, unit.target, unit.mark, "") for unit in sent.units
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_memory_holds_what_is_accepted_exactly(seed):
    sent = package(seed)

    pairs = list(tmx.read(tmx.write(sent)))

    assert [(pair.source, pair.target) for pair in pairs] == [
        (unit.source, unit.target) for unit in sent.units if unit.state is State.ACCEPTED
    ]
