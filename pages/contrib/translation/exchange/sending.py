"""A package as a file to download."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.text import slugify

from .formats import Format
from .package import Package


def file_of(package: Package, kind: Format) -> HttpResponse:
    """Return the file, named after its page where it holds only one."""
    name = slugify(package.parts[0].title) if len(package.parts) == 1 else ""
    name = f"{name[:60] or 'translations'}-{package.source_language}-{package.target_language}{kind.suffix}"
    response = HttpResponse(kind.write(package), content_type=kind.content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
