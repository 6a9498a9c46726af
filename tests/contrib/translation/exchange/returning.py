"""Files that come back: a package is written, its words are changed, and it is uploaded again."""

from dataclasses import dataclass, replace

from django.contrib.auth.models import User
from wagtail_localize.models import Translation

from pages.contrib.translation.exchange.package import Package, Unit, package_of
from pages.contrib.translation.exchange.verdicts import import_file


@dataclass(frozen=True)
class Filled(Unit):
    """A unit that a translator has filled in; its mark is still that of the file that was sent."""

    sent: str = ""

    @property
    def mark(self) -> str:
        return self.sent


def read_again(*translations) -> list[Translation]:
    """Return the translations as a view reads them."""
    return list(
        Translation.objects.select_related("source__locale", "source__specific_content_type", "target_locale").filter(
            pk__in=[translation.pk for translation in translations]
        )
    )


def packed(*translations, **options) -> Package:
    return package_of(read_again(*translations), **options)


def filled(package: Package, words: dict[str, str], state) -> Package:
    """Return the package with the words of a translator, by the path or the source of their units.

    The marks stay those of the package that was sent, as they do in a file.
    """
    parts = []
    for part in package.parts:
        units = [
            Filled(**(vars(unit) | {"target": target, "state": state}), sent=unit.mark)
            if (target := words.get(unit.path) or words.get(unit.source))
            else unit
            for unit in part.units
        ]
        parts.append(replace(part, units=units))
    return replace(package, parts=parts)


def take(module, package: Package, user=None, **options):
    """Write the package in a format and take the file over; return the lines by their source."""
    user = user or User.objects.filter(is_superuser=True).first() or User.objects.create_superuser("chief")
    return import_file(module.write(package), "returned.xlf", user, **options)
