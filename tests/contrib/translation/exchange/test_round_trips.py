"""What a file is given it brings back, to the character, in every format."""

from dataclasses import replace
from random import Random

import pytest
from wagtail_localize.strings import StringValue

from pages.contrib.translation.exchange import bilingual_docx, formats, inline, po, tmx, xliff12, xliff20
from pages.contrib.translation.exchange.package import State

from ..seeds import seeds
from .packages import package, words

SEEDS = seeds(25)


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


@pytest.mark.parametrize("module", [xliff12, xliff20, po, bilingual_docx])
def test_a_very_long_text_from_right_to_left_comes_back_exactly(module):
    sent = package(3, "ar")
    words = StringValue.from_translated_html("بيت \u200fكبير\x1f <b>في 12</b> &lt;a1&gt; " * 500).data
    part = sent.parts[0]
    sent = replace(sent, parts=[replace(part, units=[replace(part.units[0], target=words, state=State.ACCEPTED)])])

    (unit,) = formats.read(module.write(sent)).units

    assert (len(words) > 15_000, unit.target == words, unit.error) == (True, True, "")
