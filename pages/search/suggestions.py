"""What a reader may have meant: words of the site's own texts that are a slip away from those typed."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q
from django.db.models.functions import Length
from wagtail.models import Locale

from . import stemming
from .matching import Term
from .models import Posting, Word
from .queries import Query

SHORTEST_WORD = 4
#: Of words equally near, the more frequent one is meant; so many are counted.
MOST_NEAR = 30


def suggestion(query: Query, terms: list[Term], locale: Locale) -> str:
    """Return the query with its unknown words put right, or nothing where one of them cannot be."""
    mended = {term.word: nearest(term.word, locale) for term in terms if not term.is_known}
    if not mended or not all(mended.values()):
        return ""
    return "".join(_rewritten(query.text, mended))


def _rewritten(text: str, mended: dict[str, str]) -> Iterator[str]:
    place = 0
    for token in stemming.tokens(text):
        yield text[place : token.start]
        yield mended.get(token.word.lower()) or token.word
        place = token.end
    yield text[place:]


def nearest(word: str, locale: Locale) -> str:
    """Return the site's word that differs least from ``word``: by one slip, in a long word by two; else nothing."""
    typed = stemming.fold(word)
    if len(typed) < SHORTEST_WORD or any(character.isdigit() for character in typed):
        return ""
    allowed = 1 if len(typed) < 7 else 2
    near = _near(typed, allowed, locale)
    if not near:
        return ""
    least = min(distance for distance, _spelling, _stem in near)
    best = [(spelling, stem) for distance, spelling, stem in near if distance == least][:MOST_NEAR]
    return _most_frequent(best, locale)


def _near(typed: str, allowed: int, locale: Locale) -> list[tuple[int, str, str]]:
    # Readers seldom miss both the beginning and the rest of a word.
    likely = Q(folded__startswith=typed[0]) | Q(folded__endswith=typed[1:]) | Q(folded__startswith=typed[1])
    words = Word.objects.annotate(length=Length("folded")).filter(
        likely, locale=locale, length__range=(len(typed) - allowed, len(typed) + allowed)
    )
    letters = set(typed)
    found = []
    for folded, spelling, stem in words.values_list("folded", "spelling", "stem").order_by("spelling"):
        if len(letters ^ set(folded)) <= 2 * allowed and (slips := distance(typed, folded, allowed)) <= allowed:
            found.append((slips, spelling, stem))
    return found


def _most_frequent(words: list[tuple[str, str]], locale: Locale) -> str:
    postings = Posting.objects.filter(locale=locale, stem__in={stem for _spelling, stem in words})
    counts = dict(postings.values_list("stem").annotate(Count("pk")))
    known = [(-counts[stem], spelling) for spelling, stem in words if stem in counts]
    return min(known)[1] if known else ""


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
