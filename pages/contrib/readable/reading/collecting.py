"""What both readers gather on their way: languages, pictures, and what is told to the editor."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from pages.interchange.outline import Link, Notice, Picture, Place, Report
from pages.interchange.package import MAX_PICTURES, Package, Reason, Refused
from pages.interchange.picture_formats import picture_format

_SNIFFED_BYTES = 32


@dataclass(slots=True)
class Collecting:
    package: Package
    report: Report = field(default_factory=Report)
    letters: Counter[str] = field(default_factory=Counter)
    #: Slide or page that has just been reached, and the words of the last heading.
    page: int = 0
    heading: str = ""
    tables: int = 0
    pictures: int = 0

    def note(self, notice: Notice, words: str = "") -> None:
        self.report.note(notice, Place(page=self.page, words=(words or self.heading)[:80]))

    def hear(self, language: str, words: str) -> None:
        """Remember in which language some words are."""
        if language and words.strip():
            self.letters[language] += len(words)

    @property
    def language(self) -> str:
        """The language of most letters."""
        return next((language for language, _count in self.letters.most_common(1)), "")

    def next_table(self) -> int:
        self.tables += 1
        return self.tables

    def picture(self, name: str, alt: str, *, decorative: bool = False, link: Link | None = None) -> Picture | None:
        """Return a picture of the file; None for one that is not in it."""
        if name not in self.package:
            self.note(Notice.PICTURE_MISSING, alt)
            return None
        self.pictures += 1
        if self.pictures > MAX_PICTURES:
            raise Refused(Reason.TOO_MANY_PICTURES)
        kind = picture_format(self.package.read(name, first=_SNIFFED_BYTES) or b"")
        if not kind:
            self.note(Notice.PICTURE_UNSHOWABLE, alt)
        if not alt and not decorative:
            self.note(Notice.PICTURE_WITHOUT_ALT)
        return Picture(name, "" if decorative else alt, decorative, kind, link)


def number(text: str | None, default: int, most: int = 1000) -> int:
    """Return a whole number from 0 to ``most``; the default for anything else."""
    if not text or not text.isascii() or not text.isdecimal() or len(text) > 6:
        return default
    return min(int(text), most)
