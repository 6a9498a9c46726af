"""The glossary as a table in a CSV file, as spreadsheets write it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Locale

from .models import GlossaryTerm

#: Columns of a file and the fields they fill. The names are the same in every language, so that files can be exchanged.
COLUMNS = {
    "from": "source_locale.language_code",
    "into": "target_locale.language_code",
    "term": "term",
    "translation": "target",
    "do not translate": "do_not_translate",
    "not to be used": "forbidden",
    "capital letters matter": "case_matters",
    "note": "note",
}
REQUIRED = ("from", "into", "term")
MAX_BYTES, MOST_TERMS, MOST_COMPLAINTS = 5 * 2**20, 20_000, 20
_YES = {"1", "x", "true", "yes", "tak", "так", "prawda"}


class DamagedGlossary(ValueError):
    """A file of which nothing was imported; ``complaints`` say what to mend, line by line."""

    def __init__(self, *complaints: str):
        super().__init__(*complaints)
        self.complaints = complaints


def import_csv(content: bytes) -> int:
    """Add the terms of a file, and change those that are there already; all of them or none."""
    locales = {locale.language_code.lower(): locale for locale in Locale.objects.all()}
    terms, complaints = {}, []
    for line, row in _rows(_decoded(content)):
        term = _term(row, locales)
        complaints += [
            _("Line %(line)s: %(problem)s") % {"line": line, "problem": said} for said in _problems(term, row)
        ]
        terms[term.source_locale_id, term.target_locale_id, term.term] = term
    if complaints:
        raise DamagedGlossary(*complaints[:MOST_COMPLAINTS])
    if not terms:
        raise DamagedGlossary(_("There are no terms in the file."))
    GlossaryTerm.objects.bulk_create(
        terms.values(),
        batch_size=500,
        update_conflicts=True,
        unique_fields=["source_locale", "target_locale", "term"],
        update_fields=["target", "forbidden", "note", "do_not_translate", "case_matters"],
    )
    return len(terms)


def _problems(term: GlossaryTerm, row: dict[str, str]) -> list[str]:
    for column, language in (("from", term.source_locale_id), ("into", term.target_locale_id)):
        if not language:
            return [_("The site has no language “%(code)s”.") % {"code": row.get(column, "")}]
    try:
        term.clean_fields()
        term.clean()
    except ValidationError as error:
        columns = {field.partition(".")[0]: column for column, field in COLUMNS.items()}
        return [f"{columns.get(field, field)}: {said}" for field, some in error.message_dict.items() for said in some]
    return []


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise DamagedGlossary(_("This is no text in UTF-8. Choose “CSV UTF-8” when you save the table."))


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (number of the line, cell by column); commas, semicolons and tabs may divide the cells."""
    heading = text.partition("\n")[0]
    delimiter = max(",;\t", key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        missing = [name for name in REQUIRED if name not in names]
        if missing:
            raise DamagedGlossary(
                _("The first line has to name the columns. Missing: %(columns)s.") % {"columns": ", ".join(missing)}
            )
        for count, cells in enumerate(reader):
            if count >= MOST_TERMS:
                raise DamagedGlossary(_("More than %(most)s lines. Split the file.") % {"most": MOST_TERMS})
            if any(cell.strip() for cell in cells):
                yield reader.line_num, {name: cell.strip() for name, cell in zip(names, cells, strict=False)}
    except csv.Error as error:
        raise DamagedGlossary(_("Line %(line)s: %(problem)s") % {"line": reader.line_num, "problem": error}) from error


def _term(row: dict[str, str], locales: dict[str, Locale]) -> GlossaryTerm:
    return GlossaryTerm(
        source_locale=locales.get(row.get("from", "").lower()),
        target_locale=locales.get(row.get("into", "").lower()),
        term=row.get("term", ""),
        target=row.get("translation", ""),
        forbidden=row.get("not to be used", "").replace("|", "\n"),
        note=row.get("note", ""),
        do_not_translate=row.get("do not translate", "").lower() in _YES,
        case_matters=row.get("capital letters matter", "").lower() in _YES,
    )
