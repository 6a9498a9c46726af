"""Editors change a page in every way: what the desk asks a translator for is what they changed, no more, no less."""

import uuid
from collections import Counter
from dataclasses import dataclass, field, replace
from random import Random

import pytest
from wagtail_localize.models import Translation

from pages.contrib.translation.segments import Need, accept, segments_of
from pages.models import NewsPage

from .seeds import seeds

NOUNS = [
    "rynek",
    "fontanna",
    "ratusz",
    "kamienica",
    "ulica",
    "skwer",
    "muzeum",
    "biblioteka",
    "most",
    "park",
    "szkoła",
    "dworzec",
]
VERBS = ["zmienia", "odnawia", "pokazuje", "otwiera", "łączy", "zdobi", "chroni", "buduje", "wspomina", "maluje"]
#: What an editor's word processor does, and nobody has to translate.
COSMETIC = [
    lambda words: words.replace(" ", "\u00a0", 1),
    lambda words: words.replace('"', "„", 1).replace('"', "”", 1),
    lambda words: f"{words[:3]}\u00ad{words[3:]}",
]


@dataclass(frozen=True)
class Paragraph:
    words: str
    #: What a translator has to do about it.
    need: Need = Need.NOTHING


@dataclass(frozen=True)
class Block:
    paragraphs: tuple[Paragraph, ...]
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    def as_stream(self) -> dict:
        text = "".join(f"<p>{paragraph.words}</p>" for paragraph in self.paragraphs)
        return {"type": "text", "value": text, "id": self.id}


class Editor:
    """Somebody who edits a page at random, and what is to be translated after it."""

    def __init__(self, seed: int):
        self.random, self.number = Random(seed), 0
        self.title, self.lead = Paragraph(self.sentence()), Paragraph(self.sentence())
        self.blocks = [
            Block(tuple(Paragraph(self.sentence()) for _p in range(self.random.randint(1, 4)))) for _b in range(4)
        ]

    def sentence(self) -> str:
        """A sentence that no other is: numbered, since equal ones in a text are one segment."""
        self.number += 1
        words = f"{self.random.choice(NOUNS)} {self.random.choice(VERBS)} {self.random.choice(NOUNS)}"
        return f'{words} "nr {self.number}" i <b>{self.random.choice(NOUNS)}</b>'.capitalize()

    def edit(self, times: int) -> None:
        deeds = [
            *(self.rewrite, self.add, self.remove, self.turn, self.polish, self.rename),
            *(self.move_block, self.add_block, self.remove_block),
        ]
        for _time in range(times):
            self.random.choice(deeds)()

    def block(self) -> int:
        return self.random.randrange(len(self.blocks))

    def put(self, at: int, paragraphs) -> None:
        self.blocks[at] = replace(self.blocks[at], paragraphs=tuple(paragraphs))

    def rewrite(self):
        self.change_one(lambda old: Paragraph(f"{old.words} teraz {self.sentence()}", _changed(old)))

    def polish(self):
        """Spaces and quotes only, of words that were not touched otherwise."""

        def polished(old):
            words = self.random.choice(COSMETIC)(old.words)
            return old if old.need != Need.NOTHING or words == old.words else Paragraph(words, Need.COSMETIC)

        self.change_one(polished)

    def change_one(self, change):
        at = self.block()
        paragraphs = list(self.blocks[at].paragraphs)
        number = self.random.randrange(len(paragraphs))
        paragraphs[number] = change(paragraphs[number])
        self.put(at, paragraphs)

    def add(self):
        at = self.block()
        paragraphs = list(self.blocks[at].paragraphs)
        paragraphs.insert(self.random.randint(0, len(paragraphs)), Paragraph(self.sentence(), Need.TRANSLATION))
        self.put(at, paragraphs)

    def remove(self):
        at = self.block()
        paragraphs = list(self.blocks[at].paragraphs)
        if len(paragraphs) > 1:
            del paragraphs[self.random.randrange(len(paragraphs))]
            self.put(at, paragraphs)

    def turn(self):
        """The paragraphs of a block in another order."""
        at = self.block()
        paragraphs = list(self.blocks[at].paragraphs)
        self.random.shuffle(paragraphs)
        self.put(at, paragraphs)

    def rename(self):
        name = self.random.choice(["title", "lead"])
        setattr(self, name, Paragraph(self.sentence(), Need.UPDATE))

    def move_block(self):
        self.random.shuffle(self.blocks)

    def add_block(self):
        self.blocks.insert(self.block(), Block((Paragraph(self.sentence(), Need.TRANSLATION),)))

    def remove_block(self):
        if len(self.blocks) > 1:
            del self.blocks[self.block()]

    # --- what there is -------------------------------------------------------------------------

    def publish(self, desk, news):
        """Publish the page as it is now; tags of a title are none."""
        return desk.change(
            NewsPage.objects.get(pk=news.pk),
            title=_plain(self.title.words),
            lead=_plain(self.lead.words),
            body=[block.as_stream() for block in self.blocks],
        )

    def needs(self) -> Counter:
        """Return every text with whether it is to be translated, or looked at."""
        fields = [
            replace(self.title, words=_plain(self.title.words)),
            replace(self.lead, words=_plain(self.lead.words)),
        ]
        everything = [*fields, *(paragraph for block in self.blocks for paragraph in block.paragraphs)]
        return Counter((paragraph.words, _kind(paragraph.need)) for paragraph in everything)


def _changed(old: Paragraph) -> Need:
    return Need.TRANSLATION if old.need == Need.TRANSLATION else Need.UPDATE


def _plain(words: str) -> str:
    return words.replace("<b>", "").replace("</b>", "")


def _kind(need: Need) -> Need:
    """New and rewritten are one: which former sentence a new one is compared with is the desk's guess."""
    return Need.UPDATE if need == Need.TRANSLATION else need


def told(translation) -> Counter:
    return Counter(
        (segment.source, _kind(segment.need)) for segment in segments_of(translation) if segment.path != "slug"
    )


def in_english(words: str) -> str:
    return f"en {words}"


@pytest.mark.parametrize("seed", seeds(6))
def test_what_is_flagged_is_what_was_changed(desk, seed):
    editor = Editor(seed)
    news = editor.publish(desk, desk.add_news(slug="strona"))
    translation = desk.send(news)
    accept(translation, [(segment, in_english(segment.source)) for segment in segments_of(translation)], None)

    for _day in range(3):
        editor.edit(times=4)
        editor.publish(desk, news)
        assert told(translation) == editor.needs()

    left = [segment for segment in segments_of(translation) if segment.need != Need.NOTHING]
    accept(translation, [(segment, in_english(segment.source)) for segment in left], None)
    Translation.objects.get(pk=translation.pk).save_target(publish=False)
    page = news.get_translation(desk.english).get_latest_revision_as_object()
    assert {segment.need for segment in segments_of(translation)} == {Need.NOTHING}
    assert [page.title, page.lead] == [in_english(_plain(editor.title.words)), in_english(_plain(editor.lead.words))]
    assert [block.value.source for block in page.body] == [
        "".join(f"<p>{in_english(paragraph.words)}</p>" for paragraph in block.paragraphs) for block in editor.blocks
    ]
