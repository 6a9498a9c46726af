"""A folder of Word files becomes drafts, one after the other, and a report tells what became of each.

The report is written after every file, so a run that was stopped goes on where it was.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import override
from wagtail.models import Page

from pages.interchange import drafts
from pages.interchange.bodies import TITLE_LENGTH, Body, body_of
from pages.interchange.importers import open_file
from pages.interchange.outline import ReadFile, Report
from pages.interchange.package import MAX_FILE_BYTES, Reason, Refused
from pages.interchange.refusals import refusal
from pages.interchange.site_links import page_finder

CREATED, WOULD_CREATE, REFUSED = "created", "would create", "refused"
#: What Word leaves behind while a document is open.
_LOCKS = "~$"


@dataclass
class Run:
    """One import of a folder: where the drafts go, and what is known of each file."""

    parent: Page
    page_type: type[Page]
    user: Any
    is_dry: bool = False
    day: datetime.date | None = None
    known: dict[str, dict[str, Any]] = field(default_factory=dict)

    def take(self, path: Path) -> dict[str, Any]:
        """Import one file, or only read it in a dry run; return its line of the report."""
        if path.stat().st_size > MAX_FILE_BYTES:
            return _refused(path, "", Refused(Reason.TOO_LARGE))
        content = path.read_bytes()
        checksum = hashlib.sha256(content).hexdigest()
        try:
            read = open_file("file.docx", content, diagrams=False)
        except Refused as error:
            return _refused(path, checksum, error)
        with override(self.parent.locale.language_code):
            body = body_of(read.outline, page_finder())
        title = body.title or path.stem.replace("_", " ")[:TITLE_LENGTH]
        page = None if self.is_dry else self._create(read, body, title)
        return {
            "file": path.name,
            "sha256": checksum,
            "state": WOULD_CREATE if page is None else CREATED,
            "page": page and page.pk,
            "title": title,
            "blocks": len(body.blocks),
            "notices": _counts(read.outline.report, body.report),
            "comments": len(read.outline.report.comments),
        }

    def _create(self, read: ReadFile, body: Body, title: str) -> Page:
        fields: dict[str, Any] = {"title": title}
        if drafts.needs_a_day(self.page_type):
            fields["starts_on"] = self.day
        parent = Page.objects.get(pk=self.parent.pk).specific  # its place among its siblings has changed
        return drafts.create(read, body, parent=parent, page_type=self.page_type, user=self.user, fields=fields)


def word_files(folder: Path) -> list[Path]:
    """Return the Word files of a folder in the order of their names."""
    found = (path for path in folder.iterdir() if path.suffix.lower() == ".docx" and path.is_file())
    return sorted(path for path in found if not path.name.startswith(_LOCKS))


def import_folder(run: Run, paths: list[Path], tell: Callable[[str], None]) -> Iterator[dict[str, Any]]:
    """Yield the line of the report of each file; a file of a known line with the same bytes is left alone."""
    for number, path in enumerate(paths, 1):
        line = run.known.get(path.name)
        if line is None or line["state"] != CREATED or line["sha256"] != _checksum(path):
            line = run.take(path)
        tell(f"{number}/{len(paths)} {path.name}: {line['state']}{_because(line)}")
        yield line


def read_report(path: Path) -> dict[str, dict[str, Any]]:
    """Return the lines of an earlier report by the names of their files; none where there is no report."""
    if not path.exists():
        return {}
    return {line["file"]: line for line in json.loads(path.read_text(encoding="utf-8"))["files"]}


def write_report(path: Path, lines: list[dict[str, Any]]) -> None:
    """Replace the report in one step, so that a kill leaves the old one or the new one."""
    beside = path.with_name(f"{path.name}.new")
    beside.write_text(json.dumps({"files": lines}, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    os.replace(beside, path)


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refused(path: Path, checksum: str, error: Refused) -> dict[str, Any]:
    return {
        "file": path.name,
        "sha256": checksum,
        "state": REFUSED,
        "reason": str(error.reason),
        "message": refusal(error),
    }


def _because(line: dict[str, Any]) -> str:
    return f" ({line['message']})" if line["state"] == REFUSED else ""


def _counts(*reports: Report) -> dict[str, int]:
    total: dict[str, int] = {}
    for report in reports:
        for kind, count in report.counts.items():
            if count:
                total[str(kind)] = total.get(str(kind), 0) + count
    return total
