"""Put pages and documents into the index, and take them out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page

from media.models import SiteDocument

from . import stemming, texts
from .models import Entry, Posting, Word
from .texts import Text

#: What a word is worth in each part, and how often it must stand there to be worth half of it.
#: A title says what a page is about; twenty mentions in a body cannot outdo it.
PARTS = {
    "title": (3000, 0.3),
    "short_title": (1500, 0.3),
    "lead": (900, 0.6),
    "headings": (900, 0.8),
    "people": (1200, 0.3),
    "documents": (500, 0.8),
    "facts": (900, 0.3),
    "body": (1000, 1.5),
}
#: A part this long is usual; in a longer one, a single mention means less.
USUAL_WORDS = {"title": 6, "short_title": 3, "body": 300}
#: A longer text is not read to its end: it has some four hundred pages, as only an attached file may have.
MOST_CHARACTERS = 1_000_000
BATCH = 500


def put_page(page_id: int) -> None:
    """Bring the entry of a page up to date with what the page says in the database now."""
    page = Page.objects.filter(pk=page_id, live=True, depth__gt=1).first()
    page = page and page.specific
    if page is None or _repeats_its_source(page):
        Entry.objects.filter(page_id=page_id).delete()
        return
    _put(page.locale, texts.of_page(page), page=page)


def _repeats_its_source(page: Page) -> bool:
    """An alias in the same language would only be the same result twice."""
    return bool(page.alias_of_id and page.alias_of.locale_id == page.locale_id)


def put_document(document_id: int) -> None:
    """Bring the entries of a document up to date, one for each language in which it is to be found."""
    document = SiteDocument.objects.filter(pk=document_id).first()
    locales = languages_of(document) if document else []
    Entry.objects.filter(document_id=document_id).exclude(locale__in=locales).delete()
    for locale in locales:
        _put(locale, texts.of_document(document, locale.language_code), document=document)


def languages_of(document: SiteDocument) -> list[Locale]:
    """Return the site's language in which a document is written; all of them if it is none of the site's."""
    locales = list(Locale.objects.filter(language_code__in=dict(settings.LANGUAGES)))
    written = (document.language or "").split("-")[0].lower()
    return [locale for locale in locales if locale.language_code == written] or locales


@transaction.atomic
def _put(locale: Locale, text: Text, **source) -> None:
    entry, _created = Entry.objects.update_or_create(**source, locale=locale, defaults=values_of(text))
    # Without a signal for each of some hundred rows, to which nobody listens.
    entry.postings.all()._raw_delete(entry.postings.db)
    found = weights(text, locale.language_code)
    Posting.objects.bulk_create(
        [Posting(entry=entry, locale=locale, stem=stem, weight=weight) for stem, weight in found], batch_size=BATCH
    )
    learn(locale, {word for _part, words in parts(text) for word in words})


def values_of(text: Text) -> dict:
    """Return the fields of a text's entry."""
    return {
        "kind": text.kind,
        "day": text.day,
        "year": text.day.year if text.day else None,
        "programme_id": text.programme_id,
        "title_words": folded([text.title]),
        "all_words": folded([text.title, text.short_title, *text.to_quote]),
        "text": "\n".join(text.to_quote)[:MOST_CHARACTERS].replace("\x00", ""),
    }


def folded(parts: Iterable[str]) -> str:
    """Return the folded words of several parts in one line, to look for phrases in: ``" a b | c "``."""
    lines = (" ".join(map(stemming.fold, stemming.words(part[:MOST_CHARACTERS]))) for part in parts)
    return f" {' | '.join(line for line in lines if line)} "


def weights(text: Text, language: str) -> list[tuple[str, int]]:
    """Return each stem of a text with its weight, a whole number, so that every database sums up alike."""
    found: Counter[str] = Counter()
    for part, words in parts(text):
        worth, half = PARTS[part]
        length = max(1.0, len(words) / USUAL_WORDS.get(part, 100))
        for stem, count in Counter(stemming.stem(word, language) for word in words).items():
            found[stem] += max(1, round(worth * count / (count + half * length)))
    found.pop("", None)
    return sorted(found.items())


def parts(text: Text) -> Iterator[tuple[str, list[str]]]:
    """Yield each part of a text with its words."""
    for part in PARTS:
        value = getattr(text, part)
        said = value if isinstance(value, str) else "\n".join(value)
        yield part, stemming.words(said[:MOST_CHARACTERS])


def learn(locale: Locale, words: set[str]) -> None:
    """Remember forms not met before; numbers are not words that somebody misspells."""
    language = locale.language_code
    new = [
        Word(locale=locale, spelling=word, folded=stemming.fold(word), stem=stemming.stem(word, language))
        for word in sorted(words)
        if not any(character.isdigit() for character in word)
    ]
    Word.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)


def rebuild() -> Iterator[tuple[int, int]]:
    """Make the index anew, yielding (done, all); readers find what is already there meanwhile."""
    pages = list(Page.objects.filter(live=True, depth__gt=1).order_by("pk").values_list("pk", flat=True))
    documents = list(SiteDocument.objects.order_by("pk").values_list("pk", flat=True))
    Entry.objects.filter(page__isnull=True, document__isnull=True).delete()
    Entry.objects.filter(page__live=False).delete()
    jobs = [*((put_page, pk) for pk in pages), *((put_document, pk) for pk in documents)]
    for done, (put, pk) in enumerate(jobs, 1):
        put(pk)
        yield done, len(jobs)
    _forget_words()


def _forget_words() -> None:
    """Drop words whose stem no entry holds any more, so that nobody is asked whether they meant one."""
    stems = Posting.objects.values("stem").distinct()
    for locale in Locale.objects.all():
        Word.objects.filter(locale=locale).exclude(stem__in=stems.filter(locale=locale)).delete()
