"""What every ordered row of a page or snippet is: sortable, and translated with its owner."""

import uuid

from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.models import Orderable, TranslatableMixin


class Row(TranslatableMixin, Orderable):
    """A row of a page or snippet, or of such a row; Localize offers its words to translators.

    Wagtail's copying of pages (to translate, to alias, to duplicate) cares for the rows
    of a page only (wagtail issue 14425): a row of a row would arrive with the language
    and the translation key of its original, and break the copy. So a new row takes the
    language of its owner, and a key of its own where the key is taken.
    """

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        abstract = True

    def save(self, *args, **kwargs):
        if self._state.adding:
            self.locale_id = getattr(self, parental_key(type(self)).name).locale_id
            twins = type(self).objects.filter(translation_key=self.translation_key, locale_id=self.locale_id)
            # Localize saves rows that exist anew, under their own primary key.
            if twins.exclude(pk=self.pk).exists():
                self.translation_key = uuid.uuid4()
        super().save(*args, **kwargs)


class RowWithRows(Row, ClusterableModel):
    """A row that has ordered rows of its own, such as a track with its people."""

    class Meta(Row.Meta):
        abstract = True


def parental_key(model) -> ParentalKey:
    """Return the field that ties a row to its owner."""
    return next(field for field in model._meta.fields if isinstance(field, ParentalKey))


def disown_foreign_rows(model, content: dict) -> dict:
    """Return a revision's content in which no row of a row claims the identity of another page's row.

    A copied page's revisions hold, two levels deep, the primary keys of the original:
    publishing such a revision would take the rows away from the original page.
    """
    for relation in get_all_child_relations(model):
        row_model = relation.related_model
        if issubclass(row_model, RowWithRows):
            for row in content.get(relation.get_accessor_name(), []):
                _disown(row_model, row)
    return content


def _disown(row_model, row: dict) -> None:
    for relation in get_all_child_relations(row_model):
        for nested in row.get(relation.get_accessor_name(), []):
            if nested[relation.field.name] != row["pk"]:
                nested["pk"] = None
