"""What the desk keeps beside Localize's own tables."""

from .comments import SegmentComment
from .desk import DeskCell, DeskSource, State
from .drafts import SegmentDraft
from .file_imports import FileImport
from .foreign_parts import ForeignParts
from .glossary import GlossaryTerm
from .jobs import Job, JobStep
from .memory import MemoryEntry
from .requests import RequestLetter, TranslationRequest
from .review_task import TranslationReviewTask
from .settings import LanguageSettings
from .waivers import CheckWaiver

__all__ = [
    "CheckWaiver",
    "DeskCell",
    "DeskSource",
    "FileImport",
    "ForeignParts",
    "GlossaryTerm",
    "Job",
    "JobStep",
    "LanguageSettings",
    "MemoryEntry",
    "RequestLetter",
    "SegmentComment",
    "SegmentDraft",
    "State",
    "TranslationRequest",
    "TranslationReviewTask",
]
