"""What a reader may have meant: words of the site's own texts that are a slip away from those typed."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.db.models.functions import Length

from . import stemming
from .models import Word
from .queries import Query, parse
from .terms import Term, Words, counts
from .together import Part, Rows, part, together

SHORTEST_WORD = 4
#: Of words equally near, the more frequent one is meant; so many are counted.
MOST_NEAR = 30


def meant(query: Query, words: Words, language: str) -> tuple[str, list[Term]]:
    """Return the query with its unknown words put right, and its terms; nothing where one of them cannot be."""
    unknown = [term.word for term in words.terms if not term.is_known]
    if not unknown or not all(map(_can_be_a_slip, unknown)):
        return "", []
    rows = together(*(_likely(stemming.fold(word), words.locale) for word in unknown))
    near = {word: _nearest(stemming.fold(word), found) for word, found in zip(unknown, rows, strict=True)}
    known = counts(words.locale, {stem for found in near.values() for stem in _stems(found, language)})
    mended = {word: _most_frequent(found, known) for word, found in near.items()}
    if not all(mended.values()):
        return "", []
    text = "".join(_rewritten(query.text, mended))
    terms = {term.word: term for term in words.terms if term.is_known}
    terms |= {mended[word]: _term(mended[word], found, known, language) for word, found in near.items()}
    return text, [terms[word] for word in parse(text).sought(language) if word in terms]


def _can_be_a_slip(word: str) -> bool:
    typed = stemming.fold(word)
    return len(typed) >= SHORTEST_WORD and not any(character.isdigit() for character in typed)


def _rewritten(text: str, mended: dict[str, str]) -> Iterator[str]:
    place = 0
    for token in stemming.tokens(text):
        yield text[place : token.start]
        yield mended.get(token.word.lower()) or token.word
        place = token.end
    yield text[place:]


def _allowed(typed: str) -> int:
    """Return how many slips are likely in a word: one, in a long one two."""
    return 1 if len(typed) < 7 else 2


def _likely(typed: str, locale: int) -> Part:
    # Readers seldom miss both the beginning and the rest of a word.
    likely = Q(folded__startswith=typed[0]) | Q(folded__endswith=typed[1:]) | Q(folded__startswith=typed[1])
    lengths = (len(typed) - _allowed(typed), len(typed) + _allowed(typed))
    words = Word.objects.alias(length=Length("folded")).filter(likely, locale=locale, length__range=lengths)
    return part(words.values_list("spelling", "folded", "stem"))


def _nearest(typed: str, words: Rows) -> Rows:
    """Return the words that differ least from the typed one, and little."""
    letters, least, near = set(typed), _allowed(typed), []
    for word in sorted(words):
        folded = word[1]
        if len(letters ^ set(folded)) > 2 * least:
            continue
        slips = distance(typed, folded, least)
        if slips < least:
            least, near = slips, []
        if slips == least:
            near.append(word)
    return near[:MOST_NEAR]


def _stems(near: Rows, language: str) -> set[str]:
    return {stem for spelling, _folded, stem in near for stem in (stem, stemming.stem(spelling, language))}


def _most_frequent(near: Rows, known: dict[str, int]) -> str:
    return min(((-known[stem], spelling) for spelling, _folded, stem in near if stem in known), default=(0, ""))[1]


def _term(mended: str, near: Rows, known: dict[str, int], language: str) -> Term:
    """Return a word of the site as if it had been typed: without diacritics it stands for every spelling."""
    spelled = {stem for _spelling, folded, stem in near if folded == mended}
    stems = {stemming.stem(mended, language), *spelled}
    return Term(mended, {stem: known[stem] for stem in stems if stem in known})


def distance(one: str, other: str, most: int) -> int:
    """Return how many slips lie between two words: a letter too many, missing, wrong, or two exchanged.

    The optimal string alignment distance; above ``most`` any larger number is as good.
    """
    before, last = [], list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, opposite in enumerate(other, 1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != opposite))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == opposite:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > most:
            return most + 1
        before, last = last, current
    return last[-1]
