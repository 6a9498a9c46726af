"""What can go wrong with an attempt, in a code for the database and a sentence for administrators."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DELIVERED = _("The receiver has taken the message.")
PROBLEMS = {
    "cut_short": _("The attempt was cut short, or is still under way."),
    "malformed": _("The address is not one that can be asked."),
    "not_encrypted": _("The address does not begin with https://."),
    "no_host": _("There is no server of this name."),
    "private_network": _("The address leads into the network of this server, which is not allowed."),
    "no_answer": _("The receiver does not answer."),
    "too_slow": _("The receiver did not answer within ten seconds."),
    "not_secure": _("The certificate of the receiver is not valid."),
    "redirect": _("The receiver sends to another address. That is not followed: enter the new address."),
    "gone": _("The receiver says that it is gone for good; it was switched off."),
    "busy": _("The receiver has too much to do at the moment."),
    "refused": _("The receiver did not take the message."),
    "error": _("The receiver answers with an error of its own."),
}


def problem_of(status: int) -> str:
    """Return the code of what a status means; empty for a message that was taken."""
    if 200 <= status < 300:
        return ""
    if 300 <= status < 400:
        return "redirect"
    return {410: "gone", 429: "busy", 503: "busy"}.get(status, "refused" if status < 500 else "error")


def sentence(problem: str, status: int | None) -> str | Promise:
    """Say what came of an attempt."""
    return PROBLEMS.get(problem, problem) if problem else DELIVERED
