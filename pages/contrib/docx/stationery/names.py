"""The people who get a certificate: from a list that somebody pastes, or from a table of their office program."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

MAX_NAMES = 500
MAX_NAME_LENGTH = 200
MAX_LIST_BYTES = 256 << 10

#: What columns are called; the first set is one whole name, the other two are put together.
_WHOLE = {"name", "full name", "name and surname", "imię i nazwisko", "nazwisko i imię", "uczestnik", "ім’я та прізвище",
          "ім'я та прізвище", "піб", "учасник", "الاسم"}  # fmt: skip
_GIVEN = {"first name", "given name", "imię", "imiona", "ім’я", "ім'я"}
_FAMILY = {"last name", "surname", "family name", "nazwisko", "прізвище"}


def names_in_text(text: str) -> list[str]:
    """Return the names of a list with one in each line; what is pasted from a table has its columns joined."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [name for line in lines if (name := " ".join(line.replace("\t", " ").split()))]


def names_in_table(content: bytes, language: str) -> list[str]:
    """Return the names of a CSV file: from the columns that are called so, else from the first one."""
    text = _decoded(content, language)
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    if not rows:
        return []
    columns = _columns([cell.strip().lower() for cell in rows[0]])
    picked = ([row[column] for column in columns if column < len(row)] for row in rows[1:])
    found: Iterable[list[str]] = picked if columns else ([row[0]] for row in rows if row)
    return [name for cells in found if (name := " ".join(" ".join(cells).split()))]


def _columns(heads: list[str]) -> list[int]:
    whole = [place for place, head in enumerate(heads) if head in _WHOLE]
    if whole:
        return whole[:1]
    given = [place for place, head in enumerate(heads) if head in _GIVEN]
    family = [place for place, head in enumerate(heads) if head in _FAMILY]
    return [*given[:1], *family[:1]]


def _decoded(content: bytes, language: str) -> str:
    """Return the text of a file; spreadsheets of Windows write UTF-8, UTF-16 or the code page of the country."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode({"uk": "cp1251", "ar": "cp1256"}.get(language, "cp1250"), "replace")
