"""Fill in a translation: from the memory first, then from a machine; all of it are drafts that a person has to accept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail_localize.models import StringTranslation, Translation

from ..checks import NAMES, Finding, Severity, check_segment
from ..checks.finding import listed
from ..glossary import glossary_of
from ..memory import fill
from ..models import SegmentDraft
from ..segments import Segment, UnusableWords, propose, segments_of, usable
from .asking import ask, batches
from .plan import is_for_machine, is_open, to_send
from .providers import Provider
from .untouched import unmarked

#: What is told beside a draft already, so that nobody accepts it without looking.
FLAGGED = {"placeholders", "tags", "links", "numbers", "forbidden_term", "unused_term"}


def pretranslate(
    translation: Translation, provider: Provider | None, user: AbstractBaseUser | None
) -> Iterator[Counter[str]]:
    """Propose words, and yield after each batch what was done: ``memory``, ``machine``, ``flagged``, ``characters``.

    Each batch is committed by itself. Whoever goes on later asks only for what is left. Raises ``Trouble``.
    """
    if count := fill(translation, user):
        yield Counter(memory=count)
    if provider is None:
        return
    source, target = translation.source.locale, translation.target_locale
    wanted = [one for one in segments_of(translation) if is_open(one) and is_for_machine(one)]
    glossary = glossary_of(source.language_code, target.language_code)
    asked = {segment.source: to_send(segment.source, glossary) for segment in wanted}
    for batch in batches(asked.values()):
        words = ask(provider, source, target, batch)
        answers = [(segment, words.get(asked[segment.source])) for segment in wanted]
        answered = [(segment, unmarked(answer)) for segment, answer in answers if answer is not None]
        done = _keep(translation, answered, provider, glossary, user)
        sent = sum(map(len, batch))
        yield done + Counter(characters=sent)


def _keep(translation, pairs, provider, glossary, user) -> Counter[str]:
    """Propose answers for their segments, each with what has to be looked at."""
    answers = {segment.key: _normal(segment, answer) for segment, answer in pairs}
    flags = {
        segment.key: _flags(translation, segment, answers[segment.key], glossary.terms_in(segment.source))
        for segment, _answer in pairs
    }
    details = {key: _detail(provider, found) for key, found in flags.items()}
    with transaction.atomic():
        taken = _taken_meanwhile(translation, [segment for segment, _answer in pairs])
        kept = [(segment, answers[segment.key]) for segment, _answer in pairs if segment.key not in taken]
        if kept:
            propose(translation, kept, SegmentDraft.Origin.MACHINE, detail=details, user=user)
    return Counter(machine=len(kept), flagged=sum(bool(flags[segment.key]) for segment, _words in kept))


def _detail(provider: Provider, flags: list[str]) -> str:
    if not flags:
        return provider.label
    return _("%(name)s, look at: %(flags)s") % {"name": provider.label, "flags": listed(flags)}


def _normal(segment: Segment, words: str) -> str:
    """Return words as Localize stores them; as they came where they cannot be stored, so that a person mends them."""
    try:
        return usable(segment.source, words)
    except UnusableWords:
        return words


def _flags(translation, segment, words, terms) -> list[str]:
    languages = translation.source.locale.language_code, translation.target_locale.language_code
    found = [str(NAMES[one.name]) for one in check_segment(segment, words, *languages, terms=terms) if _is_flag(one)]
    try:
        usable(segment.source, words)
    except UnusableWords:
        found = found or [str(NAMES["tags"])]
    return found


def _is_flag(finding: Finding) -> bool:
    return finding.severity == Severity.ERROR or finding.name in FLAGGED


def _taken_meanwhile(translation: Translation, segments: list[Segment]) -> set[tuple[int, int]]:
    """Return the segments that a person wrote words for while the machine was asked: theirs stay."""
    places = {
        "locale": translation.target_locale_id,
        "context__in": {segment.row.context_id for segment in segments},
        "translation_of__in": {segment.row.string_id for segment in segments},
    }
    return {
        key
        for model in (StringTranslation, SegmentDraft)
        for key in model.objects.filter(**places).values_list("context_id", "translation_of_id")
    }
