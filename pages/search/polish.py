"""What the Snowball stemmer for Polish leaves apart and readers of public pages take for one word."""

import re

#: Folded forms of common words whose own rules say nothing: a vowel or a consonant changes in the middle.
_FORMS = {
    "miast": "miescie",
    "lokal": "lokali",
    "osob": "osoby",
    "dzieck": "dzieci dzieciom dziecmi dzieciach",
    "ludz": "ludzie ludzi ludziom ludzmi ludziach",
    "rok": "lata lat latach latom",
    "swiat": "swiecie",
    "powiat": "powiecie",
    "las": "lesie",
    "obiekt": "obiekcie",
    "projekt": "projekcie",
    "warsztat": "warsztacie warsztatow",
    "most": "moscie",
    "budzet": "budzecie",
    "bibliotek": "bibliotek",
    "aptek": "aptek",
    "czynsz": "czynsze",
    "handl": "handel",
}
#: Towns whose names end as if they were inflected.
_TOWNS = "krakow rzeszow tarnow chorzow gorzow glogow piotrkow tomaszow ostrow bytom radom walbrzych"
_IRREGULAR = {form: stem for stem, forms in _FORMS.items() for form in forms.split()}
_IRREGULAR |= {town: town for town in _TOWNS.split()}

#: (ending of the form, ending of the stem, what the stem ends with then).
_RULES = [
    (re.compile(r"[twd]nicy$"), re.compile(r"ic$"), "ik"),  # uczestnicy: uczestnik
    (re.compile(r"rzy$"), re.compile(r"rz$"), "r"),  # seniorzy: senior
    (re.compile(r"[^aeiouy]ek$"), re.compile(r"ek$"), "k"),  # podwórek: podwórko, Piątek: Piątka
    (re.compile(r"[^aeiouy]iec$"), re.compile(r"iec$"), "c"),  # mieszkaniec: mieszkańcy
    (re.compile(r"(?:[^aeiouns]|e)ce$"), re.compile(r"c$"), "k"),  # gospodarce: gospodarka
    (re.compile(r"[rk]ci$"), re.compile(r"c$"), "t"),  # eksperci: ekspert
]


def mended(form: str, stem: str) -> str:
    """Return the stem of a folded form, mended where Polish changes sounds inside a word."""
    if form in _IRREGULAR:
        return _IRREGULAR[form]
    for of_form, of_stem, ending in _RULES:
        if len(stem) > 4 and of_form.search(form) and of_stem.search(stem):
            return of_stem.sub(ending, stem)
    return stem
