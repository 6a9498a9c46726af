"""What became of a file, kept for whoever wants to look it up in the admin."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from ..models import FileImport
from .verdicts import Line, Verdict, import_file

REPORTS_KEPT = timedelta(days=90)
#: What somebody has to look at comes first.
ORDER = {
    verdict: number
    for number, verdict in enumerate(
        [
            *(Verdict.BROKEN, Verdict.CONFLICT, Verdict.SOURCE_CHANGED, Verdict.GLOSSARY, Verdict.TOO_LONG),
            *(Verdict.REFUSED, Verdict.UNKNOWN, Verdict.DRAFT, Verdict.EMPTY, Verdict.ACCEPTED, Verdict.UNCHANGED),
        ]
    )
}


def import_and_report(
    content: bytes, file_name: str, user: AbstractBaseUser, *, only: Collection[int] | None = None
) -> tuple[list[Line], FileImport]:
    """Take over a file as ``import_file`` does; return the lines in its order, and the report that is kept of them."""
    lines = import_file(content, file_name, user, only=only)
    FileImport.objects.filter(made_at__lt=timezone.now() - REPORTS_KEPT).delete()
    kept = [asdict(line) for line in sorted(lines, key=lambda line: ORDER[line.verdict])]
    return lines, FileImport.objects.create(file_name=file_name[:255], lines=kept, made_by=user)
