"""Read the demo's data: ``plan.toml`` without words, and the words of each language."""

import tomllib
import uuid
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://rynek.example/demo")


@cache
def plan() -> dict:
    """Return what the demo holds: pages, people, files, each by its key."""
    return _read(HERE / "plan.toml")


@cache
def shared(language: str) -> dict:
    """Return the words that several pages share, in one language."""
    return _read(HERE / language / "words.toml")


@cache
def of_page(key: str, language: str) -> dict:
    """Return the words of one page in one language."""
    return _read(HERE / language / f"{key}.toml")


def source_language() -> str:
    return plan()["languages"][0]


def target_languages() -> list[str]:
    return plan()["languages"][1:]


def identity(*path) -> uuid.UUID:
    """Return the identity of a thing of the demo, the same in every language and in every run."""
    return uuid.uuid5(NAMESPACE, "/".join(str(part) for part in path))


def _read(path):
    return tomllib.loads(path.read_text(encoding="utf-8"))
