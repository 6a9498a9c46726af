"""From accepted words to the page: published, handed in for review, or saved as a draft."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.exceptions import MultipleObjectsReturned, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail_localize.models import StringTranslation

from ..desk.views import edit_url
from ..gate import ReviewRequired
from ..panels import waiting_for
from ..review import submit
from ..wording import plain
from .work import Work

PUBLISH, SUBMIT, DRAFT = "publish", "submit", "draft"


@require_POST
def finish(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Publish the translation, hand it in or save its draft; asks first where something is still missing."""
    work = Work.on(request, translation_id)
    if work.lock:
        messages.error(request, _("Nothing can be changed now: the page is locked."))
        return redirect(work.address)
    way = request.POST.get("do")
    way = way if way in work.ways else work.ways[0]
    if way == SUBMIT and not work.has_workflow:
        return _hand_in_without_a_draft(work)
    if way != DRAFT and work.progress["left"] and "confirmed" not in request.POST:
        context = {"work": work, "progress": work.progress, "way": way}
        return TemplateResponse(request, "translation/editor/confirm.html", context)
    try:
        bring(work, way)
        _tell(work, way)
    except Unfit as error:
        return _refused(work, error)
    except ReviewRequired as error:
        messages.error(request, str(error))
    return redirect(work.address)


def _hand_in_without_a_draft(work: Work) -> HttpResponse:
    """Say where a text without drafts is: its reviewers have it as soon as nothing is left to do."""
    try:
        said = what_keeps_from_review(work)
    except Unfit as error:
        return _refused(work, error)
    if said:
        messages.error(work.request, said)
    else:
        messages.success(work.request, _("Submitted for review. The reviewers of your language will see it."))
    return redirect(work.address)


def what_keeps_from_review(work: Work) -> str:
    """Say why a text without drafts does not go to its reviewers yet; empty when they have it. Raises ``Unfit``."""
    _refuse_too_long(work)
    if work.progress["left"]:
        return _("This kind of text has no drafts: it goes to its reviewers once every segment is accepted.")
    if any(segment.open_comments for segment in work.segments):
        return _("It goes to its reviewers once every comment is settled.")
    return ""


class Unfit(Exception):
    """The page does not take these words; the message says why, and segments that are to blame are marked."""

    def __init__(self, reason: Exception | None = None):
        reasons = " ".join(reason.messages) if isinstance(reason, ValidationError) else ""
        said = _("Not saved: %(reasons)s") % {"reasons": reasons or _("the page cannot be put together.")}
        super().__init__(said)


class TooLong(Unfit):
    """Some accepted words are longer than their fields, which are marked."""

    def __str__(self) -> str:
        return _("Not saved: some words do not fit. They are marked below.")


def bring(work: Work, way: str) -> None:
    """Publish a translation, hand it in, or save its draft; raises ``Unfit`` and ``ReviewRequired``."""
    _refuse_too_long(work)
    try:
        _save(work, way)
    except (ValidationError, MultipleObjectsReturned, AttributeError) as error:
        # Localize 1.14 asks an error of no field for its fields, and a text of many sentences for one.
        reason = error if isinstance(error, ValidationError) else error.__context__
        if isinstance(error, AttributeError) and not isinstance(reason, ValidationError):
            raise
        raise Unfit(reason) from error


def _save(work: Work, way: str) -> None:
    user = work.request.user
    if way == PUBLISH:
        work.translation.save_target(user=user, publish=True)
        work.instance.refresh_from_db()
    elif way == SUBMIT:
        submit(work.translation, user)
    elif work.can_be_draft:
        work.translation.save_target(user=user, publish=False)


def _tell(work: Work, way: str) -> None:
    if way == PUBLISH:
        said = _("“%(title)s” is published.") % {"title": work.title}
    elif way == SUBMIT:
        said = _("Submitted for review. The reviewers of your language will see it.")
    else:
        said = _("The draft is saved.")
        if PUBLISH not in work.ways and SUBMIT not in work.ways:
            said += " " + _("Whoever publishes in your language can publish it: tell them it is ready.")
    messages.success(work.request, said, buttons=list(_onwards(work)) if way != DRAFT else [])


def _onwards(work: Work) -> Iterator[tuple]:
    """Lead to what waits next in this language; to the desk when there is nothing."""
    others = waiting_for(work.request.user).filter(locale=work.translation.target_locale_id)
    cell = others.exclude(translation=work.translation).first()
    if cell:
        words = _("Next: %(title)s") % {"title": cell.source.title}
        yield messages.button(edit_url(cell.source.content_type, cell.target_id), words)
    yield messages.button(reverse("translation:desk"), _("To the desk"))


def _refuse_too_long(work: Work) -> None:
    """Mark accepted words that are too long for their field; Localize finds no segment for those in blocks."""
    found = False
    for segment in work.segments:
        longest, length = segment.place.max_length, len(plain(segment.target))
        if longest and length > longest:
            said = ngettext(
                "This is %(count)s character longer than its field.",
                "This is %(count)s characters longer than its field.",
                length - longest,
            ) % {"count": length - longest}
            StringTranslation.objects.filter(pk=segment.translated.pk).update(has_error=True, field_error=said)
            found = True
    if found:
        raise TooLong


def _refused(work: Work, error: Unfit) -> HttpResponse:
    """Say what the page would not take, and lead to the first segment of it; the field says it again."""
    work.read_again()
    refused = [row for row in work.rows if row.segment.refused]
    messages.error(work.request, str(TooLong() if refused else error))
    return redirect(f"{work.address}?show=left#segment-{refused[0].pk}" if refused else work.address)
