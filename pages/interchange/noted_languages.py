"""Which languages that a file notes for its words can be believed.

Word notes the language of the keyboard and of what it took from elsewhere as readily as what a writer chose, and cuts
runs where it likes. Words that are said with the wrong voice are worse than words that nobody marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pages import spoken_languages
from pages.scripts import letters_by_script, script_of

from .outline import Inline, Text

#: What words of these languages have and those of their neighbours have not; they are noted by mistake most often.
_EVIDENCE = {
    "en": re.compile(
        r"\b(?:the|of|and|for|with|is|are|in|at|from|this|that|or|be|it|we|you|our|not)\b"
        r"|[a-z]{2}[qvx]|[a-z][qvx][a-z]|[qvx][a-z]{2}|th|wh|sh|oo|ee|ck|ght|tion"
    ),
    "pl": re.compile(r"\b(?:w|z|i|na|nie|się|dla|oraz|przez|jest|są|od|po|czy)\b|[ąćęłńóśźż]|rz|cz|sz"),
}
#: The same for others, asked where a file says in a new way what the page has said already.
_PROOF = _EVIDENCE | {
    "de": re.compile(r"\b(?:der|die|das|und|ist|mit|von|für|nicht|ein|eine|zum|zur|im)\b|[äöüß]|sch"),
    "fr": re.compile(r"\b(?:le|la|les|des|et|du|une|est|pour|dans|avec)\b|[àâçèêëîïôùûœ]"),
    "es": re.compile(r"\b(?:el|del|una|por|para|con|en|los|las)\b|[ñ¿¡]"),
    "it": re.compile(r"\b(?:il|di|della|dei|gli|che|con|per|una|alla)\b|[àèìòù]"),
    "cs": re.compile(r"[ěřůčšžýáí]"),
}
#: Letters that tell a language from others of its script.
_OWN_LETTERS = {"pl": set("ąćęłńśźż"), "uk": set("іїєґ"), "ru": set("ыэёъ"), "cs": set("ěřů"), "de": set("ß")}


@dataclass
class _Stretch:
    """Pieces in a row that are noted in one language."""

    code: str
    places: list[int] = field(default_factory=list)
    words: str = ""


def believable(content: list[Inline], language: str, *, strictly: bool = False) -> list[Inline]:
    """Return inline content whose noted languages are ours, and only those that can be believed.

    ``language`` is that of the whole text, empty where nobody knows. ``strictly`` asks for letters or words as evidence
    of each language.
    """
    if not any(isinstance(piece, Text) and piece.language for piece in content):
        return content
    done = list(content)
    stretches = list(_stretches(content))
    for number, stretch in enumerate(stretches):
        before = stretches[number - 1].words[-1:] if number else ""
        after = stretches[number + 1].words[:1] if number + 1 < len(stretches) else ""
        is_cut = _is_one_word(before, stretch.words[:1]) or _is_one_word(stretch.words[-1:], after)
        is_likely = (is_proven if strictly else _is_likely)(stretch.words, stretch.code, language)
        code = stretch.code if not is_cut and is_likely else ""
        for place in stretch.places:
            done[place] = replace(done[place], language=code)
    return done


def noted(content: list[Inline]) -> Iterator[tuple[str, str]]:
    """Yield the words in other languages, as far as one language reaches, each with its code."""
    for stretch in _stretches(content):
        if stretch.code and stretch.words.strip():
            yield stretch.code, stretch.words.strip()


def _stretches(content: list[Inline]) -> Iterator[_Stretch]:
    """Yield the text in stretches of one language; spaces and digits between two of the same belong to them."""
    open_ = _Stretch("")
    waiting: list[int] = []
    for place, piece in enumerate(content):
        if not isinstance(piece, Text):
            # A line break ends what is said in one breath, so both sides have to tell by themselves.
            yield from _told(open_, waiting, content)
            open_, waiting = _Stretch(""), []
            continue
        if not any(map(str.isalpha, piece.text)):
            waiting.append(place)
            continue
        code = spoken_languages.known_code(piece.language) if piece.language else ""
        if open_.places and code == open_.code:
            open_.places += waiting
            open_.words += "".join(content[at].text for at in waiting)
        else:
            yield from _told(open_, waiting, content)
            open_ = _Stretch(code)
        waiting = []
        open_.places.append(place)
        open_.words += piece.text
    yield from _told(open_, waiting, content)


def _told(stretch: _Stretch, waiting: list[int], content: list[Inline]) -> Iterator[_Stretch]:
    if stretch.places:
        yield stretch
    if waiting:
        yield _Stretch("", waiting, "".join(content[at].text for at in waiting))


def _is_one_word(before: str, after: str) -> bool:
    return before.isalnum() and after.isalnum()


def _is_likely(words: str, code: str, language: str) -> bool:
    if not code or not any(map(str.isalpha, words)):
        return False
    letters = letters_by_script(words)
    script, whole = script_of(code), script_of(language) or "LATIN"
    if script and letters[script] * 2 < letters.total():
        return False
    if script != whole:
        return True
    lower = words.lower()
    if _OWN_LETTERS.get(language.split("-")[0], set()) & set(lower):
        return False
    evidence = _EVIDENCE.get(code)
    return evidence is None or bool(evidence.search(lower))


def is_proven(words: str, code: str, language: str) -> bool:
    """Whether letters and words are evidence that something is said in a language other than the whole text's."""
    if not _is_likely(words, code, language) or set(letters_by_script(words)) != {script_of(code)}:
        return False
    lower = words.lower()
    if any(own & set(lower) for other, own in _OWN_LETTERS.items() if other != code):
        return False
    proof = _PROOF.get(code)
    return bool(proof.search(lower)) if proof else script_of(code) != (script_of(language) or "LATIN")
