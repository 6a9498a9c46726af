"""The statement as data, for programs that gather statements (recital 5 of Decision (EU) 2018/1523)."""

import html

from django.http import HttpRequest, JsonResponse
from django.utils.html import strip_tags
from wagtail.rich_text import expand_db_html

from .models import AccessibilityStatement, InaccessibleContent

STANDARD = "EN 301 549 V3.2.1 (WCAG 2.1 AA)"
OMBUDSMAN = "https://bip.brpo.gov.pl/"


def statement_json(request: HttpRequest, statement: AccessibilityStatement) -> JsonResponse:
    """Answer ``statement.json`` below the statement's address."""
    response = JsonResponse(as_data(request, statement), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response.headers["Content-Language"] = statement.locale.language_code
    return response


def as_data(request: HttpRequest, statement: AccessibilityStatement) -> dict:
    """Return all facts of a statement; dates are ISO 8601, texts are plain, what is not there is null."""
    home = statement.get_parent()
    return {
        "type": "accessibility-statement",
        "conditions": "2.0",
        "language": statement.locale.language_code,
        "url": statement.get_full_url(request),
        "entity": statement.entity,
        "website": {
            "url": home.get_full_url(request),
            "published_on": statement.site_published_on.isoformat(),
            "updated_on": statement.site_updated_on.isoformat(),
        },
        "standard": STANDARD,
        "status": statement.status,
        "inaccessible": [_item(item) for item in statement.inaccessible.all()],
        "cost_assessment_url": statement.cost_assessment_url or None,
        "prepared_on": statement.prepared_on.isoformat(),
        "reviewed_on": statement.reviewed_on.isoformat() if statement.reviewed_on else None,
        "method": statement.method,
        "assessor": statement.assessor or None,
        "report_url": statement.report_url or None,
        "facilities": plain(statement.facilities),
        "shortcuts": plain(statement.shortcuts),
        "contact": {
            "name": statement.contact_name,
            "email": statement.contact_email,
            "phone": statement.contact_phone,
        },
        "procedure": {"days_to_answer": 7, "months_at_most": 2, "ombudsman_url": OMBUDSMAN},
        "apps": [
            {"name": app.name, "url": app.url, "statement_url": app.statement_url} for app in statement.apps.all()
        ],
        "architecture": plain(statement.architecture),
        "architecture_url": statement.architecture_url or None,
        "communication": plain(statement.communication),
    }


def _item(item: InaccessibleContent) -> dict:
    return {"reason": item.reason, "description": item.description, "alternative": item.alternative or None}


def plain(rich_text: str) -> str | None:
    """Return rich text as lines of words."""
    markup = expand_db_html(rich_text).replace("</p>", "\n").replace("</li>", "\n").replace("<br/>", "\n")
    lines = (line.strip() for line in html.unescape(strip_tags(markup)).splitlines())
    return "\n".join(line for line in lines if line) or None
