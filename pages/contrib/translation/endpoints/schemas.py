"""What the translation endpoints tell and take."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field

from pages.endpoints import Language, Number, Told

from ..editor.publishing import DRAFT, PUBLISH, SUBMIT
from ..exchange.package import State as SegmentState
from ..exchange.verdicts import Verdict
from ..models import State, TranslationRequest

StateName = Literal[tuple(State.values)]  # type: ignore[valid-type]
Way = Literal[PUBLISH, SUBMIT, DRAFT]  # type: ignore[valid-type]

#: A tag may stand in a tag, and whoever reads them goes down as deep.
MOST_TAGS = 200
MOST_PAGES = 10
MOST_BELOW = 100
MOST_SEGMENTS = 2000
LONGEST_NOTE = TranslationRequest._meta.get_field("note").max_length


class Taken(Schema):
    """Something the API takes: these fields and no others."""

    model_config = ConfigDict(extra="forbid")


class TranslatorsAsked(Told):
    """What translators are asked for."""

    deadline: datetime.date | None
    note: str
    person: str | None = Field(description="The user name.")
    team: str | None = Field(description="The name of the group. Without a person and a team: all of the language.")
    asked_at: datetime.datetime


class TranslatedText(Told):
    """The page or snippet that is translated, in the language in which it was written first."""

    type: str = Field(examples=["pages.NewsPage"])
    id: str = Field(description="The number of the page; snippets may have other keys.")
    translation_key: UUID
    language: str
    title: str
    words: int
    is_live: bool


class TranslationProgress(Told):
    """How far a page or snippet is in one language."""

    id: int | None = Field(description="The number of the translation; null while there is none.")
    language: str
    state: StateName = Field(
        description="“in_translation”: `segments_done` of `segments`; “translated”: not published yet; "
        "“in_review”: it waits for a reviewer; “outdated”: the source was changed, `segments` less `segments_done` are "
        "to be translated anew; “independent”: written in this language on its own."
    )
    source: TranslatedText
    target_id: str | None = Field(description="The number of the page in this language, drafts included.")
    is_live: bool
    segments: int
    segments_done: int
    segments_proposed: int = Field(description="Those that only wait for somebody to accept proposed words.")
    words_left: int
    outdated_since: datetime.datetime | None
    request: TranslatorsAsked | None


class TranslationDetail(TranslationProgress):
    """How far a page or snippet is in one language, and what the user of the token may do with it."""

    ways: list[Way] = Field(
        description="How the translation may be finished; empty for who may not work on it. “submit”: hand it in for "
        "review, in a language that asks for one."
    )
    locked: str = Field(description="Why nothing can be changed now; empty where it can.")


class TranslationsBegun(Told):
    """States of what was just begun."""

    items: list[TranslationProgress]


class NamedSnippet(Taken):
    """A snippet, as the `source` in the states of its translations names it."""

    type: str = Field(max_length=100, examples=["pages.Programme"])
    id: str = Field(max_length=100, pattern=r"^[^\x00]+$", examples=["3"])


class NewTranslations(Taken):
    """Pages and snippets to translate, one of them at least, and what translators are told."""

    pages: list[Number] = Field([], max_length=MOST_PAGES, examples=[[12]])
    include_subtree: bool = Field(
        False, description=f"Also all pages below these, which have to be the user's to edit: {MOST_BELOW} at most."
    )
    snippets: list[NamedSnippet] = Field([], max_length=MOST_PAGES)
    languages: list[Language] = Field(min_length=1, examples=[["en"]])
    asks: bool = Field(True, description="Ask translators by e-mail; otherwise the translation is only begun.")
    deadline: datetime.date | None = None
    note: str = Field("", max_length=LONGEST_NOTE)
    person: str | None = Field(None, max_length=150, description="The user name of who is asked.")
    team: str | None = Field(None, max_length=150, description="The name of the group that is asked.")


class TranslationSegment(Told):
    """One segment of a translation; texts are HTML with a few inline tags, links are `<a id="a1">`."""

    id: str = Field(description="Of this place and these words: it changes with the source.")
    source: str
    target: str
    state: Literal[tuple(SegmentState)] = Field(  # type: ignore[valid-type]
        description="“draft”: proposed words that somebody has to accept."
    )
    version: str = Field(description="Of the target; sent back, it shows that nobody has changed it meanwhile.")
    context: str = Field(description="The place of the segment on the page, the same for all languages.")
    notes: list[str] = Field(description="The place in words, help and limits, in the language of the token's user.")
    max_length: int | None
    former_source: str = Field(
        description="What the source said when it was translated before; empty where it was not."
    )
    former_target: str


class TranslationSegments(Told):
    """All segments of one translation, in the order of the page."""

    translation: int
    title: str
    source_language: str
    target_language: str
    items: list[TranslationSegment]


def _few_tags(html: str) -> str:
    if html.count("<") > MOST_TAGS:
        raise ValueError(f"A segment has {MOST_TAGS} tags at most.")
    return html


class ReturnedSegment(Taken):
    """Words for one segment."""

    id: str = Field(max_length=100)
    target: Annotated[str, Field(max_length=100_000), AfterValidator(_few_tags)] = Field(description="HTML.")
    state: Literal["accepted", "draft"] = "accepted"
    version: str | None = Field(
        None, max_length=100, description="As it was told. Without it no words that are there already are replaced."
    )


class ReturnedSegments(Taken):
    """Words for segments of one translation."""

    segments: list[ReturnedSegment] = Field(min_length=1, max_length=MOST_SEGMENTS)


class SegmentVerdict(Told):
    """What became of one segment that came back; texts are plain."""

    id: str | None = Field(description="As it came; null where it is none of this site.")
    verdict: Literal[tuple(Verdict.values)] = Field(  # type: ignore[valid-type]
        description="“broken”: a tag or placeholder; “conflict”: translated otherwise meanwhile; “refused”: not the "
        "token's to change, or locked. Words that were not taken wait as a draft, or stand only here: `reason` tells."
    )
    title: str
    place: str
    source: str
    words: str
    kept: str = Field(description="What stays in the translation instead.")
    reason: str


class SegmentVerdicts(Told):
    """What became of all segments that came back, in their order."""

    counts: dict[str, int] = Field(description="How many there are of each verdict.", examples=[{"accepted": 12}])
    items: list[SegmentVerdict]


class Finish(Taken):
    """What is to be done with a translation as a whole."""

    way: Way = Field(description="One of the `ways` of the translation.")
    incomplete: bool = Field(
        False, description="Also while segments are not accepted; they stand in the source's words."
    )
