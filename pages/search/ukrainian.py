"""A light stemmer for Ukrainian, which Snowball does not know: it takes off the endings of nouns and adjectives."""

import re

#: A shorter rest would put words together that have nothing in common.
SHORTEST_STEM = 3

# Written without й, ї and ґ, as words arrive here folded. Longest first.
_ENDINGS = """
    ами ями ах ях ам ям ові еві єві ів ов ова ову овом ом ем єм ою ею єю ию ію иям иями иях
    ого ому ої ий ій іі ая яя ую юю ими іми их іх им ім ої оі еі єі
    а я о е є и і у ю ь ии
    ість ості істю остеи
    ення енню енням ень еннях ання анню анням ань аннях іння інню інням інь
    ція ціі цію цією цій ціи ціях ціям ціями
    увати ували ував уємо уєте уєш ує ують ати ати ила или ало али
"""
_ENDING = re.compile(rf"(?:{'|'.join(sorted(_ENDINGS.split(), key=len, reverse=True))})$")

#: Words whose forms share too few letters, or whose vowel comes and goes.
_IRREGULAR = {
    "киів": "киів",
    "києв": "киів",
    "рік": "рок",
    "дім": "дом",
}
_FLEETING = re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])(?:о|е)(?=[кцн]$)")
_OF = re.compile(r"(?<=...)ов$")


def stem(word: str) -> str:
    """Return a folded word without its ending: ``міста``, ``містами`` and ``місто`` are one."""
    if word.isascii():
        return word
    rest = _ENDING.sub("", word)
    if len(rest) < SHORTEST_STEM:
        rest = re.sub(r"[аяоеєиіуюь]$", "", word) if len(word) > SHORTEST_STEM else word
    rest = _OF.sub("", _FLEETING.sub("", rest) if len(rest) > 4 else rest)
    return _IRREGULAR.get(rest, rest)
