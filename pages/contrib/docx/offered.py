"""What a file that came back changes on its page, as the editor sees it; plain enough to be kept while they decide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.utils.safestring import mark_safe
from wagtail.models import Page

from pages.interchange.importers import open_file
from pages.interchange.outline import ReadFile
from pages.interchange.progress import next_step

from .coming_back import returned
from .models import ReturnedFile
from .shown import groups


def opened(kept: ReturnedFile) -> ReadFile:
    """Read a file that came back with the names of its parts; raises ``Refused``."""
    return open_file("returned.docx", bytes(kept.content), parts=True, diagrams=False)


def offered(page: Page, kept: ReturnedFile, ticked: Iterable[str] | None = None) -> dict[str, Any]:
    """Compare a file with the latest draft of its page; ``ticked`` is what the editor has chosen already."""
    next_step()
    read = opened(kept)
    next_step()
    back = returned(page, read)
    next_step()
    return {
        "groups": [asdict(group) for group in groups(back, ticked)],
        "offers": any(proposal.can_be_taken for proposal in back.comparison.proposals),
        "unchanged": back.comparison.unchanged,
        "lost_marks": back.comparison.lost_marks,
        "is_state_known": back.is_state_known,
        "comments": [asdict(comment) for comment in read.outline.report.comments],
        "lost_notes": back.comparison.lost_notes,
        "revision": page.latest_revision_id or 0,
    }


def from_row(told: dict[str, Any]) -> dict[str, Any]:
    """Return what was kept in a row; the changes in it are HTML that ``diff_html`` has made."""
    for group in told["groups"]:
        for entry in group["entries"]:
            for line in entry["lines"]:
                line["word"], line["site"] = mark_safe(line["word"]), mark_safe(line["site"])  # noqa: S308
    return told
