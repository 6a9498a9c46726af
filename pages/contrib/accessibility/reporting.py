"""The page on which a reader reports a problem with a page."""

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page, Site

from pages.models import SiteSettings
from pages.models.reading import open_to_all

from . import limits
from .letters import tell_the_coordinator
from .models import ProblemReport
from .report_form import LONGEST, ReportForm, is_from_here, stamp

BIGGEST_KEY = 2**31 - 1


@csrf_exempt  # a reader has no cookie; see ReportForm
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Show the form, or store what it brings; always in the language of the page that is reported."""
    page = _page(request)
    with translation.override(_language(page)):
        if request.method == "POST":
            return _receive(request, page)
        return _answer(request, page, ReportForm())


@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Thank the reader and lead back to the page."""
    page = _page(request)
    with translation.override(_language(page)):
        return _rendered(request, "accessibility/report_sent.html", {"reported": page})


def _receive(request: HttpRequest, page: Page | None) -> HttpResponse:
    form = ReportForm(request.POST)
    if form.is_from_a_program:
        return _thanks(page)
    if not is_from_here(request):
        form.add_error(None, _("The form was sent from another site. Please fill it in here."))
    if not form.is_valid():
        return _answer(request, page, form, status=422)
    if not limits.is_allowed(request):
        form.add_error(
            None, _("Many reports have come from you within the hour. Please write an e-mail, or try later.")
        )
        return _answer(request, page, form, status=429)
    _store(request, page, form)
    return _thanks(page)


def _store(request: HttpRequest, page: Page | None, form: ReportForm) -> None:
    stored = ProblemReport.objects.create(
        page=page,
        address=(page.get_full_url(request) or "")[:500] if page else "",
        language=translation.get_language(),
        description=form.cleaned_data["description"],
        email=form.cleaned_data["email"],
    )
    site = Site.find_for_request(request)
    recipient = SiteSettings.for_site(site).accessibility_email if site else ""
    if recipient:
        transaction.on_commit(lambda: tell_the_coordinator.enqueue(stored.pk, recipient))


def _thanks(page: Page | None) -> HttpResponse:
    query = f"?page={page.pk}" if page else ""
    # 303: the browser asks for the next page with GET, and reloading it sends nothing again.
    return HttpResponseRedirect(reverse("accessibility:report_sent") + query, status=303)


def _answer(request: HttpRequest, page: Page | None, form: ReportForm, status: int = 200) -> HttpResponse:
    context = {"reported": page, "form": form, "stamp": stamp(), "longest": LONGEST}
    return _rendered(request, "accessibility/report.html", context, status)


def _rendered(request: HttpRequest, template: str, context: dict, status: int = 200) -> HttpResponse:
    response = render(request, template, context, status=status)
    response.headers["Content-Language"] = translation.get_language()
    return response


def _page(request: HttpRequest) -> Page | None:
    """Return the page that is reported, if every reader may see it."""
    number = request.GET.get("page", "")
    if not (
        number.isascii() and number.isdigit() and len(number) <= len(str(BIGGEST_KEY)) and int(number) <= BIGGEST_KEY
    ):
        return None
    pages = Page.objects.live().filter(pk=int(number), depth__gt=1).select_related("locale")
    return open_to_all(pages).first()


def _language(page: Page | None) -> str:
    return page.locale.language_code if page else translation.get_language() or settings.LANGUAGE_CODE
