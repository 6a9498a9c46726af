"""Pre-translation in the admin: what it would do and cost, and the button that begins it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages
from wagtail.models import Locale

from ..exchange.choosing import Choice, chosen
from ..jobs import tasks
from ..jobs.running import make
from ..models import Job, JobStep
from .plan import Part, plan
from .providers import Provider, may_use_machines, switched_on


@dataclass
class Bill:
    """What goes to one machine, from one language into one other."""

    source: Locale
    target: Locale
    provider: Provider | None
    parts: list[Part]

    @property
    def rows(self) -> list[Part]:
        """The translations in which there is something to fill in."""
        return [part for part in self.parts if part.size]

    @property
    def from_memory(self) -> int:
        return sum(len(part.from_memory) for part in self.parts)

    @property
    def to_machine(self) -> int:
        return sum(len(part.to_machine) for part in self.parts)

    @property
    def to_people(self) -> int:
        return sum(len(part.to_people) for part in self.parts)

    @property
    def characters(self) -> int:
        return sum(part.characters for part in self.parts)


# The answer of a machine may take minutes, and all other writers would wait for a transaction that is open so long.
@method_decorator(transaction.non_atomic_requests, name="dispatch")
class PretranslateView(View):
    """Show the estimate; begin on ``POST``."""

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {
            "choice": self.choice,
            "query": self.choice.query,
            "bills": self.bills,
            "size": self.size,
            "characters": self.characters,
            "may_send": may_use_machines(request.user),
        }
        return render(request, "translation/machine/estimate.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        steps = [self._step(part) for bill in self.bills for part in bill.rows]
        if not steps:
            messages.info(request, _("There was nothing left to fill in."))
            return redirect(self.address)
        if self.characters > self._agreed_characters:
            messages.warning(request, _("There is more to send than you were told. Look at the estimate once more."))
            return redirect(self.address)
        machines = {str(bill.target.pk): bill.provider.name for bill in self.bills if bill.provider}
        job = make(Job.Kind.PRETRANSLATE, steps, request.user, machines=machines)
        tasks.begin(job)
        return redirect("translation:job", job.pk)

    @property
    def address(self) -> str:
        return f"{reverse('translation:pretranslate')}?{self.choice.query}"

    @property
    def _agreed_characters(self) -> int:
        told = self.request.POST.get("characters", "")
        return int(told) if told.isascii() and told.isdecimal() and len(told) < 12 else 0

    @cached_property
    def choice(self) -> Choice:
        """The translations that were asked for and that this person may change."""
        choice = chosen(self.request.GET, self.request.user)
        if not choice.query:
            raise Http404
        return choice

    @cached_property
    def bills(self) -> list[Bill]:
        machines = switched_on() if may_use_machines(self.request.user) else {}
        bills: dict[tuple[int, int], Bill] = {}
        for part in plan(self.choice.translations, machines):
            source, target = part.translation.source.locale, part.translation.target_locale
            bill = bills.setdefault((source.pk, target.pk), Bill(source, target, part.provider, []))
            bill.parts.append(part)
        return list(bills.values())

    @property
    def size(self) -> int:
        return sum(bill.from_memory + bill.to_machine for bill in self.bills)

    @property
    def characters(self) -> int:
        return sum(bill.characters for bill in self.bills)

    def _step(self, part: Part) -> JobStep:
        translation = part.translation
        return JobStep(
            subject=translation.pk,
            locale_id=translation.target_locale_id,
            title=translation.source.object_repr,
            size=part.size,
        )


def instead_of_localize(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Lead Localize's own button to the estimate: behind it, words of a machine would count as accepted at once."""
    return redirect(f"{reverse('translation:pretranslate')}?translation={translation_id}")
