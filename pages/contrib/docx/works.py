"""Long files are read, compared, and made pages of in the background: by the worker where there is one.

Every state is in a row, so a page that shows it survives a reload, and whatever was killed can be begun again: a reading
changes nothing until its end, and the page or the draft comes in one transaction with the going of its file.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task
from wagtail.models import Page

from pages.interchange import drafts
from pages.interchange.package import Refused
from pages.interchange.progress import next_step
from pages.interchange.refusals import refusal
from pages.interchange.writing_back import NotStored
from pages.preferred_language import preferred_language

from .forms import ChoicesForm
from .importing import NotAsWanted, imported, report
from .models import FinishedImport, ReturnedFile, Upload, WaitingFile, Work
from .offered import offered
from .origins import can_come_back, hindrance
from .steps import PutAway, written_down
from .taking import NotThere, SavedMeanwhile, not_stored, saved_meanwhile, taking
from .told import Reading, reading

logger = logging.getLogger(__name__)


class NotAllowed(Exception):
    """The person who asked may not make this page any more."""


def begin(upload: Upload, kind: str, data: QueryDict | None = None) -> None:
    """Ask for a piece of work on a file; one that is under way already goes on as it is."""
    begin_with(
        upload, kind, {name: data.getlist(name) for name in data if name != "csrfmiddlewaretoken"} if data else {}
    )


def begin_with(upload: Upload, kind: str, asked: dict[str, Any]) -> None:
    """Ask for a piece of work that no form was sent for."""
    of = {"file" if isinstance(upload, WaitingFile) else "returned": upload}
    work, is_new = Work.objects.get_or_create(pk=upload.pk, defaults={"kind": kind, "asked": asked, **of})
    if not is_new:
        anew = {"runner": "", "begun_at": timezone.now(), "trouble": "", "step": 0, "percent": None}
        idle = Work.objects.filter(pk=work.pk).exclude(state=Work.State.WAITING)
        if not idle.update(kind=kind, asked=asked, state=Work.State.WAITING, **anew):
            return
    begin_again(work)


def begin_again(work: Work) -> None:
    """Let somebody take up a piece of work once everything is committed."""
    transaction.on_commit(lambda: do.enqueue(str(work.pk)))


@task()
def do(file_id: str) -> None:
    """Do what is asked for a file, unless somebody else does it or it was put away."""
    runner, now = uuid4().hex, timezone.now()
    free = Q(runner="") | Q(begun_at__lt=now - Work.SILENCE)
    waiting = Work.objects.filter(free, pk=file_id, state=Work.State.WAITING)
    if not waiting.update(runner=runner, begun_at=now):
        return
    together = ("file__parent__locale", "file__uploaded_by", "returned__page__locale", "returned__uploaded_by")
    work = Work.objects.select_related(*together).filter(pk=file_id).first()
    if work is None:
        return
    # Programs are answered in English.
    language = "en" if work.kind == Work.Kind.IMPORT else preferred_language(work.upload.uploaded_by)
    with translation.override(language):
        try:
            _DONE_BY[Work.Kind(work.kind)](work)
        except PutAway:
            pass
        except Refused as error:
            _end(work, Work.State.FAILED, trouble=refusal(error))
        except NotAsWanted as error:
            _end(work, Work.State.FAILED, trouble=str(error))
        except NotAllowed:
            _end(work, Work.State.FAILED, trouble=_("You may not make this page any more."))
        except SavedMeanwhile:
            _end(work, Work.State.FAILED, trouble=saved_meanwhile())
        except NotStored:
            _end(work, Work.State.FAILED, trouble=not_stored())
        except Exception:
            logger.exception("The Word file %s could not be worked on", file_id)
            _end(work, Work.State.FAILED, trouble=_("It could not be done. The log of the site tells why."))


def read_as_asked(waiting: WaitingFile, data: Any) -> tuple[Reading, ChoicesForm]:
    """Read a file as an editor wants it; the form tells what of their choices cannot be."""
    language = waiting.parent.locale.language_code
    found = reading(bytes(waiting.content), language, changes=data.get("changes", "accepted"))
    form = ChoicesForm(found.told(), page_type_of(waiting), data)
    return (found.with_choices(form.choices(), language) if form.is_valid() else found), form


def page_type_of(waiting: WaitingFile) -> type[Page]:
    """Return what is to become of a file; raises ``NotAllowed`` for what cannot stand there."""
    allowed = {model._meta.label_lower: model for model in drafts.page_types_below(waiting.parent)}
    if waiting.page_type not in allowed:
        raise NotAllowed
    return allowed[waiting.page_type]


def make_page(waiting: WaitingFile, found: Reading, form: ChoicesForm) -> Page | None:
    """Make the draft and forget its file, both or neither; None for a file that somebody has put away."""
    with transaction.atomic():
        # Whoever presses the button twice gets one page.
        if not WaitingFile.objects.filter(pk=waiting.pk).delete()[0]:
            return None
        return drafts.create(
            found.read,
            found.body,
            parent=waiting.parent.specific,
            page_type=page_type_of(waiting),
            user=waiting.uploaded_by,
            fields=form.page_fields(),
            details={"file": str(waiting.pk)},
        )


def _read(work: Work) -> None:
    with written_down(work):
        found, _form = read_as_asked(work.file, as_data(work))
        next_step()
        told = found.told().as_data()
    _end(work, Work.State.TOLD, told=told)


def _make(work: Work) -> None:
    waiting = work.file
    _ask_whether_allowed(waiting)
    with written_down(work):
        found, form = read_as_asked(waiting, as_data(work))
        is_valid = form.is_valid()
        if is_valid:
            next_step()
    if not is_valid:
        _end(work, Work.State.TOLD)  # the preview says what is wrong
        return
    with transaction.atomic():
        if _is_wanted(work):
            make_page(waiting, found, form)


def _import(work: Work) -> None:
    waiting = work.file
    _ask_whether_allowed(waiting)
    with written_down(work):
        content = bytes(waiting.content)
        found, form = imported(content, waiting.name, work.asked, waiting.parent, page_type_of(waiting))
        if work.asked["create"]:
            next_step()
    if not work.asked["create"]:
        _end(work, Work.State.TOLD, told=report(found, form))
        return
    with transaction.atomic():
        if _is_wanted(work) and (page := make_page(waiting, found, form)):
            told = report(found, form, page)
            FinishedImport.objects.create(pk=waiting.pk, page=page, report=told, made_by=waiting.uploaded_by)


def _compare(work: Work) -> None:
    kept = work.returned
    with written_down(work):
        told = offered(_page_of(kept), kept, work.asked.get("take"))
    _end(work, Work.State.TOLD, told=told)


def _take(work: Work) -> None:
    kept = work.returned
    page = _page_of(kept)
    if trouble := hindrance(page, kept.uploaded_by):
        _end(work, Work.State.FAILED, trouble=trouble)
        return
    with written_down(work):
        found = taking(page, kept, work.asked.get("take", ()), work.asked.get("revision", [""])[0])
        next_step()
    try:
        found.store(lambda: _is_wanted(work))
    except NotThere as error:
        raise PutAway from error


_DONE_BY: dict[Work.Kind, Callable[[Work], None]] = {
    Work.Kind.READ: _read,
    Work.Kind.MAKE: _make,
    Work.Kind.IMPORT: _import,
    Work.Kind.COMPARE: _compare,
    Work.Kind.TAKE: _take,
}


def _ask_whether_allowed(waiting: WaitingFile) -> None:
    if not waiting.parent.permissions_for_user(waiting.uploaded_by).can_add_subpage():
        raise NotAllowed


def _page_of(kept: ReturnedFile) -> Page:
    page = kept.page.specific
    if not can_come_back(page, kept.uploaded_by):
        raise NotAllowed
    return page


def _is_wanted(work: Work) -> bool:
    """Whether it was neither cancelled nor given up and begun anew by somebody else; holds the row until the end."""
    return Work.objects.select_for_update().filter(pk=work.pk, runner=work.runner).exists()


def _end(work: Work, state: str, **values: Any) -> None:
    Work.objects.filter(pk=work.pk, runner=work.runner).update(state=state, runner="", **values)


def as_data(work: Work) -> QueryDict:
    """Return the form as it was sent."""
    data = QueryDict(mutable=True)
    for name, values in work.asked.items():
        data.setlist(name, values)
    return data
