"""What the script of the editor says, in the reader's language."""

from django.utils.translation import gettext as _


def spoken() -> dict[str, str]:
    """Return the script's sentences by their names."""
    return {
        "saving": _("Saving …"),
        "kept": _("Kept as a draft. Accept it when it is done."),
        "notSaved": _("Could not be saved. Your words are kept in this browser; try again."),
        "ended": _("You are no longer signed in. Your words are kept in this browser; sign in again and reload."),
        "restored": _("Words that could not be saved before stand in their fields again."),
        "inserted": _("Inserted."),
        "copied": _("The source was copied."),
        "noMatch": _("There is no such match."),
        "noTerm": _("There is no term in this segment."),
        "noNext": _("There is no other open segment."),
        "allDone": _("Everything is accepted. Alt + Shift + Enter leads to the buttons at the top."),
        "showPreview": _("Show the preview"),
        "hidePreview": _("Hide the preview"),
        "unsaved": _("not saved yet"),
    }
