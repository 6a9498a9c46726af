"""What goes into a file for translators, free of any format: units of one or several translations into one language.

A unit is known again by its id, which is made of the translation, the place and the words of the source, so that
"the source has changed meanwhile" can be told from "no unit of ours". Its mark says what stood in the target when the
file was made, so that words which somebody else changed since are never overwritten.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail_localize.models import Translation

from ..segments import Segment, UnusableWords, segments_of, usable

_ID = re.compile(r"([0-9a-f]{32})\.([0-9a-f]{10})\.([0-9a-f]{10})")
#: A Word file keeps an id and its mark in one tag of at most 64 characters: 54 of the id, a dot and these.
MARK_LENGTH = 8


class DamagedFile(ValueError):
    """A file that cannot be taken at all; the message says why and what to do, in the reader's language."""


class State(StrEnum):
    EMPTY = "empty"
    #: Words that a person has yet to accept.
    DRAFT = "draft"
    ACCEPTED = "accepted"


@dataclass(frozen=True)
class UnitId:
    """Which translation, place and words a unit belongs to; the latter two as short hashes."""

    translation: UUID
    place: str
    source: str

    @classmethod
    def of(cls, translation: UUID, path: str, source: str) -> UnitId:
        return cls(translation, digest(path, 10), digest(source, 10))

    @classmethod
    def read(cls, text: str) -> UnitId | None:
        match = _ID.fullmatch(text.strip())
        return cls(UUID(match[1]), match[2], match[3]) if match else None

    @property
    def at(self) -> tuple[UUID, str]:
        """The place, whatever words stand there."""
        return self.translation, self.place

    def __str__(self) -> str:
        return f"{self.translation.hex}.{self.place}.{self.source}"


def digest(text: str, length: int = MARK_LENGTH) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


@dataclass(frozen=True)
class Unit:
    """One segment for the translator; source and targets are Localize's HTML."""

    id: UnitId
    path: str
    source: str
    target: str = ""
    state: State = State.EMPTY
    place: str = ""
    help_text: str = ""
    #: Where a draft comes from, in words.
    origin: str = ""
    max_length: int | None = None
    former_source: str = ""
    former_target: str = ""

    @property
    def mark(self) -> str:
        return digest(self.target)

    @property
    def notes(self) -> list[str]:
        """What the translator should know, in the language of who made the file."""
        notes = [self.place, self.help_text]
        if self.max_length:
            notes.append(_("At most %(number)s characters.") % {"number": self.max_length})
        if self.state is State.DRAFT:
            notes.append(_("Draft (%(origin)s): a person has to check it.") % {"origin": self.origin})
        return [note for note in notes if note]


@dataclass(frozen=True)
class Part:
    """The units of one page or snippet."""

    translation: UUID
    title: str
    units: list[Unit]


@dataclass(frozen=True)
class Package:
    source_language: str
    target_language: str
    parts: list[Part]
    made_at: datetime = field(default_factory=timezone.now)

    @property
    def units(self) -> list[Unit]:
        return [unit for part in self.parts for unit in part.units]


@dataclass(frozen=True)
class Returned:
    """One unit as a file brings it back; ``error`` says why its words cannot be read, ``target`` is then plain text."""

    id: UnitId | None
    target: str
    state: State
    source: str = ""
    #: What stood in the target when the file was made; ``None`` when the file has lost it.
    mark: str | None = None
    error: str = ""


@dataclass(frozen=True)
class ReturnedFile:
    """What a file says; languages are empty where the format does not tell them."""

    units: list[Returned]
    source_language: str = ""
    target_language: str = ""


class MixedLanguages(ValueError):
    """Translations that do not fit into one file; the message says why."""


def package_of(translations: Iterable[Translation], *, only_open: bool = False) -> Package:
    """Return the package of translations that share their two languages; ``only_open`` leaves out what is done.

    Read the translations with ``source__locale``, ``source__specific_content_type`` and ``target_locale``.
    """
    chosen = list(translations)
    sources = {translation.source.locale.language_code for translation in chosen}
    targets = {translation.target_locale.language_code for translation in chosen}
    if len(sources) != 1 or len(targets) != 1:
        raise MixedLanguages(
            _("One file holds one pair of languages. Choose translations from one language into one other.")
        )
    parts = [_part(translation, only_open) for translation in chosen]
    return Package(sources.pop(), targets.pop(), [part for part in parts if part.units])


def _part(translation, only_open) -> Part:
    # A sentence that stands twice in a text has one translation, so one unit.
    segments = {segment.key: segment for segment in reversed(segments_of(translation))}
    units = [_unit(translation, segment) for segment in reversed(segments.values())]
    if only_open:
        units = [unit for unit in units if unit.state is not State.ACCEPTED]
    return Part(translation.uuid, translation.source.object_repr, units)


def _unit(translation, segment: Segment) -> Unit:
    target, state, origin = segment.target, State.ACCEPTED, ""
    if not target and segment.draft and (target := _readable(segment)):
        state, origin = State.DRAFT, segment.draft.get_origin_display()
    return Unit(
        id=UnitId.of(translation.uuid, segment.path, segment.source),
        path=segment.path,
        source=segment.source,
        target=target,
        state=state if target else State.EMPTY,
        place=str(segment.place),
        help_text=str(segment.place.help_text),
        origin=origin,
        max_length=segment.place.max_length,
        former_source=segment.former_source,
        former_target=segment.former_target,
    )


def _readable(segment) -> str:
    """The words of a draft, unless a machine or a person left tags in it that no file could carry back."""
    try:
        return usable(segment.source, segment.draft.data)
    except UnusableWords:
        return ""
