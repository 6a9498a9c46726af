"""Packages of random words: tags nested in every way, characters that formats stumble over, five alphabets."""

import datetime
from random import Random
from uuid import UUID

from wagtail_localize.strings import StringValue

from pages.contrib.translation.exchange.package import Package, Part, State, Unit, UnitId

WORDS = [
    *("miasto", "Żółć", "„cudzysłów”", "їжак", "مدينة", "القاهرة", "x &lt; y", "A &amp; B", "&lt;b&gt;", "&lt;br/&gt;"),
    *(
        "100&nbsp;%",
        "\u00a0",
        "\u2028",
        "\u0085",
        "a\tb",
        "a\nb",
        "\r",
        "\x0b",
        "\x1f",
        "\u00ad",
        "\u200f",
        "😀",
        "\ufffe",
    ),
    *(
        "{name}",
        "%(count)s",
        "&lt;\\b&gt;",
        "&lt;a1&gt;",
        "&lt;span1&gt;",
        "&lt;cpB&gt;",
        "[0123abcd]",
        '"quotes"',
        "back\\slash",
        "\\n",
    ),
    *("]]&gt;", "--", "&amp;amp;", " ", "  ", "C:\\temp\\new", "non\u2011breaking", "\ufeff", "e\u0301"),
]
TAGS = ["b", "strong", "i", "em", "code", "abbr", "acronym", "sub", "sup"]


def random_html(random: Random, depth=0) -> str:
    parts = []
    for _number in range(random.randint(1, 5)):
        choice = random.random()
        if choice < 0.2 and depth < 3:
            tag = random.choice(TAGS)
            parts.append(f"<{tag}>{random_html(random, depth + 1)}</{tag}>")
        elif choice < 0.3 and depth < 3:
            tag = random.choice(["a", "span"])
            parts.append(f'<{tag} id="{tag}{random.randint(1, 3)}">{random_html(random, depth + 1)}</{tag}>')
        elif choice < 0.4:
            parts.append("<br/>")
        else:
            parts.append(random.choice(WORDS) + random.choice(["", " "]))
    return "".join(parts)


def words(random: Random) -> str:
    """Words as Localize stores them, never blank."""
    while True:
        html = StringValue.from_translated_html(random_html(random)).data
        if StringValue(html).render_text().strip():
            return html


def package(seed: int, target_language="en") -> Package:
    random = Random(seed)
    return Package(
        "pl",
        target_language,
        [_part(random) for _number in range(random.randint(1, 3))],
        datetime.datetime(2026, 11, 23, 8, 0, tzinfo=datetime.UTC),
    )


def _part(random) -> Part:
    translation = UUID(int=random.getrandbits(128))
    units = {}
    for number in range(random.randint(1, 12)):
        unit = _unit(random, translation, f"body.{UUID(int=random.getrandbits(128))}.text.{number}")
        units[unit.id] = unit
    return Part(translation, random.choice(["Nowe domy", "A & <B>", "", "\x0bماء"]), list(units.values()))


def _unit(random, translation, path) -> Unit:
    source = words(random)
    state = random.choice(list(State))
    has_former = random.random() < 0.3
    return Unit(
        id=UnitId.of(translation, path, source),
        path=path,
        source=source,
        target=words(random) if state is not State.EMPTY else "",
        state=state,
        place=random.choice(["Treść › Tekst", "a ]]> b <i>"]),
        help_text=random.choice(["", "Help\nin two lines"]),
        origin="machine translation" if state is State.DRAFT else "",
        max_length=random.choice([None, 255]),
        former_source=words(random) if has_former else "",
        former_target=words(random) if has_former else "",
    )
