"""Start a page from a pattern, and make a pattern of a page.

A pattern stands in the list where it is offered, beside the pages that are made of it, in one language. It is
a page like any other, except that nobody can publish it (``pages.models.patterns``).
"""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.pages.create import AddSubpageView
from wagtail.admin.widgets.button import Button
from wagtail.coreutils import find_available_slug, string_to_ascii
from wagtail.models import Page

LONGEST_TITLE = Page._meta.get_field("title").max_length


def patterns_below(parent):
    """Return the patterns among the children of a page, by their titles."""
    models = [model for model in type(parent).creatable_subpage_models() if hasattr(model, "is_pattern")]
    found = [pattern for model in models for pattern in model.objects.child_of(parent).filter(is_pattern=True)]
    return sorted(found, key=lambda pattern: pattern.title.casefold())


def begin(pattern, *, title, user):
    """Create a draft beside a pattern with all that its newest version holds, rows and pictures included."""
    return _copy(pattern, title=title, user=user, **pattern.begun_anew)


def make_pattern(page, *, title, user):
    """Create a pattern beside a page from its newest version; the page stays as it is."""
    return _copy(page, title=title, user=user, is_pattern=True, go_live_at=None, expire_at=None)


def _copy(page, *, title, user, **changes):
    parent = page.get_parent()
    slug = slugify(string_to_ascii(title))[:200] or page._meta.model_name
    changes |= {"title": title, "draft_title": title, "slug": find_available_slug(parent, slug), "locked": False}
    newest = page.get_latest_revision_as_object()
    return newest.copy(to=parent, update_attrs=changes, copy_revisions=False, keep_live=False, user=user)


class BeginForm(forms.Form):
    """Which pattern, and what the new page is called."""

    pattern = forms.ModelChoiceField(None, label=gettext_lazy("Pattern"), widget=forms.RadioSelect, empty_label=None)
    title = forms.CharField(
        label=gettext_lazy("Title of the new page"),
        max_length=LONGEST_TITLE,
        help_text=gettext_lazy("You can change it later."),
    )

    def __init__(self, patterns, **kwargs):
        super().__init__(**kwargs)
        self._patterns = {pattern.pk: pattern for pattern in patterns}
        self.fields["pattern"].queryset = Page.objects.filter(pk__in=self._patterns)
        self.fields["pattern"].choices = [(pattern.pk, pattern.title) for pattern in patterns]

    def clean_pattern(self):
        return self._patterns[self.cleaned_data["pattern"].pk]


class AddFromPatternView(AddSubpageView):
    """Offer the patterns of a list where a page is created; without patterns everything is as Wagtail has it."""

    def dispatch(self, request, parent_page_id, *args, **kwargs):
        response = super().dispatch(request, parent_page_id, *args, **kwargs)
        patterns = patterns_below(self.parent_page)
        return self.offer(request, patterns) if patterns else response

    def offer(self, request, patterns):
        chosen = request.GET.get("pattern") or patterns[0].pk
        data = request.POST if request.method == "POST" else None
        form = BeginForm(patterns, data=data, initial={"pattern": chosen})
        if form.is_valid():
            page = begin(form.cleaned_data["pattern"], title=form.cleaned_data["title"], user=request.user)
            messages.success(request, _("A draft was made from the pattern. Check the dates, then fill in the rest."))
            return redirect("wagtailadmin_pages:edit", page.pk)
        context = {"parent_page": self.parent_page, "page_types": self.page_types, "form": form}
        return render(request, "pages/admin/begin_page.html", context)


class PatternForm(forms.Form):
    """What a new pattern is called."""

    title = forms.CharField(
        label=gettext_lazy("Name of the pattern"),
        max_length=LONGEST_TITLE,
        help_text=gettext_lazy("What it is for, for example: Workshop over three days."),
    )


def may_be_pattern(page, user):
    """Tell whether this person can make a pattern of a page where it stands."""
    return (
        not getattr(page, "is_pattern", True)
        and page.depth > 2
        and page.permissions_for_user(user).can_copy_to(page.get_parent())
    )


def make_pattern_view(request, page_id):
    """Ask for the name of the pattern, then make it and open it."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not may_be_pattern(page, request.user):
        raise PermissionDenied
    form = PatternForm(request.POST if request.method == "POST" else None, initial={"title": page.title})
    if form.is_valid():
        pattern = make_pattern(page, title=form.cleaned_data["title"], user=request.user)
        messages.success(request, _("The pattern was made. Take out of it what is different each time."))
        return redirect("wagtailadmin_pages:edit", pattern.pk)
    return render(request, "pages/admin/make_pattern.html", {"page": page, "form": form})


def admin_addresses():
    return [path("patterns/of/<int:page_id>/", make_pattern_view, name="make_pattern")]


def header_buttons(page, user):
    """Yield what the menu of a page offers: to make a pattern, or to start a page from this one."""
    page = page.specific_deferred
    if getattr(page, "is_pattern", False):
        address = reverse("wagtailadmin_pages:add_subpage", args=[page.get_parent().pk])
        yield Button(
            _("Start a page from this pattern"), url=f"{address}?pattern={page.pk}", icon_name="copy", priority=5
        )
    elif may_be_pattern(page, user):
        url = reverse("make_pattern", args=[page.pk])
        yield Button(_("Make a pattern of this page"), url=url, icon_name="copy", priority=35)
