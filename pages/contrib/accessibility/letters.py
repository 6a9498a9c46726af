"""The letter to the accessibility coordinator about a new report."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from pages import formats

from .models import ProblemReport

logger = logging.getLogger(__name__)


@task()
def tell_the_coordinator(report_id: int, recipient: str) -> None:
    """Send the letter; the report is kept in the admin whether or not it arrives."""
    report = ProblemReport.objects.filter(pk=report_id).first()
    if report is None:
        return
    try:
        with translation.override(settings.LANGUAGE_CODE):
            _letter(report, recipient).send()
    except OSError:  # also smtplib.SMTPException: no mail server must not lose a report
        logger.exception("The letter about report %s could not be sent", report_id)


def _letter(report: ProblemReport, recipient: str) -> EmailMessage:
    return EmailMessage(
        subject=_("A reader reports a problem with accessibility (no. %(number)s)") % {"number": report.pk},
        body=_words(report),
        to=[recipient],
        reply_to=[report.email] if report.email else None,
        headers={"Auto-Submitted": "auto-generated"},
    )


def _words(report: ProblemReport) -> str:
    address = settings.WAGTAILADMIN_BASE_URL + reverse("problem_reports:edit", args=[report.pk])
    parts = [
        _("Page: %(address)s") % {"address": report.address or "–"},
        _("The reader's e-mail: %(email)s") % {"email": report.email or "–"},
        _("Answer by: %(day)s") % {"day": formats.long_date(report.due_on)},
        "",
        report.description,
        "",
        _("Mark it as answered here: %(address)s") % {"address": address},
    ]
    return "\n".join(parts)
