"""What the admin's templates ask of a document."""

from django import template
from django.urls import reverse

from pages import formats
from pages.contrib.readable import findings, readings

register = template.Library()


@register.inclusion_tag("readable/findings.html")
def document_findings(document):
    """Write what is inaccessible in a document; looks into a file that was not seen yet."""
    reading = readings.examine(document) if document and document.pk and document.file else None
    return {
        "document": document,
        "reading": reading,
        "findings": findings.told(reading) if reading else [],
        "length": formats.page_count(document.page_count, document.format) if reading and document.page_count else "",
        "why_not": findings.why_not(reading) if reading else "",
        "address": reverse("readable:page", args=[document.pk]) if document and document.has_text_page else "",
    }


@register.filter
def findings_count(reading):
    """Return how many kinds of barriers a document has."""
    return len(reading.findings)
