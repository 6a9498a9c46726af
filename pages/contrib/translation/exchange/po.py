"""PO files: what is fuzzy is a draft both ways.

Programs show the context of an entry before its words, so it is short: the number of the text in the header, and the
place in it. The whole id stands in a remark; where a program drops remarks, the context and the words tell it, and
where the two disagree, the entry is of no use.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from uuid import UUID

import polib
from django.utils.translation import gettext as _

from .package import DamagedFile, Package, Returned, ReturnedFile, State, UnitId, digest

_MARK = re.compile(r"^\[(?:(?P<id>[0-9a-f.]+) )?(?P<mark>[0-9a-f]{8})\]$", re.MULTILINE)
_CONTEXT = re.compile(r"(?P<number>[1-9]\d{0,5})\.(?P<place>[0-9a-f]{10})")
#: The texts of the file, in the order of the numbers in the contexts.
_TEXTS = "X-Rynek-Texts"
#: The header of the files that Localize itself gives out; their contexts are paths.
_OF_LOCALIZE = "X-WagtailLocalize-TranslationID"
#: A remark, or a text with both of its quotation marks.
_WHOLE_LINE = re.compile(rb"""#.*|(?:msg\w+(?:\[\d+\])?)?\s*(?:"(?:[^"\\]|\\.)*")?""")


def write(package: Package) -> bytes:
    catalogue = polib.POFile(wrapwidth=0)
    made_at = package.made_at.strftime("%Y-%m-%d %H:%M+0000")
    catalogue.metadata = {
        # What only a person knows stays empty; without these fields, `msgfmt --check` warns.
        "Project-Id-Version": f"Rynek {package.source_language}-{package.target_language}",
        "Report-Msgid-Bugs-To": "",
        "POT-Creation-Date": made_at,
        "PO-Revision-Date": made_at,
        "Last-Translator": "",
        "Language-Team": "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": package.target_language.replace("-", "_"),
        "X-Source-Language": package.source_language,
        _TEXTS: " ".join(part.translation.hex for part in package.parts),
    }
    for number, part in enumerate(package.parts, 1):
        for unit in part.units:
            notes = [part.title, *unit.notes]
            if unit.former_target:
                notes.append(_("Translated before: %(words)s") % {"words": unit.former_target})
            catalogue.append(
                polib.POEntry(
                    msgctxt=f"{number}.{unit.id.place}",
                    msgid=unit.source,
                    msgstr=unit.target,
                    flags=["fuzzy"] if unit.state is State.DRAFT else [],
                    comment="\n".join([*(" ".join(note.split()) for note in notes), f"[{unit.id} {unit.mark}]"]),
                    previous_msgid=unit.former_source or None,
                )
            )
    return str(catalogue).encode()


def read(content: bytes) -> ReturnedFile:
    """Return the entries of a PO file; one without the header it was given is read as UTF-8."""
    catalogue = _parse(content)
    units = [_read_entry(entry, catalogue.metadata) for entry in catalogue if not entry.obsolete]
    if not units:
        raise DamagedFile(_("This is no PO file, or it has no entries. Nothing was imported."))
    language = catalogue.metadata.get("Language", "").replace("_", "-")
    return ReturnedFile(units, catalogue.metadata.get("X-Source-Language", ""), language)


def _parse(content) -> polib.POFile:
    if b"\0" in content:
        raise DamagedFile(_("The file is damaged: it is no text. Nothing was imported."))
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        # polib takes what stands before the end of the file for the whole text.
        if not _WHOLE_LINE.fullmatch(line.strip()):
            raise _damaged(number)
    # From a string polib would break lines at characters that are none for a PO file, such as U+2028.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "translation.po"
        path.write_bytes(content.removeprefix(b"\xef\xbb\xbf"))
        try:
            return polib.pofile(str(path), wrapwidth=0)
        except UnicodeError as error:
            raise DamagedFile(_("The file is not in UTF-8. Save it as UTF-8 and upload it again.")) from error
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            line = re.search(r"line (\d+)", str(error))
            if line:
                raise _damaged(line[1]) from error
            raise DamagedFile(_("The file is damaged: it is not as a PO file is. Nothing was imported.")) from error


def _damaged(line: int | str) -> DamagedFile:
    return DamagedFile(
        _("The file is damaged: line %(line)s is not as in a PO file. Nothing was imported.") % {"line": line}
    )


def _read_entry(entry, header) -> Returned:
    mark = _MARK.search(entry.comment)
    return Returned(
        id=_id(entry, header, mark["id"] if mark else None),
        target=entry.msgstr,
        state=State.EMPTY if not entry.msgstr.strip() else State.DRAFT if entry.fuzzy else State.ACCEPTED,
        source=entry.msgid,
        mark=mark["mark"] if mark else None,
    )


def _id(entry, header, remark) -> UnitId | None:
    if named := header.get(_OF_LOCALIZE):
        return _id_of_localize(entry, named)
    by_context = _id_by_context(entry, header.get(_TEXTS, ""))
    by_remark = UnitId.read(remark) if remark else None
    if by_context and by_remark and by_context.at != by_remark.at:
        return None
    return by_remark or by_context


def _id_of_localize(entry, named) -> UnitId | None:
    try:
        return UnitId.of(UUID(named), entry.msgctxt or "", entry.msgid)
    except ValueError:
        return None


def _id_by_context(entry, texts) -> UnitId | None:
    context = _CONTEXT.fullmatch(entry.msgctxt or "")
    named = texts.split()
    if not context or int(context["number"]) > len(named):
        return None
    return UnitId.read(f"{named[int(context['number']) - 1]}.{context['place']}.{digest(entry.msgid, 10)}")
