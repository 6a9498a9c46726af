"""What the desk keeps beside Localize's own tables."""

from .comments import SegmentComment
from .drafts import SegmentDraft
from .waivers import CheckWaiver

__all__ = ["CheckWaiver", "SegmentComment", "SegmentDraft"]
