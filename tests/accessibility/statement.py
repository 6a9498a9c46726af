"""The accessibility statement: linked from every page, and with the marks of the Polish technical conditions 2.0."""

import re

from .findings import failures

REQUIRED = [
    "wstep",
    "podmiot",
    "zakres",
    "url",
    "data-publikacja",
    "data-aktualizacja",
    "status",
    "kontakt",
    "email",
    "telefon",
    "procedura",
    "data-sporzadzenie",
    "architektura",
    "komunikacja",
]
ALLOWED = (*REQUIRED, "data-przeglad", "ocena", "aplikacje", "architektura-url")
MARKS = """() => [...document.querySelectorAll('[id^=a11y-]')].map((part) => [
  part.id.slice(5), part.localName, part.getAttribute('datetime') ?? '', part.textContent.trim()])"""
TOLD = """() => document.querySelector('meta[name="deklaracja-dostępności"]')?.content"""
LINKED = "address => [...document.querySelectorAll('footer a')].some((link) => link.href === new URL(address, location).href)"


def check(visitor, path):
    with visitor.at(path) as page:
        address = page.evaluate(TOLD)
        if address:
            linked = page.evaluate(LINKED, address)
            yield from failures("way to the statement", [] if linked else ["no link to it in the footer"])
        marks = page.evaluate(MARKS)
        language = page.evaluate("document.documentElement.lang")
    # The conditions are Polish; statements in other languages follow the model of the Union.
    if marks and language == "pl":
        yield from failures("marks of the statement", _wrong(marks))


def _wrong(marks):
    names = [name for name, *_rest in marks]
    yield from (f"missing: a11y-{name}" for name in REQUIRED if name not in names)
    yield from (f"unknown: a11y-{name}" for name in names if name not in ALLOWED)
    yield from (f"twice: a11y-{name}" for name in set(names) if names.count(name) > 1)
    for name, element, day, text in marks:
        if name.startswith("data-") and (element != "time" or not re.fullmatch(r"\d{4}-\d\d-\d\d", day)):
            yield f"no date: a11y-{name}"
        if not text:
            yield f"empty: a11y-{name}"
