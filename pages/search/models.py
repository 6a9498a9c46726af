"""The index of the search: what can be found, the words in it, and how much each word weighs there.

Ordinary tables and whole numbers, so that every database gives the same results in the same
order (docs/decisions/0021-an-index-of-our-own.md). Nothing here is an original: ``manage.py
rebuild_search`` makes all of it anew.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    NEWS = "news", _("News")
    WORKSHOP = "workshop", _("Workshops")
    SECTION = "section", _("Pages")
    DOCUMENT = "document", _("Documents")


class Entry(models.Model):
    """A page, or a document in one language, as the search sees it."""

    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+", db_index=False)
    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, null=True, related_name="+")
    document = models.ForeignKey("media.SiteDocument", on_delete=models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    day = models.DateField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    programme = models.ForeignKey("pages.Programme", on_delete=models.SET_NULL, null=True, related_name="+")
    #: Folded words between blanks: ``" warsztaty dla miast "``; a bar stands between parts.
    title_words = models.TextField()
    all_words = models.TextField()
    #: What passages are cut from: one part to a line.
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "locale"], name="pages_search_document_once")]
        # All that matching reads of entries, without their texts.
        indexes = [
            models.Index(fields=["locale", "kind", "year", "programme", "page", "document"], name="pages_search_facts")
        ]

    def __str__(self):
        return f"{self.kind}: {self.title_words.strip()}"


class Posting(models.Model):
    """How much a stem weighs in an entry, from one to some thousands."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="postings")
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+", db_index=False)
    stem = models.CharField(max_length=60)
    weight = models.PositiveIntegerField()

    class Meta:
        # The index holds all that a search reads, so the table itself is not touched.
        indexes = [models.Index(fields=["locale", "stem", "entry", "weight"], name="pages_search_by_stem")]

    def __str__(self):
        return self.stem


class Word(models.Model):
    """A form that occurs in a language, for words typed without diacritics, in part or wrongly."""

    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+", db_index=False)
    #: As it was first seen, in lower case.
    spelling = models.CharField(max_length=60)
    folded = models.CharField(max_length=60)
    stem = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["locale", "spelling"], name="pages_search_word_once")]
        indexes = [models.Index(fields=["locale", "folded", "stem"], name="pages_search_by_folded")]

    def __str__(self):
        return self.spelling
