"""Ask a machine translator: in batches, again when it fails for a moment, and with clear words when it fails for good."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator

import requests
from django.utils.translation import gettext as _
from wagtail.models import Locale
from wagtail_localize.strings import StringValue

from .providers import Provider

logger = logging.getLogger(__name__)

#: DeepL takes 50 texts at a time, LibreTranslate what its administrator allows; a short request is soon repeated.
MOST_STRINGS = 40
MOST_CHARACTERS = 4_000
#: Before the second and the third attempt.
PAUSES_SECONDS = (2, 8)

#: What a service answers that will answer the same again.
_KEY_REFUSED = {401, 403}
_USED_UP = {402, 456}
_TRY_AGAIN = {408, 425, 429}


class Trouble(RuntimeError):
    """A machine translator gave no words; the message says why and what to do, in the reader's language."""

    def __init__(self, message: str, *, may_pass: bool):
        super().__init__(message)
        self.may_pass = may_pass


def batches(strings: Iterable[str]) -> Iterator[list[str]]:
    """Yield the strings, each once, in portions that a service takes; a very long one goes alone."""
    batch: list[str] = []
    for string in dict.fromkeys(strings):
        is_full = len(batch) == MOST_STRINGS or sum(map(len, batch)) + len(string) > MOST_CHARACTERS
        if batch and is_full:
            yield batch
            batch = []
        batch.append(string)
    if batch:
        yield batch


def ask(provider: Provider, source: Locale, target: Locale, strings: list[str]) -> dict[str, str]:
    """Return the words for each string, both as HTML; a string that the machine has no words for is left out.

    Raises ``Trouble``. No transaction should be open: an answer may take minutes.
    """
    for seconds in PAUSES_SECONDS:
        try:
            return _answer(provider, source, target, strings)
        except Trouble as trouble:
            if not trouble.may_pass:
                raise
            time.sleep(seconds)
    return _answer(provider, source, target, strings)


def _answer(provider, source, target, strings) -> dict[str, str]:
    try:
        return _usable_answer(provider, source, target, strings)
    except Exception as error:  # whatever the library of a service raises
        logger.warning("%s did not translate %s strings: %r", provider.name, len(strings), error)
        raise _trouble(provider, error) from error


def _usable_answer(provider, source, target, strings) -> dict[str, str]:
    values = [StringValue(string) for string in strings]
    answers = provider.translator.translate(source, target, values)
    found = {value.data: getattr(answers.get(value), "data", None) for value in values}
    # A null character is no text, and PostgreSQL does not take it.
    words = {text: data.replace("\0", "") for text, data in found.items() if isinstance(data, str) and data.strip()}
    if not words:
        raise ValueError(f"no words for any of {len(strings)} strings")
    return words


def _trouble(provider: Provider, error: Exception) -> Trouble:
    status = getattr(getattr(error, "response", None), "status_code", None) or getattr(error, "code", None)
    status = status if isinstance(status, int) else 0
    message, may_pass = _words(error, status)
    return Trouble(message % {"name": provider.label, "status": status}, may_pass=may_pass)


def _words(error: Exception, status: int) -> tuple[str, bool]:
    if status in _KEY_REFUSED:
        return _("%(name)s refused the key of this site. An administrator has to look at it."), False
    if status in _USED_UP:
        return _("%(name)s takes no more texts: what was paid for is used up."), False
    if status in _TRY_AGAIN:
        return _("%(name)s is asked too often. Go on in some minutes."), True
    if 400 <= status < 500:
        return _("%(name)s refused the texts (error %(status)s). An administrator has to look at it."), False
    if isinstance(error, requests.Timeout | TimeoutError):
        return _("%(name)s did not answer in time. Go on later."), True
    if isinstance(error, requests.ConnectionError | ConnectionError):
        return _("%(name)s cannot be reached. Go on later."), True
    if status >= 500:
        return _("%(name)s does not work at the moment (error %(status)s). Go on later."), True
    return _("%(name)s gave an answer that cannot be used. Go on later; if it stays so, tell an administrator."), True
