"""What is told of a waiting file before a page is made of it; plain enough to be kept while somebody decides."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import override

from pages.blocks import TableBlock
from pages.interchange.bodies import BlockData, Body, Choices, body_of
from pages.interchange.importers import open_file
from pages.interchange.library import size_of
from pages.interchange.outline import ReadFile, Table, every_block
from pages.interchange.progress import counted, next_step
from pages.interchange.site_links import page_finder
from pages.shown_tables import ShownTable

from . import words

#: So many blocks are shown before a page is made; the page gets all of them.
BLOCKS_SHOWN = 300


@dataclass
class Told:
    """A file as an editor sees it before there is a page."""

    title: str = ""
    lead: str = ""
    suggestions: list[str] = field(default_factory=list)
    has_changes: bool = False
    has_unmarked_headers: bool = False
    #: The first of them, and how many more there are.
    blocks: list[dict[str, Any]] = field(default_factory=list)
    hidden_blocks: int = 0
    #: What is to do, what looks different, what was left out; empty lists where nothing was.
    report: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    comments: list[dict[str, str]] = field(default_factory=list)
    #: The page that it was made of, by its key, language, number and revision.
    origin: dict[str, Any] | None = None

    def as_data(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def shown_blocks(self) -> list[dict[str, Any]]:
        """The blocks, tables with the cells that readers will see."""
        return [
            {**block, "table": _table(block["value"])} if block["type"] == "table" else block for block in self.blocks
        ]


@dataclass
class Reading:
    """A file that was read with certain choices."""

    read: ReadFile
    body: Body
    #: Of the pictures that were looked at, which takes unpacking each; None for one that the library would refuse.
    sizes: dict[str, tuple[int, int] | None] = field(default_factory=dict)

    def told(self) -> Told:
        report, body = self.read.outline.report, self.body
        lines = words.told(body.report, report)
        return Told(
            title=body.title,
            lead=body.lead,
            suggestions=[str(suggestion) for suggestion in body.suggestions],
            has_changes=report.has_tracked_changes,
            has_unmarked_headers=_has_unmarked_headers(self.read),
            blocks=[self._with_size(block) for block in counted(body.blocks[:BLOCKS_SHOWN])],
            hidden_blocks=max(0, len(body.blocks) - BLOCKS_SHOWN),
            report=asdict(lines) if lines else {},
            comments=[asdict(comment) for comment in report.comments],
            origin=asdict(self.read.outline.origin) if self.read.outline.origin else None,
        )

    def with_choices(self, choices: Choices, language: str) -> Reading:
        """Return the same file with the editor's decisions."""
        with override(language):
            return Reading(self.read, body_of(self.read.outline, page_finder(), choices), self.sizes)

    def _with_size(self, block: BlockData) -> BlockData:
        if block["type"] != "picture":
            return block
        name = block["value"]["image"]
        if name not in self.sizes:
            self.sizes[name] = size_of(self.read.picture(name))
        return {**block, "size": self.sizes[name]}


def reading(content: bytes, language: str, *, changes: str = "accepted") -> Reading:
    """Read a file for a page in a language; raises ``Refused``."""
    next_step()
    shown = "rejected" if changes == "rejected" else "accepted"
    read = open_file("waiting.docx", content, changes=shown, diagrams=False)
    next_step()
    # The words of notes' heading belong to the page, not to the editor.
    with override(language):
        return Reading(read, body_of(read.outline, page_finder()))


def _table(value: dict[str, Any]) -> ShownTable:
    return TableBlock().to_python(value).shown


def _has_unmarked_headers(read: ReadFile) -> bool:
    blocks = every_block(read.outline.blocks)
    return any(isinstance(block, Table) and block.seems_to_have_header for block in blocks)
