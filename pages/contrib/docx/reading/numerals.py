"""Numbers as Word prints them before items and headings: letters, Roman numerals, a zero in front."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_LATIN = "abcdefghijklmnopqrstuvwxyz"
#: Without the letters that cannot begin a word.
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"
_ALPHABETS = {
    "lowerLetter": _LATIN,
    "upperLetter": _LATIN.upper(),
    "russianLower": _CYRILLIC,
    "russianUpper": _CYRILLIC.upper(),
    "arabicAlpha": "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "arabicAbjad": "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
}
#: Behind the last letter come two of the first; nobody counts ten rounds.
_MOST_ROUNDS = 10


def written(count: int, form: str) -> str:
    """Return a number in one of Word's formats; plain digits where it is not one of ours."""
    if form in _ALPHABETS and count > 0:
        letters = _ALPHABETS[form]
        return letters[(count - 1) % len(letters)] * min((count - 1) // len(letters) + 1, _MOST_ROUNDS)
    if form in ("lowerRoman", "upperRoman") and 0 < count < 4000:
        return _roman(count) if form == "lowerRoman" else _roman(count).upper()
    if form == "decimalZero":
        return f"{count:02}"
    return "" if form == "none" else str(count)


def _roman(count: int) -> str:
    letters = ""
    for worth, sign in _ROMAN:
        letters += sign * (count // worth)
        count %= worth
    return letters
