"""What a translator does with a segment, each answered with the page or, for the script, with the rows that changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from ..listening import count_again
from ..memory import fill, used
from ..models import CheckWaiver, SegmentComment, SegmentDraft
from ..segments import Need, UnusableWords, accept, propose, usable
from .forms import CommentForm, WaiverForm, WordsForm
from .opening import at_once, is_exact, show
from .rows import Row, was_changed_by_others
from .work import COMMENTS, FILTERS, LEFT, Work
from .written import stored


class Outcome(NamedTuple):
    """What to say, and whether it was done."""

    said: str
    is_done: bool = True
    #: What the row shows instead of what is stored.
    unsaved: dict | None = None
    is_conflict: bool = False


@dataclass
class Deed:
    """One press of a button."""

    work: Work
    row: Row
    detail: str

    @property
    def post(self):
        return self.work.request.POST

    @property
    def user(self):
        return self.work.request.user

    @property
    def typed(self) -> str:
        return self.post.get("words", "")

    def refusal(self, said: str, *, is_conflict: bool = False) -> Outcome:
        """Return that nothing was stored; the words stay in their field."""
        unsaved = {"typed": self.typed, "trouble": said, "is_conflict": is_conflict}
        return Outcome(said, is_done=False, unsaved=unsaved, is_conflict=is_conflict)

    def key(self) -> dict:
        segment = self.row.segment
        return {
            "translation_of_id": segment.row.string_id,
            "context_id": segment.row.context_id,
            "locale_id": self.work.translation.target_locale_id,
        }


@require_POST
def segment(request: HttpRequest, translation_id: int, segment_id: int) -> HttpResponse:
    """Do what the button says: accept, keep, clear, insert, comment, settle, waive."""
    work = Work.on(request, translation_id)
    row = work.row(segment_id)
    if row is None:
        return _answer(work, segment_id, Outcome(_source_changed(request), is_done=False), status=409)
    name, _colon, detail = request.POST.get("do", "").partition(":")
    deed = Deed(work, row, detail)
    if work.lock and name not in ANY_TIME:
        outcome = deed.refusal(_("Nothing can be changed now: the page is locked."))
    else:
        outcome = DEEDS.get(name, _unknown)(deed)
    work.read_again()
    return _answer(work, segment_id, outcome)


def _source_changed(request) -> str:
    said = _("The source has changed meanwhile, and this segment stands there no longer.")
    words = request.POST.get("words", "").replace("\0", "").strip()
    return said + " " + _("Your words were: %(words)s") % {"words": words[:2000]} if words else said


def _accept(deed: Deed) -> Outcome:
    form = WordsForm(deed.post)
    if not form.is_valid():
        return deed.refusal(_errors(form))
    if was_changed_by_others(deed.row.segment, form.cleaned_data["version"], deed.user):
        return deed.refusal(
            _("Somebody else has changed this segment meanwhile. Nothing was overwritten."), is_conflict=True
        )
    words = stored(form.cleaned_data["words"], deed.row.segment.source)
    if not words.strip():
        return deed.refusal(_("Write a translation first."))
    try:
        accept(deed.work.translation, [(deed.row.segment, words)], deed.user)
    except UnusableWords as error:
        return deed.refusal(str(error))
    _count_use(deed.post.get("match", ""))
    return Outcome(_("Segment %(number)s accepted.") % {"number": deed.row.segment.number})


def _count_use(entry: str) -> None:
    """Note that words of the memory were taken, by the number of their entry."""
    if entry.isdecimal() and len(entry) <= 12:
        used([int(entry)])


def _keep(deed: Deed) -> Outcome:
    """Keep unfinished words. What somebody else wrote meanwhile stays."""
    form = WordsForm(deed.post)
    if not form.is_valid():
        return deed.refusal(_errors(form))
    segment_ = deed.row.segment
    if was_changed_by_others(segment_, form.cleaned_data["version"], deed.user):
        return deed.refusal(
            _("Somebody else has changed this segment meanwhile. Nothing was overwritten."), is_conflict=True
        )
    words = stored(form.cleaned_data["words"], segment_.source)
    if words != segment_.target or deed.row.is_unfinished:
        return _draft(deed, words)
    return Outcome("")


def _draft(deed: Deed, words: str) -> Outcome:
    segment_ = deed.row.segment
    if not words.strip() or words == segment_.target:
        SegmentDraft.objects.filter(**deed.key(), made_by=deed.user).delete()
    else:
        propose(deed.work.translation, [(segment_, words)], SegmentDraft.Origin.PERSON, user=deed.user)
    return Outcome(_("Kept as a draft. Accept it when it is done."))


def _clear(deed: Deed) -> Outcome:
    """Take the accepted words and every draft back."""
    if was_changed_by_others(deed.row.segment, deed.post.get("version", ""), deed.user):
        return deed.refusal(
            _("Somebody else has changed this segment meanwhile. Nothing was overwritten."), is_conflict=True
        )
    accept(deed.work.translation, [(deed.row.segment, "")], deed.user)
    return Outcome(_("Segment %(number)s is empty again.") % {"number": deed.row.segment.number})


def _copy(deed: Deed) -> Outcome:
    return _draft(deed, deed.row.segment.source)


def _use(deed: Deed) -> Outcome:
    """Replace the words by a proposal."""
    return _draft(deed, stored(deed.detail, deed.row.segment.source))


def _match(deed: Deed) -> Outcome:
    """Replace the words by a match of the memory."""
    entry, _colon, words = deed.detail.partition(":")
    _count_use(entry)
    return _draft(deed, stored(words, deed.row.segment.source))


def _append(deed: Deed) -> Outcome:
    """Add a term at the end: without a script nobody knows where the cursor was."""
    return _draft(deed, stored(f"{deed.typed.rstrip()} {deed.detail}".lstrip(), deed.row.segment.source))


def _comment(deed: Deed) -> Outcome:
    form = CommentForm({"text": deed.post.get("comment", "")}, instance=SegmentComment(**deed.key(), author=deed.user))
    if not form.is_valid():
        return deed.refusal(_errors(form))
    form.save()
    return Outcome(_("The comment was added."))


def _settle(deed: Deed) -> Outcome:
    if not deed.detail.isdecimal() or len(deed.detail) > 12:
        return _unknown(deed)
    open_comments = SegmentComment.objects.filter(**deed.key(), pk=int(deed.detail), settled_at=None)
    open_comments.update(settled_by=deed.user, settled_at=timezone.now())
    count_again([deed.work.translation.source.object_id])
    return Outcome(_("The comment was settled."))


def _waive(deed: Deed) -> Outcome:
    """Say that a check is wrong about the words as they stand."""
    words = stored(deed.typed, deed.row.segment.source)
    found = {finding.name for finding in deed.row.findings_for(words)}
    if deed.detail not in found:
        return deed.refusal(_("This is no longer found in these words."))
    waiver = CheckWaiver(**deed.key(), data=words, waived_by=deed.user)
    form = WaiverForm(
        {"check_name": deed.detail, "reason": deed.post.get(f"reason-{deed.detail}", "")}, instance=waiver
    )
    if not form.is_valid():
        return deed.refusal(_errors(form))
    form.save()
    unsaved = {"typed": deed.typed} if words != deed.row.words else None
    return Outcome(_("The finding was waived."), unsaved=unsaved)


def _unknown(deed: Deed) -> Outcome:
    return deed.refusal(_("This button is not known. Reload the page."))


DEEDS: dict[str, Callable[[Deed], Outcome]] = {
    "accept": _accept,
    "keep": _keep,
    "clear": _clear,
    "copy": _copy,
    "use": _use,
    "match": _match,
    "append": _append,
    "comment": _comment,
    "settle": _settle,
    "waive": _waive,
}
#: What is said of a segment can be said while its page is locked for a review.
ANY_TIME = {"comment", "settle"}


def _errors(form) -> str:
    return " ".join(message for errors in form.errors.values() for message in errors)


def wants_data(request: HttpRequest) -> bool:
    """Return whether the script asks, which takes rows and no page."""
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"


def _answer(work: Work, segment_id: int, outcome: Outcome, status: int = 200) -> HttpResponse:
    if outcome.unsaved:
        work.unsaved[segment_id] = outcome.unsaved
        status = 409 if outcome.is_conflict else 422 if not outcome.is_done else 200
    if wants_data(work.request):
        return JsonResponse(_data(work, segment_id, outcome), status=status)
    if outcome.said:
        (messages.success if outcome.is_done else messages.error)(work.request, outcome.said)
    if outcome.unsaved:
        return show(work, status=status)
    query = f"?show={work.request.POST['show']}" if work.request.POST.get("show") in FILTERS else ""
    return redirect(f"{work.address}{query}#segment-{segment_id}")


def _data(work: Work, segment_id: int, outcome: Outcome) -> dict:
    row = work.row(segment_id)
    # A sentence that stands twice in a text is one: both rows changed.
    same = [other for other in work.rows if row and other.segment.key == row.segment.key]
    context = {"work": work, "read_only": bool(work.lock), "opened": None, "shown": work.request.POST.get("show", "")}
    return {
        "said": outcome.said,
        "isDone": outcome.is_done,
        "isConflict": outcome.is_conflict,
        "version": row.version if row else "",
        "state": row.state if row else "",
        "rows": {
            other.pk: render_to_string("translation/editor/row.html", context | {"row": other}, request=work.request)
            for other in same
        },
        "progress": render_to_string("translation/editor/progress.html", {"progress": work.progress}),
        "left": work.progress["left"],
        "counts": {kind: len(work.narrowed(kind)) for kind in (LEFT, COMMENTS)},
        "many": "" if work.lock else render_to_string("translation/editor/many.html", at_once(work)),
    }


@require_GET
def help_for(request: HttpRequest, translation_id: int, segment_id: int) -> HttpResponse:
    """Return what the memory has for a segment, for the row that is worked on."""
    work = Work.on(request, translation_id)
    row = work.row(segment_id)
    if row is None:
        return JsonResponse({"html": ""}, status=404)
    html = render_to_string("translation/editor/help.html", {"row": row, "read_only": bool(work.lock)}, request=request)
    return JsonResponse({"html": html})


@require_POST
def findings_for(request: HttpRequest, translation_id: int, segment_id: int) -> HttpResponse:
    """Return what may be wrong with words that are being typed; nothing is stored."""
    work = Work.on(request, translation_id)
    row, form = work.row(segment_id), WordsForm(request.POST)
    if row is None or not form.is_valid():
        return JsonResponse({"html": ""}, status=404 if row is None else 422)
    row.findings = row.findings_for(stored(form.cleaned_data["words"], row.segment.source))
    return JsonResponse({"html": render_to_string("translation/editor/findings.html", {"row": row}, request=request)})


@require_POST
def many(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Do in one go what needs no thought: fill in from the memory, accept its exact matches or cosmetic changes."""
    work = Work.on(request, translation_id)
    if work.lock:
        messages.error(request, _("Nothing can be changed now: the page is locked."))
        return redirect(work.address)
    if request.POST.get("do") == "fill":
        return _filled(work)
    if request.POST.get("do") == "exact":
        pairs = [(segment, segment.draft.data) for segment in work.segments if is_exact(segment)]
    else:
        pairs = [(segment, segment.former_target) for segment in work.segments if segment.need == Need.COSMETIC]
    good = [pair for pair in pairs if _is_usable(*pair)]
    accept(work.translation, good, request.user)
    said = ngettext("%(count)s segment accepted.", "%(count)s segments accepted.", len(good)) % {"count": len(good)}
    if len(good) < len(pairs):
        said += " " + _("The others have tags or links that do not fit; look at them one by one.")
    messages.success(request, said)
    return redirect(work.address)


def _filled(work: Work) -> HttpResponse:
    count = fill(work.translation, work.request.user)
    said = ngettext(
        "The memory had words for %(count)s segment. Look at them and accept them.",
        "The memory had words for %(count)s segments. Look at them and accept them.",
        count,
    ) % {"count": count}
    messages.success(work.request, said if count else _("The memory has nothing that fits exactly."))
    return redirect(work.address)


def _is_usable(segment, words) -> bool:
    try:
        return bool(usable(segment.source, words))
    except UnusableWords:
        return False
