"""What pre-translation would do: how much comes from the memory, and how many characters go to which machine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from wagtail_localize.models import Translation

from ..glossary import Glossary, glossary_of
from ..memory import exact
from ..segments import Need, Segment, segments_of_many
from ..wording import plain
from .providers import Provider
from .untouched import foreign_words_marked, marked


@dataclass
class Part:
    """One translation: what the memory has, what is for the machine, what is left to people."""

    translation: Translation
    from_memory: list[Segment] = field(default_factory=list)
    to_machine: list[Segment] = field(default_factory=list)
    #: Former translations that have to be changed, addresses, numbers; and all when no machine is switched on.
    to_people: list[Segment] = field(default_factory=list)
    provider: Provider | None = None
    glossary: Glossary | None = None

    @property
    def strings(self) -> list[str]:
        """What would be sent; a sentence that stands twice in a text is sent once."""
        return list(dict.fromkeys(to_send(segment.source, self.glossary) for segment in self.to_machine))

    @property
    def characters(self) -> int:
        """What a service counts: the text with its tags."""
        return sum(map(len, self.strings))

    @property
    def size(self) -> int:
        return len(self.from_memory) + len(self.to_machine)


def plan(translations: Iterable[Translation], machines: dict[int, Provider]) -> list[Part]:
    """Return what there is to do for each translation, in a fixed number of queries for each pair of languages.

    ``machines`` are those by the id of a language that may be used.
    """
    wanted = list(translations)
    open_segments = {
        pk: [segment for segment in segments if is_open(segment)] for pk, segments in segments_of_many(wanted).items()
    }
    by_languages: dict[tuple[str, str], list[Translation]] = defaultdict(list)
    for translation in wanted:
        by_languages[translation.source.locale.language_code, translation.target_locale.language_code].append(
            translation
        )
    known = {
        languages: exact((segment.source for one in some for segment in open_segments[one.pk]), *languages)
        for languages, some in by_languages.items()
    }
    glossaries = {languages: glossary_of(*languages) for languages in by_languages} if machines else {}
    return [_part(one, open_segments[one.pk], known, glossaries, machines.get(one.target_locale_id)) for one in wanted]


def _part(translation, segments, known, glossaries, provider) -> Part:
    languages = translation.source.locale.language_code, translation.target_locale.language_code
    if provider and not provider.serves(translation.source.locale, translation.target_locale):
        provider = None
    part = Part(translation, provider=provider, glossary=glossaries.get(languages))
    for segment in segments:
        if segment.source in known[languages]:
            part.from_memory.append(segment)
        elif provider and is_for_machine(segment):
            part.to_machine.append(segment)
        else:
            part.to_people.append(segment)
    return part


def to_send(source: str, glossary: Glossary | None) -> str:
    """Return a string as a machine gets it: names and words in another language, which stay as they are, are marked."""
    return foreign_words_marked(marked(source, glossary.terms_in(source)) if glossary else source)


def is_open(segment: Segment) -> bool:
    """Return whether nobody and nothing has words for the segment yet."""
    return not (segment.target or segment.draft or segment.refused)


def is_for_machine(segment: Segment) -> bool:
    """Return whether a machine can help: where a former translation is to be changed, a person is better off with it."""
    is_address = segment.path.rpartition(".")[2] == "slug"
    has_words = any(letter.isalpha() for letter in plain(segment.source))
    return segment.need == Need.TRANSLATION and has_words and not is_address
