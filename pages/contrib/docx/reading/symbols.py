"""Letters that stand in a symbol font's private places, said in Unicode."""

from __future__ import annotations

#: From 0x61 on in the fonts "Symbol" (Greek by sound); a dot where there is nothing to say.
_GREEK_SMALL = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"
_GREEK_CAPITAL = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
_SYMBOL = {
    **{0x61 + place: letter for place, letter in enumerate(_GREEK_SMALL)},
    **{0x41 + place: letter for place, letter in enumerate(_GREEK_CAPITAL)},
    0x22: "∀", 0x24: "∃", 0x2D: "−", 0x40: "≅", 0x5C: "∴", 0x5E: "⊥", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←",
    0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB5: "∝", 0xB6: "∂", 0xB7: "•",
    0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC6: "∅", 0xC7: "∩", 0xC8: "∪", 0xCC: "⊂", 0xCE: "∈",
    0xCF: "∉", 0xD1: "∇", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD5: "∏", 0xD6: "√", 0xD7: "⋅", 0xD8: "¬", 0xD9: "∧",
    0xDA: "∨", 0xDB: "⇔", 0xDE: "⇒", 0xE2: "®", 0xE3: "©", 0xE4: "™", 0xE5: "∑", 0xF2: "∫",
}  # fmt: skip
_WINGDINGS = {
    0x28: "☎", 0x2A: "✉", 0x4A: "☺", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x73: "⬧",
    0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x9F: "•", 0xA7: "▪", 0xA8: "◻", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑",
    0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}
_PRIVATE = range(0xF000, 0xF100)


def letter(code: int, font: str) -> str:
    """Return the letter that a symbol font shows for a code; empty where nobody knows."""
    table = _FONTS.get(font.strip().lower())
    if code in _PRIVATE:
        code -= 0xF000
        return table.get(code, "") if table else ""
    if table and code < 0x100:
        return table.get(code, "")
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0x110000 else ""


def without_private_letters(text: str, font: str) -> str:
    """Return a text with the letters that only its symbol font could show."""
    if not any("\uf000" <= character <= "\uf0ff" for character in text):
        return text
    return "".join(
        letter(ord(character), font) if "\uf000" <= character <= "\uf0ff" else character for character in text
    )
