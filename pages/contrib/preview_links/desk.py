"""The editor's side: make a link for a page, see whom it was sent to, withdraw it."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page
from wagtail.permissions import policy_registry

from . import links
from .models import PreviewLink

LINKS_ON_A_PAGE = 30


class LinkForm(forms.ModelForm):
    """For whom a new link is, and how long it is valid."""

    days = forms.TypedChoiceField(label=gettext_lazy("Valid for"), coerce=int, initial=links.DEFAULT_DAYS)

    class Meta:
        model = PreviewLink
        fields = ["recipient"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["days"].choices = [
            (days, ngettext("%(days)s day", "%(days)s days", days) % {"days": days}) for days in links.LIFETIMES_DAYS
        ]


def links_of_page(request, page_id):
    """List the links of a page; a new one is shown once, since its address is not stored."""
    page = _editable(request.user, get_object_or_404(Page, pk=page_id).specific)
    form = LinkForm(request.POST if request.method == "POST" else None)
    address = ""
    if form.is_valid():
        chosen = form.cleaned_data
        _link, token = links.make(page, user=request.user, days=chosen["days"], recipient=chosen["recipient"])
        address = request.build_absolute_uri(reverse("preview_link", args=[token]))
        form = LinkForm()
    found = PreviewLink.objects.filter(page_id=page.pk).select_related("created_by")
    context = {"page": page, "form": form, "address": address} | _listed(request, found)
    return render(request, "preview_links/links_of_page.html", context)


def all_links(request):
    """List the links of all pages that this person may edit."""
    pages = policy_registry.get_by_type(Page).instances_user_has_permission_for(request.user, "change")
    found = PreviewLink.objects.filter(page__in=pages.values("pk")).select_related("page__locale", "created_by")
    return render(request, "preview_links/all_links.html", _listed(request, found))


@require_POST
def withdraw(request, link_id):
    """End a link, and go back to where it was listed."""
    link = get_object_or_404(PreviewLink.objects.select_related("page"), pk=link_id)
    _editable(request.user, link.page)
    links.withdraw(link, user=request.user)
    messages.success(request, _("The link was withdrawn. Whoever opens it reads that it has ended."))
    here = reverse("preview_links_of_page", args=[link.page_id])
    return redirect(get_valid_next_url_from_request(request) or here)


def _editable(user, page):
    if not page.permissions_for_user(user).can_edit():
        raise PermissionDenied
    return page


def _listed(request, found):
    return {"links": Paginator(found, LINKS_ON_A_PAGE).get_page(request.GET.get("p"))}


def admin_addresses():
    return [
        path("preview-links/", all_links, name="preview_links"),
        path("preview-links/of/<int:page_id>/", links_of_page, name="preview_links_of_page"),
        path("preview-links/<int:link_id>/withdraw/", withdraw, name="withdraw_preview_link"),
    ]
