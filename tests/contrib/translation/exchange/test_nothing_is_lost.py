"""Every state a segment can be in, against every unit a file can bring: no word is lost, none overwritten unseen."""

from itertools import product
from types import SimpleNamespace

import pytest
from django.utils import translation

from pages.contrib.translation.checks import Finding, Severity
from pages.contrib.translation.exchange.package import Returned, State, digest
from pages.contrib.translation.exchange.verdicts import Verdict, judge
from pages.contrib.translation.places import Place

TEXTS = ["", "one", "two", "<b>three</b>"]
FINDINGS = [[], [Finding("numbers", "Look.")], [Finding("length", "Shorten.", Severity.ERROR)]]


def states():
    for target, draft, words, marked, state, found in product(
        TEXTS, TEXTS, [*TEXTS, '<a id="a9">x</a>'], [None, *TEXTS], [State.DRAFT, State.ACCEPTED], FINDINGS
    ):
        segment = SimpleNamespace(
            source="source <b>x</b>",
            target=target,
            draft=SimpleNamespace(data=draft) if draft else None,
            place=Place(()),
        )
        mark = None if marked is None else digest(marked)
        yield segment, Returned(id=None, target=words, state=state, mark=mark), found


@pytest.fixture(scope="module")
def rulings():
    with translation.override("en"):
        return [
            (segment, unit, judge(segment, unit, lambda segment, words, found=found: found))
            for segment, unit, found in states()
        ]


def test_a_translation_is_replaced_only_when_it_is_the_one_that_was_sent(rulings):
    replaced = [entry for entry in rulings if entry[2].accepted is not None and entry[0].target]

    assert replaced
    assert all(digest(segment.target) == unit.mark for segment, unit, _ruling in replaced)


def test_a_draft_is_replaced_by_a_draft_only_when_it_is_the_one_that_was_sent(rulings):
    replaced = [
        (segment, unit)
        for segment, unit, ruling in rulings
        if ruling.proposed is not None and segment.draft and segment.draft.data != ruling.proposed
    ]

    assert replaced
    assert all(digest(segment.draft.data) == unit.mark for segment, unit in replaced)


def test_a_draft_that_an_accepted_word_replaces_is_named(rulings):
    for segment, unit, ruling in rulings:
        if ruling.accepted is not None and segment.draft and digest(segment.draft.data) != unit.mark:
            assert segment.draft.data == ruling.accepted or "It replaces a draft" in ruling.reason


def test_words_go_in_or_wait_or_are_there_already_or_the_reason_says_where_they_are(rulings):
    for segment, unit, ruling in rulings:
        stored = {ruling.accepted, ruling.proposed, segment.target, segment.draft and segment.draft.data}
        is_told = bool(ruling.reason) and ruling.verdict is not Verdict.ACCEPTED
        assert not unit.target or unit.target in stored or is_told


def test_unfinished_words_and_words_with_a_serious_finding_are_never_accepted(rulings):
    for _segment, unit, ruling in rulings:
        if ruling.accepted is not None:
            assert unit.state is State.ACCEPTED
            assert ruling.verdict is Verdict.ACCEPTED
