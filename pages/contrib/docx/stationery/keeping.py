"""The templates that were uploaded, read once by each process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ..models import WordTemplate


@dataclass(frozen=True)
class Letterhead:
    """An institution's template for pages, by the checksum that is in the mark of every download."""

    checksum: str

    @property
    def content(self) -> bytes:
        return _content(self.checksum)


def letterhead(language: str) -> Letterhead | None:
    """Return the template for pages in a language; where it has none of its own, that for all languages."""
    found = WordTemplate.objects.filter(purpose=WordTemplate.LETTERHEAD, language__in=[language, ""])
    checksum = found.order_by("-language").values_list("checksum", flat=True).first()
    return Letterhead(checksum) if checksum else None


@lru_cache(maxsize=8)
def _content(checksum: str) -> bytes:
    return bytes(WordTemplate.objects.filter(checksum=checksum).values_list("content", flat=True)[0])
