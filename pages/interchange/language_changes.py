"""Which words somebody has marked as another language in a file that came back, and which not any more.

Programs note languages, too. So a new one is believed only with evidence for it, and one that has gone only where the
line is as it was and says that these words are of the language of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pages.scripts import letters_by_script, script_of
from pages.spoken_languages import known_code

from .kept_languages import KeptLanguages, whole_words
from .noted_languages import believable, is_proven, noted
from .outline import Block, Heading, Inline, LineBreak, Paragraph, Text, every_block
from .values import tidy

#: Signs at both ends are of any language.
_ENDS = re.compile(r"^\W+|\W+$")


def changed_in(kept: KeptLanguages, before: list[Block], after: list[Block], language: str) -> KeptLanguages:
    """Return the marks that words of a page keep, changed as they were between two tellings of these words."""
    told, lines = list(_lines(before)), list(_lines(after))
    if not kept.marked and not any(_has_language(line) for line in lines):
        return kept
    known = [found for line in told for found in noted(line)]
    added = {
        _ENDS.sub("", words): code
        for line in lines
        if _has_language(line)
        for code, words in noted(believable(line, language, strictly=True))
        if _is_new(words, code, known, language)
    }
    removed: dict[str, set[str]] = {}
    as_they_were = {_words(line): line for line in told}
    for line in lines if kept.marked else ():
        if (whole := _words(line)) in as_they_were:
            gone, left = _gone(kept.marked, _languages(as_they_were[whole]), _languages(line), whole, language)
            removed |= {tidy(whole): gone} if gone else {}
            added |= left
    return kept.changed(added, removed) if added or removed else kept


def _is_new(words: str, code: str, known: list[tuple[str, str]], language: str) -> bool:
    """Whether what goes beyond the words that were noted so before is of this language."""
    if any(words in said for other, said in known if other == code):
        return False
    rest = [words]
    for said in (said for other, said in known if other == code):
        rest = [part for piece in rest for part in piece.split(said)]
    telling = [part for part in rest if any(map(str.isalpha, part))]
    return bool(telling) and all(is_proven(part, code, language) for part in telling)


def _gone(
    marked: dict[str, str], before: list[str], after: list[str], whole: str, language: str
) -> tuple[set[str], dict[str, str]]:
    """Return the marked words of a line that are not, or not wholly, marked any more, and what is left of them."""
    gone, left = set(), {}
    for words, code in marked.items():
        if set(letters_by_script(words)) != {script_of(language)}:
            continue  # letters say otherwise
        for found in whole_words([words]).finditer(whole):
            letters = [place for place in range(*found.span()) if whole[place].isalpha()]
            if any(before[place] == code and not after[place] for place in letters):
                gone.add(words)
                left |= dict.fromkeys(_stretches(whole, found.span(), after, code), code)
    return gone, left


def _stretches(whole: str, span: tuple[int, int], languages: list[str], code: str) -> Iterator[str]:
    """Yield what is noted in one language between two places of a line."""
    said = "".join(whole[place] if languages[place] == code else "\n" for place in range(*span))
    yield from filter(None, (part.strip() for part in said.split("\n")))


def _lines(blocks: Iterable[Block]) -> Iterator[list[Inline]]:
    for block in every_block(blocks):
        if isinstance(block, (Paragraph, Heading)):
            line: list[Inline] = []
            for piece in block.content:
                if isinstance(piece, LineBreak):
                    yield line
                    line = []
                else:
                    line.append(piece)
            yield line


def _has_language(line: list[Inline]) -> bool:
    return any(isinstance(piece, Text) and piece.language for piece in line)


def _words(line: list[Inline]) -> str:
    return "".join(piece.text for piece in line if isinstance(piece, Text))


def _languages(line: list[Inline]) -> list[str]:
    """Return the language of each letter of a line, empty for that of the page."""
    pieces = [piece for piece in line if isinstance(piece, Text)]
    return [code for piece in pieces for code in [known_code(piece.language)] * len(piece.text)]
