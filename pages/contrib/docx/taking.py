"""What an editor has ticked of a file that came back becomes a new draft of its page: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from pages.interchange.comparing import Proposal
from pages.interchange.drafts import with_stored_pictures
from pages.interchange.library import Library
from pages.interchange.outline import ReadFile
from pages.interchange.progress import next_step
from pages.interchange.stored import page_of
from pages.interchange.writing_back import NotStored

from .coming_back import Returned, returned, stored_image
from .models import ReturnedFile
from .offered import opened


class SavedMeanwhile(Exception):
    """The page is not the one any more that the editor has looked at."""


def saved_meanwhile() -> str:
    return _("Somebody has saved the page meanwhile. Look at the comparison again, then take it over.")


def not_stored() -> str:
    return _("The page was not changed: one of the ticked changes cannot be stored.")


class NotThere(Exception):
    """The file was taken or put away already."""


@dataclass
class Taking:
    """A file that was compared, and what is to be taken of it."""

    page: Page
    kept: ReturnedFile
    read: ReadFile
    back: Returned
    chosen: list[Proposal]

    def store(self, is_wanted: Callable[[], bool] = lambda: True) -> Page:
        """Make the draft and forget the file, both or neither; ``is_wanted`` is asked when nobody else can answer."""
        user = self.kept.uploaded_by
        library = Library(user)
        try:
            with transaction.atomic():
                # Whoever saves the page at this moment waits, or is waited for.
                locked = Page.objects.select_for_update().get(pk=self.page.pk)
                if locked.latest_revision_id != self.page.latest_revision_id:
                    raise SavedMeanwhile
                # Whoever presses the button twice gets one draft.
                if not is_wanted() or not ReturnedFile.objects.filter(pk=self.kept.pk).delete()[0]:
                    raise NotThere
                changed = self._changed(library)
                revision = changed.save_revision(user=user, log_action=False)
                data = {"from": "file", "taken": len(self.chosen), "file": str(self.kept.pk)}
                log(changed, "wagtail.edit", user=user, revision=revision, content_changed=True, data=data)
        except BaseException:  # also when the process is asked to end
            library.take_back()
            raise
        return changed

    def _changed(self, library: Library) -> Page:
        bringing = self.back.bringing
        plain = bringing.make_blocks
        bringing.make_blocks = lambda blocks: with_stored_pictures(self.read, plain(blocks), library, self.back.report)
        bringing.image_of = lambda picture: stored_image(self.read, picture, library)
        return page_of(self.back.page, bringing.data_with(self.chosen))


def taking(page: Page, kept: ReturnedFile, ticked: Iterable[str], revision: str) -> Taking:
    """Compare a file once more and look whether what is ticked can be stored; nothing is changed.

    ``revision`` is the number of the draft that the editor has looked at. Raises ``SavedMeanwhile``, ``NotStored``.
    """
    if str(page.latest_revision_id or 0) != revision:
        raise SavedMeanwhile
    next_step()
    read = opened(kept)
    next_step()
    back = returned(page, read)
    back, chosen = back.chosen(ticked)
    if not chosen:
        raise NotStored
    return Taking(page, kept, read, back, chosen)
